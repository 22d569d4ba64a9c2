/** Process groups that have to end when this program does: nobody else knows of them. */
const running = new Set<number>();
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Ends every process of a group that is still there. */
export function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Already gone.
  }
}

/**
 * Runs `work` and ends the group when this program is told to end meanwhile. A group of its own gets no Ctrl-C.
 *
 * @param pid its leader
 */
export async function withGroup<T>(pid: number | undefined, work: () => Promise<T>): Promise<T> {
  if (pid === undefined) return work();
  if (running.size === 0) for (const signal of SIGNALS) process.on(signal, endAll);
  running.add(pid);
  try {
    return await work();
  } finally {
    running.delete(pid);
    if (running.size === 0) for (const signal of SIGNALS) process.off(signal, endAll);
  }
}

function endAll(signal: NodeJS.Signals): void {
  for (const pid of running) endGroup(pid);
  for (const one of SIGNALS) process.off(one, endAll);
  process.kill(process.pid, signal);
}
