import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { SourceFile } from '../extract/contract.ts';
import { IMPORTERS, unitsIn } from './catalogue.ts';
import { importUnit } from './import.ts';

const FIXTURES = join(import.meta.dirname, '../../../../test/fixtures');
/** Documents that were read and found right; `npx vitest run -u` writes them anew. */
const EXPECTED = join(FIXTURES, 'imported');

function filesOf(format: string): SourceFile[] {
  const root = join(FIXTURES, 'import', format);
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }));
}

describe('what is imported', () => {
  it.each(IMPORTERS.map((importer) => importer.format))(
    'of %s has each statement in its place, with where it was taken from',
    async (format) => {
      const units = unitsIn(filesOf(format), undefined);
      for (const [at, { importer, unit }] of units.entries()) {
        const { title, requirements, design, report } = importUnit(importer, unit, 'old/', 'Ada');
        const folder = join(EXPECTED, units.length === 1 ? format : `${format}-${at + 1}`);
        await expect(requirements).toMatchFileSnapshot(join(folder, 'requirements.md'));
        if (design !== undefined) await expect(design).toMatchFileSnapshot(join(folder, 'design.md'));
        const said = { unit: unit.name, title, design: design !== undefined, ...report };
        await expect(`${JSON.stringify(said, null, 1)}\n`).toMatchFileSnapshot(join(folder, 'report.json'));
      }
    },
  );
});
