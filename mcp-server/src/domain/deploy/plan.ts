import { canonical, type Json } from '../canonical.ts';
import type { Frozen } from '../decision/subject.ts';
import { sha256 } from '../hash.ts';
import type { DeploySettings, PlanLimits, Tool } from './environment.ts';

export const ACTIONS = ['create', 'change', 'destroy', 'replace'] as const;
export interface PlanItem {
  address: string;
  action: (typeof ACTIONS)[number];
}

/** How much a plan does; null where the tool's rehearsal cannot say. */
export interface Summary {
  creates: number | null;
  changes: number | null;
  destroys: number | null;
  /** Machines that would change, of all that were asked; null where there are none to count. */
  hosts: { changed: number; all: number } | null;
}

/** What a rehearsal came to, without secrets and without what differs from run to run. */
export interface Projection {
  summary: Summary;
  items: PlanItem[];
  /** The differences themselves. */
  detail: Json;
}

/** What is approved before anything is applied. Its SHA-256 is the plan's hash. */
export interface DeployPlan extends Projection {
  schema: 'countersign/deploy-plan@1';
  delivery: string;
  environment: string;
  action: 'apply' | 'rollback';
  tool: Tool;
  /** Hash of the environment's settings, which are frozen beside it. */
  definition: string;
  /** Hash of the approved manifest. */
  build: string;
  /** Files of values, and what they say otherwise than those for all environments. */
  overlay: Frozen[];
  differs: string[];
  /** Hash of the canonical `{path: sha256}` of the files that the tool reads, and how many. */
  inputs: { files: number; sha256: string };
  sets: Record<string, string>;
  /** What will be run. */
  run: string[];
  /** What this tool's rehearsal cannot see. */
  admits: string[];
}

export const PLAN_FILE = 'deploy-plan.json';
export const PLAN_PAGE = 'deploy-plan.md';
export const ENVIRONMENT_FILE = 'deploy-environment.json';
export const SAVED_FILE = 'saved-plan.json';
export const aboutDeploy = (environment: string) => `deploy:${environment}`;

/** The exact bytes that are frozen and approved. */
export const deployPlanBytes = (plan: DeployPlan) => canonical(plan as unknown as Json);
/** What a decision binds of the settings: all but what only looks at the running system, and no plan rests on. */
export const settingsBytes = ({ logs: _logs, observe: _observe, items: _items, ...settings }: DeploySettings) =>
  canonical(settings as unknown as Json);
export const inputsHash = (files: readonly Frozen[]) =>
  sha256(canonical(Object.fromEntries(files.map((one) => [one.path, one.sha256]))));

/** Which parts of a plan moved; for the refusal. */
export function movedParts(approved: DeployPlan, now: DeployPlan): string[] {
  const NAMES: Partial<Record<keyof DeployPlan, string>> = {
    definition: "the environment's settings",
    build: 'the approved build',
    overlay: 'the files of values',
    inputs: 'the files that the tool reads',
    sets: 'the inputs that were set',
    run: 'the command',
    summary: 'how much would change',
    items: 'what would change',
    detail: 'how it would change',
  };
  const bytes = (value: unknown) => canonical(value as Json);
  return Object.entries(NAMES).flatMap(([key, name]) =>
    bytes(approved[key as keyof DeployPlan]) === bytes(now[key as keyof DeployPlan]) ? [] : [name],
  );
}

const KINDS = ['creates', 'changes', 'destroys'] as const;

/** What a plan does beyond a limit. What cannot be counted is beyond every limit. */
export function beyondLimits(summary: Summary, limits: PlanLimits, whose: string): string[] {
  return KINDS.flatMap((kind) => {
    const [count, most] = [summary[kind], limits[kind]];
    if (most === undefined || (count !== null && count <= most)) return [];
    return [
      count === null
        ? `nobody can say how many ${kind} there are, and ${whose} allows ${most}`
        : `${count} ${kind}, and ${whose} allows ${most}`,
    ];
  });
}

/** The typed limits of the requirements that a plan can be held against: `max-destroys`, `max-hosts` and their like. */
export function beyondRequirements(summary: Summary, limits: readonly { name: string; value: string }[]): string[] {
  return limits.flatMap(({ name, value }) => {
    const whose = `the limit ${name}: ${value}`;
    const count = /^\d+$/.test(value) ? Number(value) : undefined;
    const kind = KINDS.find((one) => name === `max-${one}`);
    if (kind !== undefined && count !== undefined) return beyondLimits(summary, { [kind]: count }, whose);
    if (name !== 'max-hosts' || summary.hosts === null) return [];
    const { changed, all } = summary.hosts;
    const percent = /^(\d+(?:\.\d+)?) ?%$/.exec(value)?.[1];
    const most = percent === undefined ? count : Math.floor((all * Number(percent)) / 100);
    return most === undefined || changed <= most ? [] : [`${changed} of ${all} hosts, and ${whose} allows ${most}`];
  });
}
