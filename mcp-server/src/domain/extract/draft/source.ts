import type { ExtractReport } from '../contract.ts';
import type { Story } from '../story/story.ts';

/** What a draft is made from. */
export interface DraftSource {
  title: string;
  report: ExtractReport;
  /** The entry points that the delivery is about. */
  stories: readonly Story[];
  /** Folder of the tree as the project sees it, with a slash at the end; '' when the tree is the project. */
  prefix: string;
  /** What a path pattern starts with when the tree is no part of the project: `external://name/`. */
  elsewhere: string | undefined;
  /** Commit that was read, where one is known. */
  commit: string | undefined;
  /** SHA-256 of the stored facts. */
  facts: string;
  /** Group that was chosen; undefined for all. */
  group: string | undefined;
}

/** The part of a report that stories rest on; it is what gets stored, and later compared with. */
export function reportOf(report: ExtractReport, stories: readonly Story[]): ExtractReport {
  const ids = new Set(stories.flatMap((story) => [...story.facts]));
  const files = new Set(stories.flatMap((story) => story.files));
  const facts = report.facts.filter((fact) => ids.has(fact.id) || fact.evidence.some(({ path }) => files.has(path)));
  const kept = new Set(facts.map((fact) => fact.id));
  const inFiles = <T extends { evidence: readonly { path: string }[] }>(one: T) =>
    one.evidence.some(({ path }) => files.has(path));
  const counts = new Map<string, Set<string>>();
  for (const { format, evidence } of facts)
    for (const { path } of evidence) counts.set(format, (counts.get(format) ?? new Set()).add(path));
  return {
    ...report,
    sources: report.sources.flatMap(({ format }) => {
      const count = counts.get(format)?.size ?? 0;
      return count === 0 ? [] : [{ format, files: count }];
    }),
    facts,
    relations: report.relations.filter(({ from, to }) => kept.has(from) && kept.has(to)),
    couplings: report.couplings.filter(inFiles).map((tie) => ({
      ...tie,
      evidence: tie.evidence.filter(({ path }) => files.has(path)),
      consumers: tie.consumers.filter((id) => kept.has(id)),
    })),
    gaps: report.gaps.filter(inFiles),
    skipped: report.skipped,
  };
}
