import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { candidatesOf } from './candidates.ts';
import { cell, cite, code, list, table } from './markdown.ts';

/** When a step runs at all, in words; of many conditions the first two. */
function whenText({
  onlyOnFailure,
  onlyOnNotice,
  conditions,
}: Pick<Step, 'onlyOnFailure' | 'onlyOnNotice' | 'conditions'>) {
  const shown = conditions.slice(0, 2).map(code);
  const more = conditions.length > shown.length ? ` and ${conditions.length - shown.length} more hold` : '';
  return [
    ...(onlyOnFailure ? ['only after a failure'] : []),
    ...(onlyOnNotice ? ['only when notified'] : []),
    ...(shown.length > 0 ? [`only if ${more === '' ? list(shown) : shown.join(', ')}${more}`] : []),
  ];
}

/** Where a story that was told before has a step. */
export interface Told {
  title: string;
  number: number;
}

/** The steps in their order as a table of so many rows, and how many are left; what a story above told as well is one row. */
export function stepTable(
  { steps }: Story,
  prefix: string,
  { most, shared, above }: { most: number; shared: ReadonlySet<string>; above: ReadonlyMap<string, Told> },
): { text: string; left: number } {
  let last: Step | undefined;
  const rows: string[][] = [];
  let at = 0;
  for (; at < steps.length && rows.length < most; at++) {
    const step = steps[at]!;
    const known = toldAbove(steps, at, above);
    if (known !== undefined) {
      const { number, title, count } = known;
      const what = `what steps ${number}-${number + count - 1} of ${code(title)} do, told above`;
      rows.push([
        `${step.number}-${step.number + count - 1}`,
        '',
        what,
        '',
        '',
        '',
        cite(step.fact.evidence, prefix, 1),
      ]);
      at += count - 1;
      last = undefined;
      continue;
    }
    const { number, phase, fact, effect, object, elsewhere, systems, failure } = step;
    const conditions = step.conditions.filter((one) => !shared.has(one));
    // What holds for the step above holds here as well: a long condition is read once.
    const isAsAbove =
      last !== undefined && last.phase === phase && conditions.length > 0 && sameText(last.conditions, step.conditions);
    const when = isAsAbove
      ? [...whenText({ ...step, conditions: [] }), 'only if the same']
      : whenText({ ...step, conditions });
    const row = [
      String(number),
      last?.phase === phase ? '' : code(phase),
      [code(fact.name), ...when, ...oneOf(fact)].join(', '),
      [
        effect === undefined ? (elsewhere ? 'kept elsewhere' : '') : `${effect}s`,
        object === undefined || object === fact.name ? '' : code(object),
      ]
        .filter(Boolean)
        .join(' '),
      systems.slice(0, 3).map(cell).join(', '),
      failure.outcome,
      cite(fact.evidence, prefix, 1),
    ];
    last = step;
    rows.push(row);
  }
  return {
    text: table(['Step', 'Phase', 'What', 'Effect', 'System', 'If it fails', 'Evidence'], rows),
    left: steps.length - at,
  };
}

const sameText = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, at) => one === b[at]);

/** What is decided at run time, where the tree shows between what. */
function oneOf(fact: Step['fact']): string[] {
  if (fact.status !== 'unresolved') return [];
  const candidates = candidatesOf(fact);
  if (candidates.length === 0) return ['decided at run time'];
  const more = candidates.length > 3 ? ` and ${candidates.length - 3} more` : '';
  return [`decided at run time: one of ${candidates.slice(0, 3).map(code).join(', ')}${more}`];
}

const fewest = 4;

/** Steps from here on that a story told above has as well, in the same order; undefined for too few to send a reader there. */
function toldAbove(
  steps: readonly Step[],
  at: number,
  above: ReadonlyMap<string, Told>,
): (Told & { count: number }) | undefined {
  const first = above.get(steps[at]!.fact.id);
  if (first === undefined) return undefined;
  let count = 1;
  for (; at + count < steps.length; count++) {
    const next = above.get(steps[at + count]!.fact.id);
    if (next?.title !== first.title || next.number !== first.number + count) break;
  }
  return count < fewest ? undefined : { ...first, count };
}
