import { factId } from './build.ts';
import type { Coupling, Fact, FileExtraction, Gap, Reference, Skipped } from './contract.ts';
import { byCodeUnits } from './order.ts';

/** What one extractor said of one file. */
export interface Extracted {
  path: string;
  format: string;
  extraction: FileExtraction;
}

/** Everything that was said, with ids that are unique over all files. */
export interface Collection {
  sources: { format: string; files: number }[];
  facts: Fact[];
  references: Reference[];
  couplings: Coupling[];
  gaps: Gap[];
  skipped: Skipped[];
}

/**
 * Puts the files' extractions together. Files come in any order; the result depends on their paths alone: facts by
 * path, then in source order, and ids numbered in that order. Ids that a file gave are mapped in all it said.
 */
export function collect(files: readonly Extracted[]): Collection {
  const all: Collection = { sources: [], facts: [], references: [], couplings: [], gaps: [], skipped: [] };
  const counts = new Map<string, number>();
  const numbered = new Set<string>();
  const sources = new Map<string, number>();
  for (const file of [...files].sort((a, b) => byCodeUnits(a.path, b.path) || byCodeUnits(a.format, b.format))) {
    sources.set(file.format, (sources.get(file.format) ?? 0) + 1);
    const { facts, references, couplings, gaps, skipped } = file.extraction;
    // Most keep their ids, and what refers to them is as it was.
    const renamed = new Map<string, string>();
    for (const fact of inSourceOrder(facts)) {
      const id = uniqueId(fact, counts, numbered);
      if (id !== fact.id || renamed.has(id)) renamed.set(fact.id, id);
      all.facts.push(id === fact.id ? fact : { ...fact, id });
    }
    const rename = (id: string) => renamed.get(id) ?? id;
    for (const reference of references)
      all.references.push(renamed.has(reference.from) ? { ...reference, from: rename(reference.from) } : reference);
    for (const tie of couplings)
      all.couplings.push(renamed.size === 0 ? tie : { ...tie, consumers: tie.consumers.map(rename) });
    all.gaps.push(...gaps);
    all.skipped.push(...skipped);
  }
  all.sources = [...sources]
    .map(([format, count]) => ({ format, files: count }))
    .sort((a, b) => byCodeUnits(a.format, b.format));
  return all;
}

/** By line; what starts on one line stays as the extractor gave it (the sort is stable). */
function inSourceOrder(facts: readonly Fact[]): readonly Fact[] {
  const isSorted = facts.every(
    (fact, at) => fact.evidence.length > 0 && (at === 0 || byStart(facts[at - 1] as Fact, fact) <= 0),
  );
  return isSorted ? facts : [...facts].sort(byStart);
}

function byStart(a: Fact, b: Fact): number {
  const [first, second] = [a.evidence[0], b.evidence[0]];
  if (first === undefined || second === undefined) return 0;
  return byCodeUnits(first.path, second.path) || first.line - second.line;
}

function uniqueId(fact: Fact, counts: Map<string, number>, numbered: Set<string>): string {
  const base = factId(fact.format, fact.kind, fact.scope, fact.name);
  let count = (counts.get(base) ?? 0) + 1;
  let id = count === 1 ? base : `${base}#${count}`;
  if (isNumbered(id)) {
    // A name may itself end in #2.
    while (numbered.has(id)) id = `${base}#${++count}`;
    numbered.add(id);
  }
  counts.set(base, count);
  return id;
}

// Only such ids can meet one that was made of a base and a count.
function isNumbered(id: string): boolean {
  const last = id.charCodeAt(id.length - 1);
  return last >= 48 && last <= 57 && /#\d+$/.test(id);
}
