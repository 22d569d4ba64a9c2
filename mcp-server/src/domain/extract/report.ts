import { collect, type Extracted } from './collect.ts';
import type { ExtractReport, Gap, Skipped } from './contract.ts';
import { mergeCouplings } from './couplings.ts';
import { findGaps } from './gaps/catalogue.ts';
import { link } from './link.ts';
import { byCodeUnits, byPlace, mergeEvidence } from './order.ts';

/**
 * The whole answer from what was said of every file and what the walk left out. Pure and canonical: the same files give
 * the same report, in whatever order they came.
 *
 * @param links symbolic links inside the root, path to target: a reference through one means what it points to.
 */
export function buildReport(
  files: readonly Extracted[],
  left: readonly Skipped[],
  links: ReadonlyMap<string, string> = new Map(),
): ExtractReport {
  const collected = collect(files);
  const { facts, relations } = link(collected.facts, collected.references, links);
  return {
    schema: 'countersign/extract@1',
    root: '.',
    sources: collected.sources,
    facts,
    relations,
    couplings: mergeCouplings(collected.couplings),
    gaps: mergeGaps([...collected.gaps, ...findGaps(facts)]),
    skipped: mergeSkipped([...collected.skipped, ...left]),
  };
}

/** Each gap once: what an extractor and a rule both saw at one place counts as one. */
function mergeGaps(gaps: readonly Gap[]): Gap[] {
  const seen = new Map<string, Gap>();
  for (const gap of gaps) {
    const evidence = mergeEvidence(gap.evidence);
    const key = JSON.stringify([gap.rule, gap.scope, evidence]);
    if (!seen.has(key)) seen.set(key, { ...gap, evidence });
  }
  return [...seen.values()].sort(
    (a, b) =>
      byCodeUnits(a.rule, b.rule) ||
      byCodeUnits(a.scope, b.scope) ||
      firstPlace(a, b) ||
      byCodeUnits(a.message, b.message),
  );
}

function firstPlace(a: Gap, b: Gap): number {
  const [first, second] = [a.evidence[0], b.evidence[0]];
  return first === undefined || second === undefined ? 0 : byPlace(first, second);
}

function mergeSkipped(skipped: readonly Skipped[]): Skipped[] {
  const seen = new Map<string, Skipped>();
  for (const entry of skipped) seen.set(`${entry.path}\n${entry.reason}\n${entry.line ?? ''}`, entry);
  return [...seen.values()].sort(
    (a, b) => byCodeUnits(a.path, b.path) || byCodeUnits(a.reason, b.reason) || (a.line ?? 0) - (b.line ?? 0),
  );
}
