import type { Coupling, Evidence, Gap } from './contract.ts';
import { append } from './story/fact-graph.ts';

/** What claims may cite: the ids of stored facts, and the lines that facts and gaps have as their evidence. */
export interface KnownPlaces {
  hasFact(id: string): boolean;
  hasPlace(path: string, line: number): boolean;
}

/** @param prefix what the project puts before the paths of the report */
export function knownPlaces(
  report: {
    facts: readonly { id: string; evidence: readonly Evidence[] }[];
    couplings: readonly Coupling[];
    gaps: readonly Gap[];
  },
  prefix: string,
): KnownPlaces {
  const ids = new Set(report.facts.map((fact) => fact.id));
  const ranges = new Map<string, [number, number][]>();
  for (const { evidence } of [...report.facts, ...report.couplings, ...report.gaps])
    for (const { path, line, endLine } of evidence) append(ranges, `${prefix}${path}`, [line, endLine]);
  return {
    hasFact: (id) => ids.has(id),
    hasPlace: (path, line) => (ranges.get(path) ?? []).some(([first, last]) => first <= line && line <= last),
  };
}
