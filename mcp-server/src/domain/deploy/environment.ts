import * as z from 'zod';
import { ENTRY_ID } from '../ids.ts';
import { readPattern } from './value-pattern.ts';
import { readSpan } from './window.ts';

/** What deploys; each has its planner. */
export const TOOLS = ['command', 'ansible', 'kubectl', 'helm', 'terraform', 'tofu'] as const;
export type Tool = (typeof TOOLS)[number];

export const environmentName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'must be lower-case letters, digits and hyphens');
const INSIDE = /^(?!\/|[A-Za-z]:|-)(?!(?:.*\/)?\.\.(?:\/|$))[^\0\\]+$/;
const path = z.string().regex(INSIDE, 'must be a path inside the project, with "/"');
const span = z
  .string()
  .refine((text) => readSpan(text) !== undefined, 'must be like mon-fri 08:00-16:00, or FROM/TO as RFC 3339 times');
/** A program and its arguments; no shell reads them. */
const argv = z.array(z.string().regex(/^[^\0]*$/)).min(1);
const word = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,252}$/, 'must be a name');

const boundsShape = {
  /** Anchored regular expression without groups; see value-pattern. */
  pattern: z.string().refine((text) => readPattern(text) !== undefined, 'must be a plain pattern without groups'),
  min: z.number().optional(),
  max: z.number().optional(),
};
const limitsSchema = z.strictObject({
  creates: z.int().min(0).optional(),
  changes: z.int().min(0).optional(),
  destroys: z.int().min(0).optional(),
});
/** The most that a plan may do, by kind; what is absent has no limit here. */
export type PlanLimits = z.infer<typeof limitsSchema>;

const criterion = z.string().regex(ENTRY_ID, 'must be an id such as AC-1.1');
const probeSchema = z.strictObject({
  name: word,
  run: argv,
  /** What its output has to contain. */
  contains: z.string().optional(),
  /** What it shows of the requirements: criteria, or requirements. */
  criteria: z.array(criterion).max(20).optional(),
});
/** A program that only looks, and has to end with 0. */
export type LiveCheck = z.infer<typeof probeSchema>;

const observationSchema = z.strictObject({
  name: word,
  /** Prints the number first, with its unit if it has one. */
  run: argv,
  /** A limit of the requirements that the number is held against. */
  limit: z.string().min(1),
  /** Whether the limit is the most or the least; where it is left out, the limit's name or value says so. */
  bound: z.enum(['most', 'least']).optional(),
});
/** Something that is measured in the running system. */
export type Observation = z.infer<typeof observationSchema>;

const targetSchema = z.strictObject({
  /** ansible */
  playbook: path.optional(),
  inventory: path.optional(),
  hosts: word.optional(),
  /** kubectl, helm */
  context: word.optional(),
  namespace: word.optional(),
  manifests: z.array(path).min(1).optional(),
  release: word.optional(),
  chart: path.optional(),
  /** terraform, tofu */
  workspace: word.optional(),
});

/** What each tool cannot do without. */
const REQUIRED: Record<Tool, readonly (keyof z.infer<typeof targetSchema>)[]> = {
  command: [],
  ansible: ['playbook', 'inventory'],
  kubectl: ['context', 'manifests'],
  helm: ['context', 'release', 'chart'],
  terraform: [],
  tofu: [],
};

/** How an environment is deployed to; beside it, the policy says what an approval of it has to be. */
export const deploySchema = z
  .strictObject({
    tool: z.enum(TOOLS),
    /** Folder the tool runs in; all other paths are relative to it. */
    directory: path.default('.'),
    target: targetSchema.default({}),
    /** Files of values for all environments, and for this one; later ones win. */
    base: z.array(path).default([]),
    overlay: z.array(path).default([]),
    /** Patterns of files that the plan is bound to; without them, everything in the folder. */
    inputs: z.array(path).min(1).optional(),
    /** Inputs that a run may set. */
    sets: z.record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,63}$/), z.strictObject(boundsShape)).default({}),
    /** With the tool `command`; `{set:NAME}` stands for an input. `plan` changes nothing and prints what apply would do. */
    plan: argv.optional(),
    apply: argv.optional(),
    /** Brings back what `{commit}` (as deployed then) was; `{plan}` is the plan's hash. */
    rollback: argv.optional(),
    after: z.array(environmentName).default([]),
    windows: z.array(span).default([]),
    freezes: z.array(span).default([]),
    /** A ticket that `refs` of the requirements have to name; `*` stands for any text. */
    ticket: z.string().min(1).optional(),
    limits: limitsSchema.default({}),
    /** These have to end with 0 before anything is planned, and again before it is applied; `{ticket}` is the ticket. */
    before: z.array(probeSchema).max(40).optional(),
    /** Asked again until they end with 0. */
    health: z.array(probeSchema).max(40).default([]),
    checks: z.array(probeSchema).max(40).default([]),
    /** Programs that show what is going on there, for a diagnosis: logs, states. */
    logs: z
      .array(probeSchema.pick({ name: true, run: true }))
      .max(40)
      .optional(),
    observe: z.array(observationSchema).max(40).optional(),
    /** Requirements that items of a plan belong to, by pattern of their address; how bad drift of them is follows. */
    items: z
      .array(z.strictObject({ match: z.string().min(1), requirements: z.array(criterion).min(1) }))
      .max(200)
      .optional(),
    /** Seconds: for each program, and to wait for health. */
    timeout: z.number().min(1).max(86_400).default(1800),
    wait: z.number().min(0).max(86_400).default(300),
    /** Names of further environment variables that the programs may see. */
    env: z.array(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/)).default([]),
    /** Runs with other inputs that need no decision of their own, once a plan with these very words was approved. */
    standing: z
      .strictObject({
        until: z.iso.datetime(),
        limits: limitsSchema.required(),
        sets: z.record(z.string(), z.strictObject(boundsShape)).default({}),
      })
      .optional(),
  })
  .superRefine((value, context) => {
    const problem = (message: string, ...at: string[]) => context.addIssue({ code: 'custom', message, path: at });
    for (const key of REQUIRED[value.tool])
      if (value.target[key] === undefined) problem(`${value.tool} needs target.${key}`, 'target');
    for (const key of ['plan', 'apply'] as const)
      if ((value[key] !== undefined) !== (value.tool === 'command'))
        problem(value.tool === 'command' ? `command needs ${key}` : `${key} belongs to the tool command`, key);
    for (const name of Object.keys(value.standing?.sets ?? {}))
      if (!Object.hasOwn(value.sets, name)) problem(`${name} is no input in sets`, 'standing', 'sets');
  });
/** How an environment is deployed to, with its defaults filled in. */
export type DeploySettings = z.infer<typeof deploySchema>;
