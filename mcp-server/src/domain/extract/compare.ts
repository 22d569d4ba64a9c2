import { groupBy } from '../group.ts';
import type { AttributeValue, Coupling, Evidence, ExtractReport, Fact, Gap } from './contract.ts';

/** What moved between two extractions, by id. */
export interface Comparison {
  facts: { added: Fact[]; removed: Fact[]; changed: { before: Fact; after: Fact; keys: string[] }[]; moved: number };
  couplings: { added: Coupling[]; removed: Coupling[] };
  /** Those that are new since the baseline, those of it that hold for more than they did, that are gone, and how many are still there. */
  gaps: { added: Gap[]; grown: Gap[]; removed: Gap[]; known: number };
}

/**
 * Compares a stored extraction with a new one. A fact that only lies on other lines has moved; one whose attributes or
 * status differ has changed, and the keys say where. Gaps are the same when rule and scope are and nothing holds for what the old
 * one did not name: mending a part of one makes no new one.
 */
export function compareReports(before: ExtractReport, after: ExtractReport): Comparison {
  const facts = split(before.facts, after.facts, (fact) => fact.id);
  const changed = facts.both.flatMap(([old, now]) => {
    const keys = differing(old, now);
    return keys.length === 0 ? [] : [{ before: old, after: now, keys }];
  });
  const moved = facts.both.filter(
    ([old, now]) => differing(old, now).length === 0 && places(old) !== places(now),
  ).length;
  const couplings = split(before.couplings, after.couplings, (tie) => `${tie.system}\n${tie.class}`);
  const gaps = compareGaps(before, after);
  return {
    facts: { added: facts.added, removed: facts.removed, changed, moved },
    couplings: { added: couplings.added, removed: couplings.removed },
    gaps,
  };
}

function compareGaps(before: ExtractReport, after: ExtractReport): Comparison['gaps'] {
  const same = split(before.gaps, after.gaps, (gap) => `${gap.rule}\n${gap.scope}\n${gap.message}`);
  const alike = split(same.removed, same.added, (gap) => `${gap.rule}\n${gap.scope}`);
  const [old, now] = [factsAt(before), factsAt(after)];
  const grown = alike.both.filter(([was, is]) => {
    const named = new Set(was.evidence.map(old));
    return is.evidence.some((place) => !named.has(now(place)));
  });
  const known = same.both.length + alike.both.length - grown.length;
  return { added: alike.added, grown: grown.map(([, is]) => is), removed: alike.removed, known };
}

/** What stands at a place: the id of its fact, which stays when lines move; else the file. */
function factsAt({ facts }: ExtractReport): (place: Evidence) => string {
  const ids = new Map<string, string>();
  for (const fact of facts)
    for (const place of fact.evidence) if (!ids.has(placeKey(place))) ids.set(placeKey(place), fact.id);
  return (place) => ids.get(placeKey(place)) ?? place.path;
}

const placeKey = ({ path, line, endLine }: Evidence) => `${path}:${line}-${endLine}`;

/** Pairs what has the same key, in order; of several with one key each finds one. */
function split<T>(before: readonly T[], after: readonly T[], keyOf: (one: T) => string) {
  const old = groupBy(before, keyOf);
  const added: T[] = [];
  const both: [T, T][] = [];
  for (const one of after) {
    const known = old.get(keyOf(one))?.shift();
    if (known === undefined) added.push(one);
    else both.push([known, one]);
  }
  return { added, removed: [...old.values()].flat(), both };
}

function differing(before: Fact, after: Fact): string[] {
  const keys = new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)]);
  const different = [...keys].filter((key) => text(before.attributes[key]) !== text(after.attributes[key])).sort();
  return before.status === after.status ? different : ['status', ...different];
}

const text = (value: AttributeValue | undefined) => JSON.stringify(value);

const places = ({ evidence }: { evidence: readonly Evidence[] }) => evidence.map(placeKey).join();
