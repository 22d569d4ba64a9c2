import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import { matchesPattern } from '../../domain/build/paths.ts';
import { type GuardEntry, glassIsBroken } from '../../domain/guard-entry.ts';
import { strayVerdict } from './judge-task.ts';
import { absolute, inside, realOf } from './real-path.ts';
import type { Scene } from './scene.ts';
import type { Target, Verdict } from './verdict.ts';

/** The record itself: only the server and the CLI write here. */
const RECORD =
  /^deliveries\/(?:[^/]+\/(?:ledger|evidence)(?:\/|$)|[^/]+\/(?:history|tasks)\.md$|(?:allowed_signers|revoked_keys)$|\.gitattributes$)/i;
const ABOVE_RECORD = /^(?:deliveries(?:\/[^/]+)?)?$/i;
const OUTSIDE = 'Scratch files go outside the repository, below /tmp for instance.';

/** Whether a path may be written; the same rules for every tool (SECURITY.md). */
export async function judgePath(scene: Scene, target: Target): Promise<Verdict> {
  const { policy, governed } = scene;
  if (!governed || policy.mode === 'off') return {};
  const reason = recordReason(scene, target) ?? personReason(scene, target) ?? (await approvedReason(scene, target));
  if (reason !== undefined) return { deny: reason };
  if (target.path.startsWith('deliveries/')) return {};
  return stageVerdict(scene, target);
}

function recordReason({ project }: Scene, { path, tree, restores }: Target): string | undefined {
  if (RECORD.test(path))
    return `${path} is part of the record: only Countersign's own tools write it. Use its tools or the CLI.`;
  if (
    !tree ||
    restores ||
    !ABOVE_RECORD.test(path) ||
    !isFolder(join(project.root, path, path === '' ? 'deliveries' : ''))
  )
    return undefined;
  return `${path === '' ? 'The whole repository' : path} holds the record of deliveries, which only Countersign's own tools write. Name the paths that are meant, without deliveries/.`;
}

function isFolder(path: string): boolean {
  try {
    return lstatSync(path).isDirectory();
  } catch {
    return false;
  }
}

function personReason(scene: Scene, { path, tree, restores }: Target): string | undefined {
  const { policy, project } = scene;
  // Further down it would begin a project of its own.
  if (/(?:^|\/)countersign\.yaml$/i.test(path))
    return `${path} says what agents may do, so a person edits it. Show them the lines you would change.`;
  const reaches = (pattern: string) =>
    matchesPattern(pattern, path) || (tree && !restores && isBelow(path, pattern.replace(/^\.\//, '')));
  const personal = policy.people.find(reaches);
  if (personal !== undefined)
    return `${path === '' ? 'This' : path} touches ${personal}, which only a person writes (guard.people in countersign.yaml). Show them the change you would make.`;
  const inventories = policy.sandboxes.filter(({ kind }) => kind === 'ansible-inventory');
  const inventory = inventories.find(({ value }) => {
    const own = inside(project.root, realOf(absolute(value, project.root)));
    return own !== undefined && (reaches(own) || own === path);
  });
  if (inventory !== undefined)
    return `${inventory.value} is a declared sandbox: it says which machines may be changed freely, so a person edits it. Show them the lines you would change.`;
  return undefined;
}

/** Whether the fixed part of a pattern lies below a folder ('' is the root). */
function isBelow(folder: string, pattern: string): boolean {
  return folder === '' || pattern.startsWith(`${folder}/`);
}

async function approvedReason(scene: Scene, { path }: Target): Promise<string | undefined> {
  const [, id, name] = /^deliveries\/([a-z0-9][a-z0-9-]{0,63})\/([a-z-]+\.md)$/.exec(path) ?? [];
  if (id === undefined || name === undefined) return undefined;
  const entry = await scene.entryOf(id);
  if (entry?.approved.includes(name) !== true) return undefined;
  return `${path} is approved as it is. Change it with the artifact_write tool, which says what becomes stale; a person then decides again.`;
}

async function stageVerdict(scene: Scene, target: Target): Promise<Verdict> {
  const { agent, agentName, bound } = scene;
  const path = target.path === '' ? 'The repository' : target.path;
  if (agent === 'planner')
    return {
      deny: `${agentName} writes artifacts through artifact_write, nothing else. ${path} belongs to the builder.`,
    };
  if (scene.policy.mode === 'strict') {
    if (bound === undefined && agent === 'ours' && scene.nearest)
      return {
        deny: `${path}: ${agentName} works on one delivery, and this session has named none. Next: a tool call that names it (delivery_status does not), or /build <id>.`,
      };
    const entry = bound === undefined ? undefined : await scene.entryOf(bound);
    if (entry !== undefined && !glassIsBroken(entry, Date.now())) {
      if (!entry.buildOpen)
        return { deny: `${path}: Build of ${bound} is not open (${entry.why}). ${OUTSIDE} Next: ${entry.next}` };
      const stray = strayVerdict(scene, bound!, entry, target);
      return stray.deny === undefined ? { ...stray, ...(await ownedVerdict(scene, target)) } : stray;
    }
  }
  return ownedVerdict(scene, target);
}

/** Paths of other deliveries: those of an unfinished one wait for its Build, those of a finished one have a record. */
async function ownedVerdict(scene: Scene, target: Target): Promise<Verdict> {
  const strict = scene.policy.mode === 'strict' ? scene.bound : undefined;
  const own = strict === undefined ? undefined : await scene.entryOf(strict);
  if (own !== undefined && owns(own, target)) {
    const changing = changeVerdict(strict!, own, target);
    if (changing !== undefined) return changing;
    if (!own.finished) return {};
  }
  let finished: string | undefined;
  for (const id of scene.ids()) {
    // Hundreds of deliveries, of which hardly any owns the path: one look at each, not one at all it was compiled from.
    const paths = scene.pathsOf(id);
    if (paths !== undefined && !owns({ paths }, target)) continue;
    const entry = await scene.entryOf(id);
    if (entry === undefined || !owns(entry, target)) continue;
    const changing = changeVerdict(id, entry, target);
    if (changing?.deny !== undefined) return changing;
    if (changing !== undefined) continue;
    if (entry.finished) finished ??= id;
    else if (!entry.buildOpen && !glassIsBroken(entry, Date.now()))
      return {
        deny: `${target.path} belongs to delivery ${id}, whose Build is not open (${entry.why}). Next: ${entry.next}`,
      };
  }
  return finished === undefined ? {} : { finished };
}

/** An open change admits the paths of its approved plan, and no others of its delivery. */
function changeVerdict(id: string, entry: GuardEntry, { path, tree }: Target): Verdict | undefined {
  const { change } = entry;
  if (change === null || glassIsBroken(entry, Date.now())) return undefined;
  if (!tree && change.admits.some((pattern) => matchesPattern(pattern, path))) return {};
  const why =
    change.admits.length === 0
      ? `whose plan is not approved yet. Next: countersign change ${id}`
      : `whose approved plan does not name it (${change.admits.join(', ')}). Next: change the specification and plan again: countersign change ${id} plan`;
  return { deny: `${path} belongs to delivery ${id}. Change ${change.n} of it is open, ${why}` };
}

/** Whether a delivery owns a path, or for a tree something below it. */
export function owns(
  { paths }: { readonly paths: readonly string[] },
  { path, tree }: Pick<Target, 'path' | 'tree'>,
): boolean {
  return paths.some(
    (pattern) =>
      matchesPattern(pattern, path) ||
      matchesPattern(pattern, `${path}/`) ||
      (tree && isBelow(path, pattern.replace(/^\.\//, ''))),
  );
}
