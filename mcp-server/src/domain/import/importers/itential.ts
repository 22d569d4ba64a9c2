import type { SourceFile } from '../../extract/contract.ts';
import { type Draft, type DraftCriterion, emptyDraft, type Importer, statementOf, type Unit } from '../contract.ts';
import { readDesign, takeDecisions, takeNeeds, takeRisks } from '../design-source.ts';
import { type Piece, SourceDocument } from '../source-document.ts';
import {
  cell,
  childrenOf,
  isOurs,
  isProse,
  nameOf,
  rowsUnder,
  takeItems,
  takeProse,
  titleOf,
  unitsByFolder,
} from '../take.ts';

const NAMES = new Set(['customer-spec.md', 'solution-design.md']);
const KNOWN =
  /(?:^|\/)(?:customer-spec|customer-context|feasibility|solution-design|test-plan|test-report|as-built)\.md$/;

/** Itential's delivery folders: customer-spec.md (HLD), solution-design.md (LLD) and what stands beside them. */
export const itential: Importer = {
  format: 'itential',
  tool: 'Itential',
  units: (files) =>
    unitsByFolder(
      files,
      (file) => NAMES.has(nameOf(file.path)) && !isOurs(file),
      (file) => KNOWN.test(file.path) && !isOurs(file),
    ),
  read,
};

function read(unit: Unit): Draft {
  const documents = unit.files.map((file: SourceFile) => new SourceDocument(file.path, file.text));
  const draft = emptyDraft(nameOf(unit.name), documents);
  const named = (name: string) => documents.find((one) => nameOf(one.path) === name);
  const spec = named('customer-spec.md');
  if (spec !== undefined) specification(spec, draft);
  const design = named('solution-design.md');
  if (design !== undefined) {
    design.title(/^.*$/);
    readDesign(design, draft, () => []);
    tests(design, draft);
  }
  return draft;
}

function specification(spec: SourceDocument, draft: Draft): void {
  const title = spec.title(/^Use Case:\s*|\s*[-–—]\s*High-Level Design.*$/i);
  if (title !== '') draft.title = title;
  draft.problem.push(...takeProse(spec, spec.heading(/^Problem(?: Statement)?$/i)));
  draft.goal.push(...takeProse(spec, spec.heading(/^(?:Goals?|Objectives?|Outcome)\b/i)));
  draft.inScope.push(...takeProse(spec, spec.heading(/^In[- ]Scope\b/i)));
  draft.outOfScope.push(...takeProse(spec, spec.heading(/^Out[- ]of[- ]Scope\b/i)));
  draft.capabilities.push(...takeNeeds(spec, spec.heading(/^Capabilities\b/i), /^capability/));
  draft.systems.push(...takeNeeds(spec, spec.heading(/^Integrations\b/i), /^(?:system|integration)/));
  for (const item of takeItems(spec, spec.heading(/^Discovery Questions\b/i)))
    draft.questions.push(statementOf(spec, item));
  for (const { row, whole } of rowsUnder(spec, spec.heading(/^Discovery Questions\b/i)))
    if (cell(row, /^question/) !== '')
      draft.questions.push({ text: cell(row, /^question/), path: spec.path, line: spec.take(whole).line });
  decisions(spec, draft);
  takeRisks(spec, spec.heading(/^Risks\b/i), draft);
  phases(spec, draft);
  acceptance(spec, draft);
}

/** Decisions of an HLD bind the design that is still to be made: they are constraints. */
function decisions(spec: SourceDocument, draft: Draft): void {
  const heading = spec.heading(/^(?:Key )?Design Decisions\b/i);
  if (heading === undefined) return;
  takeDecisions(spec, heading, draft);
  const found = draft.decisions.splice(0).map(({ title, choice, rationale, path, line }) => ({
    text: `${title}: ${choice}${rationale === '' ? '' : ` (${rationale})`}`,
    path,
    line,
  }));
  draft.constraints.push(...found, ...takeItems(spec, heading).map((item) => statementOf(spec, item)));
}

function phases(spec: SourceDocument, draft: Draft): void {
  const heading = spec.heading(/^(?:Phases|Workflow Phases)\b/i);
  if (heading === undefined) return;
  for (const phase of childrenOf(spec, heading)) {
    const prose = spec.take(spec.under(phase).filter(isProse));
    spec.take([heading, phase]);
    draft.requirements.push({
      title: titleOf(phase),
      source: `phase ${titleOf(phase)}`,
      path: spec.path,
      line: phase.line,
      statements: prose.map((one) => statementOf(spec, one)),
      criteria: [],
    });
  }
}

/** The criteria belong to the delivery as a whole, so they stand under a requirement of their own. */
function acceptance(spec: SourceDocument, draft: Draft): void {
  const heading = spec.heading(/^Acceptance Criteria\b/i);
  const rows = rowsUnder(spec, heading).flatMap(({ row, whole }) => {
    const text = cell(row, /^(?:criteri|acceptance|description)/);
    return text === '' ? [] : [{ text, path: spec.path, line: spec.take(whole).line }];
  });
  const items = takeItems(spec, heading).map((item) => statementOf(spec, item));
  if (heading === undefined || items.length + rows.length === 0) return;
  spec.take(heading);
  const line = heading.line;
  draft.requirements.push({
    title: 'The delivery is accepted',
    source: 'acceptance criteria',
    path: spec.path,
    line,
    statements: [
      {
        text: 'THE SYSTEM SHALL meet each of the criteria below.',
        path: spec.path,
        line,
        inferred: 'acceptance criteria',
      },
    ],
    criteria: [...items, ...rows],
  });
}

/** `AC | Test`: the criterion is named by its number or by its text. */
function tests(design: SourceDocument, draft: Draft): void {
  const criteria = draft.requirements.flatMap((one) => one.criteria);
  for (const { row, whole } of rowsUnder(design, design.heading(/^Acceptance Criteria\b/i))) {
    const [name, text] = [cell(row, /^(?:ac|criteri|acceptance)/), cell(row, /^(?:test|how|verif)/)];
    const criterion = criterionOf(name, criteria);
    if (criterion === undefined || text === '') continue;
    const heading = design.heading(/^Acceptance Criteria\b/i) as Piece;
    design.take([heading, whole]);
    draft.checks.push({
      title: name,
      criteria: [criterion],
      method: 'manual',
      text,
      path: design.path,
      line: row.line,
    });
  }
}

function criterionOf(name: string, criteria: readonly DraftCriterion[]): DraftCriterion | undefined {
  const number = /^\D{0,4}(\d{1,3})\b/.exec(name)?.[1];
  if (number !== undefined) return criteria[Number(number) - 1];
  return criteria.find(({ text }) => text.toLowerCase().startsWith(name.toLowerCase()));
}
