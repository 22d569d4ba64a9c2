import { byCodeUnits } from '../extract/order.ts';
import { coarse } from './mine/items.ts';
import type { Job } from './mine/job.ts';
import { mineJob } from './mine/mine.ts';
import type { Run } from './run.ts';

/** Runs whose steps overlap by less than this (Jaccard index) did not do the same job. */
const leastShared = 0.5;
const mostKinds = 400;
const mostNameLength = 60;

interface Group {
  named: string | undefined;
  kinds: ReadonlySet<string>;
  runs: Run[];
}

/**
 * Tells jobs apart: by the name that sessions give, else by the tools that they use. Each job with what its runs have in
 * common; names are unique. Runs come in the order of their files.
 */
export function jobsOf(runs: readonly Run[]): Job[] {
  const sorted = [...runs].sort(
    (a, b) => byCodeUnits(a.at.path, b.at.path) || a.at.line - b.at.line || byCodeUnits(a.id, b.id),
  );
  const groups: Group[] = [];
  for (const run of sorted) {
    const kinds = new Set(run.calls.slice(0, mostKinds).map(coarse));
    const group = groups.find((one) =>
      run.job === undefined
        ? one.named === undefined && shared(one.kinds, kinds) >= leastShared
        : one.named === run.job,
    );
    if (group === undefined) groups.push({ named: run.job, kinds, runs: [run] });
    else group.runs.push(run);
  }
  const names = new Map<string, number>();
  return groups.map((group) => {
    const base = nameOf(group);
    const count = (names.get(base) ?? 0) + 1;
    names.set(base, count);
    return mineJob(count === 1 ? base : `${base} (${count})`, group.runs);
  });
}

function shared(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let both = 0;
  for (const one of b) if (a.has(one)) both++;
  return both / (a.size + b.size - both || 1);
}

/** The name that sessions give, else what the person asked for first, else the session. */
function nameOf({ named, runs }: Group): string {
  const [first] = runs;
  const name = named ?? commonPrompt(runs) ?? first?.id ?? 'job';
  const plain = name
    .replace(/[^\p{L}\p{N} ._()[\]…-]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const short = plain.length > mostNameLength ? plain.slice(0, mostNameLength).replace(/ [^ ]*$/, '') : plain;
  return short === '' ? 'job' : short;
}

/** What all prompts say, with a mark where they differ; the first one where they are not alike. */
function commonPrompt(runs: readonly Run[]): string | undefined {
  const prompts = runs.flatMap((run) => run.prompt ?? []).map((prompt) => prompt.split(' '));
  const [first] = prompts;
  if (first === undefined || prompts.some((words) => words.length !== first.length)) return first?.join(' ');
  return first.map((word, at) => (prompts.every((words) => words[at] === word) ? word : '…')).join(' ');
}
