import * as z from 'zod';
import type { Finding } from '../finding.ts';
import { type Entry, entriesOf } from './entries.ts';
import { readFrontMatter } from './front-matter.ts';
import { type Outline, outline, sectionOf, tablesOf } from './markdown.ts';
import { type Question, questionsOf } from './questions.ts';

export const FEASIBILITY_DECISIONS = ['feasible', 'feasible-with-constraints', 'undetermined', 'not-feasible'] as const;
export type FeasibilityDecision = (typeof FEASIBILITY_DECISIONS)[number];

export const NEED_STATUSES = ['resolved', 'degraded', 'stub', 'blocked', 'skipped', 'unknown'] as const;
export type NeedStatus = (typeof NEED_STATUSES)[number];

const frontSchema = z.strictObject({
  decision: z.enum(FEASIBILITY_DECISIONS),
  /** The probe snapshot it rests on; absent where everything was stated by people. */
  platform: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, 'is not sha256: and 64 hex digits')
    .optional(),
});

/** One row of the Findings table. */
export interface NeedFinding {
  need: string;
  status: NeedStatus | undefined;
  rawStatus: string;
  fact: string;
  evidence: string;
  line: number;
}

export interface Feasibility {
  path: string;
  doc: Outline;
  front: z.infer<typeof frontSchema> | undefined;
  findings: Finding[];
  needs: NeedFinding[];
  constraints: Entry[];
  questions: Question[];
}

/** Reads feasibility.md. Total, as all readers are. */
export function readFeasibility(text: string, path = 'feasibility.md'): Feasibility {
  const doc = outline(text);
  const front = readFrontMatter(doc, path, 'feasibility/1', frontSchema);
  const section = sectionOf(doc, 'Findings');
  const needs = (section === undefined ? [] : tablesOf(section)).flatMap((table) =>
    table.rows.map((row): NeedFinding => {
      const cell = (name: string) => row.cells.get(name)?.text ?? '';
      const rawStatus = cell('status');
      const status = NEED_STATUSES.find((one) => one === rawStatus.toLowerCase());
      return { need: cell('need'), status, rawStatus, fact: cell('fact'), evidence: cell('evidence'), line: row.line };
    }),
  );
  return {
    path,
    doc,
    front: front.value,
    findings: front.findings,
    needs,
    constraints: entriesOf(doc, 'Feasibility constraints', 'FC'),
    questions: questionsOf(doc, 'Open questions'),
  };
}
