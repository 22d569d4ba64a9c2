import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

it('[R-FAST-3] notices and bill of materials name what the bundles hold, no more and no less', () => {
  // Compares byte for byte, and fails with the command that writes them anew.
  execFileSync(process.execPath, ['scripts/notices.mjs', '--check'], { cwd: ROOT });
  const { components } = JSON.parse(read('sbom.json')) as { components: { name: string; version: string }[] };
  const notices = read('THIRD-PARTY-NOTICES.md');
  expect(components.length).toBeGreaterThan(20);
  for (const { name, version } of components) expect(notices).toContain(`- ${name} ${version} (`);
  expect(notices).not.toContain('holds no text of its licence');
});

it('[R-FAST-3] every package comes at one version with the hash of its archive, and none of it is installed', () => {
  const own = JSON.parse(read('package.json')) as { devDependencies: object; dependencies?: object };
  expect(own.dependencies).toBeUndefined();
  const exact = Object.values(own.devDependencies).filter(
    (version) => !/^\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(version as string),
  );
  expect(exact).toEqual([]);
  const { packages } = JSON.parse(read('package-lock.json')) as {
    packages: Record<string, { integrity?: string; inBundle?: boolean; link?: boolean }>;
  };
  const unhashed = Object.entries(packages).filter(
    ([path, one]) => path !== '' && one.integrity === undefined && one.inBundle !== true,
  );
  expect(unhashed.map(([path]) => path)).toEqual([]);
});
