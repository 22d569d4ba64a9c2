import type { Recorded } from './event.ts';
import type { Graph } from './graph.ts';

export interface ClockFinding {
  event: string;
  message: string;
}

/** How far ahead of now the time of an event may lie. */
export const AHEAD_MS = 5 * 60_000;

/**
 * Events whose time cannot be right: more than five minutes ahead of now, or before an ancestor's. A finding, not a
 * fault: the order is the graph's, `at` only serves display and expiry (docs/ledger.md).
 *
 * @param now milliseconds since the epoch
 */
export function clockFindings(graph: Graph<Recorded>, now: number): ClockFinding[] {
  const findings: ClockFinding[] = [];
  const latest = new Map<string, number>();
  for (const event of graph.order) {
    const at = Date.parse(event.at);
    let before = 0;
    for (const parent of event.parents) before = Math.max(before, latest.get(parent) ?? 0);
    latest.set(event.id, Math.max(at, before));
    if (at > now + AHEAD_MS) findings.push({ event: event.id, message: `its time ${event.at} lies in the future` });
    else if (at < before)
      findings.push({ event: event.id, message: `its time ${event.at} is before an earlier event's` });
  }
  return findings;
}
