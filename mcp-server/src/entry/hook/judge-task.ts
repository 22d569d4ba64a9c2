import { matchesPattern } from '../../domain/build/paths.ts';
import type { GuardEntry } from '../../domain/guard-entry.ts';
import type { Scene } from './scene.ts';
import type { Target, Verdict } from './verdict.ts';

/**
 * A component's builder stays in the paths of the tasks that are started. Whoever else works in the session has other
 * errands, too: they are told, and Build's review lists what no component owns.
 */
export function strayVerdict(scene: Scene, id: string, entry: GuardEntry, target: Target): Verdict {
  const { change, finished, started } = entry;
  if (change === null && finished) return {};
  const admitted = change === null ? started : change.admits;
  if (staysIn(admitted, target)) return {};
  if (scene.agent !== 'ours') return change === null && started.length > 0 ? { strayed: id } : {};
  const path = target.path === '' ? 'The repository' : target.path;
  if (admitted.length === 0)
    return { deny: `${path}: nothing of ${id} is being built. Next: tasks {delivery: "${id}", start: "TSK-n.1"}` };
  return {
    deny: `${path} is outside what is being built of ${id}: ${admitted.join(', ')}. Scratch files go below /tmp. Next: report what else is needed; its own task has to be started first.`,
  };
}

/** Within what a pattern names, or a folder above it that has to be made first. */
function staysIn(patterns: readonly string[], { path, tree }: Target): boolean {
  return patterns.some((pattern) => {
    const clean = pattern.replace(/^\.\//, '');
    return (!tree && clean.startsWith(`${path}/`)) || upwards(path).some((part) => matchesPattern(clean, part));
  });
}

/** The path and the folders above it: what lies in something that is owned belongs to it. */
function upwards(path: string): string[] {
  const parts = path.split('/').slice(0, 64);
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
}
