import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What is typed when a pattern shows up: `{0}` is its first group. Patterns are Python's. */
export type Step = readonly [pattern: string, answer: string];

export interface Session {
  screen: string;
  exit: number;
  seconds: number;
  timedOut: boolean;
  /** Patterns that never showed up. */
  unanswered: string[];
}

const DRIVER = fileURLToPath(new URL('terminal.py', import.meta.url));

/** Runs a program in a real terminal of its own, as a person would, and types the answers. */
export function atTerminal(
  argv: readonly string[],
  options: { cwd: string; env: Record<string, string>; steps?: readonly Step[]; seconds?: number },
): Session {
  const { cwd, env, steps = [], seconds = 20 } = options;
  const ran = spawnSync('python3', [DRIVER], {
    input: JSON.stringify({ argv, cwd, env, steps, seconds }),
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
  });
  if (ran.status !== 0) throw new Error(`the terminal could not be opened: ${ran.stderr}`);
  return JSON.parse(ran.stdout) as Session;
}
