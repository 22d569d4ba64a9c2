import { folderOf, resolveFrom } from '../../../../domain/extract/build.ts';
import type { Fact, FileExtraction, Reference } from '../../../../domain/extract/contract.ts';
import { globMatcher } from '../../../../domain/extract/glob.ts';
import { commonFolders } from '../../../../domain/extract/link.ts';
import { byCodeUnits } from '../../../../domain/extract/order.ts';

interface OfFile {
  format: string;
  extraction: FileExtraction;
}

/** Formats whose files a controller applies. */
const applied: ReadonlySet<string> = new Set(['kubernetes', 'kustomize', 'helm']);
const kustomizationFile = /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/;
/** Most files that one object is tied to. */
const mostFiles = 500;

/**
 * Ties what delivers to what the same repository holds: a path to the kustomization, the chart or all manifests of that
 * folder, a source and what an object waits for to the object of that name that lies nearest. Paths start at the root of
 * the source; an artifact that an ArtifactGenerator makes leads on to the folders that it copies.
 */
export function settleGitops<T extends OfFile>(files: readonly T[]): T[] {
  const kube = files.filter((file) => file.format === 'kubernetes');
  const isDelivery = ({ kind, attributes }: Fact) =>
    kind === 'resource' && ('delivers' in attributes || 'copies' in attributes || 'url' in attributes);
  if (!kube.some((file) => file.extraction.facts.some((fact) => 'delivers' in fact.attributes))) return [...files];
  const resources = kube.flatMap((file) => file.extraction.facts.filter(isDelivery));
  const tree = new Tree(files.flatMap((file) => (applied.has(file.format) ? pathsOf(file) : [])));
  const named = new Map<string, Fact[]>();
  for (const fact of resources) {
    const list = named.get(fact.name);
    if (list === undefined) named.set(fact.name, [fact]);
    else list.push(fact);
  }
  const artifacts = artifactsOf(resources);
  return files.map((file) => {
    if (file.format !== 'kubernetes') return file;
    const ties = file.extraction.facts.filter(isDelivery).flatMap((fact) => tiesOf(fact, tree, named, artifacts));
    if (ties.length === 0) return file;
    return { ...file, extraction: { ...file.extraction, references: [...file.extraction.references, ...ties] } };
  });
}

type Copies = readonly { from: string; to: string }[];

function tiesOf(
  fact: Fact,
  tree: Tree,
  named: ReadonlyMap<string, readonly Fact[]>,
  artifacts: ReadonlyMap<string, Copies>,
): Reference[] {
  const [evidence] = fact.evidence;
  if (evidence === undefined) return [];
  const refer = (kind: Reference['kind'], target: Reference['target']): Reference => ({
    from: fact.id,
    kind,
    target,
    evidence,
  });
  const { source, path, paths, dependsOn } = fact.attributes;
  const found: Reference[] = [];
  for (const folder of [...texts(path), ...texts(paths)]) {
    const copies = artifacts.get(texts(source)[0] ?? '');
    for (const real of copies === undefined ? [folder] : copied(folder, copies))
      for (const file of tree.appliedIn(real))
        found.push(refer('includes', { by: 'path', path: file, ...onlyModule(file) }));
  }
  for (const [kind, titles] of [
    ['depends-on', texts(dependsOn)],
    ['reads', texts(source)],
  ] as const)
    for (const title of titles) {
      const nearest = nearestTo(evidence.path, named.get(title) ?? []);
      if (nearest !== undefined && nearest !== fact)
        found.push(
          refer(kind, { by: 'name', format: 'kubernetes', kinds: ['resource'], name: title, scope: nearest.scope }),
        );
    }
  return found;
}

/** A kustomization and a chart stand for what they include. */
function onlyModule(file: string): { kinds?: readonly ['module'] } {
  return kustomizationFile.test(file) || file.endsWith('Chart.yaml') ? { kinds: ['module'] } : {};
}

/** Where a folder of an artifact comes from: the folder that is copied there, or one in it. */
function copied(folder: string, copies: Copies): string[] {
  return copies.flatMap(({ from, to }) => {
    if (to === '.' || folder === to) return resolveFrom(from, to === '.' ? folder : '.') ?? [];
    if (folder.startsWith(`${to}/`)) return resolveFrom(from, folder.slice(to.length + 1)) ?? [];
    return folder === '.' || to.startsWith(`${folder}/`) ? [from] : [];
  });
}

/** Copies by the title of the artifact; generators of several clusters that make one of the same name add up. */
function artifactsOf(resources: readonly Fact[]): Map<string, Copies> {
  const found = new Map<string, { from: string; to: string }[]>();
  for (const fact of resources)
    for (const text of texts(fact.attributes['copies'])) {
      const [, name, from, to] = /^(.*?): (.*) -> (.*)$/.exec(text) ?? [];
      if (name === undefined || from === undefined || to === undefined) continue;
      const key = `ExternalArtifact/${name}`;
      const list = found.get(key);
      if (list === undefined) found.set(key, [{ from, to }]);
      else if (!list.some((one) => one.from === from && one.to === to)) list.push({ from, to });
    }
  return found;
}

function nearestTo(path: string, facts: readonly Fact[]): Fact | undefined {
  let best: Fact | undefined;
  let most = -1;
  for (const fact of facts) {
    const shared = commonFolders(path, fact.evidence[0]?.path ?? '');
    if (shared > most) [best, most] = [fact, shared];
  }
  return best;
}

/** The files that something applies, by folder. */
class Tree {
  private readonly paths: readonly string[];

  constructor(paths: readonly string[]) {
    this.paths = [...new Set(paths)].sort(byCodeUnits);
  }

  /** The kustomization or the chart of a folder; else all manifests in it, folders with a kustomization of their own by that. */
  appliedIn(folder: string): string[] {
    if (/[*{$]/.test(folder)) return this.matching(folder);
    const prefix = folder === '.' ? '' : `${folder}/`;
    const inside: string[] = [];
    for (let at = this.firstFrom(prefix); at < this.paths.length; at++) {
      const path = this.paths[at] as string;
      if (!path.startsWith(prefix)) break;
      inside.push(path);
    }
    const own = inside.find((path) => isModule(path) && !path.slice(prefix.length).includes('/'));
    if (own !== undefined) return [own];
    const modules = new Set(inside.filter(isModule).map(folderOf));
    return inside
      .filter((path) =>
        isModule(path) ? !within(folderOf(folderOf(path)), modules) : !within(folderOf(path), modules),
      )
      .slice(0, mostFiles);
  }

  /** A generator fills the path in: modules of every folder that it may mean. */
  private matching(folder: string): string[] {
    const glob = folder.replace(/\{\{.*?\}\}|\$\{[^}]*\}/g, '*');
    if (/^[*/]*$/.test(glob)) return [];
    const fits = globMatcher(glob);
    return this.paths.filter((path) => isModule(path) && fits(folderOf(path))).slice(0, mostFiles);
  }

  private firstFrom(prefix: string): number {
    let [low, high] = [0, this.paths.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.paths[middle] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const isModule = (path: string) => kustomizationFile.test(path) || /(?:^|\/)Chart\.yaml$/.test(path);

/** Whether a folder or one above it is among these. */
function within(folder: string, modules: ReadonlySet<string>): boolean {
  for (let at = folder; at !== '.'; at = folderOf(at)) if (modules.has(at)) return true;
  return false;
}

function pathsOf(file: OfFile): string[] {
  return file.extraction.facts.flatMap(({ evidence }) => evidence[0]?.path ?? []).slice(0, 1);
}

function texts(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
