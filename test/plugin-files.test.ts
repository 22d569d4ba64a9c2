import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, it, onTestFinished } from 'vitest';
import { project, run } from './helpers/project.ts';

const ROOT = join(import.meta.dirname, '..');
const json = (path: string) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

it('agrees on name and version in all manifests', () => {
  const { name, version } = json('package.json');
  expect(json('.claude-plugin/plugin.json')).toMatchObject({ name, version });
  const marketplace = json('.claude-plugin/marketplace.json');
  expect(marketplace).toMatchObject({ name, plugins: [{ name, source: './' }] });
  // A version in the marketplace would be a second place to forget.
  expect(marketplace.plugins[0].version ?? version).toBe(version);
  expect(json('package-lock.json')).toMatchObject({ version });
  const { out } = run(process.execPath, [join(inject('plugin'), 'mcp-server/dist/cli.mjs'), '--version'], {
    cwd: ROOT,
    env: {},
  });
  expect(out).toBe(`countersign ${version}\n`);
});

it('has no dependency to install: everything is bundled', () => {
  const { dependencies, devDependencies } = json('package.json');
  expect(dependencies).toBeUndefined();
  expect(Object.keys(devDependencies).length).toBeGreaterThan(5);
});

it('points only at files that are there', () => {
  const { hooks } = json('hooks/hooks.json') as {
    hooks: Record<string, { hooks: { command: string; args?: string[] }[] }[]>;
  };
  const server = json('.claude-plugin/plugin.json').mcpServers.countersign;
  const words = Object.values(hooks).flatMap((groups) =>
    groups.flatMap((group) => group.hooks.flatMap((hook) => [hook.command, ...(hook.args ?? [])])),
  );
  const named = [...words, ...server.args].flatMap(
    (word: string) => /\$\{CLAUDE_PLUGIN_ROOT\}\/([\w./-]+)/.exec(word)?.[1] ?? [],
  );
  expect(named.length).toBeGreaterThan(3);
  for (const path of named) expect(existsSync(join(ROOT, path)), path).toBe(true);
});

it('walks the demonstration from the files that git has, with Node and git alone', () => {
  const copy = mkdtempSync(join(tmpdir(), 'countersign-clone-'));
  onTestFinished(() => rmSync(copy, { recursive: true }));
  const files = execFileSync('git', ['ls-files', '-z'], { cwd: ROOT, encoding: 'utf8' }).split('\0').filter(Boolean);
  for (const file of files.filter((path) => existsSync(join(ROOT, path)))) cpSync(join(ROOT, file), join(copy, file));
  // The bundles of this run: those in git are built when a change is merged.
  cpSync(join(inject('plugin'), 'mcp-server/dist'), join(copy, 'mcp-server/dist'), { recursive: true });
  expect(existsSync(join(copy, 'node_modules'))).toBe(false);
  const work = project({ git: false });
  const env = { ...work.env, TMPDIR: work.home };
  const { exit, out, err } = run(process.execPath, ['mcp-server/dist/cli.mjs', 'demo'], { cwd: copy, env });
  expect({ exit, err }).toEqual({ exit: 0, err: '' });
  for (const stage of ['Requirements', 'Feasibility', 'Design', 'Build', 'As-Built'])
    expect(out).toContain(`== ${stage}`);
  expect(out).toContain('refused');
  const folder = /^ {2}cd (.+)$/m.exec(out)![1]!;
  const verified = run(process.execPath, [join(copy, 'mcp-server/dist/cli.mjs'), 'verify'], { cwd: folder, env });
  expect(verified.exit).toBe(0);
});
