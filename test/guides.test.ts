import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { VERBS } from '../mcp-server/src/entry/verbs/catalogue.ts';
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

/** Calls of the command line in code of a page: fenced as shell, or indented. Explanations stand three blanks away. */
function calls(text: string): string[] {
  const fenced = [...text.matchAll(/^```sh\n(.*?)^```$/gms)].flatMap((match) => match[1]!.split('\n'));
  const indented = text.replace(/^(`{3,})[^`]*?^\1$/gms, '').match(/^ {4}\S.*$/gm) ?? [];
  return [...fenced, ...indented].flatMap((line) => {
    const call = /^\s*(?:countersign|node \S*cli\.mjs) (.+)$/.exec(line)?.[1];
    return call === undefined ? [] : [call.split(/\s{3,}/)[0]!];
  });
}

/** The words of a call up to a comment, a pipe or a redirection; quotes hold words together. */
function words(call: string): string[] {
  const all = [...call.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map((match) => match[1] ?? match[2] ?? match[3]!);
  const end = all.findIndex((word) => /^[#|>]$/.test(word));
  return end < 0 ? all : all.slice(0, end);
}

describe('every call of the command line in the pages', () => {
  const pages = [
    'README.md',
    ...readdirSync(join(ROOT, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const shown = pages.flatMap((page) =>
    calls(readFileSync(join(ROOT, page), 'utf8')).map((call) => [page, call] as const),
  );

  it('is found: there are many', () => expect(shown.length).toBeGreaterThan(50));

  it.each(shown)('%s: %s', async (_, call) => {
    const [name, ...argv] = words(call);
    expect(VERBS).toHaveProperty([name!]);
    const { options = {}, arity } = await VERBS[name!]!.load();
    const declared = Object.entries({ json: { type: 'boolean' as const }, ...options }).map(
      ([key, { type }]) => [key, { type, multiple: true }] as const,
    );
    const { positionals } = parseArgs({ args: argv, options: Object.fromEntries(declared), allowPositionals: true });
    expect(positionals.length).toBeGreaterThanOrEqual(arity[0]);
    expect(positionals.length).toBeLessThanOrEqual(arity[1]);
  });
});
