import { fieldsOf } from '../artifact/fields.ts';
import { type Need, type Requirements, readRequirements } from '../artifact/requirements.ts';
import { replaceSection } from '../artifact/splice.ts';
import type { Answers, QuestionAnswer } from './answers.ts';

/** Requirements with the answers in them, and what in the answers fits nothing there. */
export interface Instantiated {
  text: string;
  problems: string[];
}

/**
 * Puts answers, and what follows from each of them, into a template's draft. Lines that no answer speaks of stay as they are.
 *
 * @param draft requirements.md of a template, or of a delivery that was started from one
 */
export function instantiate(draft: string, answers: Answers): Instantiated {
  const requirements = readRequirements(draft);
  const lines = requirements.doc.text.split('\n');
  const problems: string[] = [];
  for (const [id, given] of Object.entries(answers.answers)) {
    const question = requirements.questions.find((one) => one.id === id);
    if (question === undefined) {
      problems.push(`${id}: there is no such question`);
      continue;
    }
    const at = question.block === undefined ? undefined : fieldsOf(question.block).get('answer')?.line;
    if (at === undefined) problems.push(`${id}: the question has no line "- Answer:"`);
    else putItem(lines, at, `- Answer: ${oneLine(given.answer)}`);
    for (const [target, value] of Object.entries(given.sets)) {
      const problem = put(lines, requirements, target, value);
      if (problem !== undefined) problems.push(`${id} sets ${target}: ${problem}`);
    }
  }
  // What was continued on lines of its own is gone with the line that it continued.
  let text = withFront(lines.filter((line) => line !== GONE).join('\n'), answers);
  for (const [section, body] of [
    ['Problem', answers.problem],
    ['Goal', answers.goal],
  ] as const)
    if (body !== undefined) text = replaceSection(text, section, body.trim());
  return { text, problems };
}

/** A line that no text can hold. */
const GONE = '\n';

type Value = QuestionAnswer['sets'][string];

function put(lines: string[], requirements: Requirements, target: string, value: Value): string | undefined {
  if (typeof value === 'object') {
    const need = [...requirements.capabilities, ...requirements.systems].find((one) => one.id === target);
    return need === undefined ? 'there is no such capability or system' : putNeed(lines, need, value);
  }
  const limit = requirements.limits.find((one) => one.name === target);
  if (limit !== undefined) return putCell(lines, limit.line, 1, String(value));
  const entries = [...requirements.constraints, ...requirements.requirements.flatMap((one) => one.criteria)];
  const entry = entries.find((one) => one.id === target);
  if (entry === undefined) return 'there is no such limit, constraint or criterion';
  if (entry.block !== undefined) return 'it is a block; only list items can be set';
  putItem(lines, entry.line, `- **${target}** ${oneLine(String(value))}`);
  return undefined;
}

/** Replaces an item's own text; what is nested below it stays. */
function putItem(lines: string[], line: number, text: string): void {
  lines[line - 1] = text;
  for (let at = line; /^ {2,}[^\s-]/.test(lines[at] ?? ''); at++) lines[at] = GONE;
}

function putNeed(lines: string[], need: Need, value: Exclude<Value, string | number>): string | undefined {
  if (need.block === undefined) {
    const problems = [
      value.required === undefined ? undefined : putCell(lines, need.line, 3, value.required),
      value.otherwise === undefined ? undefined : putCell(lines, need.line, 4, oneLine(value.otherwise)),
    ];
    return problems.find((one) => one !== undefined);
  }
  const fields = fieldsOf(need.block);
  const required = fields.get('required')?.line;
  const otherwise = fields.get('if not available')?.line;
  if (required === undefined || otherwise === undefined) return 'it does not say what is required';
  if (value.required !== undefined) putItem(lines, required, `- Required: ${value.required}`);
  if (value.otherwise !== undefined) putItem(lines, otherwise, `- If not available: ${oneLine(value.otherwise)}`);
  return undefined;
}

/** @param column counted from 0 */
function putCell(lines: string[], line: number, column: number, text: string): string | undefined {
  const row = lines[line - 1]!;
  const cells = row.split(/(?<!\\)\|/);
  if (cells[column + 1] === undefined) return 'the table has no such column';
  cells[column + 1] = ` ${oneLine(text).replace(/\\*\|/g, '\\|')} `;
  lines[line - 1] = cells.join('|');
  return undefined;
}

/** The front matter with the answers' title, owner and the rest; title and owner stand in every template. */
function withFront(text: string, { title, owner, risk, track, refs }: Answers): string {
  const quoted = { title: JSON.stringify(title), owner: JSON.stringify(owner) };
  const more = { risk, track, refs: refs === undefined ? undefined : JSON.stringify(refs) };
  const close = text.startsWith('---') ? text.indexOf('\n---', 3) : -1;
  if (close === -1) return text;
  let front = text.slice(0, close);
  for (const [key, value] of Object.entries({ ...quoted, ...more })) {
    if (value === undefined) continue;
    // With the lines that go on with the value: a list, or a text that is folded.
    const old = new RegExp(`^${key}:.*(?:\\n(?:[ \\t]|- ).*)*`, 'm');
    front = old.test(front) ? front.replace(old, () => `${key}: ${value}`) : `${front}\n${key}: ${value}`;
  }
  return front + text.slice(close);
}

const oneLine = (text: string) => text.trim().replace(/\s*\n\s*/g, ' ');
