// One of the threads that validate many deliveries; validate-threads.ts starts it.
import { parentPort, workerData } from 'node:worker_threads';
import { validate } from '../app/validate.ts';
import { compose } from './compose.ts';

const { cwd, ids } = workerData as { cwd: string; ids: readonly string[] };
const { ports } = compose(cwd, process.env);
for (const id of ids) {
  try {
    parentPort!.postMessage({ id, findings: validate(ports, id).data.findings });
  } catch {
    // Left to the program itself: a fault keeps its class, its place and its words only there.
  }
}
