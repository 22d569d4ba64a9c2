// Child programs that are expected to succeed: their output when they do, everything they said when they do not.
import { execFile } from 'node:child_process';

/**
 * @param {string} program @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, timeoutMs?: number }} [options]
 * @returns {Promise<string>} stdout
 * @throws {Error} with command, exit and output, when it fails or takes longer than `timeoutMs`
 */
export function run(program, args, { cwd, env, timeoutMs = 120_000 } = {}) {
  const options = { cwd, env, timeout: timeoutMs, killSignal: /** @type {const} */ ('SIGKILL'), maxBuffer: 64 << 20 };
  return new Promise((resolve, reject) => {
    const child = execFile(program, args, options, (error, stdout, stderr) => {
      if (!error) return resolve(stdout);
      const end = error.killed ? `killed after ${timeoutMs} ms` : `exit ${error.code}`;
      reject(new Error(`${program} ${args.join(' ')}: ${end}\n${stdout}${stderr}`, { cause: error }));
    });
    child.stdin?.end();
  });
}
