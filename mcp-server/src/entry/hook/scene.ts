import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readGuardEntry, readGuardIndex, statKey } from '../../adapters/guard-index.ts';
import { type Project, projectsOf, workTreeOf } from '../../adapters/work-tree.ts';
import {
  defaultGuard,
  designOf,
  type GuardEntry,
  type GuardIndex,
  type GuardPolicy,
} from '../../domain/guard-entry.ts';
import { DELIVERY_ID } from '../../domain/ids.ts';
import { type HookInput, projectDir } from './input.ts';
import { loadApi } from './load-api.ts';
import { inside, realOf } from './real-path.ts';
import { sessionOf } from './session.ts';

/** Agents that write artifacts through tools only. */
const PLANNERS = new Set(['countersign:spec', 'countersign:solution-architecture']);

/** One project as a call in a session meets it. */
export interface Scene {
  readonly project: Project;
  /** Whether no other project lies between this one and the path: in a monorepo the nearest decides, those above only add. */
  readonly nearest: boolean;
  readonly policy: GuardPolicy;
  /** Whether there are deliveries or a policy: everywhere else the guard keeps to itself. */
  readonly governed: boolean;
  /** The delivery that the session works on, when it is one of this repository. */
  readonly bound: string | undefined;
  /** `planner` writes artifacts only; `ours` is another agent of Countersign; `other` is everyone else. */
  readonly agent: 'planner' | 'ours' | 'other';
  readonly agentName: string;
  entryOf(id: string): Promise<GuardEntry | undefined>;
  /** What a delivery owns, as far as one look tells: undefined when its design moved since it was compiled. */
  pathsOf(id: string): readonly string[] | undefined;
  /** Deliveries of the repository. */
  ids(): string[];
}

const deliveriesOf = (project: Project) => join(project.root, 'deliveries');

/**
 * The scenes of one call, each project's at most once: for a path those of every project it lies in, the whole work tree
 * first. None outside of git.
 */
export function scenes(input: HookInput): (path: string) => Promise<Scene[]> {
  const own = workTreeOf(realOf(projectDir(input)));
  const known = new Map<string, Promise<Scene>>();
  return (path) => {
    // A repository inside the session's own is part of it: a nested git init takes nothing out of the guard.
    const projects =
      own !== undefined && inside(own.tree, path) !== undefined ? projectsOf(path, own) : projectsOf(path);
    const found = projects.map((project, at) => {
      const nearest = at === projects.length - 1;
      const key = `${project.root}\0${nearest}`;
      let scene = known.get(key);
      if (scene === undefined) {
        scene = sceneOf(input, project, nearest);
        known.set(key, scene);
      }
      return scene;
    });
    return Promise.all(found);
  };
}

async function sceneOf(input: HookInput, project: Project, nearest: boolean): Promise<Scene> {
  const index = readGuardIndex(project);
  const { delivery } = sessionOf(input.session_id);
  const agentName = input.agent_type ?? '';
  const policyKey = statKey(join(project.root, 'countersign.yaml'));
  const fresh = new Map<string, Promise<GuardEntry | undefined>>();
  const compile = async (id: string) => (await (await loadApi()).compileGuard(project.root, [id], process.env))[id];
  return {
    project,
    nearest,
    policy: await policyOf(project, index.policy, policyKey),
    governed: policyKey !== '-' || existsSync(deliveriesOf(project)),
    bound: delivery !== undefined && existsSync(join(deliveriesOf(project), delivery)) ? delivery : undefined,
    agent: PLANNERS.has(agentName) ? 'planner' : agentName.startsWith('countersign:') ? 'ours' : 'other',
    agentName,
    async entryOf(id) {
      const entry = readGuardEntry(project, id);
      // A finished or unrelated entry whose sources did not move needs no second look.
      if (entry !== undefined && isFresh(project, entry)) return entry;
      if (!existsSync(join(deliveriesOf(project), id, 'ledger'))) return undefined;
      let compiled = fresh.get(id);
      if (compiled === undefined) {
        compiled = compile(id);
        fresh.set(id, compiled);
      }
      return compiled;
    },
    pathsOf(id) {
      const owner = Object.hasOwn(index.owners, id) ? index.owners[id] : undefined;
      return owner !== undefined && owner.design === statKey(`${project.root}/${designOf(id)}`)
        ? owner.paths
        : undefined;
    },
    ids: () => listed(project, index),
  };
}

async function policyOf(project: Project, known: GuardPolicy | undefined, key: string): Promise<GuardPolicy> {
  if (key === '-') return defaultGuard(key);
  if (known?.key === key) return known;
  return (await loadApi()).compilePolicy(project.root, process.env);
}

/** Whether nothing an entry was compiled from has moved since. */
function isFresh(project: Project, entry: GuardEntry): boolean {
  return Object.entries(entry.keys).every(([source, key]) => key === statKey(`${project.root}/${source}`));
}

/** Names alone: asking what each of hundreds is would take longer than all else. */
function listed(project: Project, { owners }: GuardIndex): string[] {
  const folder = deliveriesOf(project);
  try {
    return readdirSync(folder).filter(
      (name) => DELIVERY_ID.test(name) && (Object.hasOwn(owners, name) || existsSync(join(folder, name, 'ledger'))),
    );
  } catch {
    return [];
  }
}
