import { byId } from '../ids.ts';
import { TRACE_KINDS, type Trace, type TraceKind, type TraceNode } from './trace.ts';

/** All that one thing comes from and leads to. */
export interface Slice {
  of: TraceNode;
  /** By kind in the order from intent to approval, each sorted; without the thing itself. */
  up: TraceNode[];
  down: TraceNode[];
}

/**
 * Links that are not followed from some beginnings: a component's verify task runs checks of other requirements, too, and
 * a check speaks for its own criteria, not for everything that its component realises.
 */
const STOPS: Partial<Record<TraceKind, { down?: [TraceKind, TraceKind]; up?: [TraceKind, TraceKind] }>> = {
  requirement: { down: ['task', 'check'] },
  criterion: { down: ['task', 'check'] },
  decision: { down: ['task', 'check'] },
  check: { up: ['component', 'requirement'] },
  evidence: { up: ['component', 'requirement'] },
};

/** What a thing comes from and leads to: for a file, why it exists, what proves it and who agreed. */
export function sliceOf(trace: Trace, id: string): Slice | undefined {
  const of = trace.nodes.get(id);
  if (of === undefined) return undefined;
  const stops = STOPS[of.kind] ?? {};
  const up = walk(trace, id, 'above', stops.up);
  const down = walk(trace, id, 'below', stops.down);
  // Whoever agreed to what this comes from agreed to why it is here.
  for (const node of up)
    for (const approval of trace.below(node.id, 'approval')) if (!down.has(approval)) down.add(approval);
  if (of.kind === 'file')
    for (const node of [...up])
      if (node.kind === 'requirement') for (const criterion of trace.below(node.id, 'criterion')) up.add(criterion);
  return { of, up: sorted(up), down: sorted(down) };
}

function walk(trace: Trace, id: string, side: 'above' | 'below', stop: [TraceKind, TraceKind] | undefined) {
  const found = new Set<TraceNode>();
  const open = [trace.nodes.get(id)!];
  for (let node = open.pop(); node !== undefined; node = open.pop())
    for (const next of trace[side](node.id)) {
      if (found.has(next) || (stop !== undefined && node.kind === stop[0] && next.kind === stop[1])) continue;
      found.add(next);
      open.push(next);
    }
  return found;
}

const RANK = new Map(TRACE_KINDS.map((kind, at) => [kind, at]));

function sorted(nodes: Iterable<TraceNode>): TraceNode[] {
  return [...nodes].sort((a, b) => RANK.get(a.kind)! - RANK.get(b.kind)! || order(a, b));
}

const order = (a: TraceNode, b: TraceNode) =>
  a.kind === 'file' || a.kind === 'evidence' || a.kind === 'approval' ? (a.id < b.id ? -1 : 1) : byId(a.id, b.id);
