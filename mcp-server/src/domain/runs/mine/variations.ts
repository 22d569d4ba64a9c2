import type { Run } from '../run.ts';
import type { Node } from './align.ts';
import { type Item, valueAt } from './items.ts';
import type { Variation } from './job.ts';

const mostConditions = 3;
const mostVariations = 40;

/** A node where it stands: behind which step of the sequence, from 0. */
export interface Placed {
  node: Node;
  after: number;
  title: string;
}

/** Something that was known in every run before the ways part. */
interface Feature {
  name: string;
  /** How near it stands to where the ways part; the nearest first. */
  distance: number;
  values: readonly string[];
}

/**
 * Where runs part, and what tells them apart: steps that the same runs have stand together as one arm; arms of runs that
 * complete each other at the same place are alternatives.
 *
 * @param all every node in order, with the step of the sequence that it comes behind
 */
export function variationsOf(all: readonly Placed[], runs: readonly Run[]): Variation[] {
  const optional = all.filter(({ node }) => node.items.size < runs.length);
  const arms = new Map<string, { runs: ReadonlySet<number>; placed: Placed[] }>();
  for (const one of optional) {
    const key = [...node(one)].sort((a, b) => a - b).join();
    const arm = arms.get(key) ?? { runs: new Set(node(one)), placed: [] };
    arm.placed.push(one);
    arms.set(key, arm);
  }
  const variations: Variation[] = [];
  const told = new Set<string>();
  // What most runs do comes first, and the condition is said of it.
  const largest = [...arms].sort(([, a], [, b]) => b.runs.size - a.runs.size);
  for (const [key, arm] of largest) {
    if (variations.length >= mostVariations) break;
    if (told.has(key)) continue;
    const others = runs.map((_, at) => at).filter((at) => !arm.runs.has(at));
    const otherKey = others.join();
    const other = arms.get(otherKey);
    told.add(key).add(otherKey);
    const first = Math.min(...[arm, other].flatMap((one) => one?.placed.map(({ after }) => after) ?? []));
    const before = all.filter(({ node, after }) => after < first && node.items.size === runs.length);
    variations.push({
      after: first,
      arms: [arm, other].flatMap((one) =>
        one === undefined
          ? []
          : [
              {
                titles: one.placed.map(({ title }) => title),
                support: one.runs.size,
                evidence: one.placed.flatMap(({ node }) =>
                  [...node.items.values()].slice(0, 2).flatMap((item) => item.calls.slice(0, 1).map((call) => call.at)),
                ),
              },
            ],
      ),
      conditions: conditionsOf(featuresOf(before, runs), arm.runs),
    });
  }
  return variations.sort((a, b) => a.after - b.after);
}

const node = ({ node: { items } }: Placed) => items.keys();

function featuresOf(before: readonly Placed[], runs: readonly Run[]): Feature[] {
  const features: Feature[] = [];
  const put = (name: string, distance: number, values: readonly (string | undefined)[]) => {
    if (values.every((value) => value !== undefined) && new Set(values).size > 1)
      features.push({ name, distance, values: values as string[] });
  };
  for (const [at, { node, title }] of before.entries()) {
    const distance = before.length - at;
    const items = runs.map((_, run) => node.items.get(run));
    const paths = new Set(items.flatMap((item) => item?.calls.at(-1)?.output.map((leaf) => leaf.path) ?? []));
    for (const path of paths)
      put(
        `${path === '' ? 'the answer' : path} of "${title}"`,
        distance,
        items.map((item) => answerAt(item, path)),
      );
    put(
      `"${title}" failed at first`,
      distance,
      items.map((item) => ((item?.failures.length ?? 0) > 0 ? 'yes' : 'no')),
    );
    const inputs = new Set(items.flatMap((item) => item?.calls[0]?.input.map((leaf) => leaf.path) ?? []));
    for (const path of inputs)
      put(
        `${path} given to "${title}"`,
        distance + 0.5,
        items.map((item) => item?.calls[0]?.input.find((leaf) => leaf.path === path)?.value ?? '(not there)'),
      );
  }
  const declared = new Set(runs.flatMap((run) => run.inputs.map((leaf) => leaf.path)));
  for (const path of declared)
    put(
      `input ${path}`,
      before.length + 1,
      runs.map((run) => run.inputs.find((leaf) => leaf.path === path)?.value ?? '(not there)'),
    );
  return features;
}

/** What a step answered under a path; unknown where the client cut the answer before it. */
function answerAt(item: Item | undefined, path: string): string | undefined {
  const call = item?.calls.at(-1);
  return (
    (call === undefined ? undefined : valueAt(call.output, path)) ?? (call?.cut === true ? undefined : '(not there)')
  );
}

/** Features that separate the runs that took a way from those that did not, the clearest and nearest first. */
function conditionsOf(features: readonly Feature[], took: ReadonlySet<number>): string[] {
  const found: { text: string; rank: number; distance: number }[] = [];
  for (const { name, distance, values } of features) {
    const [inside, outside] = [values.filter((_, run) => took.has(run)), values.filter((_, run) => !took.has(run))];
    const judged = separates(inside, outside);
    if (judged !== undefined) found.push({ text: `${name} ${judged.says}`, rank: judged.rank, distance });
  }
  found.sort((a, b) => a.rank - b.rank || a.distance - b.distance);
  return [...new Set(found.map(({ text }) => text))].slice(0, mostConditions);
}

function separates(inside: readonly string[], outside: readonly string[]): { says: string; rank: number } | undefined {
  const [ins, outs] = [new Set(inside), new Set(outside)];
  if ([...ins].some((value) => outs.has(value))) return undefined;
  const [one] = ins;
  const [other] = outs;
  // A value that is another in every run separates everything from everything.
  if (ins.size === 1 && outs.size === 1 && inside.length + outside.length > 2)
    return { says: `is ${one}, not ${other}`, rank: 0 };
  if (ins.size === 1 && inside.length > 1) return { says: `is ${one}`, rank: 1 };
  if (outs.size === 1 && outside.length > 1) return { says: `is not ${other}`, rank: 1 };
  const numbers = (values: readonly string[]) =>
    values.map((value) => (/^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : Number.NaN));
  const [high, low] = [numbers(inside), numbers(outside)];
  if ([...high, ...low].some(Number.isNaN) || inside.length < 2 || outside.length < 2) return undefined;
  if (Math.min(...high) > Math.max(...low))
    return { says: `is at least ${Math.min(...high)} (otherwise at most ${Math.max(...low)})`, rank: 2 };
  if (Math.max(...high) < Math.min(...low))
    return { says: `is at most ${Math.max(...high)} (otherwise at least ${Math.min(...low)})`, rank: 2 };
  return undefined;
}
