import { childOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';
import { sourceOf, sourceText } from './references.ts';
import type { Task } from './task.ts';

/** The condition of an evaluation as one sentence: operands resolved, groups joined as the flags say. */
export function conditionOf(task: Task, titleOf: (task: string) => string): string | undefined {
  const groups = itemsOf(childOf(task.incoming, 'evaluation_groups'));
  const all = isTrue(childOf(task.incoming, 'all_true_flag'));
  const texts = groups.flatMap((group) => {
    const evaluations = itemsOf(childOf(group, 'evaluations')).map((one) => evaluationText(one, titleOf));
    if (evaluations.length === 0) return [];
    const joined = evaluations.join(isTrue(childOf(group, 'all_true_flag')) ? ' and ' : ' or ');
    return [groups.length > 1 && evaluations.length > 1 ? `(${joined})` : joined];
  });
  return texts.length === 0 ? undefined : texts.join(all ? ' and ' : ' or ').slice(0, 500);
}

function evaluationText(one: YamlNode, titleOf: (task: string) => string): string {
  const side = (key: string) => sourceText(sourceOf(childOf(one, key)), titleOf);
  const query = textOf(childOf(one, 'query'));
  const left = query === undefined || query === '' ? side('operand_1') : `${side('operand_1')} at ${query}`;
  return `${left} ${textOf(childOf(one, 'operator')) ?? '?'} ${side('operand_2')}`;
}

const isTrue = (node: YamlNode | undefined) => node?.kind === 'scalar' && node.value === true;
