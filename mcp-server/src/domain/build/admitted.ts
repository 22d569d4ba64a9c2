import type { Component } from '../artifact/design.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { isElsewhere } from './paths.ts';
import type { Task } from './tasks.ts';

/**
 * Patterns of the paths that are being built: those of every component whose task was started, as parallel groups start
 * several. One that is verified stays open until a component that rests on it is started, because checks may pass before
 * the last file is written.
 *
 * @param tasks in build order
 */
export function admittedPaths(tasks: readonly Task[], ledger: Ledger): string[] {
  const begun = new Set(eventsOf(ledger, 'started').map((event) => event.body.task));
  const started = tasks.filter((task) => begun.has(task.id) && task.state !== 'blocked');
  const beneath = new Set<string>();
  const open: Component[] = [];
  // From the top down: what a component rests on is settled before its turn comes.
  for (const { component, state } of [...started].reverse()) {
    if (state === 'started' || !beneath.has(component.id)) open.unshift(component);
    for (const id of component.dependsOn) beneath.add(id);
  }
  return open.flatMap((component) => component.paths.filter((pattern) => !isElsewhere(pattern)));
}
