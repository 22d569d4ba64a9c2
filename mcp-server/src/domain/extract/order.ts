import type { Evidence } from './contract.ts';

/** Compares by UTF-16 code units: no locale decides an order. */
export function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Orders places by path, then line, then the last line. */
export function byPlace(a: Evidence, b: Evidence): number {
  return byCodeUnits(a.path, b.path) || a.line - b.line || a.endLine - b.endLine;
}

/** Evidence in order, each place once. */
export function mergeEvidence(evidence: readonly Evidence[]): Evidence[] {
  if (evidence.length < 2) return [...evidence];
  const seen = new Map<string, Evidence>();
  for (const place of evidence) seen.set(`${place.path}\n${place.line}\n${place.endLine}`, place);
  return [...seen.values()].sort(byPlace);
}
