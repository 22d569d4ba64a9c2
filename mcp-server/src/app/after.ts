import { drawTasks } from '../domain/build/tasks.ts';
import type { Cycle } from '../domain/change/cycles.ts';
import type { ChangePlan } from '../domain/change/plan.ts';
import { designApproved } from '../domain/delivery.ts';
import { guardSources } from '../domain/guard-entry.ts';
import { renderHistory } from '../domain/history.ts';
import { guardEntry } from './guard-index.ts';
import { type Loaded, load } from './load.ts';
import type { Ports } from './ports.ts';

/** Draws again what is drawn from the ledger, after an event or an edit. Returns the delivery as it is now. */
export function redraw(ports: Ports, id: string): Loaded {
  // Stat keys are taken before reading: a change in between moves one, and the compiled entry then counts for nothing.
  const keys = ports.guard.keys(guardSources(id));
  const loaded = load(ports, id);
  draw(ports, id, 'history.md', historyText(ports, loaded));
  if (designApproved(loaded.state)) {
    draw(ports, id, 'tasks.md', drawTasks(loaded.state.tasks));
    loaded.read.artifacts['tasks.md'] = drawTasks(loaded.state.tasks);
  }
  ports.guard.store({ [id]: guardEntry(loaded, keys) });
  return loaded;
}

/** history.md as it has to be now. */
export function historyText(ports: Ports, { read, state }: Loaded): string {
  return renderHistory(read.ledger, state.title, state.cycles, (cycle) => storedPlan(ports, read.id, cycle));
}

/** The plan of a cycle as it was frozen. */
export function storedPlan(ports: Ports, id: string, cycle: Cycle): ChangePlan | undefined {
  const bytes = cycle.plan === undefined ? undefined : ports.deliveries.evidence(id, cycle.plan.body.plan);
  return bytes === undefined ? undefined : (JSON.parse(bytes) as ChangePlan);
}

function draw(ports: Ports, id: string, name: 'history.md' | 'tasks.md', text: string): void {
  if (ports.deliveries.artifact(id, name) !== text) ports.deliveries.writeArtifact(id, name, text);
}
