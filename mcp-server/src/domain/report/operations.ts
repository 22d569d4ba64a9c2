import { verdictOf } from '../decision/verdict.ts';
import { deploysOf, type Outcome } from '../deploy/deploys.ts';
import { isDrift } from '../drift/demand.ts';
import { DRIFT_FILE, readDrift } from '../drift/record.ts';
import { groupBy } from '../group.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import type { EvidenceText } from './evidence.ts';

/** One apply. */
export interface DeployRow {
  environment: string;
  outcome: Outcome;
  at: string;
  by: string;
  /** `approval`, `standing`, `rollback`, `external`. */
  basis: string;
  /** Approvals of what it rests on, with their level. */
  approvedBy: string[];
  build: string;
  plan: string;
  /** `vlan=210`. */
  sets: string[];
  checks: { name: string; result: string; evidence: string }[];
  reason: string;
  event: string;
}

/** Something that was seen of a running system, or drift that was submitted to be accepted. */
export interface LookRow {
  what: string;
  at: string;
  by: string;
  said: string;
  evidence: string;
  event: string;
}

export interface Operations {
  deploys: DeployRow[];
  looks: LookRow[];
}

/** What became of the delivery where it runs, in the ledger's order. */
export function operations(ledger: Ledger, text: EvidenceText): Operations {
  const decisions = groupBy(eventsOf(ledger, 'decided'), (event) => event.body.statement.subject);
  const approvers = (digest: string | null): string[] => {
    const verdict = digest === null ? undefined : verdictOf(ledger.graph, decisions.get(digest) ?? []);
    if (verdict?.is !== 'approved') return [];
    return [...new Set(verdict.by.map(({ body }) => `${body.statement.approver.name} (${body.level})`))];
  };
  const deploys = deploysOf(ledger).map(({ environment, outcome, start, finish }): DeployRow => {
    const { basis, digest, build, plan, sets } = start.body;
    return {
      environment,
      outcome,
      at: start.at,
      by: start.actor.name,
      basis,
      approvedBy: approvers(digest),
      build,
      plan: plan ?? '',
      sets: Object.entries(sets).map(([name, value]) => `${name}=${value}`),
      checks: finish?.body.checks ?? [],
      reason: finish?.body.reason ?? '',
      event: start.id,
    };
  });
  const drift = eventsOf(ledger, 'submitted').flatMap((event): LookRow[] => {
    const { about, artifacts } = event.body.subject;
    if (!isDrift(about)) return [];
    const evidence = artifacts.find((one) => one.path === DRIFT_FILE)?.sha256 ?? '';
    const who = approvers(event.body.digest);
    const reason = readDrift(text(evidence) ?? '')?.reason ?? '';
    const said = `${who.length === 0 ? 'not accepted' : `accepted by ${who.join(', ')}`}: ${reason}`;
    return [{ what: about, at: event.at, by: event.actor.name, said, evidence, event: event.id }];
  });
  const looks = [...eventsOf(ledger, 'observed').flatMap(failures), ...drift];
  const order = new Map(ledger.graph.order.map((event, at) => [event.id, at]));
  return { deploys, looks: looks.sort((a, b) => order.get(a.event)! - order.get(b.event)!) };
}

function failures({ id, at, actor, body }: Recorded<'observed'>): LookRow[] {
  const { environment, kind, results } = body;
  const common = { what: `${kind} of ${environment}`, at, by: actor.name, event: id };
  const failed = results.filter((one) => one.result === 'failed');
  if (failed.length === 0) return [{ ...common, said: 'well again', evidence: results[0]?.evidence ?? '' }];
  return failed.map((one) => ({ ...common, said: `${one.name}: ${one.said}`, evidence: one.evidence }));
}
