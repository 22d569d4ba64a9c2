import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resolveInside } from '../../mcp-server/src/adapters/resolver.ts';
import { Fault } from '../../mcp-server/src/domain/fault.ts';

const RUNS = Number(process.env['FUZZ_SECONDS'] ?? 0) > 0 ? 50_000 : 2_000;
let base: string;
let root: string;

beforeAll(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-paths-')));
  root = join(base, 'root');
  mkdirSync(join(root, 'a', 'b'), { recursive: true });
  mkdirSync(join(base, 'rooted'));
  writeFileSync(join(root, 'a', 'f'), '');
  symlinkSync('..', join(root, 'a', 'up'));
  symlinkSync('../..', join(root, 'a', 'out'));
  symlinkSync(base, join(root, 'abs'));
  symlinkSync('b', join(root, 'a', 'in'));
  symlinkSync('../../rooted', join(root, 'a', 'beside'));
  symlinkSync('loop', join(root, 'loop'));
  symlinkSync('../nowhere/at/all', join(root, 'dangling'));
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

const part = fc.constantFrom(
  ...['a', 'b', 'f', 'up', 'out', 'abs', 'in', 'beside', 'loop', 'dangling', 'new', 'rooted', 'root'],
  ...[
    '.',
    '..',
    '',
    ' ',
    '...',
    '..\\',
    '\\..',
    '\\',
    '%2e%2e',
    '%2f',
    '\uff0e\uff0e',
    '~',
    'C:',
    'c:',
    'CON',
    'a:b',
    '\0',
    '\n',
  ],
);
const path = fc
  .tuple(
    fc.array(part, { maxLength: 7 }),
    fc.constantFrom('/', '//', '/./', '\\'),
    fc.constantFrom('', '/', '\\', '//'),
  )
  .map(([parts, joint, start]) => start + parts.join(joint));

/** Where a path really leads: its nearest folder that is there, by the system's own word. */
function real(full: string): string {
  try {
    return realpathSync(full);
  } catch {
    return join(real(dirname(full)), full.slice(dirname(full).length));
  }
}

it('[R-FAST-2] fuzz: a path from outside leads into the project or is refused', () => {
  let inside = 0;
  fc.assert(
    fc.property(path, (given) => {
      let full: string;
      try {
        full = resolveInside(root, given);
      } catch (error) {
        expect(error).toBeInstanceOf(Fault);
        return;
      }
      inside++;
      expect(relative(root, real(full))).not.toMatch(/^\.\.(?:\/|$)|^\//);
    }),
    { numRuns: RUNS },
  );
  expect(inside).toBeGreaterThan(RUNS / 100);
});
