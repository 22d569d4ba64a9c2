import { limitKind } from '../artifact/limit-value.ts';
import { sectionOf } from '../artifact/markdown.ts';
import { type Requirements, readRequirements } from '../artifact/requirements.ts';
import { replaceSection } from '../artifact/splice.ts';
import { atMost } from './ceiling.ts';
import type { StartConventions } from './layer.ts';

/**
 * A draft with conventions in it: limits no higher than theirs, their constraints and questions behind those of the draft. What is
 * there already is not added again, and no id of the draft changes.
 *
 * @param layers in the order organisation, team, person: none of them loosens what one before it set
 */
export function withConventions(draft: string, layers: readonly StartConventions[]): string {
  return layers.reduce((text, layer) => {
    const limited = withLimits(readRequirements(text), layer.limits);
    const constrained = withConstraints(readRequirements(limited.text), [...limited.besides, ...layer.constraints]);
    return withQuestions(readRequirements(constrained), layer.questions);
  }, draft);
}

/** The text with its limits lowered, and a sentence for each that cannot be compared with the draft's own. */
function withLimits(requirements: Requirements, ceilings: Record<string, string>): { text: string; besides: string[] } {
  const lines = requirements.doc.text.split('\n');
  const [rows, besides]: [string[], string[]] = [[], []];
  for (const [name, ceiling] of Object.entries(ceilings)) {
    const own = requirements.limits.find((limit) => limit.name === name);
    if (own === undefined) {
      rows.push(`| ${name} | ${ceiling} |`);
      continue;
    }
    const lower = limitKind(own.value) === undefined ? ceiling : atMost(own.value, ceiling);
    if (lower === undefined) besides.push(`\`${name}\` is also at most ${ceiling}.`);
    else if (lower !== own.value) lines[own.line - 1] = withValue(lines[own.line - 1]!, lower);
  }
  const text = lines.join('\n');
  return { text: rows.length === 0 ? text : withRows(text, rows), besides };
}

/** A row of the table of limits with another value in its second cell. */
function withValue(row: string, value: string): string {
  const cells = row.split(/(?<!\\)\|/);
  cells[2] = ` ${value} `;
  return cells.join('|');
}

function withRows(text: string, rows: readonly string[]): string {
  const { doc, limits } = readRequirements(text);
  const last = limits.at(-1);
  if (last === undefined) return appended(text, 'Limits', ['| Limit | Value |', '|---|---|', ...rows].join('\n'));
  const lines = doc.text.split('\n');
  const cells = lines[last.line - 1]!.split(/(?<!\\)\|/).length;
  // Rows of a table have as many cells as its head.
  lines.splice(last.line, 0, ...rows.map((row) => row + ' |'.repeat(Math.max(0, cells - 4))));
  return lines.join('\n');
}

function withConstraints({ doc, constraints }: Requirements, wanted: readonly string[]): string {
  const fresh = notYet(doc.text, wanted);
  const first = nextNumber(constraints.map((one) => one.id));
  const items = fresh.map((text, at) => `- **CON-${first + at}** ${text}`);
  return items.length === 0 ? doc.text : appended(doc.text, 'Constraints', items.join('\n'));
}

function withQuestions({ doc, questions }: Requirements, wanted: readonly string[]): string {
  const fresh = notYet(doc.text, wanted);
  const first = nextNumber(questions.map((one) => one.id));
  const blocks = fresh.map((text, at) => `### Q-${first + at}: ${text}\n\n- Answer:`);
  return blocks.length === 0 ? doc.text : appended(doc.text, 'Questions', blocks.join('\n\n'));
}

/** On one line each, without those that stand in the text already. */
const notYet = (text: string, wanted: readonly string[]) =>
  wanted.map((one) => one.replace(/\s+/g, ' ')).filter((one) => !text.includes(one));

const nextNumber = (ids: readonly string[]) => Math.max(0, ...ids.map((id) => Number(id.split('-')[1]))) + 1;

/** The text with more at the end of a section, blocks included. */
function appended(text: string, title: string, more: string): string {
  const { doc } = readRequirements(text);
  const section = sectionOf(doc, title);
  if (section === undefined) return replaceSection(text, title, more);
  const body = doc.text.slice(section.bodyStart, section.end).trim();
  const gap = /^- /.test(more) && /^(?:- | {2,}\S)/.test(body.split('\n').at(-1) ?? '') ? '\n' : '\n\n';
  return replaceSection(text, title, body === '' ? more : `${body}${gap}${more}`);
}
