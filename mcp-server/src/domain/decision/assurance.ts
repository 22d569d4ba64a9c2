import type { Recorded } from '../ledger/event.ts';
import { Graph } from '../ledger/graph.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type AllowedSigner, signerFor } from '../signing/allowed-signers.ts';
import type { Level } from './level.ts';
import { person } from './votes.ts';

/** Separates our signatures from all others that the same key makes (threat model: reused signatures). */
export const NAMESPACE = 'countersign-approval-v1';

/** What checking a signature's mathematics gave. */
export type CheckedSignature = { problem: string } | { key: string; namespace: string; holds: boolean };

/** Who may sign, and how that is known. */
export interface Trust {
  signers: readonly AllowedSigner[];
  /** pinned: a person accepted them on this machine. base: they come from a ref that the change cannot alter. */
  from: 'pinned' | 'base' | 'nowhere';
  /** Events that the base ref holds already: only there `at` counts for a key's validity. */
  held?: ReadonlySet<string>;
}

export interface SignatureProblem {
  event: string;
  message: string;
}

/**
 * What a decision is worth. A signature that does not hold makes it void; one that cannot be judged, because no signers
 * are trusted, is worth no more than a record. Stored `hosted` is a claim until the forge was asked.
 *
 * @param now milliseconds since the epoch
 */
export function levelOf(
  event: Recorded<'decided'>,
  checked: CheckedSignature | undefined,
  trust: Trust,
  now: number,
): { level: Level; problem?: string } {
  const { level, statement } = event.body;
  if (level !== 'signed') return { level: 'recorded' };
  if (checked === undefined) return { level: 'void', problem: 'it claims a signature and has none' };
  if ('problem' in checked) return { level: 'void', problem: checked.problem };
  if (!checked.holds) return { level: 'void', problem: 'the signature is not over this statement' };
  if (checked.namespace !== NAMESPACE) return { level: 'void', problem: `it was signed for ${checked.namespace}` };
  if (trust.from === 'nowhere')
    return { level: 'recorded', problem: 'nobody has accepted the signers on this machine: countersign trust' };
  const at = trust.held === undefined || trust.held.has(event.id) ? Date.parse(statement.at) : now;
  const signer = signerFor(trust.signers, {
    key: checked.key,
    principal: person(statement.approver),
    namespace: NAMESPACE,
    at,
  });
  if ('problem' in signer) return { level: 'void', problem: signer.problem };
  return { level: trust.from === 'base' ? 'external' : 'signed' };
}

/** The ledger with every decision at the level it is worth, and what was wrong with signatures. */
export function assured(
  ledger: Ledger,
  trust: Trust,
  check: (event: Recorded<'decided'>) => CheckedSignature | undefined,
  now: number,
): { ledger: Ledger; problems: SignatureProblem[] } {
  const problems: SignatureProblem[] = [];
  let moved = false;
  const events = ledger.graph.order.map((event): Recorded => {
    if (event.type !== 'decided') return event;
    const { level, problem } = levelOf(event, check(event), trust, now);
    if (problem !== undefined) problems.push({ event: event.id, message: problem });
    if (level === event.body.level) return event;
    moved = true;
    return { ...event, body: { ...event.body, level } };
  });
  return { ledger: moved ? { ...ledger, graph: new Graph(events) } : ledger, problems };
}
