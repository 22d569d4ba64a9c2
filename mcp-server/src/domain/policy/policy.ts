import { type Document, LineCounter, parseDocument, visit } from 'yaml';
import * as z from 'zod';
import { DEMANDED_LEVELS } from '../decision/level.ts';
import { deploySchema, environmentName } from '../deploy/environment.ts';
import type { Finding } from '../finding.ts';
import { SHA256 } from '../ids.ts';
import { type GateFacts, STAGES, TRACKS } from '../stage.ts';
import { beyondBounds } from '../yaml/bounds.ts';
import { type Demand, RISKS, stricter, trackDemand } from './demand.ts';
import { POLICY_FILE } from './file.ts';
import { PROBE_KEYS, probesSchema } from './probes.ts';
import type { Settled } from './settled.ts';

export const gateSchema = z.strictObject({
  level: z.enum(DEMANDED_LEVELS).exclude(['external']).optional(),
  approvers: z.int().min(1).max(20).optional(),
  separation: z.boolean().optional(),
  /** Names of roles each of which has to approve. */
  roles: z.array(z.string()).optional(),
  /** Days after which an approval no longer counts. */
  expires: z.int().min(1).max(3650).optional(),
});
const gateNames = ['default', ...STAGES] as const;
export const gatesSchema = z.partialRecord(z.enum(gateNames), gateSchema);
const environmentSchema = gateSchema.extend({
  /** How it is deployed to. */
  deploy: deploySchema.optional(),
});

/** Kinds of sandboxes; `account` is a cloud's profile, subscription or project, `host` a machine or an address. */
export const SANDBOX_KINDS = [
  'ansible-inventory',
  'kube-context',
  'terraform-workspace',
  'terraform-folder',
  'terraform-var-file',
  'pulumi-stack',
  'docker-context',
  'account',
  'host',
] as const;

/** What a repository may make of a rule. */
const RULE_SETTINGS = ['off', 'warning', 'error'] as const;

export const policySchema = z.strictObject({
  countersign: z.literal('policy/1'),
  /** Track of new deliveries. */
  track: z.enum(TRACKS).default('standard'),
  /** What each gate asks for; `default` holds for all, a gate's own entry may only add to it. */
  gates: gatesSchema.default({}),
  /** What a risk adds, in the same form. */
  risks: z.partialRecord(z.enum(RISKS), gatesSchema).default({}),
  /** Deployment environments: what a deploy approval has to be, and how to deploy. */
  environments: z.record(environmentName, environmentSchema).default({}),
  /** People by role, as e-mail addresses. */
  roles: z.record(z.string(), z.array(z.string())).default({}),
  /** Accounts of the git host, by the e-mail address of the person. */
  accounts: z.record(z.string(), z.string()).default({}),
  signing: z
    .strictObject({
      /** Path of the private key that approvals are signed with; `~/` is the home folder. */
      key: z.string().optional(),
    })
    .default({}),
  guard: z
    .strictObject({
      /** strict: sessions on a delivery are held to its stage. owned: only owned paths. off: nothing is denied. */
      mode: z.enum(['strict', 'owned', 'off']).default('strict'),
      /** Targets that may be changed without an approved plan; compared exactly. */
      sandboxes: z.array(z.strictObject({ kind: z.enum(SANDBOX_KINDS), value: z.string().min(1) })).default([]),
      /** Paths that only a person may write. */
      people: z.array(z.string().min(1)).default([]),
    })
    .default({ mode: 'strict', sandboxes: [], people: [] }),
  checks: z
    .strictObject({
      /** Names of further environment variables that checks may see. */
      env: z.array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)).default([]),
      /** Seconds after which a check is ended. */
      timeout: z.number().min(1).max(3600).default(120),
      /** What a scan that finds errors, or a difference from the design that nobody explained, does to Build. */
      scan: z.enum(['show', 'block']).default('show'),
      /** Whether checks of a person are confirmed with Build, or each by a decision of its own before. */
      confirm: z.enum(['build', 'each']).default('build'),
    })
    .default({ env: [], timeout: 120, scan: 'show', confirm: 'build' }),
  /** What feasibility may look at. */
  probes: probesSchema,
  /** Severities of rules in this repository; those that a gate rests on cannot be lowered. */
  rules: z.record(z.string().regex(/^[a-z][a-z0-9-]{0,63}$/, 'is no rule id'), z.enum(RULE_SETTINGS)).default({}),
  /** Conventions of an organisation or a team that hold here as well, laxest first; they add and tighten, never weaken. */
  layers: z
    .array(
      z.strictObject({
        /** Path in the repository. */
        file: z.string().min(1).max(400),
        /** Of the file's text, so that a decision on the policy is one on its layers. */
        sha256: z.string().regex(SHA256, 'is no SHA-256 in 64 lower-case hex digits'),
      }),
    )
    .max(10)
    .default([]),
});
export type Policy = z.infer<typeof policySchema>;

/** What holds where there is no policy file. */
export const DEFAULT_POLICY: Policy = policySchema.parse({ countersign: 'policy/1' });

type Read = { policy: Policy } | { findings: Finding[] };

/** A run over hundreds of deliveries asks for the same policy for each. */
let last: { text: string; read: Read } | undefined;

/**
 * Reads a policy file. Nothing is guessed: an unknown key or value is a finding with its line, and then no policy holds.
 * What it gives is shared: it is for reading only.
 */
export function readPolicy(text: string): Read {
  if (last?.text !== text) last = { text, read: parsePolicy(text) };
  return last.read;
}

function parsePolicy(text: string): Read {
  const finding = (line: number, message: string, fix: string): Finding => ({
    rule: 'policy-shape',
    severity: 'error',
    path: POLICY_FILE,
    line,
    message,
    fix,
  });
  const beyond = beyondBounds(text);
  if (beyond !== undefined) return { findings: [finding(beyond.line, beyond.message, 'write it shorter and flatter')] };
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
  const lineAt = (offset: number | undefined) => (offset === undefined ? 1 : lines.linePos(offset).line);
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

/** The keys that are known at a place; for the message about one that is not. */
function keysAt(path: readonly (string | number)[]): readonly string[] {
  if (path.length === 0) return Object.keys(policySchema.shape);
  const steps = path[0] === 'risks' ? path.slice(1) : path;
  if (path[0] === 'risks' && steps.length === 0) return RISKS;
  if (path[0] === 'gates' || path[0] === 'risks') return steps.length === 1 ? gateNames : Object.keys(gateSchema.shape);
  if (path[0] === 'environments') return Object.keys(path.length > 2 ? deploySchema.shape : environmentSchema.shape);
  return KNOWN[path.filter((step) => typeof step === 'string').join('.')] ?? [];
}

const KNOWN: Record<string, readonly string[]> = {
  layers: ['file', 'sha256'],
  signing: ['key'],
  guard: ['mode', 'sandboxes', 'people'],
  checks: ['env', 'timeout'],
  ...PROBE_KEYS,
};

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
  const sources = [policy.gates, policy.risks[settled.risk] ?? {}];
  const entries = sources.flatMap((gates) => (['default', ...gate.covers] as const).map((name) => gates[name] ?? {}));
  return entries.reduce<Demand>(
    (demand, entry) => stricter(demand, entryDemand(policy, entry, settled)),
    trackDemand(settled),
  );
}

/** What policy asks of a decision that belongs to no stage, such as one on the track, a deviation or a deploy. */
export function demandOfSubject(policy: Policy, about: string, settled: Settled): Demand {
  const environment = about.startsWith('deploy:') ? policy.environments[about.slice('deploy:'.length)] : undefined;
  const entries = [policy.gates.default ?? {}, policy.risks[settled.risk]?.default ?? {}, environment ?? {}];
  return entries.reduce<Demand>(
    (demand, entry) => stricter(demand, entryDemand(policy, entry, settled)),
    trackDemand(settled),
  );
}

function entryDemand(policy: Policy, entry: z.infer<typeof gateSchema>, settled: Settled): Demand {
  const { level = 'recorded', approvers = 1, separation = false, roles, expires } = entry;
  // A role that nobody fills can be met by nobody: that blocks and says so, instead of asking for nothing.
  const people = roles?.map(
    (role) => [role, [...(policy.roles[role] ?? [])].map((one) => one.toLowerCase()).sort()] as const,
  );
  return {
    ...settled,
    level,
    approvers,
    separation,
    ...(people === undefined || people.length === 0 ? {} : { roles: Object.fromEntries(people) }),
    ...(expires === undefined ? {} : { expires }),
  };
}
