import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { Captured, Shell } from '../app/ports.ts';
import { environmentFault } from '../domain/fault.ts';
import { endGroup, withGroup } from './process-group.ts';
import type { Project } from './work-tree.ts';

/** What is kept of a stream: as much from its beginning as from its end. */
const KEPT_BYTES = 256 * 1024;
/** How long the pipes may stay open after the check itself has ended. */
const GRACE_MS = 1000;
/** What every check may see of the environment; policy can add names. */
const ALLOWED = ['PATH', 'HOME', 'LANG', 'LC_ALL', 'TMPDIR', 'TZ', 'USER', 'SystemRoot'];

/** Runs check scripts: a clean environment, no terminal, no input, the whole process group ended at the limit. */
export function shell(project: Project, env: NodeJS.ProcessEnv): Shell {
  return {
    async run(lang, script, options) {
      const names = [...ALLOWED, ...options.env];
      const clean = Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
      const started = process.hrtime.bigint();
      const child = spawn(lang, ['-c', script], {
        cwd: project.root,
        env: { LANG: 'C.UTF-8', ...clean },
        stdio: ['ignore', 'pipe', 'pipe'],
        detached: true,
      });
      let timedOut = false;
      const end = () => endGroup(child.pid);
      const timer = setTimeout(() => {
        timedOut = true;
        end();
      }, options.timeoutMs);
      const streams = Promise.all([capture(child.stdout), capture(child.stderr)]);
      try {
        const exit = await withGroup(child.pid, () => exitOf(child, lang));
        // A background process that kept the pipes open would keep us waiting: what is left of the group ends here.
        end();
        // One that left the group cannot be ended; what it still writes is not waited for.
        const grace = setTimeout(() => [child.stdout, child.stderr].map((stream) => stream.destroy()), GRACE_MS);
        const [stdout, stderr] = await streams;
        clearTimeout(grace);
        const durationMs = Number(process.hrtime.bigint() - started) / 1e6;
        const secrets = options.env.flatMap((name) => env[name] ?? []);
        return { exit: timedOut ? null : exit, timedOut, stdout, stderr, durationMs, secrets };
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

function exitOf(child: ChildProcess, lang: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        environmentFault({ code: 'no-shell', message: `${lang} cannot be started`, cause, next: `install ${lang}` }),
      ),
    );
    child.once('exit', (code) => resolve(code));
  });
}

function capture(stream: Readable): Promise<Captured> {
  const hash = createHash('sha256');
  const half = KEPT_BYTES / 2;
  let bytes = 0;
  let head: Buffer = Buffer.alloc(0);
  let tail: Buffer = Buffer.alloc(0);
  stream.on('data', (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    const fits = Math.max(0, half - head.length);
    if (fits > 0) head = Buffer.concat([head, chunk.subarray(0, fits)]);
    if (chunk.length > fits) tail = Buffer.concat([tail, chunk.subarray(fits)]).subarray(-half);
  });
  return new Promise((resolve) => {
    const done = () => {
      if (bytes > head.length + tail.length) [head, tail] = wholeLines(head, tail);
      const cut = bytes - head.length - tail.length;
      const text = head.toString('utf8') + (cut > 0 ? `\n[${cut} bytes left out]\n` : '') + tail.toString('utf8');
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
