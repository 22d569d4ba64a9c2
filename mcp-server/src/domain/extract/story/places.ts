import type { Coupling, ExtractReport, Gap } from '../contract.ts';
import { append } from './fact-graph.ts';

/** Couplings and gaps by what they concern. */
export class Places {
  private readonly report: ExtractReport;
  private readonly byConsumer = new Map<string, Coupling[]>();
  private readonly byFile = new Map<string, Coupling[]>();
  private readonly gaps = new Map<string, Gap[]>();

  constructor(report: ExtractReport) {
    this.report = report;
    for (const tie of report.couplings) {
      for (const id of tie.consumers) append(this.byConsumer, id, tie);
      if (tie.consumers.length === 0) for (const { path } of tie.evidence) append(this.byFile, path, tie);
    }
    for (const gap of report.gaps)
      for (const path of new Set(gap.evidence.map((one) => one.path))) append(this.gaps, path, gap);
  }

  /** Ties of these facts, with only their own consumers and evidence; in the order of the report. */
  couplingsOf(facts: ReadonlySet<string>, files: readonly string[]): Coupling[] {
    const found = new Set<Coupling>();
    for (const id of facts) for (const tie of this.byConsumer.get(id) ?? []) found.add(tie);
    for (const path of files) for (const tie of this.byFile.get(path) ?? []) found.add(tie);
    const own = new Set(files);
    return this.report.couplings
      .filter((tie) => found.has(tie))
      .map((tie) => ({
        ...tie,
        evidence: tie.evidence.filter(({ path }) => own.has(path)),
        consumers: tie.consumers.filter((id) => facts.has(id)),
      }));
  }

  gapsOf(files: readonly string[]): Gap[] {
    const found = new Set(files.flatMap((path) => this.gaps.get(path) ?? []));
    return this.report.gaps.filter((gap) => found.has(gap));
  }
}
