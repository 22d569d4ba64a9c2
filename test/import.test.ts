import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { project } from './helpers/project.ts';

const FIXTURES = join(import.meta.dirname, 'fixtures', 'import');

it('countersign import says what would come, and writes only with --out', () => {
  const work = project();
  cpSync(join(FIXTURES, 'kiro'), work.root, { recursive: true });
  const preview = work.cli('import', '.kiro');
  expect(preview.exit).toBe(0);
  expect(preview.out).toContain('mapped: 3 requirements, 5 criteria');
  expect(work.json('status')['deliveries']).toEqual([]);
  const written = work.json('import', '.kiro', '--out', 'edge-cache');
  expect(written['artifacts']).toEqual(['deliveries/edge-cache/requirements.md', 'deliveries/edge-cache/design.md']);
  expect(work.cli('validate', 'edge-cache').exit).toBe(0);
  expect(work.read('deliveries/edge-cache/requirements.md')).toContain('`.kiro/specs/edge-cache/requirements.md:9`');
});

it('countersign import lets a person choose where there are several units of work', () => {
  const work = project();
  cpSync(join(FIXTURES, 'openspec'), work.path('openspec'), { recursive: true });
  const blocked = work.json('import', 'openspec', '--out', 'leases');
  expect(blocked.exit).toBe(1);
  expect(blocked['blocks']).toHaveLength(1);
  expect(work.cli('status', 'leases').exit).toBe(2);
  expect(work.cli('import', 'openspec', '--only', 'add-quarantine', '--out', 'leases').exit).toBe(0);
  expect(work.read('deliveries/leases/requirements.md')).toContain('- Change: modified');
});

it('countersign import refuses what it cannot understand, and says what it knows', () => {
  const work = project();
  work.write('notes/readme.md', '# Notes\n');
  expect(work.json('import', 'notes')).toMatchObject({ exit: 2, error: { code: 'nothing-found' } });
  expect(work.json('import', 'notes', '--from', 'word')).toMatchObject({ exit: 2, error: { code: 'unknown-format' } });
  expect(work.json('import', 'gone')).toMatchObject({ exit: 2, error: { code: 'no-such-path' } });
});
