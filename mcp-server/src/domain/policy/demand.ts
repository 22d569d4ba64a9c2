import * as z from 'zod';
import { LEVELS, type Level } from '../decision/level.ts';
import { TRACKS, type Track } from '../stage.ts';

export const RISKS = ['low', 'standard', 'destructive'] as const;
export type Risk = (typeof RISKS)[number];

export const demandSchema = z.strictObject({
  track: z.enum(TRACKS),
  risk: z.enum(RISKS),
  /** The weakest level that counts. */
  level: z.enum(LEVELS),
  /** How many different people have to approve. */
  approvers: z.int().min(1),
  /** Whether the author's own approval counts for nothing. */
  separation: z.boolean(),
});
/** What policy asks of a decision. Bound into the subject at submission, compared with what it asks now. */
export type Demand = z.infer<typeof demandSchema>;

/** The stricter of two demands, field by field: lowering a policy never opens a gate (design.md 2.3). */
export function stricter(a: Demand, b: Demand): Demand {
  return {
    track: strictest(TRACKS, a.track, b.track),
    risk: strictest(RISKS, a.risk, b.risk),
    level: strictest(LEVELS, a.level, b.level),
    approvers: Math.max(a.approvers, b.approvers),
    separation: a.separation || b.separation,
  };
}

/** The later of two values in an order that runs from lax to strict. */
export function strictest<T>(order: readonly T[], a: T, b: T): T {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

export const meets = (level: Level, demanded: Level) => LEVELS.indexOf(level) >= LEVELS.indexOf(demanded);
export const stricterTrack = (a: Track, b: Track) => strictest(TRACKS, a, b);
