import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Pinned, SignerTrust } from '../app/ports/signing.ts';
import { sha256 } from '../domain/hash.ts';
import { SIGNERS_FILE } from '../domain/signing/allowed-signers.ts';
import { REVOKED_FILE } from '../domain/signing/revoked-keys.ts';
import { writeAtomic } from './atomic.ts';
import { resolveInside } from './resolver.ts';
import type { Project } from './work-tree.ts';

/** The repository's signers, and those accepted for it in the user's configuration (XDG base directories). */
export function signerTrust(project: Project, env: NodeJS.ProcessEnv): SignerTrust {
  const config = env['XDG_CONFIG_HOME'] || join(env['HOME'] || homedir(), '.config');
  const pin = join(config, 'countersign', 'pins', `${sha256(project.root).slice(0, 32)}.json`);
  const file = () => resolveInside(project.root, SIGNERS_FILE);
  return {
    file: () => readText(file()),
    writeFile: (text) => writeAtomic(file(), text),
    revokedFile: () => readText(resolveInside(project.root, REVOKED_FILE)),
    pinned() {
      const text = readText(pin);
      if (text === undefined) return undefined;
      const { root, signers, revoked = '' } = JSON.parse(text) as Partial<Pinned> & { root: string };
      return root === project.root && signers !== undefined ? { signers, revoked } : undefined;
    },
    pin: (accepted) => writeAtomic(pin, `${JSON.stringify({ root: project.root, ...accepted }, null, 2)}\n`),
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
