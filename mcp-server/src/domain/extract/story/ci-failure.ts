import type { Fact } from '../contract.ts';
import { append, type FactGraph, pathOf } from './fact-graph.ts';

/** Jobs of pipelines, by file, and who calls a file as a reusable workflow; found once for a report. */
interface Jobs {
  inFile: ReadonlyMap<string, readonly Fact[]>;
  callers: ReadonlyMap<string, readonly Fact[]>;
}

const known = new WeakMap<FactGraph, Jobs>();
/** Reusable workflows may call others, four levels deep (docs.github.com, "Reusing workflows"). */
const deepest = 4;

/**
 * Jobs that run because a job failed: those of its pipeline that ask for it and wait for this job, directly or through
 * others; and the same where the workflow is called by a job of another one, which fails with it.
 */
export function jobsOnFailure(graph: FactGraph, job: Fact): Fact[] {
  const jobs = known.get(graph) ?? jobsOf(graph);
  known.set(graph, jobs);
  const found: Fact[] = [];
  let failed = [job];
  const seen = new Set(failed);
  for (let level = 0; level <= deepest && failed.length > 0; level++) {
    const next: Fact[] = [];
    for (const one of failed) {
      found.push(...waiting(one, jobs.inFile.get(pathOf(one)) ?? []));
      for (const caller of jobs.callers.get(pathOf(one)) ?? [])
        if (!seen.has(caller)) {
          seen.add(caller);
          next.push(caller);
        }
    }
    failed = next;
  }
  return [...new Set(found)].filter((one) => one !== job);
}

/** Those of a file that ask for a failure and come after a job: they need it, or their stage is a later one. */
function waiting(job: Fact, all: readonly Fact[]): Fact[] {
  const asking = all.filter(({ attributes }) => attributes['onFailure'] === true);
  if (asking.length === 0) return [];
  const after = new Set([job.name]);
  // Jobs may stand in any order: as many rounds as the chain is long, and no more than there are jobs.
  for (let size = 0; size < after.size; ) {
    size = after.size;
    for (const one of all) if (needsOf(one).some((name) => after.has(name))) after.add(one.name);
  }
  const stage = Number(job.attributes['order']);
  return asking.filter((one) => {
    if (one.format !== 'gitlab-ci') return after.has(one.name);
    // What only waits for a job that was skipped is skipped with it.
    const needs = needsOf(one);
    return needs.length > 0 ? needs.includes(job.name) : Number(one.attributes['order']) > stage;
  });
}

function needsOf({ attributes }: Fact): readonly string[] {
  const { needs } = attributes;
  return Array.isArray(needs) ? needs.map(String) : [];
}

function jobsOf(graph: FactGraph): Jobs {
  const inFile = new Map<string, Fact[]>();
  const callers = new Map<string, Fact[]>();
  for (const fact of graph.report.facts) {
    if (fact.kind !== 'job' || (fact.format !== 'github-actions' && fact.format !== 'gitlab-ci')) continue;
    append(inFile, pathOf(fact), fact);
    const { uses } = fact.attributes;
    if (typeof uses === 'string' && uses.startsWith('./')) append(callers, uses.slice(2), fact);
  }
  return { inFile, callers };
}
