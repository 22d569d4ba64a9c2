import { buildSteps, taskContext } from '../domain/build/context.ts';
import { buildOrder } from '../domain/build/order.ts';
import type { Task } from '../domain/build/tasks.ts';
import { designBlocks } from '../domain/delivery.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

export interface TaskView {
  id: string;
  kind: Task['kind'];
  component: string;
  title: string;
  /** The component is there already, and only checked. */
  adopted: boolean;
  state: Task['state'];
  paths: string[];
  checks: { id: string; state: string; title: string }[];
  waitsFor: string[];
  /** Tasks of one step do not wait for each other. */
  step: number;
  /** What the component's builder has to know; only where a task was started. */
  context?: string;
}

const view = (task: Task, steps: ReadonlyMap<string, number>): TaskView => ({
  id: task.id,
  kind: task.kind,
  component: task.component.id,
  title: task.component.title,
  adopted: task.component.action === 'adopt',
  state: task.state,
  paths: task.component.paths,
  checks: task.checks.map((status) => ({ id: status.check.id, state: status.state, title: status.check.title })),
  waitsFor: task.waitsFor,
  step: steps.get(task.component.id) ?? 1,
});

/** The build order with states; nothing before the design is approved. */
export function tasks(ports: Ports, id: string): Answer<{ tasks: TaskView[] }> {
  const loaded = redraw(ports, id);
  const { state } = loaded;
  const blocks = designBlocks(state);
  if (blocks.length > 0) {
    return {
      said: 'There are no tasks: the design is not approved.',
      blocks,
      next: nextStep(loaded),
      data: { tasks: [] },
    };
  }
  const steps = buildSteps(buildOrder(state.design?.components ?? []).order);
  const views = state.tasks.map((task) => view(task, steps));
  const open = views.find((task) => task.state === 'started' || task.state === 'ready');
  const done = views.filter((task) => task.state === 'verified').length;
  return {
    said: `${done} of ${views.length} tasks verified.`,
    blocks: [],
    next: open === undefined ? nextStep(loaded) : taskStep(open, id),
    data: { tasks: views },
  };
}

function taskStep(task: TaskView, id: string): string {
  if (task.kind === 'verify') return `run ${checksOf(task)} of ${id}`;
  const start = task.state === 'ready' ? `start ${task.id}, then ` : '';
  if (task.adopted) return `${start}run ${checksOf(task)}: what is adopted is there`;
  return `${start}write ${task.paths.join(', ')}${start === '' ? ', then run its checks' : ''}`;
}

const checksOf = (task: TaskView) => task.checks.map((check) => check.id).join(', ') || 'nothing';

/**
 * Starts a task; refused while what it depends on is not verified.
 *
 * @throws Fault `unknown-task`
 */
export function startTask(ports: Ports, id: string, taskId: string, actor: Actor): Answer<{ tasks: TaskView[] }> {
  const before = tasks(ports, id);
  if (before.blocks.length > 0) return before;
  const task = before.data.tasks.find((one) => one.id === taskId);
  if (task === undefined)
    throw inputFault({
      code: 'unknown-task',
      message: `there is no task ${JSON.stringify(taskId)}`,
      expected: `one of: ${before.data.tasks.map((one) => one.id).join(', ')}`,
    });
  if (task.state === 'blocked')
    return { said: `${taskId} cannot start yet.`, blocks: task.waitsFor, next: before.next, data: { tasks: [task] } };
  if (task.state !== 'ready' || task.kind === 'verify')
    return {
      said: `${taskId} is ${task.state}.`,
      blocks: [],
      next: taskStep(task, id),
      data: { tasks: [withContext(ports, id, task)] },
    };
  append(ports, id, () => ({ type: 'started', actor, body: { task: taskId, component: task.component } }));
  redraw(ports, id);
  return {
    said: `Started ${taskId}: ${task.component}.`,
    blocks: [],
    next: task.adopted
      ? taskStep({ ...task, state: 'started' }, id)
      : `write only ${task.paths.join(', ')}, then run ${checksOf(task)}`,
    data: { tasks: [{ ...withContext(ports, id, task), state: 'started' }] },
  };
}

/** The task with what its builder has to know. */
function withContext(ports: Ports, id: string, task: TaskView): TaskView {
  const { design, requirements } = load(ports, id).state;
  const component = design?.components.find((one) => one.id === task.component);
  return component === undefined ? task : { ...task, context: taskContext(design!, requirements, component) };
}
