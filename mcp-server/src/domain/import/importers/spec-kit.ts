import type { SourceFile } from '../../extract/contract.ts';
import { type Draft, type DraftRequirement, emptyDraft, type Importer, statementOf, type Unit } from '../contract.ts';
import { readDesign } from '../design-source.ts';
import { isHeading, type Piece, SourceDocument } from '../source-document.ts';
import { isOurs, nameOf, takeItems, unitsByFolder } from '../take.ts';
import { titleFrom } from '../titles.ts';

const STORY = /^User Story\s+(\d{1,3})\s*[-–—:]\s*(.+?)(?:\s*\((?:Priority:\s*)?(P\d)\))?\s*\W*$/i;
const UNCLEAR = /\[NEEDS CLARIFICATION:?\s*([^\]]*)\]/i;

/** Spec Kit: `specs/NNN-name/` with spec.md (user stories, FR-n, SC-n), plan.md and tasks.md. */
export const specKit: Importer = {
  format: 'spec-kit',
  tool: 'Spec Kit',
  units: (files) => unitsByFolder(files, opens, (file) => /\.md$/.test(file.path) && !isOurs(file)),
  read,
};

const opens = (file: SourceFile) =>
  nameOf(file.path) === 'spec.md' &&
  !isOurs(file) &&
  /^#+ +(?:User Scenarios|Feature Specification|Functional Requirements)|\*\*FR-\d/im.test(file.text);

function read(unit: Unit): Draft {
  const documents = unit.files.map((file) => new SourceDocument(file.path, file.text));
  const draft = emptyDraft(nameOf(unit.name), documents);
  const named = (name: string) => documents.find((one) => nameOf(one.path) === name);
  const spec = named('spec.md');
  if (spec !== undefined) specification(spec, draft);
  const plan = named('plan.md');
  if (plan !== undefined) {
    plan.title(/^.*$/);
    readDesign(plan, draft, (text) => draft.requirements.filter(({ source }) => text.includes(source)));
  }
  return draft;
}

function specification(spec: SourceDocument, draft: Draft): void {
  const title = spec.title(/^Feature Specification:\s*/i);
  if (title !== '') draft.title = title;
  const input = spec.pieces.find((one) => one.kind === 'paragraph' && /^Input\s*:/im.test(one.text));
  if (input !== undefined) draft.problem.push(statementOf(spec, spec.take(input), 'input of the user'));
  spec.take(
    spec.headings(/^(?:User Scenarios|Requirements|Success Criteria|Measurable Outcomes|Acceptance Scenarios)\b/i),
  );
  draft.requirements.push(...spec.headings(STORY).map((heading) => story(spec, heading)));
  for (const item of takeItems(spec, spec.heading(/^Functional Requirements\b/i))) functional(spec, item, draft);
  for (const item of takeItems(spec, spec.heading(/^(?:Non-Functional Requirements)\b/i)))
    functional(spec, item, draft);
  for (const item of takeItems(spec, spec.heading(/^(?:Measurable Outcomes|Success Criteria)\b/i)))
    draft.goal.push(statementOf(spec, item));
  for (const item of takeItems(spec, spec.heading(/^Edge Cases\b/i)))
    draft.questions.push({ ...statementOf(spec, item, 'edge case'), text: `Edge case: ${item.raw}` });
  for (const item of takeItems(spec, spec.heading(/^Out of Scope\b/i))) draft.outOfScope.push(statementOf(spec, item));
  for (const item of takeItems(spec, spec.heading(/^(?:Assumptions|Dependencies|Constraints)\b/i)))
    draft.constraints.push(statementOf(spec, item, 'assumption'));
}

/** A user story with its scenarios; what it says beside them stays with it. */
function story(spec: SourceDocument, heading: Piece): DraftRequirement {
  const [, number = '', name = ''] = STORY.exec(heading.text) ?? [];
  spec.take(heading);
  const below = spec.under(heading);
  spec.take(below.filter(isHeading));
  const items = spec.take(below.filter((one) => one.kind === 'item'));
  const prose = spec.take(below.filter((one) => one.kind === 'paragraph'));
  return {
    title: name,
    source: `User Story ${number}`,
    path: spec.path,
    line: heading.line,
    statements: prose
      .filter((one) => !/^Acceptance Scenarios\W*$/i.test(one.text))
      .map((one) => statementOf(spec, one)),
    criteria: items.map((one) => statementOf(spec, one)),
  };
}

/** `**FR-001**: System MUST ...`; one that still has to be clarified is a question, too. */
function functional(spec: SourceDocument, item: Piece, draft: Draft): void {
  const id = /^\W*([A-Z]{2,4}-\d{1,4})\b/.exec(item.text)?.[1] ?? `line ${item.line}`;
  const text = item.raw.replace(/^\**[A-Z]{2,4}-\d{1,4}\**\s*:?\**\s*/, '');
  const unclear = UNCLEAR.exec(item.text);
  if (unclear !== null) draft.questions.push({ text: `${id}: ${unclear[1]}`, path: spec.path, line: item.line });
  draft.requirements.push({
    title: titleFrom(item.text.replace(/^\W*[A-Z]{2,4}-\d{1,4}\W*/, '')),
    source: id,
    path: spec.path,
    line: item.line,
    statements: [{ text, path: spec.path, line: item.line }],
    criteria: [],
  });
}
