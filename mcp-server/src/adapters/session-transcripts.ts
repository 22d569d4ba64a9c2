import { readdirSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Claude Code keeps a session at `projects/<folder with every other sign as ->/<session id>.jsonl` below its own folder. */
const folderName = (from: string) => from.replace(/[^A-Za-z0-9]/g, '-');

/**
 * The transcript of a session that was held in a folder: by its id, or the one that was written last (`latest`), which for
 * the asking client is its own. Undefined when there is none.
 */
export function findTranscript(wanted: string, from: string, env: NodeJS.ProcessEnv): string | undefined {
  const config = env['CLAUDE_CONFIG_DIR'] || join(env['HOME'] || homedir(), '.claude');
  const folders = [...new Set([from, real(from)])].map((one) => join(config, 'projects', folderName(one)));
  if (wanted !== 'latest' && !/^[A-Za-z0-9][A-Za-z0-9-]{0,63}$/.test(wanted)) return undefined;
  const found = folders.flatMap(transcriptsIn);
  const named = wanted === 'latest' ? found : found.filter(({ id }) => id === wanted);
  return named.sort((a, b) => b.written - a.written || (a.path < b.path ? -1 : 1))[0]?.path;
}

function transcriptsIn(folder: string): { id: string; path: string; written: number }[] {
  try {
    return (
      readdirSync(folder, { withFileTypes: true })
        // What an agent below the main one did is part of the main session's file, or lies beside it under its own name.
        .filter((entry) => entry.isFile() && entry.name.endsWith('.jsonl') && !entry.name.startsWith('agent-'))
        .map(({ name }) => {
          const path = join(folder, name);
          return { id: name.slice(0, -'.jsonl'.length), path, written: statSync(path).mtimeMs };
        })
    );
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
