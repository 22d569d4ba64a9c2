import { obliges } from '../ears/obligation.ts';
import type { Draft, DraftNeed, DraftRequirement, Statement } from './contract.ts';
import { harmless, item, oneLine, place } from './safe-text.ts';

/** Where a delivery's import comes from, for the section that says so. */
export interface Provenance {
  format: string;
  tool: string;
  /** What was read, with hashes. */
  files: readonly { path: string; sha256: string }[];
  owner: string;
}

const mark = (one: Statement) => (one.inferred === undefined ? '' : ` (inferred: ${one.inferred})`);
const bullet = (one: Statement) => item(one.text, mark(one));
const ids = (prefix: string, at: number) => `${prefix}-${at + 1}`;

/** requirements.md of an import, without what was left over. */
export function renderRequirements(draft: Draft, from: Provenance): string {
  const sections = [
    front(draft, from),
    section('Problem', prose(draft.problem, 'problem')),
    section('Goal', prose(draft.goal, 'goal')),
    section('Scope', scope(draft)),
    section('Capabilities', draft.capabilities.map(capability).join('\n\n')),
    section('Systems', systems(draft.systems)),
    section('Requirements', requirements(draft).join('\n\n')),
    section('Risks', draft.risks.map(risk).join('\n\n')),
    section('Limits', ''),
    section('Constraints', draft.constraints.map((one, at) => labelled(ids('CON', at), one)).join('\n')),
    section('Questions', questions(draft)),
    ...(draft.removed.length === 0
      ? []
      : [section('Requirements that the source takes away', draft.removed.map(bullet).join('\n'))]),
    section('Import', provenance(from)),
  ];
  return `${sections.join('\n\n')}\n`;
}

function front(draft: Draft, from: Provenance): string {
  return `---\ncountersign: requirements/1\ntitle: ${JSON.stringify(draft.title)}\nowner: ${JSON.stringify(from.owner)}\nrisk: standard\n---`;
}

const section = (title: string, body: string) => (body === '' ? `## ${title}` : `## ${title}\n\n${body}`);

/** Paragraphs and items as they stood in the source; where there are none, that is said, and marked. */
function prose(statements: readonly Statement[], what: string): string {
  if (statements.length === 0) return `The source does not say what the ${what} is. (inferred: nothing was found)`;
  return statements.map(bullet).join('\n');
}

function scope(draft: Draft): string {
  const titles = draft.requirements.map((one) => `- ${oneLine(one.title)} (inferred: a requirement of the source)`);
  const inside = draft.inScope.length > 0 ? draft.inScope.map(bullet) : titles;
  return ['### In scope', '', ...inside, '', '### Out of scope', '', ...draft.outOfScope.map(bullet)]
    .join('\n')
    .trimEnd();
}

function capability(need: DraftNeed, at: number): string {
  const required = `- Required: ${need.required ? 'yes' : 'no'}${need.requiredInferred ? ' (inferred: the source does not say)' : ''}`;
  return [
    `### ${ids('CAP', at)}: ${oneLine(need.title)}`,
    '',
    required,
    `- If not available: ${fallback(need)}`,
    `- Source: ${place(need.path, need.line)}`,
  ].join('\n');
}

const fallback = (need: DraftNeed) =>
  oneLine(need.ifNot, 300) ||
  (need.required
    ? 'the delivery cannot run (inferred: required)'
    : 'nothing replaces it (inferred: the source does not say)');

function systems(needs: readonly DraftNeed[]): string {
  if (needs.length === 0) return '';
  const rows = needs.map((need, at) =>
    [
      ids('SYS', at),
      oneLine(need.title),
      oneLine(need.purpose, 300),
      need.required ? 'yes' : 'no',
      fallback(need),
    ].join(' | '),
  );
  const head = '| ID | System | Purpose | Required | If not available |\n| --- | --- | --- | --- | --- |';
  return [head, ...rows.map((row) => `| ${row} |`)].join('\n');
}

function requirements(draft: Draft): string[] {
  const found = draft.requirements.map(requirement);
  if (found.length > 0) return found;
  return [
    '### REQ-1: What the source asks for\n\nTHE SYSTEM SHALL do what the imported text says. (inferred: no requirement was found)\n\n- **AC-1.1** Somebody compares the result with the imported text. (inferred: no criterion was found)',
  ];
}

function requirement(one: DraftRequirement, at: number): string {
  const number = at + 1;
  const statements = one.statements.map((said) => statement(said));
  const said = [
    one.title,
    ...one.statements.map(({ text }) => text),
    ...one.criteria.flatMap(({ text, steps = [] }) => [text, ...steps]),
  ];
  const criteria = one.criteria.map((criterion, index) => {
    const head = item(`**AC-${number}.${index + 1}** ${criterion.text.trim()}`, mark(criterion));
    const steps = (criterion.steps ?? []).map((step) => item(step).replace(/^/gm, '  '));
    return [head, ...steps].join('\n');
  });
  // A rule asks for an obligation in statement, title or criterion; where the source has none, that is a conclusion.
  const own =
    said.some(obliges) && directlyObliges(one)
      ? []
      : ['THE SYSTEM SHALL do what is said here. (inferred: the source does not oblige)'];
  const shown =
    criteria.length > 0
      ? criteria
      : [`- **AC-${number}.1** What REQ-${number} says can be seen. (inferred: the source has no criterion)`];
  const fields = [
    `- Source: ${place(one.path, one.line)}, ${oneLine(one.source)}`,
    ...(one.change === undefined ? [] : [`- Change: ${one.change}`]),
  ];
  return [`### REQ-${number}: ${oneLine(one.title)}`, ...statements, ...own, fields.join('\n'), shown.join('\n')].join(
    '\n\n',
  );
}

/** Steps below a criterion are not read as its text, so an obligation there does not count. */
const directlyObliges = (one: DraftRequirement) =>
  [one.title, ...one.statements.map(({ text }) => text), ...one.criteria.map(({ text }) => text)].some(obliges);

/** Paragraphs stay paragraphs; what was an item, or looks like an id, becomes an item that no rule takes for one. */
function statement(one: Statement): string {
  const text = `${harmless(one.text.trim())}${mark(one)}`;
  return /^\W{0,3}(?:AC|REQ)\W{0,3}\d/i.test(text) ? `Source text: ${text}` : text;
}

function risk(one: Draft['risks'][number], at: number): string {
  const title = oneLine(one.title, 200);
  const mitigation = oneLine(one.mitigation, 500) || 'not said (inferred: the source does not say)';
  return `### ${ids('RSK', at)}: ${title}\n\n- Mitigation: ${mitigation}\n- Source: ${place(one.path, one.line)}`;
}

const labelled = (id: string, one: Statement) => item(`**${id}** ${one.text.trim()}`, mark(one));

function questions(draft: Draft): string {
  const bare = draft.requirements.flatMap((one, at) => (one.criteria.length === 0 ? [`REQ-${at + 1}`] : []));
  const open: Statement[] = [...draft.questions];
  const ask = (text: string) => open.push({ text, path: '', line: 0, inferred: 'import' });
  if (draft.problem.length === 0) ask('Which problem does this solve, and for whom?');
  if (draft.goal.length === 0) ask('What will be different, in terms someone can check?');
  if (bare.length > 0) ask(`What shows that these are met: ${bare.join(', ')}?`);
  return open.map((one, at) => labelled(ids('Q', at), one)).join('\n');
}

function provenance({ format, tool, files }: Provenance): string {
  const sources = files.map(({ path, sha256 }) => `  - ${place(path, 1).replace(/:1`$/, '`')} sha256:${sha256}`);
  return [`- Format: ${format}`, `- Tool: ${tool}`, '- Files:', ...sources].join('\n');
}
