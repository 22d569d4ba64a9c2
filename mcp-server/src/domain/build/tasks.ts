import type { Component, Design } from '../artifact/design.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type CheckStatus, checkStatuses, filesOf, type Workspace } from './manifest.ts';
import { buildOrder, isBuilt } from './order.ts';

export type TaskState = 'blocked' | 'ready' | 'started' | 'verified';

/** One step of the build: make a component, or verify it. */
export interface Task {
  /** `TSK-<component number>.1` builds, `.2` verifies. */
  id: string;
  component: Component;
  kind: 'build' | 'verify';
  state: TaskState;
  /** Checks whose passing runs verify the component. */
  checks: CheckStatus[];
  /** What has to come first, one sentence each. */
  waitsFor: string[];
}

/** The build order with each task's state: children before parents, checks before the layer above (docs/artifacts.md). */
export function buildTasks(design: Design, workspace: Workspace, ledger: Ledger): Task[] {
  const statuses = checkStatuses(design, workspace, ledger);
  const { order } = buildOrder(design.components);
  const started = new Set(eventsOf(ledger, 'started').map((event) => event.body.task));
  const verified = new Set<string>();
  const known = new Set(design.components.map((component) => component.id));
  const tasks: Task[] = [];
  for (const component of order) {
    if (component.action === 'skip') {
      verified.add(component.id);
      continue;
    }
    const number = component.id.slice('CMP-'.length);
    const checks = statuses.filter((status) => status.component === component.id);
    const waitsFor = component.dependsOn
      .filter((id) => known.has(id) && !verified.has(id))
      .map((id) => `${id} is not verified`);
    const proven =
      checks.every((status) => settledState(status)) &&
      (!isBuilt(component) || filesOf(component, workspace).length > 0);
    if (proven && waitsFor.length === 0) verified.add(component.id);
    const build: Task = {
      id: `TSK-${number}.1`,
      component,
      kind: 'build',
      state: state(waitsFor, proven, started.has(`TSK-${number}.1`)),
      checks,
      waitsFor,
    };
    if (isBuilt(component)) tasks.push(build);
    if (checks.length === 0) continue;
    const waits =
      isBuilt(component) && build.state !== 'started' && build.state !== 'verified'
        ? [`${build.id} is not started`]
        : [];
    tasks.push({
      ...build,
      id: `TSK-${number}.2`,
      kind: 'verify',
      state: state([...waitsFor, ...waits], proven, false),
      waitsFor: [...waitsFor, ...waits],
    });
  }
  return tasks;
}

const settledState = (status: CheckStatus) =>
  status.state === 'passed' || status.state === 'to-confirm' || status.state === 'not-testable';

function state(waitsFor: readonly string[], proven: boolean, started: boolean): TaskState {
  if (waitsFor.length > 0) return 'blocked';
  if (proven) return 'verified';
  return started ? 'started' : 'ready';
}

/** tasks.md: drawn from design and ledger; its boxes say what the ledger says (docs/artifacts.md). */
export function drawTasks(tasks: readonly Task[]): string {
  const lines = ['---', 'countersign: tasks/1', '---', '', '# Tasks', ''];
  lines.push('Drawn from the design and the ledger. A box ticked by hand counts for nothing.', '');
  for (const task of tasks) {
    const what =
      task.kind === 'build' ? `Build ${task.component.id}: ${task.component.title}` : `Verify ${task.component.id}`;
    lines.push(`- [${task.state === 'verified' ? 'x' : ' '}] **${task.id}** ${what} (${task.state})`);
    if (task.kind === 'build') lines.push(...task.component.paths.map((path) => `  - writes \`${path}\``));
    else lines.push(...task.checks.map((status) => `  - ${status.check.id} (${status.state}): ${status.check.title}`));
    lines.push(...task.waitsFor.map((reason) => `  - waits: ${reason}`));
  }
  return `${lines.join('\n')}\n`;
}
