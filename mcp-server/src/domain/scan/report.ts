import { canonical, type Json } from '../canonical.ts';
import type { Dependency } from '../dependencies/dependency.ts';
import { byPlace, type Finding, type FindingSeverity } from '../finding.ts';
import type { Difference } from './differences.ts';

/** What became of one program. */
export interface ToolRun {
  name: string;
  purpose: 'linter' | 'security' | 'built-in';
  /** absent: not installed here. unusable: it ran and said nothing that counts. */
  state: 'ran' | 'absent' | 'unusable';
  version: string;
  /** Why it is unusable. */
  why: string;
}

/** What linters, scanners and gap rules say of the delivered files; evidence of the schema `countersign/scan@1`. */
export interface ScanReport {
  schema: 'countersign/scan@1';
  /** What was looked at, see scanInputs. */
  inputs: string;
  /** Those that have something to look at; nothing is passed over in silence. */
  tools: ToolRun[];
  /** At most MOST_FINDINGS, the worst first kept, by place. */
  findings: Finding[];
  counts: Record<FindingSeverity, number>;
  /** Files that no format could be read from, with the reason. */
  skipped: { path: string; reason: string }[];
  dependencies: Dependency[];
  differences: Difference[];
}

const MOST_FINDINGS = 500;
const RANK: Record<FindingSeverity, number> = { error: 0, warning: 1, info: 2 };

/** Counts all, keeps the worst. */
export function boundedFindings(findings: readonly Finding[]): Pick<ScanReport, 'findings' | 'counts'> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const one of findings) counts[one.severity]++;
  const kept = [...findings]
    .sort((a, b) => RANK[a.severity] - RANK[b.severity] || byPlace(a, b))
    .slice(0, MOST_FINDINGS);
  return { findings: kept.sort(byPlace), counts };
}

/** The bytes of a report; the same files and programs give the same. */
export const scanText = (report: ScanReport) => canonical(report as unknown as Json);
