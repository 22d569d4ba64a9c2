import type { Draft, DraftComponent, DraftRequirement, Statement } from './contract.ts';
import { statementOf } from './contract.ts';
import { isHeading, type Piece, type SourceDocument } from './source-document.ts';
import {
  cell,
  childrenOf,
  isProse,
  nameOf,
  pathsIn,
  rowsUnder,
  saidYes,
  takeItems,
  takeProse,
  takeVariables,
  titleOf,
} from './take.ts';

const COMPONENTS =
  /^(?:components?|modules?|building blocks|komponenten|module|コンポーネント|组件|컴포넌트)(?:\b|(?=[^a-z])|$)/i;
const INVENTORY = /^(?:component inventory|components?|inventory)\b/i;
/** Headings inside a component, or beside components, that are none. */
const ASIDE =
  /^(?:.{0,30}\b(?:summary|overview|interfaces?|contracts?|dependencies|responsibilities|diagram|map)|interfaces?)$/i;
const GOALS = /^(?:goals?|objectives?|ziele?|目標|目标)$/i;
const NON_GOALS = /^(?:non[- ]goals?|out of scope|nicht-ziele|非目標|非目标)(?:\b|$)/i;
const DECISIONS = /^(?:.{0,30}\b)?(?:design )?decisions?$/i;
const ROLLBACK = /^(?:rollback|roll back|backout|revert|recovery plan)\b/i;
const CONFIGURATION = /^(?:configuration|environment variables?|settings|parameters)\b/i;
const QUESTIONS = /^(?:open questions?|questions?)\b/i;
const RISKS = /^(?:risks?)\b/i;

/**
 * Takes from a design in prose what has a place in ours: goals, decisions, components with what they realise, configuration,
 * rollback, risks, questions. The rest of the document stays left over.
 *
 * @param realised requirements that the text of a component names
 */
export function readDesign(
  document: SourceDocument,
  draft: Draft,
  realised: (text: string) => DraftRequirement[],
): void {
  draft.goal.push(...takeProse(document, document.heading(GOALS), 'goals of the design'));
  draft.outOfScope.push(...takeProse(document, document.heading(NON_GOALS), 'non-goals of the design'));
  for (const heading of document.headings(DECISIONS)) takeDecisions(document, heading, draft);
  takeComponents(document, draft, realised);
  draft.configuration.push(...takeVariables(document, document.heading(CONFIGURATION)));
  draft.rollback.push(...takeProse(document, document.heading(ROLLBACK)));
  takeRisks(document, document.heading(RISKS), draft);
  for (const item of takeItems(document, document.heading(QUESTIONS)))
    draft.questions.push(statementOf(document, item));
}

/** A table of decisions, or items with a choice and a rationale nested in them. */
export function takeDecisions(document: SourceDocument, heading: Piece, draft: Draft): void {
  const add = (title: string, choice: string, rationale: string, line: number) =>
    draft.decisions.push({ title, choice, rationale, path: document.path, line });
  for (const { row, whole } of rowsUnder(document, heading)) {
    const title = cell(row, /^(?:decision|topic|question)/);
    const choice = cell(row, /^(?:in this environment|choice|selected|decision taken|value|outcome|option)/);
    if (title === '' || choice === '') continue;
    document.take([heading, whole]);
    add(title, choice, cell(row, /^(?:rationale|reason|why)/), row.line);
  }
  for (const item of document.under(heading).filter((one) => one.kind === 'item' && !document.isTaken(one))) {
    const said = (key: RegExp) => fieldIn(item.raw, key);
    const choice = said(/^(?:choice|selected(?: approach)?|selection|decision)$/i);
    const rationale = said(/^(?:rationale|reason|why)$/i);
    if (choice === '' || rationale === '') continue;
    document.take([heading, item]);
    const [first = ''] = item.raw.split('\n');
    add(
      first
        .replace(/[*_]/g, '')
        .replace(/^Decision:\s*/i, '')
        .trim() || choice,
      choice,
      `${rationale}`,
      item.line,
    );
  }
}

/** The value of `**Key**: value` in a line of a text. */
function fieldIn(raw: string, key: RegExp): string {
  for (const line of raw.split('\n').slice(1)) {
    const [, name = '', value = ''] =
      /^\s*(?:[-*]\s*)?\**([A-Za-z][A-Za-z ]{0,40}?)\**\s*:\**\s*(.*)$/.exec(line) ?? [];
    if (key.test(name.trim())) return value.trim();
  }
  return '';
}

function takeComponents(document: SourceDocument, draft: Draft, realised: (text: string) => DraftRequirement[]): void {
  const inventory = document.headings(INVENTORY).filter((one) => takeInventory(document, one, draft, realised));
  if (inventory.length > 0) return;
  const heading = document.heading(COMPONENTS);
  if (heading === undefined) return;
  const top = childrenOf(document, heading).filter((one) => !ASIDE.test(titleOf(one)));
  for (const one of top) {
    const deeper = childrenOf(document, one).filter((child) => !ASIDE.test(titleOf(child)));
    for (const found of deeper.length > 0 ? deeper : [one]) takeComponent(document, found, draft, realised);
    if (deeper.length > 0) document.take(one);
  }
  if (top.length > 0) document.take(heading);
}

function takeComponent(
  document: SourceDocument,
  heading: Piece,
  draft: Draft,
  realised: (text: string) => DraftRequirement[],
): void {
  const whole = document.under(heading);
  const prose = document.body(heading).filter((one) => isProse(one) && !document.isTaken(one));
  const statements: Statement[] = prose.map((one) => statementOf(document, one));
  document.take([heading, ...prose]);
  // `research.md` beside the design is read on, and no part of what is built.
  const beside = new Set(draft.documents.map((one) => nameOf(one.path)));
  draft.components.push({
    title: titleOf(heading),
    kind: 'unknown',
    action: 'build',
    actionInferred: true,
    realises: [...new Set(whole.flatMap((one) => (isHeading(one) ? [] : realised(one.text))))],
    paths: [...new Set(whole.flatMap((one) => pathsIn(one.raw)))].filter((path) => !beside.has(path)),
    statements,
    path: document.path,
    line: heading.line,
  });
}

/** A table of components: `# | Component | Type | Action`. */
function takeInventory(
  document: SourceDocument,
  heading: Piece,
  draft: Draft,
  realised: (text: string) => DraftRequirement[],
): boolean {
  const rows = rowsUnder(document, heading);
  for (const { row, whole } of rows) {
    const title = cell(row, /^(?:component|name|module|asset)/);
    const action = /build|reuse|adopt|skip/i.exec(cell(row, /^action/))?.[0].toLowerCase();
    const kind = cell(row, /^(?:type|kind)/);
    if (title === '' || (action === undefined && kind === '')) continue;
    document.take([heading, whole]);
    draft.components.push({
      title,
      kind: kind === '' ? 'unknown' : kind,
      action: (action ?? 'build') as DraftComponent['action'],
      actionInferred: action === undefined,
      realises: realised(row.text),
      paths: pathsIn(row.raw),
      statements: [],
      path: document.path,
      line: row.line,
    });
  }
  return draft.components.length > 0;
}

/** A table with a mitigation, or items of the form `[risk] -> mitigation`. */
export function takeRisks(document: SourceDocument, heading: Piece | undefined, draft: Draft): void {
  const add = (title: string, mitigation: string, line: number) =>
    draft.risks.push({ title, mitigation, path: document.path, line });
  for (const { row, whole } of rowsUnder(document, heading)) {
    const title = cell(row, /^risk/);
    if (title === '') continue;
    document.take([heading!, whole]);
    add(title, cell(row, /^(?:mitigation|response|handling)/), row.line);
  }
  for (const item of takeItems(document, heading)) {
    const [, title = item.text, mitigation = ''] =
      /^\[?(.{3,300}?)\]?\s*(?:→|->|=>|Mitigation:)\s*(.*)$/s.exec(item.text) ?? [];
    add(title, mitigation, item.line);
  }
}

/** A table of needs: `Capability | Required | If Not Available`. */
export function takeNeeds(document: SourceDocument, heading: Piece | undefined, name: RegExp): Draft['capabilities'] {
  return rowsUnder(document, heading).flatMap(({ row, whole }) => {
    const title = cell(row, name);
    if (title === '') return [];
    document.take([heading!, whole]);
    const required = saidYes(cell(row, /^required/));
    return [
      {
        title,
        purpose: cell(row, /^(?:purpose|used for|description|why)/),
        required: required ?? true,
        requiredInferred: required === undefined,
        ifNot: cell(row, /^(?:if not|fallback|otherwise)/),
        path: document.path,
        line: row.line,
      },
    ];
  });
}
