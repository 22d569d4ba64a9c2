import { FOLLOW_UP_MS, MAX_OPEN_MS } from '../domain/break-glass.ts';
import type { Declaration } from '../domain/decision/declaration.ts';
import type { StoredLevel } from '../domain/decision/level.ts';
import { short } from '../domain/decision/subject.ts';
import { inputFault } from '../domain/fault.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { eventsOf, type Ledger } from '../domain/ledger/ledger.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { load } from './load.ts';
import type { Identity } from './ports/repository.ts';

import type { Ports } from './ports.ts';

export interface Declared {
  delivery: string;
  act: Declaration['act'];
  level: StoredLevel;
}

/**
 * The declaration that glass is broken, ready to be signed.
 *
 * @param openMs for how long, in milliseconds
 * @throws Fault `bad-duration`
 */
export function breakGlass(
  ports: Ports,
  id: string,
  input: { reason: string; openMs: number; by: Identity },
): Declaration {
  if (!(input.openMs > 0) || input.openMs > MAX_OPEN_MS)
    throw inputFault({
      code: 'bad-duration',
      message: 'glass cannot be broken for that long',
      expected: 'a time from 1m to 24h, such as 2h',
    });
  const { ledger } = load(ports, id).read;
  const now = ports.now().getTime();
  return {
    ...common(ports, ledger, input),
    act: 'break-glass',
    number: nextNumber(ledger),
    until: new Date(now + input.openMs).toISOString(),
    due: new Date(now + FOLLOW_UP_MS).toISOString(),
  };
}

/**
 * The declaration that lets the bytes of one piece of evidence go, ready to be signed.
 *
 * @param prefix of the evidence's hash, at least 12 hex digits
 * @throws Fault `unknown-evidence`
 */
export function withhold(
  ports: Ports,
  id: string,
  prefix: string,
  input: { reason: string; by: Identity },
): Declaration {
  const { ledger } = load(ports, id).read;
  const matching = /^[0-9a-f]{12,64}$/.test(prefix)
    ? ports.deliveries.evidenceHashes(id).filter((hash) => hash.startsWith(prefix))
    : [];
  const [evidence] = matching;
  if (evidence === undefined || matching.length > 1)
    throw inputFault({
      code: 'unknown-evidence',
      message: `${JSON.stringify(prefix)} names ${matching.length === 0 ? 'no' : 'more than one'} piece of evidence of ${id}`,
      expected: `at least the first 12 hex digits of a file name in deliveries/${id}/evidence`,
    });
  return { ...common(ports, ledger, input), act: 'withhold', evidence };
}

function common(ports: Ports, ledger: Ledger, { by, reason }: { by: Identity; reason: string }) {
  if (reason.trim() === '' || reason.length > 4000)
    throw inputFault({ code: 'no-reason', message: 'there has to be a reason', expected: '--reason TEXT' });
  const { name, email } = by;
  return {
    v: 1 as const,
    first: ledger.first.id,
    by: email === undefined ? { name } : { name, email },
    at: ports.now().toISOString(),
    nonce: ports.nonce(),
    reason,
  };
}

function nextNumber(ledger: Ledger): number {
  const numbers = eventsOf(ledger, 'declared').map(({ body: { declaration } }) =>
    declaration.act === 'break-glass' ? declaration.number : 0,
  );
  return Math.max(0, ...numbers) + 1;
}

/** Records a declaration; withheld bytes go once the event is there. */
export function recordDeclaration(
  ports: Ports,
  id: string,
  declaration: Declaration,
  signature?: string,
): Answer<Declared> {
  const level: StoredLevel = signature === undefined ? 'recorded' : 'signed';
  const actor: Actor = { kind: 'human', ...declaration.by, via: 'terminal' };
  append(ports, id, () => ({
    type: 'declared',
    actor,
    body: { level, declaration, ...(signature === undefined ? {} : { signature }) },
  }));
  if (declaration.act === 'withhold') ports.deliveries.removeEvidence(id, declaration.evidence);
  const { state, read } = redraw(ports, id);
  const data = { delivery: id, act: declaration.act, level };
  if (declaration.act === 'withhold') {
    const said = `Withheld ${short(declaration.evidence)} of ${id}, level ${level}; its hash and the reason stay.`;
    const next = 'the bytes are still in git history: rotate the secret, and rewrite history where that is needed';
    return { said, blocks: [], next, data };
  }
  const { until, due, number } = declaration;
  const own = state.glass.find((one) => one.number === number && one.until > read.now);
  return {
    said: `The glass of ${id} is broken until ${until}, level ${level}.`,
    blocks: own?.counts === false ? ['policy asks for a higher level: it opens nothing'] : [],
    next: `by ${due}: countersign submit ${id} break-glass:${number}, and have what was done approved`,
    data,
  };
}
