import type { PlatformFact, ProbeCall } from '../../domain/feasibility/snapshot.ts';
import { redact } from '../../domain/redact.ts';

const LONGEST = 300;
/** Names of what one thing offers: a large Ansible collection has some hundreds. */
const MOST_OFFERS = 2000;

/** Takes secrets and control characters out of a text of a platform, and bounds it. */
export function cleanText(text: string, secrets: readonly string[]): string {
  const plain = redact(text, secrets)
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
    .replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .toWellFormed();
  return plain.length > LONGEST ? `${plain.slice(0, LONGEST).toWellFormed()}...` : plain;
}

/** The fact as it may be stored: no field holds a secret, and lists are sorted and bounded. */
export function cleanFact(fact: PlatformFact, secrets: readonly string[]): PlatformFact {
  const clean = (text: string) => cleanText(text, secrets);
  const { version, reason, offers } = fact;
  const names = offers === undefined ? undefined : [...new Set(offers.map(clean))].sort();
  const left = (names?.length ?? 0) - MOST_OFFERS;
  return {
    ...fact,
    id: clean(fact.id),
    ...(version === undefined ? {} : { version: clean(version) }),
    ...(reason === undefined ? {} : { reason: clean(reason) }),
    ...(names === undefined ? {} : { offers: left > 0 ? [...names.slice(0, MOST_OFFERS), `(${left} more)`] : names }),
  };
}

export function cleanCall(call: ProbeCall, secrets: readonly string[]): ProbeCall {
  return { ...call, call: cleanText(call.call, secrets), answer: cleanText(call.answer, secrets) };
}
