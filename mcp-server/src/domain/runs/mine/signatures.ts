import type { Call, Run } from '../run.ts';
import { coarse } from './items.ts';

/** A path of which more values than this recur does not tell kinds of steps apart: it is a list that is worked off. */
const mostKinds = 5;

/**
 * Tells uses of one tool apart by what stays the same: where runs use a tool several times, and the same values of an
 * input recur in most of the runs, those values belong to what the step is (`type=A`, `type=PTR`). With one run nothing is
 * known to recur, and the tool alone counts.
 */
export function signaturesOf(runs: readonly Run[]): (call: Call) => string {
  if (runs.length < 2) return coarse;
  const kinds = kindsOf(runs);
  return (call) => {
    const name = coarse(call);
    const paths = kinds.get(name);
    if (paths === undefined) return name;
    const marks = call.input.filter((leaf) => paths.get(leaf.path)?.has(leaf.value) === true);
    return marks.length === 0 ? name : `${name} (${marks.map((leaf) => `${leaf.path}=${leaf.value}`).join(', ')})`;
  };
}

/** By coarse name, the paths and values that tell its kinds apart. */
function kindsOf(runs: readonly Run[]): Map<string, Map<string, Set<string>>> {
  const uses = new Map<string, number>();
  const seen = new Map<string, Map<string, Map<string, number>>>();
  const several = new Map<string, Set<string>>();
  for (const { calls } of runs) {
    const inRun = new Map<string, Map<string, Set<string>>>();
    for (const call of calls) {
      const name = coarse(call);
      const paths = inRun.get(name) ?? new Map<string, Set<string>>();
      inRun.set(name, paths);
      for (const { path, value } of call.input) paths.set(path, (paths.get(path) ?? new Set()).add(value));
    }
    for (const [name, paths] of inRun) {
      uses.set(name, (uses.get(name) ?? 0) + 1);
      const counts = seen.get(name) ?? new Map<string, Map<string, number>>();
      seen.set(name, counts);
      for (const [path, values] of paths) {
        const count = counts.get(path) ?? new Map<string, number>();
        counts.set(path, count);
        for (const value of values) count.set(value, (count.get(value) ?? 0) + 1);
        if (values.size > 1) several.set(name, (several.get(name) ?? new Set()).add(path));
      }
    }
  }
  const kinds = new Map<string, Map<string, Set<string>>>();
  for (const [name, paths] of several) {
    const enough = Math.max(2, Math.ceil((uses.get(name) ?? 0) * 0.6));
    const telling = new Map<string, Set<string>>();
    for (const path of paths) {
      const recurring = [...(seen.get(name)?.get(path) ?? [])].filter(([, count]) => count >= enough);
      if (recurring.length > 0 && recurring.length <= mostKinds)
        telling.set(path, new Set(recurring.map(([value]) => value)));
    }
    if (telling.size > 0) kinds.set(name, telling);
  }
  return kinds;
}
