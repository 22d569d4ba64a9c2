import type * as z from 'zod';
import { DEMANDED_LEVELS } from '../decision/level.ts';
import { stricterTrack, strictest } from '../policy/demand.ts';
import type { gateSchema, gatesSchema, Policy } from '../policy/policy.ts';
import type { Layer } from './layer.ts';

type Gate = z.infer<typeof gateSchema>;
type Gates = z.infer<typeof gatesSchema>;

/** The policy with what layers add: of two values the stricter one, field by field, in whatever order they come. */
export function tightened(policy: Policy, layers: readonly Layer[]): Policy {
  const held = { ...policy };
  for (const layer of layers) {
    held.track = stricterTrack(held.track, layer.track ?? 'light');
    held.gates = bothGates(held.gates, layer.gates);
    held.risks = eachOf(held.risks, layer.risks, bothGates);
    held.environments = eachOf(held.environments, layer.environments, bothOf);
    held.rules = { ...held.rules, ...Object.fromEntries(layer.errors.map((rule) => [rule, 'error' as const])) };
  }
  return held;
}

const bothGates = (a: Gates, b: Gates): Gates => eachOf(a, b, bothOf);

/** What either asks of a gate; keys that only the first knows, such as how to deploy, stay. */
function bothOf<G extends Gate>(a: G, b: Gate): G {
  const roles = [...new Set([...(a.roles ?? []), ...(b.roles ?? [])])];
  const expires = [a.expires, b.expires].filter((days) => days !== undefined);
  return {
    ...a,
    level: strictest(DEMANDED_LEVELS, a.level ?? 'recorded', b.level ?? 'recorded'),
    approvers: Math.max(a.approvers ?? 1, b.approvers ?? 1),
    separation: (a.separation ?? false) || (b.separation ?? false),
    ...(roles.length === 0 ? {} : { roles }),
    ...(expires.length === 0 ? {} : { expires: Math.min(...expires) }),
  };
}

/** Every key of either map; a key of both has both values put together. */
function eachOf<K extends string, A, B extends A | Gate>(
  a: Partial<Record<K, A>>,
  b: Partial<Record<K, B>>,
  both: (a: A, b: B) => A,
): Record<K, A> {
  const merged = { ...a } as Record<K, A>;
  for (const key of Object.keys(b) as K[]) merged[key] = both((a[key] ?? {}) as A, b[key]!);
  return merged;
}
