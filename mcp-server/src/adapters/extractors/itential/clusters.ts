import type { Task } from './task.ts';
import type { FlowGraph } from './transitions.ts';

/** The platform's own means: they prepare and judge what is done elsewhere. */
const own = /^(?:WorkFlowEngine|WorkflowEngine|Tools)$/;

/**
 * Phases that nobody named: tasks that follow each other and serve one system, in the order of the flow. What the platform
 * itself does belongs to the system before it; what comes first, to the first system.
 */
export function clustersOf(tasks: readonly Task[], flow: FlowGraph): Map<string, string> {
  const ordered = [...tasks]
    .filter((task) => flow.order.has(task.id))
    .sort((a, b) => (flow.order.get(a.id) as number) - (flow.order.get(b.id) as number));
  const serves = ({ app }: Task) => (app === undefined || own.test(app) ? undefined : app);
  const clusters = new Map<string, string>();
  let current = ordered.map(serves).find((app) => app !== undefined);
  for (const task of ordered) {
    current = serves(task) ?? current;
    if (current !== undefined) clusters.set(task.id, current);
  }
  return clusters;
}
