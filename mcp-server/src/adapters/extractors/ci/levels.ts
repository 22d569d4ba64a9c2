/** Level of every job in the graph of needs, from 1: a job comes after all that it needs. A cycle ends where it closes. */
export function levelsOf(jobs: readonly { name: string; needs: readonly string[] }[]): Map<string, number> {
  const needs = new Map(jobs.map((job) => [job.name, job.needs]));
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const job of jobs) {
    const known = new Set(job.needs.filter((need) => needs.has(need)));
    waiting.set(job.name, known.size);
    for (const need of known) {
      const list = followers.get(need);
      if (list === undefined) followers.set(need, [job.name]);
      else list.push(job.name);
    }
  }
  // Kahn, "Topological sorting of large networks", 1962.
  const levels = new Map<string, number>();
  let ready = jobs.filter((job) => waiting.get(job.name) === 0).map((job) => job.name);
  for (let level = 1; ready.length > 0; level++) {
    const next: string[] = [];
    for (const name of ready) {
      levels.set(name, level);
      for (const follower of followers.get(name) ?? []) {
        const left = (waiting.get(follower) ?? 0) - 1;
        waiting.set(follower, left);
        if (left === 0) next.push(follower);
      }
    }
    ready = next;
  }
  for (const job of jobs) if (!levels.has(job.name)) levels.set(job.name, levels.size + 1);
  return levels;
}
