import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '..');
const SRC = 'mcp-server/src';
let copy: string;

beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'countersign-arrows-'));
  for (const part of [SRC, '.dependency-cruiser.cjs', 'tsconfig.json', 'package.json', 'vitest.config.ts'])
    cpSync(join(ROOT, part), join(copy, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  // The libraries are linked in; their paths have to look as they do in the repository.
  const config =
    "const own = require('./.dependency-cruiser.cjs');\nown.options.preserveSymlinks = true;\nmodule.exports = own;\n";
  writeFileSync(join(copy, 'linked.cjs'), config);
});
afterAll(() => rmSync(copy, { recursive: true }));

/** Cruises the copy with these files planted, and takes them out again. */
function cruise(planted: Record<string, string>): { exit: number | null; out: string } {
  for (const [path, text] of Object.entries(planted)) writeFileSync(join(copy, SRC, path), text);
  const bin = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [bin, SRC, '--config', 'linked.cjs'];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
  for (const path of Object.keys(planted)) rmSync(join(copy, SRC, path));
  return { exit: status, out: stdout + stderr };
}

it('passes on the sources as they are, and has really looked at them', () => {
  const { exit, out } = cruise({});
  expect(out).toMatch(/no dependency violations found \(\d{3,} modules/);
  expect(exit).toBe(0);
});

it('bites at every arrow that points the wrong way', () => {
  const { exit, out } = cruise({
    'domain/reads-files.ts':
      "import { readFileSync } from 'node:fs';\nexport const text = () => readFileSync('x', 'utf8');\n",
    'domain/knows-a-use-case.ts': "export { submit } from '../app/submit.ts';\n",
    'domain/draws-dice.ts': "export { randomBytes } from 'node:crypto';\n",
    'app/knows-an-adapter.ts': "export { withLock } from '../adapters/lock.ts';\n",
    'app/reads-files.ts': "export { readFileSync } from 'node:fs';\n",
    'adapters/knows-a-use-case.ts': "export { submit } from '../app/submit.ts';\n",
    'entry/reaches-past-compose.ts': "export { withLock } from '../adapters/lock.ts';\n",
  });
  expect(exit).toBeGreaterThan(0);
  for (const name of [
    'domain/reads-files',
    'domain/knows-a-use-case',
    'domain/draws-dice',
    'app/knows-an-adapter',
    'app/reads-files',
    'adapters/knows-a-use-case',
    'entry/reaches-past-compose',
  ])
    expect(out, name).toMatch(new RegExp(`not-in-allowed: ${SRC}/${name}\\.ts`));
});
