// Child programs: run to success or fail with everything they said; ended together with what they started.
import { execFile } from 'node:child_process';

/**
 * @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<string>} stdout
 * @throws {Error} with command, exit and output, when it fails or takes longer than `timeoutMs`
 */
export function run(program, args, { timeoutMs = 120_000, ...options } = {}) {
  return new Promise((resolve, reject) => {
    let late = false;
    // spawn takes `detached` from here too: the child leads a process group, which ends as a whole.
    const spawned = { ...options, maxBuffer: 64 << 20, detached: true };
    const child = execFile(program, args, spawned, (error, stdout, stderr) => {
      clearTimeout(timer);
      if (!error) return resolve(stdout);
      const end = late ? `not done within ${timeoutMs} ms` : `exit ${error.code}`;
      reject(new Error(`${program} ${args.join(' ')}: ${end}\n${stdout}${stderr}`, { cause: error }));
    });
    const timer = setTimeout(() => {
      late = true;
      killGroup(child.pid);
    }, timeoutMs);
    child.stdin?.end();
  });
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
