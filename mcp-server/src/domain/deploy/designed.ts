import type { Design } from '../artifact/design.ts';
import { type Field, fieldsOf } from '../artifact/fields.ts';
import { bareTitle, sectionOf } from '../artifact/markdown.ts';
import { STORED_LEVELS } from '../decision/level.ts';
import { meets } from '../policy/demand.ts';
import type { Policy } from '../policy/policy.ts';
import type { DeploySettings } from './environment.ts';

/** The environments that a design has blocks for, by name, with what each says; the first of a name counts. */
export function designedEnvironments(design: Design | undefined): Map<string, Map<string, Field>> {
  const blocks = design === undefined ? [] : (sectionOf(design.doc, 'Environments')?.blocks ?? []);
  const named = new Map<string, Map<string, Field>>();
  for (const block of blocks) {
    const name = /^[a-z0-9-]+/.exec(bareTitle(block.title))?.[0];
    if (name !== undefined && !named.has(name)) named.set(name, fieldsOf(block));
  }
  return named;
}

/**
 * Where the settings of an environment ask for less than the approved design says of it, or for something else: the design
 * names others, what has to come before, the level of the decision, the files of values, a window. Settings may be stricter.
 *
 * @param level what a decision on a deploy there has to be
 */
export function unlikeDesign(
  design: Design | undefined,
  environment: string,
  { environments }: Pick<Policy, 'environments'>,
  level: Parameters<typeof meets>[0],
): string[] {
  const settings = environments[environment]?.deploy;
  const designed = designedEnvironments(design);
  const known = [...designed.keys()].filter((name) => environments[name]?.deploy !== undefined);
  if (settings === undefined || known.length === 0) return [];
  const block = designed.get(environment);
  if (block === undefined) return [`the design has no environment ${environment}; it has ${known.join(', ')}`];
  const words = (key: string) => block.get(key)?.values.flatMap(wordsIn) ?? [];
  const before = words('after').filter((name) => designed.has(name) && !settings.after.includes(name));
  const values = words('overlay').filter((word) => isPath(word) && !uses(settings, word));
  const least = STORED_LEVELS.find((one) => words('level').includes(one));
  return [
    ...before.map((name) => `the design has ${environment} after ${name}, countersign.yaml has not`),
    ...values.map((path) => `the design has ${path} as overlay of ${environment}, countersign.yaml has not`),
    ...(least === undefined || meets(level, least)
      ? []
      : [`the design asks for the level ${least} in ${environment}, countersign.yaml for ${level}`]),
    ...(/\d:\d/.test(block.get('window')?.values.join() ?? '') && settings.windows.length === 0
      ? [`the design has a change window for ${environment}, countersign.yaml has none`]
      : []),
  ];
}

const wordsIn = (text: string) =>
  text
    .split(/[\s,;]+/)
    .map((word) => word.replace(/^[`'"(]+|[`'")]+$/g, ''))
    .filter((word) => word !== '');

/** Prose stands beside paths; addresses are none. */
const isPath = (word: string) => /\/|\.[a-z][a-z0-9]{1,9}$/i.test(word) && !word.includes('://');

/** Whether a run reads a path, given from the project's root or from the environment's folder. */
function uses({ directory, base, overlay, target }: DeploySettings, path: string): boolean {
  const { playbook, inventory, chart, manifests = [] } = target;
  const read = [...base, ...overlay, ...manifests, playbook, inventory, chart].filter((one) => one !== undefined);
  const clean = (one: string) => one.replace(/^\.\//, '').replace(/\/$/, '');
  const wanted = clean(path);
  const places = read.flatMap((one) => [clean(one), `${clean(directory)}/${clean(one)}`]);
  return clean(directory) === wanted || places.some((one) => one === wanted || one.startsWith(`${wanted}/`));
}
