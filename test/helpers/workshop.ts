import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { atTerminal, type Session, type Step } from './terminal.ts';

/** The product as users get it, and repositories and people to use it. */
export interface Workshop {
  folder: string;
  cli: string;
  close(): void;
}

/** @param bundles whether to build them too; a test that calls the use cases needs none */
export function openWorkshop(bundles = true): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-workshop-'));
  const dist = join(folder, 'plugin', 'mcp-server', 'dist');
  const close = () => rmSync(folder, { recursive: true, force: true });
  if (!bundles) return { folder, cli: '', close };
  const script = `import('./scripts/bundle.mjs').then(({ bundle }) => bundle(${JSON.stringify(dist)}))`;
  execFileSync('node', ['-e', script], { cwd: fileURLToPath(new URL('../..', import.meta.url)) });
  return { folder, cli: join(dist, 'cli.mjs'), close };
}

/** One person with a home folder and a machine of their own. */
export class Person {
  readonly name: string;
  readonly email: string;
  readonly home: string;
  readonly #workshop: Workshop;

  constructor(workshop: Workshop, name: string) {
    this.#workshop = workshop;
    this.name = name;
    this.email = `${name.toLowerCase()}@example.org`;
    this.home = mkdtempSync(join(workshop.folder, `home-${name}-`));
    writeFileSync(
      join(this.home, '.gitconfig'),
      `[user]\nname = ${name}\nemail = ${this.email}\n[init]\ndefaultBranch = main\n`,
    );
  }

  get env(): Record<string, string> {
    const config = join(this.home, '.gitconfig');
    return {
      HOME: this.home,
      PATH: process.env['PATH'] ?? '',
      TERM: 'dumb',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_CONFIG_GLOBAL: config,
    };
  }

  /** Runs git in a repository as this person. */
  git(cwd: string, ...args: string[]): string {
    return execFileSync('git', args, { cwd, env: this.env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  /** Runs a verb without a terminal, as scripts and CI do. */
  run(cwd: string, args: readonly string[], env: Record<string, string> = {}) {
    const ran = spawnSync('node', [this.#workshop.cli, ...args], {
      cwd,
      env: { ...this.env, ...env },
      encoding: 'utf8',
    });
    return { exit: ran.status, stdout: ran.stdout, stderr: ran.stderr };
  }

  /** A verb's answer as JSON. */
  json(cwd: string, ...args: string[]) {
    // biome-ignore lint/suspicious/noExplicitAny: whatever the verb answers; the test looks at single members
    return JSON.parse(this.run(cwd, [...args, '--json']).stdout) as any;
  }

  /** Runs a verb in a terminal and types the answers. */
  types(cwd: string, args: readonly string[], steps: readonly Step[], env: Record<string, string> = {}): Session {
    return atTerminal(['node', this.#workshop.cli, ...args], { cwd, env: { ...this.env, ...env }, steps });
  }

  /** An empty repository of this person. */
  repository(name = 'project'): string {
    const root = join(mkdtempSync(join(this.#workshop.folder, 'repo-')), name);
    mkdirSync(root);
    this.git(root, 'init', '-q');
    return root;
  }
}

/** Writes files below a folder, by path. */
export function writeFiles(root: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

export const PASSPHRASE = 'correct horse';
/** Answers to what making a key asks. */
export const NEW_KEY: readonly Step[] = [
  ['Enter passphrase', PASSPHRASE],
  ['Enter same passphrase', PASSPHRASE],
];
/** Types the digest that is asked for, then the passphrase. */
export const SIGNED: readonly Step[] = [
  ['type its digest ([0-9a-f]{12})', '{0}'],
  ['Enter passphrase', PASSPHRASE],
];
