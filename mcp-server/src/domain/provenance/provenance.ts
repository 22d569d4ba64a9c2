import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import { SHA256 } from '../ids.ts';
import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';

/**
 * Who wrote a file, and how that is known. guard: the guard saw an agent's tool write it. commit: git holds exactly this
 * content, by this author. task: somebody had started the task. check: it was there when somebody ran the check. All of
 * it is as good as this machine: a record, no proof.
 */
const writerSchema = z.strictObject({
  kind: z.enum(['human', 'agent', 'system']),
  name: z.string(),
  /** Name of the subagent, and the model that its session spoke with; empty where nobody knows. */
  agent: z.string(),
  model: z.string(),
  known: z.enum(['guard', 'commit', 'task', 'check']),
});
export type Writer = z.infer<typeof writerSchema>;

const provenanceSchema = z.strictObject({
  schema: z.literal('countersign/provenance@1'),
  component: z.string(),
  task: z.string(),
  /** Version of the plugin that recorded it. */
  plugin: z.string(),
  files: z.array(
    z.strictObject({
      path: z.string(),
      sha256: z.string().regex(SHA256),
      by: writerSchema,
      /** The commit that held exactly this content when it was recorded. */
      commit: z.string().nullable(),
    }),
  ),
});
export type Provenance = z.infer<typeof provenanceSchema>;

export const provenanceText = (provenance: Provenance) => canonical(provenance as unknown as Json);

/** Total: what is none is undefined. */
export function readProvenance(text: string | undefined): Provenance | undefined {
  try {
    return provenanceSchema.safeParse(JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
}

/** The last record of each component, by its id. */
export function provenanceEvents(ledger: Ledger): Map<string, Recorded<'built'>> {
  return new Map(eventsOf(ledger, 'built').map((event) => [event.body.component, event]));
}

/** One writer in a few words. */
export function writerText({ kind, name, agent, model, known }: Writer, task: string): string {
  const details = [agent, model === '' ? '' : `model ${model}`].filter((one) => one !== '');
  const how = { guard: 'seen by the guard', commit: 'by its commit', task: `started ${task}`, check: 'ran its check' };
  return `${kind} ${name}${details.length === 0 ? '' : ` (${details.join(', ')})`}, ${how[known]}`;
}
