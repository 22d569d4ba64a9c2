import * as z from 'zod';
import { canonical, type Json } from '../canonical.ts';
import { type Frozen, short } from '../decision/subject.ts';
import { ACTIONS, type PlanItem, type Projection } from '../deploy/plan.ts';
import { sha256 } from '../hash.ts';
import { SHA256 } from '../ids.ts';
import { oneLine } from '../one-line.ts';

const hash = z.string().regex(SHA256);
const moved = z.strictObject({
  path: z.string(),
  /** Content as recorded and as it is now; null where there is none. */
  was: hash.nullable(),
  now: hash.nullable(),
});
/** A file that is not as it was recorded. */
export type Moved = z.infer<typeof moved>;

const recordSchema = z.strictObject({
  schema: z.literal('countersign/drift@1'),
  delivery: z.string(),
  /** `drift:files`, or `drift:live/ENVIRONMENT`. */
  about: z.string(),
  reason: z.string().min(1).max(4000),
  files: z.array(moved),
  /** What the running system differs in from the deploy that began with this event. */
  live: z
    .strictObject({
      environment: z.string(),
      start: hash,
      /** Hash of the whole difference, see `liveHash`. */
      difference: hash,
      items: z.array(z.strictObject({ address: z.string(), action: z.enum(ACTIONS) })),
    })
    .nullable(),
});
/** Drift that a person is asked to accept, exactly as it is. */
export type DriftRecord = z.infer<typeof recordSchema>;

export const ABOUT_FILES = 'drift:files';
export const aboutLive = (environment: string) => `drift:live/${environment}`;
const DRIFT_PAGE = 'drift.md';
export const DRIFT_FILE = 'drift.json';

export const driftBytes = (record: DriftRecord) => canonical(record as unknown as Json);

/** Total: undefined for bytes that are no record. */
export function readDrift(text: string): DriftRecord | undefined {
  try {
    return recordSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Hash of everything that a running system differs in; any other difference is another. */
export const liveHash = ({ summary, items, detail }: Projection) =>
  sha256(canonical({ summary, items, detail } as unknown as Json));

/** What a decision on drift binds: the record, and the page that people read, drawn from it. */
export function driftContent(record: DriftRecord, text: string): { frozen: Frozen[]; page: string } {
  const page = driftPage(record, text);
  const frozen = [
    { path: DRIFT_PAGE, sha256: sha256(page) },
    { path: DRIFT_FILE, sha256: sha256(driftBytes(record)) },
  ];
  return { frozen, page };
}

/** @param text differences in words, quoted as they are */
function driftPage({ delivery, about, reason, files, live }: DriftRecord, text: string): string {
  const lines = [`# Drift of ${delivery} to be accepted (${about})`, '', `Reason: ${oneLine(reason)}`, ''];
  if (files.length > 0)
    lines.push('## Files', '', ...files.map((one) => `- ${oneLine(one.path)}: ${movement(one)}`), '');
  if (live !== null)
    lines.push(
      `## ${live.environment}, beside the deploy ${short(live.start)}`,
      '',
      ...live.items.map(({ action, address }: PlanItem) => `- ${action} ${oneLine(address)}`),
      '',
    );
  if (text !== '')
    lines.push(
      '## Differences',
      '',
      ...text
        .trimEnd()
        .split('\n')
        .map((line) => `    ${line}`),
      '',
    );
  return lines.join('\n');
}

/** How a file moved, in words. */
export function movement({ was, now }: Moved): string {
  if (now === null) return `gone, was ${short(was ?? '')}`;
  return was === null ? `new, ${short(now)}` : `${short(was)} is now ${short(now)}`;
}
