import { childOf, entriesOf, textOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { withoutPrefix } from './names.ts';

/** A task of a workflow as the export has it; marks of start and end are none. */
export interface Task {
  id: string;
  entry: YamlEntry;
  /** Method or kind of task: createSubnet, evaluation, childJob ... */
  name: string;
  /** What people see on the canvas; unique within the workflow. */
  title: string;
  /** Why the title is not what stands in the export. */
  titleFrom: string | undefined;
  app: string | undefined;
  /** Application, Adapter, Broker ... as written. */
  location: string | undefined;
  /** automatic, operation, manual ... as written. */
  type: string | undefined;
  incoming: YamlNode | undefined;
  outgoing: YamlNode | undefined;
  /** Variable that a failure is put into. */
  error: string | undefined;
}

export const START = 'workflow_start';
export const END = 'workflow_end';

/** Tasks in the order of the export. */
export function tasksOf(workflow: YamlNode): Task[] {
  const tasks = entriesOf(childOf(workflow, 'tasks'))
    .filter(({ key, value }) => key !== START && key !== END && value.kind === 'map')
    .map(taskOf);
  const seen = new Map<string, number>();
  for (const { title } of tasks) seen.set(title, (seen.get(title) ?? 0) + 1);
  return tasks.map((task) =>
    (seen.get(task.title) ?? 0) > 1
      ? { ...task, title: `${task.title} (${task.id})`, titleFrom: 'title and task id' }
      : task,
  );
}

function taskOf(entry: YamlEntry): Task {
  const { key: id, value: node } = entry;
  const text = (key: string) => textOf(childOf(node, key)) || undefined;
  const variables = childOf(node, 'variables');
  const title = text('summary') ?? text('canvasName') ?? text('name') ?? id;
  return {
    id,
    entry,
    name: text('name') ?? id,
    title: withoutPrefix(title).replace(/\s+/g, ' ').trim() || id,
    titleFrom: JSON.stringify(title) === `"${title}"` && !/\s\s|^\s|\s$/.test(title) ? undefined : 'decoded JSON',
    app: text('app'),
    location: text('location'),
    type: text('type'),
    incoming: childOf(variables, 'incoming'),
    outgoing: childOf(variables, 'outgoing'),
    error: textOf(childOf(variables, 'error')) || undefined,
  };
}

export const isAdapterTask = ({ location }: Task) => location === 'Adapter';
/** A person sees it and goes on by hand. */
export const isManualTask = ({ name, type }: Task) => name === 'ViewData' || type === 'manual';
