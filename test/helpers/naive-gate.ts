import type { Frozen } from '../../mcp-server/src/domain/decision/subject.ts';
import { sha256 } from '../../mcp-server/src/domain/hash.ts';
import type { Recorded } from '../../mcp-server/src/domain/ledger/event.ts';
import type { Demand } from '../../mcp-server/src/domain/policy/demand.ts';
import { GATES, type GateFacts, type Stage, type Track } from '../../mcp-server/src/domain/stage.ts';

/**
 * The rules of docs/ledger.md written down a second time: slow, without the product's graph, verdict, votes or
 * gate code, so that a history on which the two differ shows a mistake in one of them.
 */

export interface NaiveInput {
  events: readonly Recorded[];
  first: string;
  track: Track;
  current: Record<Stage, Frozen[] | null>;
  demand: (gate: GateFacts) => Demand;
  vetoed: (gate: GateFacts) => boolean;
}

type Knows = (later: Recorded, earlier: Recorded) => boolean;

/** Whether each gate of the track is open, in order. */
export function naiveOpenGates(input: NaiveInput): boolean[] {
  const knows = reachability(input.events);
  const upstream: string[] = [];
  let upstreamOpen = true;
  return GATES[input.track].map((gate) => {
    const content = gate.covers.some((stage) => input.current[stage] === null)
      ? null
      : gate.covers.flatMap((stage) => input.current[stage]!);
    if (content === null) {
      upstreamOpen = false;
      return false;
    }
    const open =
      upstreamOpen && !input.vetoed(gate) && decidedFor(input, knows, gate, content, [...upstream], input.demand(gate));
    upstream.push(naiveContentDigest(input.first, `stage:${gate.stage}`, content, upstream));
    upstreamOpen = open;
    return open;
  });
}

/** Written by hand in member order, so that a change of the digest's format shows. */
export function naiveContentDigest(first: string, about: string, artifacts: Frozen[], upstream: string[]): string {
  const list = artifacts.map((one) => `{"path":${JSON.stringify(one.path)},"sha256":"${one.sha256}"}`).join(',');
  const above = upstream.map((digest) => `"${digest}"`).join(',');
  return sha256(`{"about":"${about}","artifacts":[${list}],"first":"${first}","upstream":[${above}]}`);
}

function decidedFor(
  input: NaiveInput,
  knows: Knows,
  gate: GateFacts,
  content: Frozen[],
  upstream: string[],
  demandNow: Demand,
): boolean {
  const submissions = input.events.filter(
    (event): event is Recorded<'submitted'> =>
      event.type === 'submitted' && event.body.subject.about === `stage:${gate.stage}`,
  );
  const decisions = input.events.filter((event): event is Recorded<'decided'> => event.type === 'decided');
  const same = (event: Recorded<'submitted'>) =>
    JSON.stringify(event.body.subject.artifacts.map((one) => [one.path, one.sha256])) ===
      JSON.stringify(content.map((one) => [one.path, one.sha256])) &&
    JSON.stringify(event.body.subject.upstream) === JSON.stringify(upstream);
  // Another digest submitted with knowledge of an event opens a new round: that event belongs to the old one.
  const overtaken = (event: Recorded, digest: string) =>
    submissions.some((later) => later.body.digest !== digest && knows(later, event));
  const inForce = submissions.filter((event) => same(event) && !overtaken(event, event.body.digest));
  if (inForce.length === 0) return false;
  // The same content under two digests, from two branches, is one question: all that was decided on it counts.
  const digests = inForce.map((event) => event.body.digest);
  const onContent = decisions.filter((event) => digests.includes(event.body.statement.subject));
  const stillCast = onContent.filter(
    (event) =>
      event.body.statement.decision !== 'approve' ||
      !submissions.some((later) => !digests.includes(later.body.digest) && knows(later, event)),
  );
  const authors = submissions.filter((one) => digests.includes(one.body.digest)).map((one) => personOf(one.actor));
  // What was ever bound for this subject keeps binding: these histories hold no decision that lowers it.
  const demands = [demandNow, ...submissions.map((event) => event.body.subject.policy)];
  return enough(liveApprovals(knows, stillCast), authors, demands);
}

/**
 * Approvals that stand: each descends from every reject and revoke there is, and answers it only where it was contested,
 * by an approval that did not know of it.
 */
function liveApprovals(knows: Knows, decisions: Recorded<'decided'>[]): Recorded<'decided'>[] {
  const approvals = decisions.filter((event) => event.body.statement.decision === 'approve');
  const negatives = decisions.filter((event) => event.body.statement.decision !== 'approve');
  return approvals.filter((approval) =>
    negatives.every(
      (negative) =>
        knows(approval, negative) &&
        approvals.some((other) => knows(approval, other) && !knows(other, negative) && !knows(negative, other)),
    ),
  );
}

const STRENGTH = ['recorded', 'hosted', 'signed', 'external'];

function enough(approvals: Recorded<'decided'>[], authors: string[], demands: Demand[]): boolean {
  const needed = Math.max(...demands.map((demand) => demand.approvers));
  const apart = demands.some((demand) => demand.separation);
  const strength = Math.max(...demands.map((demand) => STRENGTH.indexOf(demand.level)));
  // Recorded names are claims: they can be neither counted nor told apart.
  const floor = needed > 1 || apart ? Math.max(strength, STRENGTH.indexOf('hosted')) : strength;
  const people = new Set(
    approvals
      .filter((event) => STRENGTH.indexOf(event.body.level) >= floor)
      .map((event) => personOf(event.body.statement.approver))
      .filter((person) => !(apart && authors.includes(person))),
  );
  return people.size >= needed;
}

function personOf(one: { name: string; email?: string | undefined }): string {
  return (one.email ?? one.name).toLowerCase();
}

/** Which events each event descends from, by walking all parents. */
function reachability(events: readonly Recorded[]): Knows {
  const byId = new Map(events.map((event) => [event.id, event]));
  const known = new Map<string, Set<string>>();
  const ancestors = (id: string): Set<string> => {
    const cached = known.get(id);
    if (cached !== undefined) return cached;
    const all = new Set<string>();
    for (const parent of byId.get(id)?.parents ?? []) {
      all.add(parent);
      for (const one of ancestors(parent)) all.add(one);
    }
    known.set(id, all);
    return all;
  };
  return (later, earlier) => ancestors(later.id).has(earlier.id);
}
