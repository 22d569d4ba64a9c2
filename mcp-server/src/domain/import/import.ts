import type { SourceFile } from '../extract/contract.ts';
import { contentHash } from '../hash.ts';
import type { Importer, Unit } from './contract.ts';
import { renderDesign } from './render-design.ts';
import { renderRequirements } from './render-requirements.ts';
import { fenced, oneLine, place, withoutSecrets } from './safe-text.ts';
import type { LeftOver, SourceDocument } from './source-document.ts';
import { nameOf } from './take.ts';

/** What became of a unit of work, and what had no place. */
export interface Imported {
  title: string;
  requirements: string;
  /** Undefined where the source names no component. */
  design: string | undefined;
  report: ImportReport;
}

/** What could be mapped, in entries, and what could not, in lines with their places. */
export interface ImportReport {
  mapped: Record<string, number>;
  /** Statements that the importer concluded. */
  inferred: number;
  leftOver: { path: string; line: number; endLine: number }[];
  /** Lines from which a secret was taken out. */
  redacted: number;
  /** Lines of the source that are not blank, and those of them that were left over. */
  lines: { all: number; leftOver: number };
}

const DESIGN_FILES = /^(?:design|solution-design|apply|plan|research|data-model|tasks)\.md$/;

/**
 * Drafts of requirements.md and design.md from a unit. Pure. Text without a place stands in the section Imported text, in
 * fenced code, with its file and lines.
 *
 * @param prefix what the project puts before the unit's paths
 */
export function importUnit(importer: Importer, unit: Unit, prefix: string, owner: string): Imported {
  const files = unit.files.map((file) => ({ path: `${prefix}${file.path}`, text: file.text }));
  const draft = importer.read({ name: unit.name, files });
  if (draft.title === '' || draft.title === '.') draft.title = 'Imported work';
  const sources = files.map(({ path, text }) => ({ path, sha256: contentHash(text) }));
  const from = { format: importer.format, tool: importer.tool, files: sources, owner };
  const design = renderDesign(draft);
  const mapped = renderRequirements(draft, from);
  const headings = releaseUnshown(draft.documents, `${mapped}\n${design ?? ''}`);
  const left = draft.documents.flatMap((document) => document.leftOver());
  const read = new Set(draft.documents.map(({ path }) => path));
  const unread = files.filter((file) => !read.has(file.path)).map(wholeOf);
  const all = [...left, ...unread];
  const ofDesign = (one: LeftOver) => design !== undefined && DESIGN_FILES.test(nameOf(one.path));
  const requirements = withoutSecrets(mapped + headings + appendix(all.filter((one) => !ofDesign(one))));
  const designed = design === undefined ? undefined : withoutSecrets(design + appendix(all.filter(ofDesign)));
  const text = `${requirements.text}\n${designed?.text ?? ''}`;
  return {
    title: draft.title,
    requirements: requirements.text,
    design: designed?.text,
    report: {
      mapped: {
        requirements: draft.requirements.length,
        criteria: draft.requirements.reduce((sum, one) => sum + one.criteria.length, 0),
        capabilities: draft.capabilities.length,
        systems: draft.systems.length,
        risks: draft.risks.length,
        constraints: draft.constraints.length,
        questions: draft.questions.length,
        removed: draft.removed.length,
        decisions: draft.decisions.length,
        components: draft.components.length,
        checks: draft.checks.length,
        variables: draft.configuration.length,
      },
      inferred: (text.match(/\(inferred: /g) ?? []).length,
      leftOver: all.map(({ path, line, endLine }) => ({ path, line, endLine })),
      redacted: requirements.redacted + (designed?.redacted ?? 0),
      lines: {
        all: files.reduce((sum, file) => sum + filled(file.text), 0),
        leftOver: all.reduce((sum, one) => sum + filled(one.text), 0),
      },
    },
  };
}

/**
 * Gives back what was taken and does not show in the drafts with all its words, such as a cell of a table that has no place.
 * Returns a line with the headings, of sections and of tables, that only gave the source its order.
 */
function releaseUnshown(documents: readonly SourceDocument[], drafts: string): string {
  const shown = new Set(wordsOf(drafts));
  const headings = new Set<string>();
  for (const document of documents)
    for (const piece of document.pieces) {
      if (!document.isTaken(piece)) continue;
      const unshown = (text: string) => wordsOf(text).some((word) => !shown.has(word));
      const header = [...piece.cells.keys()].join(', ');
      if (unshown(header)) headings.add(oneLine(header));
      if (!unshown(`${piece.text} ${piece.raw}`)) continue;
      if (piece.kind === 'heading') headings.add(oneLine(piece.text));
      else document.release(piece);
    }
  return headings.size === 0 ? '' : `- Headings of the source: ${[...headings].join('; ')}\n`;
}

const wordsOf = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

const filled = (text: string) => text.split('\n').filter((line) => line.trim() !== '').length;

const wholeOf = ({ path, text }: SourceFile): LeftOver => ({
  path,
  line: 1,
  endLine: text.split('\n').length,
  text: text.replace(/\r\n?/g, '\n'),
});

function appendix(left: readonly LeftOver[]): string {
  if (left.length === 0) return '';
  const blocks = left.map(({ path, line, endLine, text }) => {
    const lines = line === endLine ? `line ${line}` : `lines ${line} to ${endLine}`;
    return `### From ${place(path, line)}, ${lines}\n\n${fenced(text, 'markdown')}`;
  });
  return `\n## Imported text\n\nNothing here is read by a rule. What still counts belongs into the sections above.\n\n${blocks.join('\n\n')}\n`;
}
