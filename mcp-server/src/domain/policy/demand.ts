import * as z from 'zod';
import { DEMANDED_LEVELS, LEVELS, type Level } from '../decision/level.ts';
import { TRACKS, type Track } from '../stage.ts';

export const RISKS = ['low', 'standard', 'destructive'] as const;
export type Risk = (typeof RISKS)[number];

export const demandSchema = z.strictObject({
  track: z.enum(TRACKS),
  risk: z.enum(RISKS),
  /** The weakest level that counts. */
  level: z.enum(DEMANDED_LEVELS),
  /** How many different people have to approve. */
  approvers: z.int().min(1),
  /** Whether the author's own approval counts for nothing. */
  separation: z.boolean(),
  /** Roles each of which has to be among the approvers, with the people who fill it, sorted. */
  roles: z.record(z.string(), z.array(z.string())).optional(),
  /** Days after which an approval no longer counts. */
  expires: z.int().min(1).optional(),
});
/** What policy asks of a decision. Bound into the subject at submission, compared with what it asks now. */
export type Demand = z.infer<typeof demandSchema>;

/** What a track asks of every decision, whatever the policy file says (docs/artifacts.md). */
export function trackDemand({ track, risk }: Pick<Demand, 'track' | 'risk'>): Demand {
  const strict = track === 'strict';
  return { track, risk, level: strict ? 'signed' : 'recorded', approvers: 1, separation: strict };
}

/** The stricter of two demands, field by field: lowering a policy never opens a gate (docs/ledger.md). */
export function stricter(a: Demand, b: Demand): Demand {
  const roles = bothRoles(a.roles, b.roles);
  const expires = Math.min(a.expires ?? Number.POSITIVE_INFINITY, b.expires ?? Number.POSITIVE_INFINITY);
  return {
    track: strictest(TRACKS, a.track, b.track),
    risk: strictest(RISKS, a.risk, b.risk),
    level: strictest(DEMANDED_LEVELS, a.level, b.level),
    approvers: Math.max(a.approvers, b.approvers),
    separation: a.separation || b.separation,
    ...(roles === undefined ? {} : { roles }),
    ...(Number.isFinite(expires) ? { expires } : {}),
  };
}

/** Every role of either; who fills a role that both name is in both lists, so that adding a member opens nothing. */
function bothRoles(a: Demand['roles'], b: Demand['roles']): Demand['roles'] {
  if (a === undefined || b === undefined) return a ?? b;
  const merged = new Map(Object.entries(a));
  for (const [role, people] of Object.entries(b)) {
    const before = merged.get(role);
    merged.set(role, before === undefined ? people : before.filter((one) => people.includes(one)));
  }
  return Object.fromEntries(merged);
}

/** The later of two values in an order that runs from lax to strict. */
export function strictest<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

export const meets = (level: Level, demanded: Level) => LEVELS.indexOf(level) >= LEVELS.indexOf(demanded);
export const stricterTrack = (a: Track, b: Track) => strictest(TRACKS, a, b);
