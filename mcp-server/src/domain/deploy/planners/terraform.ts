import * as z from 'zod';
import { canonical, type Json } from '../../canonical.ts';
import { REDACTED, redact } from '../../redact.ts';
import type { PlanItem } from '../plan.ts';
import type { PlanContext, Planner } from './planner.ts';

const change = z.looseObject({
  actions: z.array(z.string()),
  before: z.json().optional(),
  after: z.json().optional(),
  after_unknown: z.json().optional(),
  before_sensitive: z.json().optional(),
  after_sensitive: z.json().optional(),
});
/** The part of `show -json` that says what happens (Terraform's JSON output format, 1.x). */
const shown = z.looseObject({
  format_version: z.string(),
  resource_changes: z.array(z.looseObject({ address: z.string(), change })).default([]),
  output_changes: z.record(z.string(), change).default({}),
});
type Change = z.infer<typeof change>;

/** Terraform and OpenTofu: a saved plan, whose projection is approved and which is then applied itself. */
export function terraformLike(tool: 'terraform' | 'tofu'): Planner {
  return {
    tool,
    files: () => [],
    steps: (context) => [
      // 2 says that there are differences.
      { argv: planArguments(tool, context), exits: [0, 2], env: environment(context) },
      { argv: [tool, 'show', '-json', '-no-color', context.saved], exits: [0], env: environment(context) },
    ],
    apply: (context) => ({
      argv: [tool, 'apply', '-input=false', '-no-color', context.saved],
      exits: [0],
      env: environment(context),
    }),
    project: ([, output], clean) => projectShown(output!.stdout, clean),
    saves: true,
    admits: ['values that are known only after the apply', 'values that the configuration marks as sensitive'],
  };
}

const environment = ({ settings: { target } }: PlanContext): Record<string, string> => ({
  TF_IN_AUTOMATION: '1',
  TF_INPUT: '0',
  ...(target.workspace === undefined ? {} : { TF_WORKSPACE: target.workspace }),
});

function planArguments(tool: string, { settings, sets, saved }: PlanContext): string[] {
  const files = [...settings.base, ...settings.overlay].map((file) => `-var-file=${file}`);
  const values = Object.entries(sets).flatMap(([name, value]) => ['-var', `${name}=${value}`]);
  return [tool, 'plan', '-input=false', '-no-color', '-detailed-exitcode', `-out=${saved}`, ...files, ...values];
}

/** What `show -json` of a plan comes to; also for a plan that was made elsewhere. */
function projectShown(stdout: string, clean: (text: string) => string): ReturnType<Planner['project']> {
  let value: unknown;
  try {
    value = JSON.parse(stdout);
  } catch {
    return { unreadable: 'show -json printed no JSON' };
  }
  const read = shown.safeParse(value);
  if (!read.success) return { unreadable: `show -json: ${read.error.issues[0]!.message}` };
  const moves = read.data.resource_changes
    .filter(({ change: { actions } }) => !['no-op', 'read'].includes(actions.join()))
    .sort((a, b) => (a.address < b.address ? -1 : 1));
  const outputs = Object.entries(read.data.output_changes).filter(([, one]) => one.actions.join() !== 'no-op');
  const has = (action: string) => moves.filter(({ change: { actions } }) => actions.includes(action)).length;
  const items = moves.map(({ address, change: { actions } }): PlanItem => ({ address, action: actionOf(actions) }));
  return {
    summary: {
      creates: has('create'),
      changes: items.filter((one) => one.action === 'change').length,
      destroys: has('delete'),
      hosts: null,
    },
    items,
    detail: {
      resources: moves.map(({ address, change: one }) => ({ address, ...masked(one, clean) })),
      outputs: outputs.map(([name, one]) => ({ name, ...masked(one, clean) })),
    },
  };
}

function actionOf(actions: readonly string[]): PlanItem['action'] {
  if (actions.includes('create')) return actions.includes('delete') ? 'replace' : 'create';
  return actions.includes('delete') ? 'destroy' : 'change';
}

function masked(one: Change, clean: (text: string) => string) {
  const view = (value: Json | undefined, sensitive: Json | undefined) =>
    value === undefined || value === null ? null : mask(value, sensitive, { key: '', clean });
  return {
    actions: one.actions,
    before: view(one.before, one.before_sensitive),
    after: view(one.after, one.after_sensitive),
    unknown: one.after_unknown ?? null,
  };
}

/** Takes out what Terraform marks as sensitive, what is named like a secret, and what looks like one. */
function mask(
  value: Json,
  sensitive: Json | undefined,
  { key, clean }: { key: string; clean: (text: string) => string },
): Json {
  if (sensitive === true) return REDACTED;
  if (Array.isArray(value)) {
    const marks = Array.isArray(sensitive) ? (sensitive as readonly Json[]) : [];
    return (value as readonly Json[]).map((one, at) => mask(one, marks[at], { key, clean }));
  }
  if (typeof value === 'object' && value !== null) {
    const marks = typeof sensitive === 'object' && sensitive !== null ? (sensitive as Record<string, Json>) : {};
    return Object.fromEntries(
      Object.entries(value).map(([name, one]) => [name, mask(one ?? null, marks[name], { key: name, clean })]),
    );
  }
  if (typeof value !== 'string') return value;
  const said = canonical(value);
  return redact(`${key}: ${said}`) === `${key}: ${said}` ? clean(value) : REDACTED;
}
