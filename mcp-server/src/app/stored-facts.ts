import { type ExtractionNote, extractionNoteOf } from '../domain/artifact/extraction.ts';
import { outline } from '../domain/artifact/markdown.ts';
import type { ExtractReport } from '../domain/extract/contract.ts';
import type { ArtifactName } from '../domain/stage.ts';
import type { Ports } from './ports.ts';

/** The facts that an extracted draft cites, with what it says of its making. */
export interface StoredFacts {
  note: ExtractionNote;
  report: ExtractReport;
}

/**
 * Reads the facts that a delivery's design or requirements cite; undefined where none do, or where they are gone.
 *
 * @throws Fault `changed-evidence`
 */
export function storedFacts(
  ports: Ports,
  id: string,
  artifacts: Partial<Record<ArtifactName, string>>,
): StoredFacts | undefined {
  for (const name of ['design.md', 'requirements.md'] as const) {
    const text = artifacts[name];
    const note = text === undefined ? undefined : extractionNoteOf(outline(text));
    const bytes = note === undefined ? undefined : ports.deliveries.evidence(id, note.facts);
    const report = bytes === undefined ? undefined : readReport(bytes);
    if (note !== undefined && report !== undefined) return { note, report };
  }
  return undefined;
}

/** The hash names the bytes; whether they are facts, only their mark says. */
function readReport(bytes: string): ExtractReport | undefined {
  try {
    const report = JSON.parse(bytes) as ExtractReport;
    return report.schema === 'countersign/extract@1' ? report : undefined;
  } catch {
    return undefined;
  }
}
