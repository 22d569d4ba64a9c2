import type { FileBuilder } from '../../../domain/extract/build.ts';
import { childOf, spanOf, textOf } from '../yaml/node.ts';
import { clustersOf } from './clusters.ts';
import type { ExportDocument } from './documents.ts';
import { nameFrom } from './names.ts';
import { rootOf, sourcesIn } from './references.ts';
import { schemaFacts } from './schema.ts';
import { END, START, type Task, tasksOf } from './task.ts';
import { type ExportContext, TaskReader } from './task-facts.ts';
import { flowOf, transitionsOf } from './transitions.ts';

/** A workflow with its tasks in the order of its transitions; scope: the file and the workflow's name. */
export function workflowFacts(
  file: FileBuilder,
  document: ExportDocument,
  scope: string,
  context: ExportContext,
): void {
  const { node, name } = document;
  const tasks = tasksOf(node);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const flow = flowOf(transitionsOf(node));
  const endReachable = (flow.to.get(END) ?? []).some(({ from }) => from === START || flow.order.has(from));
  const fact = file.fact({
    kind: 'workflow',
    scope,
    name,
    at: document.at,
    attributes: {
      type: 'workflow',
      folder: document.folder,
      tasks: tasks.length,
      description: textOf(childOf(node, 'description'))?.slice(0, 300),
      endReachable,
      ...(childOf(childOf(node, 'errorHandler'), 'tasks') === undefined ? {} : { handlesErrors: true }),
      nameFrom: nameFrom(name),
    },
  });
  file.couple({
    system: 'itential',
    class: 'platform',
    swap: 'rewrite',
    at: { line: document.at.line },
    consumers: [fact],
  });
  const inputs = new Set(schemaFacts(file, childOf(node, 'inputSchema'), 'input', scope).map((one) => one.name));
  for (const output of schemaFacts(file, childOf(node, 'outputSchema'), 'output', scope))
    file.refer(fact, 'writes', { by: 'name', kinds: ['output'], name: output.name, scope }, document.at);
  const reader = new TaskReader(file, scope, { byId, flow, context, clusters: clustersOf(tasks, flow) });
  for (const task of tasks) {
    const step = reader.read(task);
    if (flow.order.has(task.id))
      file.refer(fact, 'calls', { by: 'name', kinds: ['step'], name: task.title, scope }, spanOf(task.entry));
    reader.tie(task, step);
  }
  undeclaredInputs(file, scope, tasks, inputs);
  for (const { from, to, at } of flow.transitions)
    for (const id of [from, to])
      if (id !== START && id !== END && !byId.has(id))
        file.gap({
          rule: 'dangling-reference',
          severity: 'error',
          scope,
          at,
          message: `A transition of ${JSON.stringify(name)} names the task ${JSON.stringify(id)}, which is not there.`,
        });
}

/** Variables of the job that tasks use and none sets: the workflow gets them from outside, whatever its schema says. */
function undeclaredInputs(
  file: FileBuilder,
  scope: string,
  tasks: readonly Task[],
  declared: ReadonlySet<string>,
): void {
  const set = new Set<string>();
  const used = new Map<string, Task>();
  for (const task of tasks) {
    for (const source of sourcesIn(task.outgoing)) if (source.from === 'job') set.add(rootOf(source.name));
    const error = task.error === undefined ? null : /^\$var\.job\.(.+)$/.exec(task.error);
    if (error !== null) set.add(rootOf(error[1] as string));
    if (task.name === 'newVariable') set.add(textOf(childOf(task.incoming, 'name')) ?? '');
  }
  for (const task of tasks)
    for (const source of sourcesIn(task.incoming))
      if (source.from === 'job' && source.name !== '' && !used.has(rootOf(source.name)))
        used.set(rootOf(source.name), task);
  for (const [name, task] of [...used].filter(([name]) => !set.has(name) && !declared.has(name) && name !== '_id'))
    file.fact({
      kind: 'input',
      scope,
      name,
      at: spanOf(task.entry),
      status: 'inferred',
      attributes: { rule: 'job-variable-used-not-set', required: true, nameFrom: nameFrom(name) },
    });
}
