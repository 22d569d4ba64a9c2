import type { DeliveryState } from '../delivery.ts';
import { OUTCOMES, type PlatformFact } from '../feasibility/snapshot.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { type EvidenceText, parse } from './evidence.ts';

/** What the platform was found to offer, and what people said of it. */
export interface PlatformView {
  /** Hash of the snapshot that feasibility rests on, else of the latest; null where nothing was probed. */
  snapshot: string | null;
  at: string;
  facts: PlatformFact[];
  stated: { need: string; status: string; fact: string; by: string; at: string }[];
  /** The verdict of feasibility, with the needs it rests on. */
  decision: string;
  needs: { need: string; status: string; fact: string; evidence: string }[];
  bindings: { role: string; system: string }[];
}

export function platformView(state: DeliveryState, ledger: Ledger, text: EvidenceText): PlatformView {
  const probes = eventsOf(ledger, 'probed');
  const cited = state.feasibility?.front?.platform?.slice('sha256:'.length);
  const snapshot = cited ?? probes.at(-1)?.body.snapshot ?? null;
  return {
    snapshot,
    at: probes.findLast((event) => event.body.snapshot === snapshot)?.at ?? '',
    facts: snapshot === null ? [] : factsIn(text(snapshot)),
    stated: eventsOf(ledger, 'stated').map(({ body, at }) => ({ ...body, at })),
    decision: state.feasibility?.front?.decision ?? '',
    needs: (state.feasibility?.needs ?? []).map(({ need, rawStatus, fact, evidence }) => ({
      need,
      status: rawStatus,
      fact,
      evidence,
    })),
    bindings: (state.design?.bindings ?? []).map(({ role, system }) => ({ role, system })),
  };
}

/** The facts of a snapshot, as far as they have the shape of facts. */
function factsIn(text: string | undefined): PlatformFact[] {
  const facts = parse(text)?.['facts'];
  return Array.isArray(facts) ? facts.filter(isFact) : [];
}

function isFact(value: unknown): value is PlatformFact {
  const fact = value as Partial<PlatformFact> | null;
  return typeof fact?.id === 'string' && OUTCOMES.includes(fact.outcome as PlatformFact['outcome']);
}
