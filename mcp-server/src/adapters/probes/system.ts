import { factId } from '../../domain/feasibility/fact-id.ts';
import type { PlatformFact } from '../../domain/feasibility/snapshot.ts';
import type { SystemSettings } from '../../domain/policy/probes.ts';
import { MOVING, readPages } from './pages.ts';
import type { Asked, Hands, Refusal, Surroundings, Target } from './probe.ts';

/** The systems of one kind that policy names. */
export function systemTargets(kind: SystemSettings['kind'], { settings }: Surroundings): Target[] | Refusal {
  const named = settings.systems.filter((one) => one.kind === kind);
  if (named.length === 0)
    return { outcome: 'not-probed', reason: `countersign.yaml names no system of kind ${kind} (probes.systems)` };
  return named.map((system): Target => {
    const id = factId(kind, system.name);
    const secret = system['token-env'] ?? system['password-env'];
    const refused = refusalOf(system.url, secret !== undefined);
    return refused === undefined ? { id, system } : { id, refused };
  });
}

/** Why an address is not asked at all. */
export function refusalOf(url: string, hasSecret: boolean): string | undefined {
  const { protocol, hostname } = new URL(url);
  const local = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
  // The address at which clouds hand out credentials to whoever asks.
  if (/^(?:169\.254\.|\[fe80:)/i.test(hostname)) return 'a link-local address is not asked';
  if (protocol === 'http:' && !local && hasSecret) return 'a credential is not sent without TLS: use https';
  return undefined;
}

/** The settings that a target came from. */
export function settingsOf({ id }: Target, { settings }: Hands): SystemSettings {
  return settings.systems.find(({ kind, name }) => factId(kind, name) === id)!;
}

/**
 * The header that carries a system's credential; a refusal where a variable is named and not set.
 *
 * @param scheme what stands before a token, such as `Bearer `
 */
export function credential(
  system: SystemSettings,
  { secret, hide }: Hands,
  scheme: string,
): Record<string, string> | Refusal {
  const { 'token-env': token, 'user-env': user, 'password-env': password, header } = system;
  const unset = [token, user, password].find((name) => name !== undefined && secret(name) === undefined);
  if (unset !== undefined) return { outcome: 'not-probed', reason: `the variable ${unset} is not set` };
  const value = secret(token);
  if (value !== undefined) return header === undefined ? { authorization: `${scheme}${value}` } : { [header]: value };
  if (user === undefined || password === undefined) return {};
  const pair = Buffer.from(`${secret(user)}:${secret(password)}`).toString('base64');
  hide(pair);
  return { authorization: `Basic ${pair}` };
}

/** Whether a variable was missing. */
export const isUnset = (headers: Record<string, string> | Refusal): headers is Refusal => 'reason' in headers;

/** Reads a list and records a fact for each item, or one fact that says why there are none. */
export async function listFacts<T>(
  id: string,
  hands: Hands,
  page: Parameters<typeof readPages<T>>[0],
  read: { key: (item: T) => string; fact: (item: T) => PlatformFact; kind: NonNullable<PlatformFact['kind']> },
): Promise<void> {
  const list = await readPages(page, read.key);
  if ('outcome' in list) return hands.found({ id, kind: read.kind, ...list });
  const { items, moving } = list;
  for (const item of items) hands.found(read.fact(item));
  if (moving) hands.found({ id, kind: read.kind, outcome: 'not-probed', reason: MOVING });
  else if (items.length === 0)
    hands.found({ id, kind: read.kind, outcome: 'absent', reason: 'there is none that this account may see' });
}

/** An answer with its value read in another way. */
export const mapped = <T, U>(asked: Asked<T>, read: (value: T) => U): Asked<U> =>
  'outcome' in asked ? asked : { ...asked, value: read(asked.value) };
