import { childOf, entriesOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';

/** Where a task takes a value from: the job's variables, another task's result, or a literal in the export. */
export type ValueSource =
  | { from: 'job'; name: string }
  | { from: 'task'; task: string; name: string }
  | { from: 'literal'; text: string };

const dotted = /^\$var\.([\w-]+)(?:\.(.+))?$/s;
const longest = 200;

/**
 * What a value of an export stands for. References are written as `$var.job.name`, `$var.<task>.name`, `{task, variable}`
 * and, in child jobs, `{task, value}`; anything else stands for itself.
 */
export function sourceOf(node: YamlNode | undefined): ValueSource | undefined {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') {
    const match = typeof node.value === 'string' ? dotted.exec(node.value) : null;
    return match === null
      ? { from: 'literal', text: node.text.slice(0, longest) }
      : referTo(match[1] as string, match[2] ?? '');
  }
  const task = textOf(childOf(node, 'task'));
  const variable = childOf(node, 'variable') ?? childOf(node, 'value');
  if (task === undefined || variable === undefined) return undefined;
  if (task === 'static') return { from: 'literal', text: shortText(variable) };
  return referTo(task, textOf(variable) ?? '');
}

function referTo(task: string, name: string): ValueSource {
  return task === 'job' ? { from: 'job', name } : { from: 'task', task, name };
}

/** Every reference within a value, at whatever depth; without recursion, because exports nest as they like. */
export function sourcesIn(node: YamlNode | undefined): ValueSource[] {
  const found: ValueSource[] = [];
  const waiting: YamlNode[] = node === undefined ? [] : [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const source = sourceOf(next);
    if (source !== undefined && source.from !== 'literal') found.push(source);
    for (const { value } of entriesOf(next)) waiting.push(value);
    waiting.push(...itemsOf(next));
  }
  return found;
}

/** How people read it: `job.vlanId`, `"Find device".result`, `true`. */
export function sourceText(source: ValueSource | undefined, titleOf: (task: string) => string): string {
  if (source === undefined) return '(a structure)';
  if (source.from === 'literal') return source.text === '' ? '""' : source.text;
  if (source.from === 'job') return `job.${source.name}`;
  return source.name === ''
    ? JSON.stringify(titleOf(source.task))
    : `${JSON.stringify(titleOf(source.task))}.${source.name}`;
}

function shortText(node: YamlNode): string {
  if (node.kind === 'scalar') return node.text.slice(0, longest);
  return node.kind === 'seq' ? `(a list of ${node.items.length})` : '(a structure)';
}

/** The variable itself, of a path into it. */
export const rootOf = (name: string) => name.split('.')[0] as string;
