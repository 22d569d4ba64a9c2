import { availableParallelism } from 'node:os';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import type { Hands } from '../app/together.ts';
import { progress } from './progress.ts';

/** Each takes some 150 MB. */
const MOST_THREADS = 4;
/** Reading leaves much behind that lives briefly; with room for it, a tenth of the time is saved. */
const YOUNG_MB = 32;

/** What a thread is started with, in `workerData`. */
interface Share {
  ids: readonly string[];
  /** One number, of the next id that nobody has taken. */
  taken: Int32Array;
  given: unknown;
}

/** What a thread sends for one id. */
interface Done {
  id: string;
  result: unknown;
}

/** The next id that nobody has taken: whoever is ready takes it, so that large ones hold nobody else up. */
const takeNext = ({ ids, taken }: Share): string | undefined => ids[Atomics.add(taken, 0, 1)];

/**
 * What a thread does with its share. Whatever it cannot do is left to the program itself: a fault keeps its class, its place
 * and its words only there.
 *
 * @param prepare from what the thread was given to what is done for one id; results are plain data
 */
export function doShare<Given>(prepare: (given: Given) => (id: string) => unknown): void {
  const share = workerData as Share;
  const one = prepare(share.given as Given);
  for (let id = takeNext(share); id !== undefined; id = takeNext(share)) {
    try {
      const done: Done = { id, result: one(id) };
      parentPort!.postMessage(done);
    } catch {
      // See above.
    }
  }
}

/**
 * Starts threads on work that is the same for many ids.
 *
 * @param work module that a thread runs, what it is given, what the progress line calls it, and with how many ids one is
 *   worth its start
 */
export function shareWork<Result>(
  ids: readonly string[],
  work: { module: string; given: unknown; what: string; worth: number },
): Hands<Result> {
  const taken = new Int32Array(new SharedArrayBuffer(4));
  const share: Share = { ids, taken, given: work.given };
  const found = new Map<string, Result>();
  const shown = progress(work.what, 'deliveries');
  // The caller is one of the hands.
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.floor(ids.length / work.worth)) - 1;
  const workers = Array.from(
    { length: Math.max(0, threads) },
    () =>
      new Worker(new URL(work.module, import.meta.url), {
        workerData: share,
        resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
      }),
  );
  const ends = workers.map(
    (worker) =>
      new Promise<void>((resolve) => {
        worker.on('message', ({ id, result }: Done) => {
          found.set(id, result as Result);
        });
        worker.on('error', () => {});
        worker.on('exit', () => resolve());
      }),
  );
  return {
    next() {
      const id = takeNext(share);
      if (id !== undefined) shown.tick(taken[0]!, id);
      return id;
    },
    async theirs() {
      await Promise.all(ends);
      shown.done();
      return found;
    },
    stop() {
      for (const worker of workers) void worker.terminate();
    },
  };
}
