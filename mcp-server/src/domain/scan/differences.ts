import type { Design } from '../artifact/design.ts';
import { filesOf, type Workspace } from '../build/manifest.ts';
import { isElsewhere, matchesPattern } from '../build/paths.ts';
import type { Coupling } from '../extract/contract.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { mentions } from '../mentions.ts';
import { isSystem } from '../rebind/match.ts';

/** Where the delivery is not what was designed. */
export interface Difference {
  /** Stable: `system NAME`, `file PATH`, `component CMP-n`, `check CHK-n`. A deviation that names it explains it. */
  key: string;
  component: string;
  designed: string;
  delivered: string;
}

/** Ties that say which system is worked with; images, actions and roles are dependencies. */
const SYSTEMS = new Set(['provider', 'collection', 'api', 'host', 'backend', 'adapter', 'cloud']);

export interface Compared {
  design: Design;
  workspace: Workspace;
  ledger: Ledger;
  couplings: readonly Coupling[];
  /** Owners of a path, by the id of its components. */
  ownerOf: (path: string) => string | undefined;
  /** Files that were written since the design and that no component of any delivery owns. */
  unowned: readonly string[];
  /** Paths that sessions on this delivery wrote, wherever they lie. */
  written: ReadonlySet<string>;
  /** Programs that judge the files, by the name of a file that tells them what to pass over. */
  settings: ReadonlyMap<string, string>;
}

/** What a comparison of the design with the delivered files shows; sorted by key. */
export function differencesOf(compared: Compared): Difference[] {
  const all = [
    ...otherSystems(compared),
    ...otherFiles(compared),
    ...otherComponents(compared),
    ...otherChecks(compared),
  ];
  return all.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
}

function otherSystems({ design, couplings, ownerOf }: Compared): Difference[] {
  const bound = design.bindings.map(({ system }) => system).filter((system) => system !== '');
  const used = couplings.filter((tie) => SYSTEMS.has(tie.class));
  const systems = new Map(used.map((tie) => [tie.system, tie]));
  const strange = [...systems.values()].filter(
    ({ system }) => !bound.some((one) => isSystem(one, system)) && !mentions(design.doc.text, system),
  );
  const unused = bound.filter((one) => !used.some(({ system }) => isSystem(one, system)));
  return strange.map((tie) => ({
    key: `system ${tie.system}`,
    component: ownerOf(tie.evidence[0]?.path ?? '') ?? '',
    designed: unused.length === 0 ? 'no binding names it' : `bound and not seen in the files: ${unused.join(', ')}`,
    delivered: `${tie.class} ${tie.system} in ${tie.evidence[0]?.path ?? ''}`,
  }));
}

/** More say no more. */
const MOST_FILES = 50;

/**
 * Beside what is owned, what was written for this delivery, and what settles how it is judged; elsewhere in the repository
 * others are at work.
 */
function otherFiles({ design, unowned, written, settings }: Compared): Difference[] {
  const patterns = design.components.flatMap(({ paths }) => paths).filter((pattern) => !isElsewhere(pattern));
  const folders = [...new Set(patterns.map(folderOf).filter((folder) => folder !== ''))];
  const judges = (path: string) => settings.get(path.slice(path.lastIndexOf('/') + 1));
  const howOf = (path: string) => {
    const tool = judges(path);
    if (tool !== undefined) return `tells ${tool} what to pass over`;
    return written.has(path) ? 'written in a session on this delivery' : 'written since the design was approved';
  };
  return unowned
    .filter((path) => written.has(path) || judges(path) || folders.some((folder) => path.startsWith(folder)))
    .slice(0, MOST_FILES)
    .map((path) => ({
      key: `file ${path}`,
      component: '',
      designed: 'no component has this path',
      delivered: howOf(path),
    }));
}

/** The folder that holds what a pattern names. */
function folderOf(pattern: string): string {
  const clean = pattern.replace(/^\.\//, '');
  const glob = clean.search(/[*?]/);
  const literal = glob < 0 ? clean.replace(/\/$/, '') : clean.slice(0, glob);
  return literal.slice(0, literal.lastIndexOf('/') + 1);
}

function otherComponents({ design, workspace }: Compared): Difference[] {
  return design.components.flatMap((component): Difference[] => {
    const difference = { key: `component ${component.id}`, component: component.id };
    if (component.action === 'skip' && filesOf(component, workspace).length > 0)
      return [{ ...difference, designed: 'not to be built', delivered: 'files are there' }];
    if (component.action !== 'reuse') return [];
    const missing = component.paths.filter(
      (pattern) => !isElsewhere(pattern) && !workspace.files.some((file) => matchesPattern(pattern, file.path)),
    );
    if (missing.length === 0) return [];
    return [{ ...difference, designed: `to be reused from ${missing.join(', ')}`, delivered: 'nothing is there' }];
  });
}

function otherChecks({ design, ledger }: Compared): Difference[] {
  const known = new Set(design.checks.map((check) => check.id));
  const run = new Map(eventsOf(ledger, 'checked').map((event) => [event.body.check, event.body.component]));
  return [...run]
    .filter(([check]) => !known.has(check))
    .map(([check, component]) => ({
      key: `check ${check}`,
      component,
      designed: 'the design has no such check any more',
      delivered: 'it was run',
    }));
}

/** The deviation that explains a difference: one that names its key in what was delivered. */
export function explainedBy(key: string, ledger: Ledger): string | undefined {
  return eventsOf(ledger, 'deviated').find((event) => names(event.body.delivered, key))?.body.id;
}

/** The key as words of its own: `file a.sh.bak` does not name `file a.sh`. */
function names(text: string, key: string): boolean {
  for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1))
    if (!/^(?:[\w/-]|\.\w)/.test(text.slice(at + key.length))) return true;
  return false;
}
