import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { atTerminal, type Session, type Step } from './helpers/terminal.ts';

const ROOT = join(import.meta.dirname, '..');
/** What a person types when `approve` asks for the digest that it showed. */
const DIGEST: Step = ['type its digest ([0-9a-f]{12}): ', '{0}'];

/** The shell commands of a page as they stand, one string a block. */
function commands(page: string): string[] {
  const text = readFileSync(join(ROOT, 'docs', page), 'utf8');
  return [...text.matchAll(/^```sh\n(.*?)^```$/gms)].map((match) => match[1]!);
}

/** An empty folder beside a clone, in a home of its own. */
function place(): { folder: string; types: (script: string, ...steps: Step[]) => Session } {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-guide-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const home = join(folder, 'home');
  mkdirSync(home);
  symlinkSync(inject('plugin'), join(folder, 'countersign'));
  const env = { HOME: home, PATH: `${join(home, '.local/bin')}:${process.env['PATH']}`, GIT_CONFIG_NOSYSTEM: '1' };
  return {
    folder,
    types: (script, ...steps) =>
      atTerminal(['bash', '-e', '-c', script], { cwd: folder, env: { ...env, TERM: 'xterm' }, steps, seconds: 60 }),
  };
}

const SHIM = 'node countersign/mcp-server/dist/cli.mjs init --shim ~/.local/bin/countersign\n';

describe('the commands of a guide, as they stand', () => {
  it('docs/guide-terminal.md leads from nothing to a gate that is open', () => {
    const { types } = place();
    const [get, ...rest] = commands('guide-terminal.md');
    const [clone, ...install] = get!.split('\n');
    expect(clone).toBe('git clone <git URL of this repository> countersign');
    expect(install[0]).toBe(SHIM.trim());
    const { screen, exit, unanswered } = types([install.join('\n'), ...rest].join('\n'), DIGEST);
    expect(screen).toMatch(/Approved stage:requirements of dns-lab \([0-9a-f]{12}\) as Your Name, level recorded/);
    expect(screen).toMatch(/stale\s.*requirements\.md changed since it was approved/);
    expect(screen.trimEnd()).toMatch(/Verified 1 delivery: 0 integrity faults, 0 errors, 0 warnings\.$/);
    expect({ exit, unanswered }).toEqual({ exit: 0, unanswered: [] });
  });

  it('docs/guide-adopt.md leads from automation that nobody specified to approved requirements', () => {
    const { folder, types } = place();
    cpSync(join(ROOT, 'test/fixtures/extract/ansible'), join(folder, 'adopted'), { recursive: true });
    const [look, groups, draft, decide, compare] = commands('guide-adopt.md');
    const begin = 'cd adopted && git init -q && git config user.name Ada && git config user.email ada@example.org';
    const drafted = types([SHIM, begin, look, groups, draft!.replace('<name>', '.')].join('\n'));
    expect(drafted).toMatchObject({ exit: 0 });
    expect(drafted.screen).toMatch(/Drafted vlan-provisioning from 1 entry point/);

    const path = join(folder, 'adopted/deliveries/vlan-provisioning/requirements.md');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/^- Answer:$/gm, '- Answer: Ada owns it; by hand.'));
    const { screen, exit, unanswered } = types(['cd adopted', decide, compare].join('\n'), DIGEST);
    expect(screen).toMatch(/Approved stage:requirements of vlan-provisioning/);
    expect(screen).toMatch(/0 facts differ from vlan-provisioning/);
    expect({ exit, unanswered }).toEqual({ exit: 0, unanswered: [] });
  });
});
