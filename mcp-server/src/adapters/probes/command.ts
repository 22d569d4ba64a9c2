import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { setPriority } from 'node:os';
import { endGroup, withGroup } from '../process-group.ts';

/** Longest answer of a program. The list of everything that a large Ansible installation offers has a megabyte. */
const MAX_BYTES = 16 * 1024 * 1024;

/** How long the pipes may stay open after the program itself has ended. */
const GRACE_MS = 500;

export interface Ran {
  /** null when it was ended by a signal. */
  exit: number | null;
  out: string;
  err: string;
  bytes: number;
  sha256: string;
}

/** Why a program did not come to its end. */
export type NotRun = { why: 'missing' | 'forbidden' | 'too-long' | 'stopped' };

/**
 * Runs a program without a shell, without input and with a process group of its own, which ends with it.
 *
 * @param signal ends it early
 * @param nice how far behind others it stands where processors are short, as in nice(1)
 */
export function runCommand(
  [program, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  signal: AbortSignal,
  nice = 0,
): Promise<Ran | NotRun> {
  if (signal.aborted) return Promise.resolve({ why: 'stopped' });
  const child = spawn(program, args, { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  if (nice > 0 && child.pid !== undefined) standBehind(child.pid, nice);
  return withGroup(child.pid, () => settle(child, signal));
}

function standBehind(pid: number, nice: number): void {
  try {
    setPriority(pid, nice);
  } catch {
    // It has ended, or the system has no such order: then it runs as any other.
  }
}

function settle(child: ChildProcess, signal: AbortSignal): Promise<Ran | NotRun> {
  return new Promise((resolve) => {
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    const hash = createHash('sha256');
    let bytes = 0;
    const end = (result: Ran | NotRun) => {
      signal.removeEventListener('abort', stop);
      endGroup(child.pid);
      // What left the group keeps the pipes open; nobody waits for it.
      child.stdout?.destroy();
      child.stderr?.destroy();
      resolve(result);
    };
    const stop = () => end({ why: 'stopped' });
    signal.addEventListener('abort', stop, { once: true });
    const collect = (into: Buffer[]) => (chunk: Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
      if (bytes > MAX_BYTES) end({ why: 'too-long' });
      else into.push(chunk);
    };
    child.stdout?.on('data', collect(out));
    child.stderr?.on('data', collect(err));
    child.once('error', (error: NodeJS.ErrnoException) =>
      end({ why: error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'missing' : 'forbidden' }),
    );
    const done = (exit: number | null) => () => {
      clearTimeout(grace);
      end({ exit, out: text(out), err: text(err), bytes, sha256: hash.copy().digest('hex') });
    };
    let grace: NodeJS.Timeout | undefined;
    child.once('exit', (exit) => {
      // A helper in the background must not keep the answer waiting, in the group or out of it.
      endGroup(child.pid);
      grace = setTimeout(done(exit), GRACE_MS);
      child.once('close', done(exit));
    });
  });
}

const text = (chunks: readonly Buffer[]) => Buffer.concat(chunks).toString('utf8');
