import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Project, project, run } from './helpers/project.ts';

const ROOT = join(import.meta.dirname, '..');
const RECORDS = join(import.meta.dirname, 'fixtures/releases');

describe('the npm package', () => {
  /** The tarball that npm would publish, unpacked where nothing else is. */
  function unpacked(work: Project) {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-pack-')));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const env = { ...work.env, npm_config_cache: join(folder, 'cache'), npm_config_update_notifier: 'false' };
    const packed = run('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], { cwd: ROOT, env });
    expect(packed.exit, packed.err).toBe(0);
    const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
    expect(run('tar', ['-xzf', tarball!], { cwd: folder, env }).exit).toBe(0);
    return join(folder, 'package');
  }

  it('[R-RELEASE-1] holds what runs and what people read, and works without anything else', () => {
    const work = project();
    const root = unpacked(work);
    expect(readdirSync(root).sort()).toEqual([
      '.claude-plugin',
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'THIRD-PARTY-NOTICES.md',
      'agents',
      'commands',
      'docs',
      'hooks',
      'mcp-server',
      'package.json',
      'sbom.json',
      'skills',
      'templates',
    ]);
    expect(readdirSync(join(root, 'mcp-server'))).toEqual(['dist']);
    expect(existsSync(join(root, 'docs/.vitepress'))).toBe(false);
    const cli = (...args: string[]) =>
      run(process.execPath, [join(root, 'mcp-server/dist/cli.mjs'), ...args], { cwd: work.root, env: work.env });
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(cli('--version').out).toBe(`countersign ${version}\n`);
    expect(cli('new', '--list').out).toContain('dns-record-management');
    expect(cli('new', 'first').exit).toBe(0);
    expect(cli('verify').out).toContain('0 errors');
  });
});

interface Status {
  deliveries: { gates: { state: string }[] }[];
}

describe('the record of an earlier release', () => {
  it.each(readdirSync(RECORDS))('[R-RELEASE-2] %s verifies as it did, and goes on', (version) => {
    const work = project();
    cpSync(join(RECORDS, version), work.root, { recursive: true });
    work.git('add', '-A');
    work.git('commit', '--quiet', '-m', 'A record');
    const verified = work.cli('verify');
    expect(verified.out).toContain('0 integrity faults, 0 errors, 0 warnings');
    expect(verified.exit).toBe(0);
    const { deliveries } = JSON.parse(work.cli('status', 'zone-file', '--json').out) as Status;
    expect(deliveries[0]!.gates.map(({ state }) => state)).toEqual(['open', 'open', 'open', 'open', 'open']);
    expect(work.cli('report', 'zone-file').out).toContain('As-Built');
    expect(work.cli('change', 'zone-file', 'propose', '--text', 'A later release').exit).toBe(0);
    expect(work.cli('verify').exit).toBe(0);
  });
});
