import { folderOf } from '../build.ts';
import type { Evidence, ExtractReport, Fact } from '../contract.ts';
import { byCodeUnits } from '../order.ts';
import { pathOf } from '../story/fact-graph.ts';
import type { Story } from '../story/story.ts';

/** A part of the tree that is taken over as one component. */
export interface Unit {
  /** Unique. */
  key: string;
  title: string;
  kind: string;
  format: string;
  /** Patterns relative to the root of the tree. */
  paths: string[];
  files: string[];
  /** The first place that each of its files is known by. */
  evidence: Evidence[];
  /** Positions in the list of stories that rest on it. */
  stories: number[];
  /** Keys of units that it uses. */
  uses: string[];
}

/**
 * Cuts the files that stories rest on into components: a role, a chart, a folder of Terraform is one; so is a playbook, a
 * workflow or a script; what is left goes by format and folder. No file is in two.
 */
export function unitsOf(report: ExtractReport, stories: readonly Story[]): Unit[] {
  const units = new Map<string, Unit>();
  const unitOfFile = new Map<string, Unit>();
  const heads = new Set(stories.flatMap(({ entry }) => entry.heads.map(pathOf)));
  const folders = new Map(wholeFolders(report).map((cut) => [cut.key, cut]));
  const byPath = new Map<string, Fact>();
  for (const fact of report.facts) for (const { path } of fact.evidence) if (!byPath.has(path)) byPath.set(path, fact);
  stories.forEach((story, at) => {
    for (const path of story.files) {
      const fact = byPath.get(path);
      if (fact === undefined) continue;
      let unit = unitOfFile.get(path);
      if (unit === undefined) {
        const cut = cutOf(path, fact.format, heads.has(path), folders);
        unit = units.get(cut.key) ?? {
          ...cut,
          format: fact.format,
          paths: [],
          files: [],
          evidence: [],
          stories: [],
          uses: [],
        };
        units.set(unit.key, unit);
        unitOfFile.set(path, unit);
        unit.files.push(path);
        unit.evidence.push(...fact.evidence.filter((place) => place.path === path).slice(0, 1));
      }
      if (unit.stories.at(-1) !== at) unit.stories.push(at);
    }
  });
  for (const unit of units.values()) unit.paths = pathsOf(unit, folders);
  addUses(report, unitOfFile);
  return [...units.values()].sort((a, b) => byCodeUnits(a.key, b.key));
}

type Cut = Pick<Unit, 'key' | 'title' | 'kind'>;

/** Folders that are taken over whole, whatever lies in them: roles and charts, the inner before the outer. */
function wholeFolders(report: ExtractReport): Cut[] {
  const cuts = new Map<string, Cut>();
  for (const { format, kind, scope, attributes } of report.facts) {
    const key = `${scope}/`;
    if (format === 'ansible' && kind === 'role' && attributes['external'] !== true && scope !== '.')
      cuts.set(key, { key, title: `Role ${scope}`, kind: 'role' });
    if (format === 'helm' && kind === 'module' && attributes['kind'] !== 'dependency')
      cuts.set(key, { key, title: `Chart ${scope}`, kind: 'chart' });
  }
  return [...cuts.values()].sort((a, b) => b.key.length - a.key.length || byCodeUnits(a.key, b.key));
}

function cutOf(path: string, format: string, isHead: boolean, folders: ReadonlyMap<string, Cut>): Cut {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    const whole = folders.get(`${folder}/`);
    if (whole !== undefined) return whole;
    if (folder === '.') break;
  }
  const folder = folderOf(path);
  if (/\.(?:tf|tofu|tfvars|tf\.json|tfvars\.json)$/.test(path))
    return { key: `${folder}/*.tf*`, title: `Terraform in ${folder}`, kind: 'module' };
  // A folder of manifests is applied as one thing: a component for each file would bury what they are together.
  if ((isHead && format !== 'kubernetes') || format === 'terragrunt')
    return { key: path, title: path, kind: kinds[format] ?? format };
  return { key: `${folder} ${format}`, title: `${format} files in ${folder}`, kind: format };
}

const kinds: { readonly [format: string]: string } = {
  ansible: 'playbook',
  shell: 'script',
  terragrunt: 'unit',
  'github-actions': 'workflow',
  'gitlab-ci': 'pipeline',
  jenkins: 'pipeline',
  itential: 'export',
};

/** A folder that holds other whole folders is named by its own files, so that nothing belongs to two. */
function pathsOf({ key, kind, files }: Unit, folders: ReadonlyMap<string, Cut>): string[] {
  const own = [...files].sort(byCodeUnits);
  if (kind === 'role' || kind === 'chart') {
    const holdsOthers = [...folders.keys()].some((other) => other !== key && (key === './' || other.startsWith(key)));
    // Nothing may claim the whole project, so one that fills it is named by its files as well.
    return holdsOthers || key === './' ? own : [key];
  }
  if (kind === 'module') return [key.startsWith('./') ? key.slice(2) : key];
  return own;
}

/** A unit uses another when something in it refers there; ties that would close a ring are left out. */
function addUses(report: ExtractReport, unitOfFile: ReadonlyMap<string, Unit>): void {
  const byId = new Map(report.facts.map((fact) => [fact.id, unitOfFile.get(pathOf(fact))]));
  const byKey = new Map([...unitOfFile.values()].map((unit) => [unit.key, unit]));
  const judged = new Set<string>();
  for (const { from, to } of report.relations) {
    const [user, used] = [byId.get(from), byId.get(to)];
    if (user === undefined || used === undefined || user === used) continue;
    const pair = `${user.key}\n${used.key}`;
    if (judged.has(pair)) continue;
    judged.add(pair);
    if (!reaches(used, user, byKey)) user.uses.push(used.key);
  }
}

function reaches(from: Unit, to: Unit, byKey: ReadonlyMap<string, Unit>): boolean {
  const seen = new Set<string>();
  const waiting = [from.key];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    if (key === to.key) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    waiting.push(...(byKey.get(key)?.uses ?? []));
  }
  return false;
}
