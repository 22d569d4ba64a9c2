import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import { sha256 } from '../hash.ts';
import { SHA256 } from '../ids.ts';
import { demandSchema } from '../policy/demand.ts';

const hash = z.string().regex(SHA256);

export const frozenSchema = z.strictObject({ path: z.string().min(1), sha256: hash });
/** One piece of content that a decision is about: its path, and the hash of its normalised text. */
export type Frozen = z.infer<typeof frozenSchema>;

/** What a decision can be about: `stage:design`, `change:3`, `deploy:prod`, `deviation:DEV-1`, `track:light` ... */
export const ABOUT =
  /^(?:stage|change|deploy|deviation|drift|track|risk|policy|check|break-glass|retire):[A-Za-z0-9][A-Za-z0-9._/-]{0,127}$/;

export const subjectSchema = z.strictObject({
  v: z.literal(1),
  /** Id of the delivery's first event: its identity. */
  first: hash,
  about: z.string().regex(ABOUT),
  artifacts: z.array(frozenSchema),
  /** Content digests of the gates upstream, nearest last. */
  upstream: z.array(hash),
  /** What policy demanded when this was submitted. */
  policy: demandSchema,
  round: z.int().positive(),
});
/** What is approved. Its canonical bytes' SHA-256 is the digest that people see. */
export type Subject = z.infer<typeof subjectSchema>;

/** The digest: SHA-256 of the subject's canonical JSON. */
export function subjectDigest(subject: Subject): string {
  return sha256(canonical(subject as unknown as Json));
}

/**
 * The content of a subject without its round and policy. Downstream binds to this, so that approving the same content
 * again opens again what depended on it (docs/ledger.md).
 */
export function contentDigest(content: Pick<Subject, 'first' | 'about' | 'artifacts' | 'upstream'>): string {
  const { first, about, artifacts, upstream } = content;
  return sha256(canonical({ about, artifacts, first, upstream }));
}

/** Shortest prefix of a digest that people may type. */
export const DIGEST_PREFIX = /^[0-9a-f]{12,64}$/;
/** Length at which digests are printed. */
export const PRINTED = 12;
export const short = (digest: string) => digest.slice(0, PRINTED);
