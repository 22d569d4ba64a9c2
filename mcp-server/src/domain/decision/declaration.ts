import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import { SHA256 } from '../ids.ts';

const hash = z.string().regex(SHA256);

const common = {
  v: z.literal(1),
  /** Id of the delivery's first event. */
  first: hash,
  by: z.strictObject({ name: z.string().min(1), email: z.string().optional() }),
  at: z.iso.datetime(),
  nonce: z.string().min(16),
  reason: z.string().min(1).max(4000),
};

export const declarationSchema = z.discriminatedUnion('act', [
  z.strictObject({
    ...common,
    act: z.literal('break-glass'),
    /** Counted from 1 in each delivery; its follow-up is the subject `break-glass:N`. */
    number: z.int().positive(),
    /** Until when the guard lets the delivery's writes and effects pass. */
    until: z.iso.datetime(),
    /** Until when a person has to approve what was done. */
    due: z.iso.datetime(),
  }),
  z.strictObject({ ...common, act: z.literal('withhold'), evidence: hash }),
]);
/** What a person declares without deciding on a submission; its canonical bytes are what gets signed. */
export type Declaration = z.infer<typeof declarationSchema>;

/** The exact bytes of a declaration. */
export function declarationBytes(declaration: Declaration): string {
  return canonical(declaration as unknown as Json);
}
