// Child programs: run to success or fail with everything they said; ended together with what they started.
import { spawn } from 'node:child_process';

/**
 * @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<string>} stdout
 * @throws {Error} with command, exit and output, when it fails or takes longer than `timeoutMs`
 */
export async function run(program, args, { timeoutMs = 120_000, ...options } = {}) {
  const { exitCode, timedOut, stdout, stderr } = await finish(program, args, { timeoutMs, ...options });
  if (exitCode === 0 && !timedOut) return stdout;
  const end = timedOut ? `not done within ${timeoutMs} ms` : `exit ${exitCode}`;
  throw new Error(`${program} ${args.join(' ')}: ${end}\n${stdout}${stderr}`);
}

/**
 * Runs a program in a process group of its own, which ends as a whole when the time is up or this process exits.
 * @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs: number }} options
 * @returns {Promise<{ exitCode: number | null, timedOut: boolean, stdout: string, stderr: string }>}
 * @throws when the program cannot be started
 */
export async function finish(program, args, { timeoutMs, ...options }) {
  // spawn, because execFile drops `detached`: there would be no group to end.
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const kill = () => killGroup(child.pid);
  process.once('exit', kill);
  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    kill();
  }, timeoutMs);
  const output = { stdout: '', stderr: '' };
  for (const name of /** @type {const} */ (['stdout', 'stderr'])) {
    child[name].setEncoding('utf8').on('data', (text) => {
      output[name] += text;
    });
  }
  try {
    const exitCode = await new Promise((resolve, reject) => child.on('error', reject).on('close', resolve));
    return { exitCode, timedOut, ...output };
  } finally {
    clearTimeout(timer);
    process.off('exit', kill);
  }
}

/** Ends a process group at once; one that is gone already is fine. @param {number | undefined} leader */
export function killGroup(leader) {
  if (leader === undefined) return;
  try {
    process.kill(-leader, 'SIGKILL');
  } catch {
    // Gone.
  }
}
