import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { basename, dirname, join, relative, sep } from 'node:path';
import type { SourceTree, TreeEntry } from '../app/ports/extraction.ts';
import { sourceTree } from './extract/walk.ts';

/** Claude Code keeps a session at `projects/<folder with every other sign as ->/<session id>.jsonl` below its own folder. */
const folderName = (from: string) => from.replace(/[^A-Za-z0-9]/g, '-');
const projectsOf = (env: NodeJS.ProcessEnv) =>
  join(env['CLAUDE_CONFIG_DIR'] || join(env['HOME'] || homedir(), '.claude'), 'projects');
const SESSION = /^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/;

/**
 * The transcript of a session that was held in a folder. `latest` is the one that the client named to a hook of this very
 * call, else the one that the client names in the environment, else the one that was written last. Undefined when there is none.
 *
 * @param wanted `latest`, or the id of a session
 * @param named path that the client gave to a hook; believed only where sessions are kept
 */
export function findTranscript(
  wanted: string,
  from: string,
  env: NodeJS.ProcessEnv,
  named?: string,
): string | undefined {
  if (wanted === 'latest' && named !== undefined && isTranscript(named, env)) return named;
  if (wanted !== 'latest' && !SESSION.test(wanted)) return undefined;
  const folders = [...new Set([from, real(from)])].map((one) => join(projectsOf(env), folderName(one)));
  const found = folders.flatMap(transcriptsIn);
  const byId = (id: string) => found.filter((one) => one.id === id);
  const own = wanted === 'latest' ? byId(env['CLAUDE_CODE_SESSION_ID'] ?? '') : byId(wanted);
  const chosen = wanted === 'latest' && own.length === 0 ? found : own;
  return chosen.sort((a, b) => b.written - a.written || (a.path < b.path ? -1 : 1))[0]?.path;
}

/** A session with what the agents below it did: their transcripts lie in `<session id>/subagents/` beside its own. */
export const sessionTree: SourceTree = {
  async *walk(root, options) {
    const beside = dirname(root);
    const below = join(beside, basename(root, '.jsonl'), 'subagents');
    const agents = list(below).filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl'));
    for (const path of [root, ...agents.map(({ name }) => join(below, name))]) {
      const folder = relative(beside, dirname(path)).split(sep).join('/');
      const at = (name: string) => (folder === '' ? name : `${folder}/${name}`);
      const own = { ...options, digestOf: (name: string) => options.digestOf?.(at(name)) };
      for await (const entry of sourceTree.walk(path, own)) yield under(at, entry);
    }
  },
};

function under(at: (path: string) => string, entry: TreeEntry): TreeEntry {
  if (entry.kind === 'file') return { ...entry, file: { ...entry.file, path: at(entry.file.path) } };
  if (entry.kind === 'skipped') return { ...entry, entry: { ...entry.entry, path: at(entry.entry.path) } };
  return { ...entry, path: at(entry.path) };
}

function isTranscript(path: string, env: NodeJS.ProcessEnv): boolean {
  try {
    return path.endsWith('.jsonl') && realpathSync(path).startsWith(`${realpathSync(projectsOf(env))}${sep}`);
  } catch {
    return false;
  }
}

function transcriptsIn(folder: string): { id: string; path: string; written: number }[] {
  return (
    list(folder)
      // Older clients lay what an agent below the main one did beside the session, under its own name.
      .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl') && !entry.name.startsWith('agent-'))
      .flatMap(({ name }) => {
        const path = join(folder, name);
        const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
        return written === undefined ? [] : [{ id: basename(name, '.jsonl'), path, written }];
      })
  );
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
