import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import { z } from 'zod';
import { LEVELS } from '../decision/level.ts';
import type { Finding } from '../finding.ts';
import { type GateFacts, STAGES, TRACKS } from '../stage.ts';
import { type Demand, stricter, trackDemand } from './demand.ts';
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
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
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
  const alias = aliasIn(document);
  if (alias !== undefined)
    return { findings: [finding(lineAt(alias), 'an alias of another place', 'write the value out, without * and &')] };
  const parsed = policySchema.safeParse(document.toJS() ?? {});
  if (parsed.success) return { policy: parsed.data };
  return {
    findings: parsed.error.issues.flatMap((issue) => {
      const path = issue.path as (string | number)[];
      if (issue.code !== 'unrecognized_keys') {
        const message = `${path.join('.') || 'the file'}: ${issue.message}`;
        return [finding(lineAt(offsetOf(document.contents, path)), message, 'see countersign policy explain')];
      }
      return issue.keys.map((key) => {
        const place = [...path, key];
        const line = lineAt(offsetOf(document.contents, place));
        return finding(line, `unknown key ${place.join('.')}`, `known here: ${keysAt(path).join(', ')}`);
      });
    }),
  };
}

/** Where the first alias stands: one could make a short file mean a very long one. */
function aliasIn(document: Document.Parsed): number | undefined {
  let found: number | undefined;
  visit(document, {
    Alias(_key, node) {
      found = node.range?.[0];
      return visit.BREAK;
    },
  });
  return found;
}

function keysAt(path: readonly (string | number)[]): readonly string[] {
  if (path.length === 0) return Object.keys(policySchema.shape);
  if (path[0] !== 'gates') return ['env', 'timeout'];
  return path.length === 1 ? gateNames : Object.keys(gateSchema.shape);
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
  let demand = trackDemand(settled);
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
