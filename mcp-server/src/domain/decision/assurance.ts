import type { Recorded } from '../ledger/event.ts';
import { Graph } from '../ledger/graph.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type AllowedSigner, signerFor } from '../signing/allowed-signers.ts';
import { NAMESPACE } from '../signing/namespace.ts';
import { declarationBytes } from './declaration.ts';
import type { Level } from './level.ts';
import { statementBytes } from './statement.ts';
import { person } from './votes.ts';

/** What checking a signature's mathematics gave. */
export type CheckedSignature = { problem: string } | { key: string; namespace: string; holds: boolean };

/** Who may sign, and how that is known. */
export interface Trust {
  signers: readonly AllowedSigner[];
  /** pinned: a person accepted them on this machine. base: they come from a ref that the change cannot alter. */
  from: 'pinned' | 'base' | 'nowhere';
  /** Base64 of keys whose every signature is void, whenever it was made. */
  revoked?: ReadonlySet<string>;
  /** Events that the base ref holds already: only there `at` counts for a key's validity. */
  held?: ReadonlySet<string>;
}

export interface SignatureProblem {
  event: string;
  message: string;
  /** What the decision is worth because of it. */
  level: Level;
}

/** An event that carries a person's word, and perhaps a signature over it. */
export type Sworn = Recorded<'decided'> | Recorded<'declared'>;

const isSworn = (event: Recorded): event is Sworn => event.type === 'decided' || event.type === 'declared';

/** Who says it and when, and the exact bytes that are signed. */
export function swornBy(event: Pick<Sworn, 'body'>): { by: Identity; at: string; bytes(): string } {
  if ('statement' in event.body) {
    const { statement } = event.body;
    return { by: statement.approver, at: statement.at, bytes: () => statementBytes(statement) };
  }
  const { declaration } = event.body;
  return { by: declaration.by, at: declaration.at, bytes: () => declarationBytes(declaration) };
}

interface Identity {
  name: string;
  email?: string | undefined;
}

/**
 * What a person's word is worth. A signature that does not hold makes it void; one that cannot be judged, because no
 * signers are trusted, is worth no more than a record. Stored `hosted` is a claim until the forge was asked.
 *
 * @param now milliseconds since the epoch
 */
export function levelOf(
  event: Pick<Sworn, 'id' | 'body'>,
  checked: CheckedSignature | undefined,
  trust: Trust,
  now: number,
): { level: Level; problem?: string } {
  if (event.body.level !== 'signed') return { level: 'recorded' };
  if (checked === undefined) return { level: 'void', problem: 'it claims a signature and has none' };
  if ('problem' in checked) return { level: 'void', problem: checked.problem };
  if (!checked.holds) return { level: 'void', problem: 'the signature is not over this statement' };
  if (checked.namespace !== NAMESPACE) return { level: 'void', problem: `it was signed for ${checked.namespace}` };
  if (trust.revoked?.has(checked.key)) return { level: 'void', problem: 'the key was revoked' };
  if (trust.from === 'nowhere')
    return { level: 'recorded', problem: 'nobody has accepted the signers on this machine: countersign trust' };
  const { by, at } = swornBy(event);
  const counts = trust.held === undefined || trust.held.has(event.id);
  const signer = signerFor(trust.signers, {
    key: checked.key,
    principal: person(by),
    namespace: NAMESPACE,
    at: counts ? Date.parse(at) : now,
  });
  if ('problem' in signer) return { level: 'void', problem: signer.problem };
  return { level: trust.from === 'base' ? 'external' : 'signed' };
}

/** The ledger with every person's word at the level it is worth, and what was wrong with signatures. */
export function assured(
  ledger: Ledger,
  trust: Trust,
  check: (event: Sworn) => CheckedSignature | undefined,
  now: number,
): { ledger: Ledger; problems: SignatureProblem[] } {
  const problems: SignatureProblem[] = [];
  let moved = false;
  const events = ledger.graph.order.map((event): Recorded => {
    if (!isSworn(event)) return event;
    const { level, problem } = levelOf(event, check(event), trust, now);
    if (problem !== undefined) problems.push({ event: event.id, message: problem, level });
    if (level === event.body.level) return event;
    moved = true;
    return { ...event, body: { ...event.body, level } } as Recorded;
  });
  return { ledger: moved ? { ...ledger, graph: new Graph(events, ledger.graph) } : ledger, problems };
}
