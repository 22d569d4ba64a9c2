import { execFile } from 'node:child_process';

export interface Ran {
  /** null when it was ended by a signal or the time limit. */
  exit: number | null;
  out: string;
  err: string;
}

/** Runs a program without a shell; undefined when it is not installed. */
export function run(
  program: string,
  args: readonly string[],
  options: { cwd?: string; env: NodeJS.ProcessEnv; timeoutMs?: number; input?: string },
): Promise<Ran | undefined> {
  const { timeoutMs = 30_000, input = '', ...rest } = options;
  return new Promise((resolve) => {
    const child = execFile(
      program,
      [...args],
      { ...rest, encoding: 'utf8', timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: 256 * 1024 * 1024 },
      (error, out, err) => {
        const code = (error as { code?: unknown } | null)?.code;
        if (code === 'ENOENT') return resolve(undefined);
        return resolve({ exit: error === null ? 0 : typeof code === 'number' ? code : null, out, err });
      },
    );
    // A program that does not read its input may be gone before it is written.
    child.stdin?.on('error', () => {});
    child.stdin?.end(input);
  });
}
