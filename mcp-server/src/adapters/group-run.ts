import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Captured, RunResult } from '../app/ports/running.ts';
import { endGroup, withGroup } from './process-group.ts';

/** How long the pipes may stay open after the program itself has ended. */
const GRACE_MS = 1000;

/**
 * Runs a program without a terminal and without input, and ends its whole process group at the limit.
 *
 * @returns what it came to, or why it cannot be started
 */
export async function runInGroup(
  program: string,
  args: readonly string[],
  options: { cwd: string; env: NodeJS.ProcessEnv; timeoutMs: number; keptBytes: number },
): Promise<Omit<RunResult, 'secrets'> | { cause: Error }> {
  const started = process.hrtime.bigint();
  const child = spawn(program, [...args], {
    cwd: options.cwd,
    env: options.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let timedOut = false;
  const end = () => endGroup(child.pid);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, options.timeoutMs);
  const streams = Promise.all([child.stdout, child.stderr].map((one) => capture(one, options.keptBytes)));
  try {
    const exit = await withGroup(child.pid, () => exitOf(child));
    if (exit instanceof Error) return { cause: exit };
    // A background process that kept the pipes open would keep us waiting: what is left of the group ends here.
    end();
    // One that left the group cannot be ended; what it still writes is not waited for.
    const grace = setTimeout(() => [child.stdout, child.stderr].map((stream) => stream.destroy()), GRACE_MS);
    const [stdout, stderr] = (await streams) as [Captured, Captured];
    clearTimeout(grace);
    const durationMs = Number(process.hrtime.bigint() - started) / 1e6;
    return { exit: timedOut ? null : exit, timedOut, stdout, stderr, durationMs };
  } finally {
    clearTimeout(timer);
  }
}

function exitOf(child: ChildProcess): Promise<number | null | Error> {
  return new Promise((resolve) => {
    child.once('error', resolve);
    child.once('exit', (code) => resolve(code));
  });
}

function capture(stream: Readable, keptBytes: number): Promise<Captured> {
  const hash = createHash('sha256');
  const half = keptBytes / 2;
  const head = new Kept(half, 'first');
  const tail = new Kept(half, 'last');
  let bytes = 0;
  stream.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    const fits = head.room;
    head.add(chunk.subarray(0, fits));
    tail.add(chunk.subarray(fits));
  });
  return new Promise((resolve) => {
    const done = () => {
      let [first, last] = [head.bytes(), tail.bytes()];
      if (bytes > first.length + last.length) [first, last] = wholeLines(first, last);
      const cut = bytes - first.length - last.length;
      const text = first.toString('utf8') + (cut > 0 ? `\n[${cut} bytes left out]\n` : '') + last.toString('utf8');
      resolve({ text, bytes, sha256: hash.digest('hex') });
    };
    stream.once('close', done);
  });
}

/** Half a line at a cut could be half a secret, which nothing would recognise. Lines longer than this are cut all the same. */
const MAX_LINE = 8192;

function wholeLines(head: Buffer, tail: Buffer): [Buffer, Buffer] {
  const last = head.lastIndexOf('\n') + 1;
  const first = tail.indexOf('\n') + 1;
  return [
    head.length - last < MAX_LINE ? head.subarray(0, last) : head,
    first > 0 && first < MAX_LINE ? tail.subarray(first) : tail,
  ];
}

/** The first or the last bytes of a stream, kept as they came: joining at every chunk would take quadratic time. */
class Kept {
  readonly #most: number;
  readonly #end: 'first' | 'last';
  #chunks: Buffer[] = [];
  #length = 0;

  constructor(most: number, end: 'first' | 'last') {
    this.#most = most;
    this.#end = end;
  }

  get room(): number {
    return Math.max(0, this.#most - this.#length);
  }

  add(chunk: Buffer): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    if (this.#end === 'first' || this.#length <= 2 * this.#most) return;
    this.#chunks = [this.bytes()];
    this.#length = this.#most;
  }

  bytes(): Buffer {
    const all = Buffer.concat(this.#chunks);
    return this.#end === 'first' ? all.subarray(0, this.#most) : all.subarray(-this.#most);
  }
}
