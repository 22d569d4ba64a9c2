import * as z from 'zod';
import { SHA256 } from '../ids.ts';
import { environmentName } from './environment.ts';

const hash = z.string().regex(SHA256);

/** What entitles an apply: a decision on its plan, a standing approval, the deploy that it undoes, or an apply elsewhere. */
export const BASES = ['approval', 'standing', 'rollback', 'external'] as const;

/** Written before anything is applied: without an end of its own, nobody knows what came of it. */
export const deployStarted = z.strictObject({
  environment: environmentName,
  basis: z.enum(BASES),
  /** Digest of the subject whose approval covers it; null for an apply elsewhere that nobody approved. */
  digest: hash.nullable(),
  /** The plan's bytes, which are evidence; null where an apply elsewhere had none. */
  plan: hash.nullable(),
  /** The manifest of what is deployed, which is evidence. */
  build: hash,
  sets: z.record(z.string(), z.string()),
  /** HEAD at the time; what a rollback goes back to. */
  commit: z.string().nullable(),
  /** For a rollback, the earlier start whose state it brings back. */
  to: hash.optional(),
});

/** `applied`: the tool ended well and nothing was declared that could verify it. */
export const OUTCOMES = ['verified', 'applied', 'failed'] as const;

export const deployFinished = z.strictObject({
  environment: environmentName,
  /** The event that started it. */
  start: hash,
  outcome: z.enum(OUTCOMES),
  reason: z.string().max(4000),
  /** The captured run, which names start and plan. */
  evidence: hash,
  checks: z.array(z.strictObject({ name: z.string(), result: z.enum(['passed', 'failed']), evidence: hash })).max(100),
});
