import { LineCounter, parseDocument } from 'yaml';
import * as z from 'zod';
import { LEVELS } from '../decision/level.ts';
import type { Finding } from '../finding.ts';
import { type GateFacts, STAGES, TRACKS } from '../stage.ts';
import { type Demand, stricter } from './demand.ts';
import type { Settled } from './settled.ts';

export const POLICY_FILE = 'countersign.yaml';

const gateSchema = z.strictObject({
  level: z.enum(LEVELS).exclude(['external']).optional(),
  approvers: z.int().min(1).max(20).optional(),
  separation: z.boolean().optional(),
});
const gateNames = ['default', ...STAGES] as const;

export const policySchema = z.strictObject({
  countersign: z.literal('policy/1'),
  /** Track of new deliveries. */
  track: z.enum(TRACKS).default('standard'),
  /** What each gate asks for; `default` holds for all, a gate's own entry may only add to it. */
  gates: z.partialRecord(z.enum(gateNames), gateSchema).default({}),
  checks: z
    .strictObject({
      /** Names of further environment variables that checks may see. */
      env: z.array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)).default([]),
      /** Seconds after which a check is ended. */
      timeout: z.number().min(1).max(3600).default(120),
    })
    .default({ env: [], timeout: 120 }),
});
export type Policy = z.infer<typeof policySchema>;

/** What holds where there is no policy file. */
export const DEFAULT_POLICY: Policy = policySchema.parse({ countersign: 'policy/1' });

/**
 * Reads a policy file. Nothing is guessed: an unknown key or value is a finding with its line, and then no policy holds.
 */
export function readPolicy(text: string): { policy: Policy } | { findings: Finding[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, maxAliasCount: 0 } as never);
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
  const finding = (line: number, message: string, fix: string): Finding => ({
    rule: 'policy-shape',
    severity: 'error',
    path: POLICY_FILE,
    line,
    message,
    fix,
  });
  const [broken] = document.errors;
  if (broken !== undefined)
    return { findings: [finding(lineAt(broken.pos[0]), broken.message.split('\n')[0]!, 'write valid YAML')] };
  const parsed = policySchema.safeParse(document.toJS({ maxAliasCount: 0 }) ?? {});
  if (parsed.success) return { policy: parsed.data };
  return {
    findings: parsed.error.issues.map((issue) => {
      const path = issue.path as (string | number)[];
      const key = issue.code === 'unrecognized_keys' ? issue.keys[0]! : undefined;
      const place = key === undefined ? path : [...path, key];
      const where = place.join('.') || 'the file';
      const message = key === undefined ? `${where}: ${issue.message}` : `unknown key ${where}`;
      return finding(lineAt(offsetOf(document.contents, place)), message, suggestion(path, key));
    }),
  };
}

function suggestion(path: (string | number)[], key: string | undefined): string {
  const known =
    path.length === 0
      ? Object.keys(policySchema.shape)
      : path[0] === 'gates'
        ? path.length === 1
          ? [...gateNames]
          : Object.keys(gateSchema.shape)
        : ['env', 'timeout'];
  return key === undefined ? 'see countersign policy explain' : `known here: ${known.join(', ')}`;
}

/** Offset of the deepest node on a path that exists. */
function offsetOf(node: unknown, path: readonly (string | number)[]): number | undefined {
  let current = node as {
    items?: { key?: { value?: unknown; range?: number[] }; value?: unknown }[];
    range?: number[];
  } | null;
  let offset = current?.range?.[0];
  for (const step of path) {
    const pair = current?.items?.find((item) => item.key?.value === step);
    if (pair === undefined) break;
    offset = pair.key?.range?.[0] ?? offset;
    current = pair.value as typeof current;
  }
  return offset;
}

/** What policy asks of a gate now, with the delivery's settled track and risk. */
export function demandOf(policy: Policy, gate: GateFacts, settled: Settled): Demand {
  const base: Demand = { ...settled, level: 'recorded', approvers: 1, separation: false };
  const strict: Demand = { ...base, level: 'signed', separation: true };
  let demand = settled.track === 'strict' ? strict : base;
  for (const name of ['default', ...gate.covers] as const) {
    const { level, approvers, separation } = policy.gates[name] ?? {};
    demand = stricter(demand, {
      ...base,
      ...(level === undefined ? {} : { level }),
      ...(approvers === undefined ? {} : { approvers }),
      ...(separation === undefined ? {} : { separation }),
    });
  }
  return demand;
}
