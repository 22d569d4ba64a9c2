import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Ports } from '../../mcp-server/src/app/ports.ts';
import type { Actor } from '../../mcp-server/src/domain/ledger/event.ts';
import { compose } from '../../mcp-server/src/entry/compose.ts';

export const AGENT: Actor = { kind: 'agent', name: 'agent', via: 'mcp' };
export const PERSON = { name: 'Ada Example', email: 'ada@example.org' };

/** A real repository in a temporary folder, with the ports of use cases that are called in this process. */
export class Lab {
  readonly root: string;
  readonly ports: Ports;

  constructor(files: Record<string, string> = {}) {
    const base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-lab-')));
    onTestFinished(() => rmSync(base, { recursive: true, force: true }));
    const home = join(base, 'home');
    this.root = join(base, 'work');
    mkdirSync(home);
    mkdirSync(this.root);
    writeFileSync(
      join(home, '.gitconfig'),
      `[user]\n\tname = ${PERSON.name}\n\temail = ${PERSON.email}\n[init]\n\tdefaultBranch = main\n`,
    );
    const env = { HOME: home, PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', LANG: 'C.UTF-8' };
    execFileSync('git', ['init', '--quiet'], { cwd: this.root, env });
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.ports = compose(this.root, env).ports;
  }

  write(path: string, text: string): void {
    const file = join(this.root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  remove(path: string): void {
    rmSync(join(this.root, path), { recursive: true });
  }

  artifact(id: string, name: Parameters<Ports['deliveries']['artifact']>[1]): string {
    return this.ports.deliveries.artifact(id, name) ?? '';
  }
}
