import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import { SHA256 } from '../ids.ts';

const hash = z.string().regex(SHA256);

export const statementSchema = z.strictObject({
  v: z.literal(1),
  /** Digest of the subject, which names the delivery, the stage and every hash. */
  subject: hash,
  decision: z.enum(['approve', 'reject', 'revoke']),
  approver: z.strictObject({ name: z.string().min(1), email: z.string().optional() }),
  /** Ledger heads when the content was shown: what came later was not seen. */
  seen: z.array(hash),
  nonce: z.string().min(16),
  at: z.iso.datetime(),
  comment: z.string(),
});
/** A person's decision on a subject; its canonical bytes are what gets signed. */
export type Statement = z.infer<typeof statementSchema>;
export type Decision = Statement['decision'];

/** The exact bytes of a statement. */
export function statementBytes(statement: Statement): string {
  return canonical(statement as unknown as Json);
}
