import type { Answer } from '../../app/answer.ts';
import type { Diagnosis } from '../../app/operate/diagnose.ts';
import type { ObserveView } from '../../app/operate/observe.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

const COLOUR = { passed: 'green', failed: 'red', unknown: 'yellow' } as const;
const TAIL = 12;

/** What the running system failed, with the criteria, the logs and where the evidence is. */
export function diagnosisText(answer: Answer<Diagnosis>, terminal: Terminal): string {
  const { results, failing, unseen, logs } = answer.data;
  const lines = [head(answer, terminal), ...others(answer, results, terminal)];
  for (const { name, result, said, criteria, evidence, tail } of results) {
    const ids = criteria.length === 0 ? '' : ` [${criteria.join(', ')}]`;
    lines.push(`  ${paint(terminal, COLOUR[result], result)} ${printable(`${name}${ids}${proof(evidence)}`)}`);
    if (result !== 'passed') lines.push(printable(`    ${said}`), ...quoted(tail));
  }
  for (const { id, text, checks } of failing)
    lines.push(`  ${paint(terminal, 'red', id)} ${printable(`${text} (${checks.join(', ')})`)}`);
  for (const { name, tail, evidence } of logs)
    lines.push(printable(`  log ${name}${proof(evidence)}`), ...quoted(tail));
  if (unseen.length > 0) lines.push(printable(`  not looked at here: ${unseen.join(', ')}`));
  return [...lines, ...foot(answer, terminal)].join('\n');
}

/** What was measured, and what became of a breach. */
export function observeText(answer: Answer<ObserveView>, terminal: Terminal): string {
  const lines = [head(answer, terminal), ...others(answer, answer.data.results, terminal)];
  for (const { name, result, said, evidence } of answer.data.results)
    lines.push(`  ${paint(terminal, COLOUR[result], result)} ${printable(`${name}: ${said}${proof(evidence)}`)}`);
  return [...lines, ...foot(answer, terminal)].join('\n');
}

const head = ({ said }: Answer, terminal: Terminal) => paint(terminal, 'bold', printable(said));
const proof = (evidence: string | null) => (evidence === null ? '' : `, evidence ${evidence.slice(0, 12)}`);

/** What blocks beside the results, which have lines of their own. */
function others({ blocks }: Answer, results: readonly { name: string; said: string }[], terminal: Terminal): string[] {
  const told = new Set(results.flatMap(({ name, said }) => [`${name} failed: ${said}`, `${name}: ${said}`]));
  return blocks
    .filter((one) => !told.has(one))
    .map((one) => `  ${paint(terminal, 'yellow', 'blocked')} ${printable(one)}`);
}

const foot = ({ next }: Answer, terminal: Terminal) =>
  next === '' ? [] : [`  ${paint(terminal, 'cyan', 'next')} ${printable(next)}`];

const quoted = (tail: string) =>
  tail === ''
    ? []
    : tail
        .trimEnd()
        .split('\n')
        .slice(-TAIL)
        .map((line) => printable(`    | ${line}`));
