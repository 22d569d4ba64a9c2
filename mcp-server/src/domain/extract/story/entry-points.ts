import { folderOf } from '../build.ts';
import type { Fact } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { append, type FactGraph, isScoped, pathOf } from './fact-graph.ts';
import { follow } from './walk.ts';

/** Something that a person, a schedule or a program starts: a playbook, a workflow, a script, a folder that is applied. */
export interface EntryPoint {
  /** Unique in the report: the file, the folder, or `<file>:<target>`. */
  name: string;
  /** What kind of thing it is, in the words of its format: playbook, workflow, root module ... */
  kind: string;
  format: string;
  /** Folder it stands in. */
  folder: string;
  /** The facts it starts with. */
  heads: Fact[];
  /** What starts it, as far as it is said: events, targets, jobs. */
  triggers: Fact[];
  /** Lies among tests or examples. */
  sample: boolean;
}

/** The name without the kind that keeps it apart from others of the same folder. */
export function titleOf({ name, kind }: EntryPoint): string {
  const suffix = ` (${kind})`;
  const title = name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  // A dot names nothing to a reader, and the top folder may hold several.
  return title === '.' ? `${kind} of the top folder` : title;
}

/** Formats whose folder is applied as a whole: there is no file that starts. */
const folders: { readonly [format: string]: { kind: string; facts: readonly string[] } } = {
  terraform: { kind: 'root module', facts: ['resource', 'module', 'data'] },
  kubernetes: { kind: 'manifests', facts: ['resource', 'service', 'job'] },
  compose: { kind: 'composition', facts: ['service'] },
  dockerfile: { kind: 'image build', facts: ['stage', 'step'] },
};

const files: { readonly [format: string]: string } = {
  ansible: 'playbook',
  shell: 'script',
  'github-actions': 'workflow',
  'gitlab-ci': 'pipeline',
  jenkins: 'pipeline',
};

/**
 * Where the automation is started: whatever nothing else in the tree calls, tests and examples aside; a workflow that tries
 * out what somebody proposes is a test of what it deploys, and who else starts that is another matter. Of a ring of things
 * that call each other, the first. In order of their names, samples last. Linear: each fact is looked at once.
 */
export function findEntryPoints(graph: FactGraph): EntryPoint[] {
  const seeds = seedsOf(graph).sort((a, b) => Number(a.sample) - Number(b.sample) || byCodeUnits(a.name, b.name));
  // What several reach is told of the first: those whose calls count in full come first.
  const calls = callsBetween(
    graph,
    [...seeds].sort((a, b) => Number(a.sample || isTrial(a)) - Number(b.sample || isTrial(b))),
  );
  const counts = (seed: EntryPoint, other: EntryPoint) =>
    (!seed.sample || other.sample) && !(isTrial(seed) && deployed.has(other.format)) && !isForPeople(other, seed);
  const called = new Set(seeds.flatMap((seed) => [...(calls.get(seed) ?? [])].filter((other) => counts(seed, other))));
  const roots = seeds.filter((seed) => !called.has(seed));
  const covered = new Set<EntryPoint>();
  const cover = (root: EntryPoint) => {
    const waiting = [root];
    for (let seed = waiting.pop(); seed !== undefined; seed = waiting.pop())
      if (!covered.has(seed)) {
        covered.add(seed);
        waiting.push(...(calls.get(seed) ?? []));
      }
  };
  for (const root of roots) cover(root);
  for (const seed of seeds)
    if (!covered.has(seed)) {
      roots.push(seed);
      cover(seed);
    }
  const isRoot = new Set(roots);
  return seeds.filter((seed) => isRoot.has(seed));
}

/** What changes something outside by itself, and is started by people where only a trial in CI calls it. */
const deployed: ReadonlySet<string> = new Set([
  'ansible',
  'terraform',
  'terragrunt',
  'kubernetes',
  'kustomize',
  'helm',
  'compose',
]);

/** Called like what a tree is for. */
export const leading =
  /(?:^|[/:._-])(?:site|main|install|setup|deploy|deployment|bootstrap|provision|up|apply|all|default|release|run|start|create|cluster)(?:$|[:._-])/i;

/** A script in the top folder is what people are told to run, whatever tries it out or wraps it further down. */
const isForPeople = ({ name, format, folder }: EntryPoint, by: EntryPoint) =>
  format === 'shell' &&
  folder === '.' &&
  leading.test(name) &&
  (isTrial(by) || by.kind === 'action' || (by.format === 'shell' && by.folder !== '.'));

/** Runs on proposed changes. */
export function isTrial({ format, triggers }: EntryPoint): boolean {
  if (format === 'gitlab-ci') return triggers.some(({ name }) => /merge_request(?!.*!=)|CI_MERGE_REQUEST_/.test(name));
  return format === 'github-actions' && triggers.some(({ name }) => /^(?:pull_request|merge_group)/.test(name));
}

/** Which seed reaches the heads of which others. */
function callsBetween(graph: FactGraph, seeds: readonly EntryPoint[]): Map<EntryPoint, Set<EntryPoint>> {
  const owners = new Map<string, EntryPoint>();
  for (const seed of seeds) for (const head of seed.heads) owners.set(head.id, seed);
  const calls = new Map<EntryPoint, Set<EntryPoint>>();
  const seen = new Set<string>();
  for (const seed of seeds) {
    const reached = new Set<EntryPoint>();
    const waiting = [...seed.heads];
    for (let fact = waiting.pop(); fact !== undefined; fact = waiting.pop()) {
      const owner = owners.get(fact.id);
      if (owner !== undefined && owner !== seed) reached.add(owner);
      else if (!seen.has(fact.id)) {
        seen.add(fact.id);
        waiting.push(...follow(graph, fact));
      }
    }
    calls.set(seed, reached);
  }
  return calls;
}

function seedsOf(graph: FactGraph): EntryPoint[] {
  const seeds = new Map<string, EntryPoint>();
  const triggers = new Map<string, Fact[]>();
  for (const fact of graph.report.facts) {
    const seed = seedOf(fact, graph);
    if (seed !== undefined) {
      const known = seeds.get(seed.name);
      if (known === undefined) seeds.set(seed.name, seed);
      else known.heads.push(fact);
    } else if (fact.kind === 'entrypoint' && fact.attributes['nameFrom'] !== 'path')
      for (const target of graph.targets(fact, 'calls')) append(triggers, target.id, fact);
  }
  for (const seed of seeds.values()) seed.triggers.push(...seed.heads.flatMap((head) => triggers.get(head.id) ?? []));
  return [...seeds.values()];
}

function seedOf(fact: Fact, graph: FactGraph): EntryPoint | undefined {
  const { format, kind, scope, attributes } = fact;
  const path = pathOf(fact);
  const seed = (name: string, what: string): EntryPoint => ({
    name,
    kind: what,
    format,
    folder: folderOf(path),
    heads: [fact],
    triggers: [],
    sample: isSample(path),
  });
  if (format === 'make') return kind === 'job' && isGoal(fact) ? seed(`${path}:${fact.name}`, 'target') : undefined;
  const folder = folders[format];
  if (folder !== undefined) {
    if (!folder.facts.includes(kind) || graph.parentOf(fact) !== undefined) return undefined;
    return seed(format === 'terraform' ? scope : `${scope} (${folder.kind})`, folder.kind);
  }
  if (kind === 'workflow' && isScoped(fact))
    return seed(scope, attributes['type'] === 'workflow' ? 'workflow' : String(attributes['type']));
  if (kind === 'workflow') return seed(path, attributes['type'] === 'action' ? 'action' : (files[format] ?? kind));
  if (kind === 'entrypoint' && attributes['nameFrom'] === 'path') return seed(path, files[format] ?? 'script');
  if (
    format === 'terragrunt' &&
    kind === 'module' &&
    attributes['nameFrom'] === 'path' &&
    attributes['type'] !== 'configuration'
  )
    return seed(`${fact.name} (${attributes['type']})`, String(attributes['type']));
  if (kind === 'role' && attributes['external'] !== true) return seed(scope, 'role');
  if (kind === 'module' && (format === 'helm' || format === 'kustomize') && attributes['kind'] !== 'dependency')
    return format === 'helm' ? seed(scope, 'chart') : seed(`${scope} (kustomization)`, 'kustomization');
  return undefined;
}

/** What people call by name: phony targets and the default one. */
function isGoal(fact: Fact): boolean {
  return fact.attributes['phony'] === true || fact.attributes['default'] === true;
}

/** Tests and examples by the name of their folder, and what others wrote and is only kept here. */
const sampleFolder =
  /(^|\/)(?:[\w.]*[-_])?(?:tests?|e2e)(?:[-_]\w+)?\/|(^|\/)(testdata|fixtures?|examples?|samples?|molecule|mocks?|spec|vendor|node_modules|third[-_]party)(\/|$)/i;

/** Not what the tree is for. Workflows run from the top folder alone: those of a copy of another tree do not. */
export function isSample(path: string): boolean {
  return sampleFolder.test(path) || /[^/]\/\.github\//.test(path);
}
