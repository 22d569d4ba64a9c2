import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { Finding } from '../domain/finding.ts';
import { progress } from './progress.ts';

/** Below this many deliveries a thread costs more than it saves: it starts in the time of about five. */
const LEAST = 16;
/** Each takes some 150 MB. */
const MOST_THREADS = 4;
/** The parser leaves much behind that lives briefly; with room for it, a tenth of the time is saved. */
const YOUNG_MB = 32;

/**
 * The findings of many deliveries, found by several threads. A delivery that could not be validated there, for whatever
 * reason, is left out of the answer: the caller validates it and gets the fault.
 *
 * @param cwd a folder in the project
 */
export async function findingsFromThreads(ids: readonly string[], cwd: string): Promise<Map<string, Finding[]>> {
  const found = new Map<string, Finding[]>();
  const threads = Math.min(availableParallelism(), MOST_THREADS, Math.floor(ids.length / (LEAST / 2)));
  if (ids.length < LEAST || threads < 2) return found;
  const shown = progress('validating', 'deliveries');
  // Dealt out in turn, so that large neighbours do not all go to one.
  const hands = Array.from({ length: threads }, (_, at) => ids.filter((_id, n) => n % threads === at));
  await Promise.all(
    hands.map(
      (hand) =>
        new Promise<void>((resolve) => {
          const worker = new Worker(new URL('./validate-thread.mjs', import.meta.url), {
            workerData: { cwd, ids: hand },
            resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
          });
          worker.on('message', ({ id, findings }: { id: string; findings: Finding[] }) => {
            found.set(id, findings);
            shown.tick(found.size, id);
          });
          worker.on('error', () => {});
          worker.on('exit', () => resolve());
        }),
    ),
  );
  shown.done();
  return found;
}
