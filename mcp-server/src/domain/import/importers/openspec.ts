import type { SourceFile } from '../../extract/contract.ts';
import { type Draft, type DraftRequirement, emptyDraft, type Importer, statementOf, type Unit } from '../contract.ts';
import { readDesign } from '../design-source.ts';
import { isHeading, type Piece, SourceDocument } from '../source-document.ts';
import { folderOf, isOurs, isProse, nameOf, takeProse } from '../take.ts';

const REQUIREMENT = /^Requirement:\s*(.+)$/i;
const SCENARIO = /^Scenario:\s*(.+)$/i;
const DELTA = /^(ADDED|MODIFIED|REMOVED|RENAMED) Requirements$/i;

/**
 * OpenSpec: `specs/<capability>/spec.md` as it is, and `changes/<id>/` with proposal.md, tasks.md, design.md and deltas in
 * `specs/<capability>/spec.md`. Each capability and each change that is not archived is a unit.
 */
export const openspec: Importer = { format: 'openspec', tool: 'OpenSpec', units, read };

const MARKS = /^#{2,4} +(?:Requirement:|Scenario:|(?:ADDED|MODIFIED|REMOVED|RENAMED) Requirements)/im;
const FENCED = /^(```|~~~)[\s\S]*?^\1/gm;

/** Documents about the format show it in fenced code. */
const isSpec = (file: SourceFile) =>
  nameOf(file.path) === 'spec.md' && !isOurs(file) && MARKS.test(file.text.replace(FENCED, ''));

function units(files: readonly SourceFile[]): Unit[] {
  const changes = new Map<string, SourceFile[]>();
  const capabilities: Unit[] = [];
  const roots = new Set(files.filter((file) => nameOf(file.path) === 'proposal.md').map((file) => folderOf(file.path)));
  for (const file of files) {
    if (!file.path.endsWith('.md') || isOurs(file)) continue;
    const root = rootOf(file.path, roots);
    if (root !== undefined) changes.set(root, [...(changes.get(root) ?? []), file]);
    else if (isSpec(file)) capabilities.push({ name: folderOf(file.path) || '.', files: [file] });
  }
  const open = [...changes].filter(([root, own]) => !/(?:^|\/)changes\/archive\//.test(`${root}/`) && own.some(isSpec));
  return [...open.map(([root, own]) => ({ name: root === '' ? '.' : root, files: own })), ...capabilities].filter(
    (unit) => !/(?:^|\/)changes\/archive\//.test(`${unit.name}/`),
  );
}

/** The folder of the change that a file belongs to. */
function rootOf(path: string, roots: ReadonlySet<string>): string | undefined {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (roots.has(folder)) return folder;
    if (folder === '') return undefined;
  }
}

function read(unit: Unit): Draft {
  const documents = unit.files.map((file) => new SourceDocument(file.path, file.text));
  const draft = emptyDraft(nameOf(unit.name), documents);
  for (const document of documents) {
    const name = nameOf(document.path);
    if (name === 'proposal.md') proposal(document, draft);
    else if (name === 'spec.md') specification(document, draft);
    else if (name === 'design.md') readDesign(document, draft, () => []);
  }
  return draft;
}

function proposal(document: SourceDocument, draft: Draft): void {
  const title = document.title(/^(?:Change|Proposal):\s*/i);
  if (title !== '') draft.title = title;
  draft.problem.push(...takeProse(document, document.heading(/^Why$/i), 'why'));
  draft.goal.push(...takeProse(document, document.heading(/^What Changes$/i), 'what changes'));
  draft.outOfScope.push(...takeProse(document, document.heading(/^(?:Non-Goals|Out of Scope)$/i)));
}

function specification(document: SourceDocument, draft: Draft): void {
  const title = document.title(/\s*(?:Delta )?Specification$|^Delta for /i);
  if (draft.documents.length === 1 && title !== '') draft.title = title;
  draft.goal.push(...takeProse(document, document.heading(/^Purpose$/i), 'purpose'));
  document.take(document.headings(/^Requirements$/i));
  let change: string | undefined;
  for (const piece of document.pieces.filter(isHeading)) {
    const delta = DELTA.exec(piece.text)?.[1]?.toLowerCase();
    if (delta !== undefined) document.take(piece);
    if (piece.depth <= 2) change = delta;
    if (delta === 'renamed') renamed(document, piece, draft);
    if (!REQUIREMENT.test(piece.text)) continue;
    if (change === 'removed') removed(document, piece, draft);
    else draft.requirements.push(requirement(document, piece, change));
  }
}

function requirement(document: SourceDocument, heading: Piece, change: string | undefined): DraftRequirement {
  document.take(heading);
  const title = REQUIREMENT.exec(heading.text)![1]!;
  const prose = document.take(document.body(heading).filter(isProse));
  const scenarios = document.headings(SCENARIO, heading);
  return {
    title,
    source: `${nameOf(folderOf(document.path))}: ${title}`,
    path: document.path,
    line: heading.line,
    ...(change === undefined ? {} : { change }),
    statements: prose.map((one) => statementOf(document, one)),
    criteria: scenarios.map((scenario) => {
      document.take(scenario);
      const steps = document.take(document.body(scenario).filter(isProse));
      const name = SCENARIO.exec(scenario.text)![1]!;
      return { text: name, path: document.path, line: scenario.line, steps: steps.map((one) => one.raw) };
    }),
  };
}

function removed(document: SourceDocument, heading: Piece, draft: Draft): void {
  const title = REQUIREMENT.exec(heading.text)![1]!;
  const prose = document.take(document.body(heading).filter(isProse));
  document.take(heading);
  const why = prose.map((one) => one.raw).join('\n\n');
  draft.removed.push({ text: `**${title}** ${why}`.trim(), path: document.path, line: heading.line });
}

function renamed(document: SourceDocument, heading: Piece, draft: Draft): void {
  for (const item of document.take(document.body(heading).filter((one) => one.kind === 'item')))
    draft.removed.push({ ...statementOf(document, item), text: `Renamed: ${item.raw}` });
}
