import type { Entry } from '../artifact/entries.ts';
import type { Feasibility } from '../artifact/feasibility.ts';
import { fieldsOf } from '../artifact/fields.ts';
import { itemsOf, paragraphsOf } from '../artifact/markdown.ts';
import { idsIn } from '../ids.ts';

/**
 * The needs that a constraint answers: those of its line `- Answers: SYS-1, CAP-2`, else every need that its text names.
 *
 * @returns ids such as `SYS-1`, in order, whether or not such a need exists
 */
export function answeredNeeds(constraint: Entry): string[] {
  const { block, title, nested = [] } = constraint;
  if (block === undefined) return needsIn([title, ...nested]);
  const answers = fieldsOf(block).get('answers');
  if (answers !== undefined) return needsIn(answers.values);
  const texts = [...paragraphsOf(block), ...itemsOf(block).flatMap((item) => [item, ...item.children])];
  return needsIn([title, ...texts.map((one) => one.text)]);
}

/** Every need that some feasibility constraint answers. */
export function constrainedNeeds(feasibility: Feasibility): Set<string> {
  return new Set(feasibility.constraints.flatMap(answeredNeeds));
}

const needsIn = (texts: readonly string[]) => idsIn(texts.join(' ')).filter((id) => /^(?:SYS|CAP)-/.test(id));
