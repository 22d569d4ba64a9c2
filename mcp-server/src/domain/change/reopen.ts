import type { Task } from '../build/tasks.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';

/**
 * The tasks while an approved change is applied: those that the plan names are open again until they were started and
 * their checks passed after it; all others stand as they did.
 */
export function reopened(tasks: readonly Task[], plan: Recorded<'change-planned'>, ledger: Ledger): Task[] {
  const named = new Set(plan.body.tasks);
  const after = (event: Recorded) => ledger.graph.precedes(plan.id, event.id);
  const started = new Set(
    eventsOf(ledger, 'started')
      .filter(after)
      .map((event) => event.body.task),
  );
  const passed = new Set(
    eventsOf(ledger, 'checked')
      .filter((event) => event.body.result === 'passed' && after(event))
      .map((event) => event.body.check),
  );
  return tasks.map((task) => {
    if (!named.has(task.id) || task.state !== 'verified') return task;
    const done = task.checks.every((one) => one.check.method !== 'command' || passed.has(one.check.id));
    const begun = task.kind === 'verify' || started.has(task.id);
    if (done && begun) return task;
    return { ...task, state: started.has(task.id) ? 'started' : 'ready' };
  });
}
