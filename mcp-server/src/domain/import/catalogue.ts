import type { SourceFile } from '../extract/contract.ts';
import type { Importer, Unit } from './contract.ts';
import { itential } from './importers/itential.ts';
import { kiro } from './importers/kiro.ts';
import { openspec } from './importers/openspec.ts';
import { specApply } from './importers/spec-apply.ts';
import { specKit } from './importers/spec-kit.ts';

/** Every format; adding one is a file and a line here. Where two claim a folder, the first has it. */
export const IMPORTERS: readonly Importer[] = [specApply, openspec, itential, specKit, kiro];

/** Units of work in all formats, or in one; a file belongs to one of them. */
export function unitsIn(
  files: readonly SourceFile[],
  format: string | undefined,
): { importer: Importer; unit: Unit }[] {
  const claimed = new Set<string>();
  const found = IMPORTERS.filter((importer) => format === undefined || importer.format === format).flatMap((importer) =>
    importer
      .units(files.filter((file) => !claimed.has(file.path)))
      .filter((unit) => unit.files.length > 0)
      .map((unit) => {
        for (const file of unit.files) claimed.add(file.path);
        return { importer, unit };
      }),
  );
  return found.sort((a, b) => (a.unit.name < b.unit.name ? -1 : a.unit.name > b.unit.name ? 1 : 0));
}
