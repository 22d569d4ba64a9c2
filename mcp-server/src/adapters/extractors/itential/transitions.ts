import { childOf, entriesOf, spanOf, textOf, type YamlNode } from '../yaml/node.ts';
import { END, START } from './task.ts';

export interface Transition {
  from: string;
  to: string;
  /** success, failure, error, loop ... as written; success where nothing is. */
  state: string;
  /** A way back on the canvas, which makes a retry. */
  reverts: boolean;
  at: { line: number; endLine: number };
}

export interface FlowGraph {
  transitions: readonly Transition[];
  from: ReadonlyMap<string, readonly Transition[]>;
  to: ReadonlyMap<string, readonly Transition[]>;
  /** Turn of each task that the start reaches, from 1. Success comes before failure, failure before error. */
  order: ReadonlyMap<string, number>;
  /** Transitions that lead back to something that is still under way. */
  back: ReadonlySet<Transition>;
  /** Tasks that are reached only after an error. */
  onlyAfterError: ReadonlySet<string>;
}

export function transitionsOf(workflow: YamlNode): Transition[] {
  return entriesOf(childOf(workflow, 'transitions')).flatMap(({ key: from, value }) =>
    entriesOf(value).map((entry) => ({
      from,
      to: entry.key,
      state: textOf(childOf(entry.value, 'state')) ?? 'success',
      reverts: textOf(childOf(entry.value, 'type')) === 'revert',
      at: spanOf(entry),
    })),
  );
}

/** What the transitions say about order and reach. Linear in tasks and transitions, without recursion. */
export function flowOf(transitions: readonly Transition[]): FlowGraph {
  const from = new Map<string, Transition[]>();
  const to = new Map<string, Transition[]>();
  for (const edge of transitions) {
    push(from, edge.from, edge);
    push(to, edge.to, edge);
  }
  const { finished, back } = walk(from);
  const order = new Map<string, number>();
  for (const id of finished.reverse()) if (id !== START && id !== END) order.set(id, order.size + 1);
  const withoutError = reach(from, (edge) => edge.state !== 'error');
  const onlyAfterError = new Set([...order.keys()].filter((id) => !withoutError.has(id)));
  return { transitions, from, to, order, back, onlyAfterError };
}

/** Last visited, first in order: errors are walked first so that they come after what follows a success. */
const rank: { readonly [state: string]: number } = { error: 0, failure: 1, success: 2, loop: 3 };

function walk(from: ReadonlyMap<string, readonly Transition[]>): { finished: string[]; back: Set<Transition> } {
  const finished: string[] = [];
  const back = new Set<Transition>();
  const state = new Map<string, 'open' | 'done'>([[START, 'open']]);
  const next = (id: string) => [...(from.get(id) ?? [])].sort((a, b) => (rank[a.state] ?? 1) - (rank[b.state] ?? 1));
  const stack: { id: string; edges: Transition[]; at: number }[] = [{ id: START, edges: next(START), at: 0 }];
  for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
    const edge = frame.edges[frame.at++];
    if (edge === undefined) {
      state.set(frame.id, 'done');
      finished.push(frame.id);
      stack.pop();
    } else if (edge.reverts || state.get(edge.to) === 'open') back.add(edge);
    else if (!state.has(edge.to)) {
      state.set(edge.to, 'open');
      stack.push({ id: edge.to, edges: next(edge.to), at: 0 });
    }
  }
  return { finished, back };
}

function reach(from: ReadonlyMap<string, readonly Transition[]>, follows: (edge: Transition) => boolean): Set<string> {
  const seen = new Set([START]);
  const waiting = [START];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
    for (const edge of from.get(id) ?? [])
      if (follows(edge) && !seen.has(edge.to)) {
        seen.add(edge.to);
        waiting.push(edge.to);
      }
  return seen;
}

function push(map: Map<string, Transition[]>, key: string, edge: Transition): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [edge]);
  else list.push(edge);
}
