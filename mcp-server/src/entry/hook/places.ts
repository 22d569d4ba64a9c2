import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Project } from '../../adapters/work-tree.ts';
import { home, inside, realOf } from './real-path.ts';
import { dataFolder } from './session.ts';

/** A folder that only Countersign or a person writes, and what to do instead. */
interface Place {
  readonly folder: string;
  readonly what: string;
}

export const clientConfig = () => process.env['CLAUDE_CONFIG_DIR'] || join(home(), '.claude');

/** Folders outside the artifacts that the guard and the approvals rest on. */
function places(project: Project | undefined): Place[] {
  const { env } = process;
  const config = env['XDG_CONFIG_HOME'] || join(home(), '.config');
  const state = env['XDG_STATE_HOME'] || join(home(), '.local', 'state');
  const list: Place[] = [
    {
      folder: join(config, 'countersign'),
      what: 'holds the signers a person accepted; a person changes them with countersign trust in their own terminal',
    },
    {
      folder: join(state, 'countersign'),
      what: 'holds the ledger heads seen on this machine; countersign keeps it, a person may run countersign verify --forget-seen',
    },
    {
      folder: dataFolder(),
      what: "is the guard's own memory of its sessions; /delivery-status unbind unbinds this one",
    },
    {
      folder: join(clientConfig(), 'plugins'),
      what: 'holds the installed plugins; a person manages them with claude plugin',
    },
  ];
  if (dataFolder() !== join(tmpdir(), 'countersign'))
    list.push({ folder: join(tmpdir(), 'countersign'), what: "is the guard's memory of its sessions" });
  if (project !== undefined)
    list.push({
      folder: join(project.gitDir, 'countersign'),
      what: "holds the guard's index and the ledger's locks; it is derived, countersign compiles it anew",
    });
  const plugin = env['CLAUDE_PLUGIN_ROOT'];
  // A person who develops the plugin itself has it in the project.
  if (plugin && (project === undefined || inside(project.root, realOf(plugin)) === undefined))
    list.push({ folder: plugin, what: 'is the installed plugin; a person updates it with claude plugin update' });
  return list;
}

/**
 * Why an absolute path outside the artifacts is not for writing; undefined when nothing speaks against it.
 *
 * @param tree whether everything below the path is lost or replaced too
 */
export function placeReason(path: string, tree: boolean, project: Project | undefined): string | undefined {
  for (const { folder, what } of places(project)) {
    for (const one of new Set([folder, realOf(folder)])) {
      const below = inside(one, path) !== undefined;
      // The repository's own root is judged by the record it holds.
      const above = tree && path !== project?.root && inside(path, one) !== undefined;
      if (below || above) return `${path}${below ? '' : ` reaches ${folder}, which`} ${what}. Nothing was written.`;
    }
  }
  return undefined;
}
