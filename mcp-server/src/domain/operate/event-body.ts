import * as z from 'zod';
import { environmentName } from '../deploy/environment.ts';
import { ENTRY_ID, SHA256 } from '../ids.ts';

const hash = z.string().regex(SHA256);

/** `unknown`: it could not be looked at, or what it printed is no number. */
export const LOOKS = ['passed', 'failed', 'unknown'] as const;

/** What was seen of a running system: by its checks, or by measuring it against limits. */
export const observed = z.strictObject({
  environment: environmentName,
  kind: z.enum(['diagnosis', 'observation']),
  /** The deploy that was in place; null where none is recorded. */
  start: hash.nullable(),
  results: z
    .array(
      z.strictObject({
        name: z.string(),
        result: z.enum(LOOKS),
        criteria: z.array(z.string().regex(ENTRY_ID)).max(20),
        /** What was found, in words. */
        said: z.string().max(500),
        evidence: hash,
      }),
    )
    .max(100),
});
export type Observed = z.infer<typeof observed>;
