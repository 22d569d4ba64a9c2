import { append } from '../../extract/story/fact-graph.ts';
import { objectOf } from '../effect.ts';
import type { Call, Run } from '../run.ts';
import { align, type Node } from './align.ts';
import { coarse, inputKey, sequenceOf } from './items.ts';
import { type HumanStep, type Job, type JobStep, observedShare, type StepValue } from './job.ts';
import { foldLoops } from './loops.ts';
import { majorityOrder } from './order.ts';
import { signaturesOf } from './signatures.ts';
import { ValueReader } from './values.ts';
import { type Placed, variationsOf } from './variations.ts';

const mostEvidence = 20;
/** How far behind a write a read may stand to verify it; steps. */
const farthestRead = 200;

/**
 * What runs of one job have in common: the steps of the majority in their order, what varies and what never does, where
 * runs part and what tells them apart. Pure; the same runs in the same order give the same job.
 */
export function mineJob(name: string, runs: readonly Run[]): Job {
  const signatureOf = signaturesOf(runs);
  const sequences = foldLoops(runs.map((run) => sequenceOf(run, signatureOf)));
  const { nodes, anyOrder } = majorityOrder(align(sequences));
  const chosen = nodes.filter((node) => node.items.size * 2 > runs.length && !isDetour(node, runs.length));
  const titles = titlesOf(chosen);
  const values = new ValueReader(runs);
  const numbers = new Map(chosen.map((node, at) => [node, at + 1]));
  const steps = nodes.flatMap((node) => {
    const number = numbers.get(node);
    if (number === undefined) values.pass(node);
    return number === undefined ? [] : [stepOf(node, number, titles[number - 1] as string, values.read(node, number))];
  });
  const free = new Map<number, number[]>();
  for (const [a, b] of anyOrder) pair(free, numbers.get(nodes[a] as Node), numbers.get(nodes[b] as Node));
  return {
    name,
    runs,
    steps: verified(steps.map((step) => ({ ...step, anyOrder: companions(free.get(step.number)) }))),
    inputs: values.found(),
    variations: runs.length < 2 ? [] : variationsOf(placed(nodes, numbers, titles), runs),
    people: peopleOf(runs, chosen),
    abandoned: sequences.flatMap((sequence) => sequence.abandoned),
    unused: unusedOf(runs),
  };
}

/** What only mends a failure, in a minority of the runs that it might have happened in. */
function isDetour({ items }: Node, runs: number): boolean {
  return runs > 1 && items.size / runs <= observedShare && [...items.values()].every((item) => item.recovery);
}

/** The tool and what tells this use of it; numbers only where that is not enough. */
function titlesOf(nodes: readonly Node[]): string[] {
  const counts = new Map<string, number>();
  return nodes.map(({ signature }) => {
    const title = signature.replace(/[\p{Cc}\s]+/gu, ' ').slice(0, 120);
    const count = (counts.get(title) ?? 0) + 1;
    counts.set(title, count);
    return count === 1 ? title : `${title}, time ${count}`;
  });
}

function stepOf(node: Node, number: number, title: string, values: readonly StepValue[]): JobStep {
  const items = [...node.items.values()];
  const calls = items.flatMap((item) => item.calls);
  const first = calls[0] as Call;
  const turns = items.map((item) => item.calls.length);
  const most = Math.max(...turns);
  return {
    number,
    title,
    tool: first.tool,
    effect: calls.some((call) => call.effect === 'write') ? 'write' : first.effect,
    object: first.label === '' ? objectOf(first.tool) : ((first.label.split(' && ').at(-1) ?? '').split(' ')[0] ?? ''),
    support: items.length,
    turns: { least: Math.min(...turns), most },
    polls: most > 1 && items.every((item) => new Set(item.calls.map(inputKey)).size === 1),
    retried: items.filter((item) => item.failures.length > 0).length,
    errors: [...new Set(items.flatMap((item) => item.failures.flatMap((call) => call.error ?? [])))].slice(0, 3),
    recovery: items.every((item) => item.recovery),
    values,
    anyOrder: [],
    verifiedBy: undefined,
    evidence: items.flatMap((item) => item.calls.slice(0, 1).map((call) => call.at)).slice(0, mostEvidence),
    calls,
  };
}

/** With more companions than this a step has no order at all, and naming them tells nothing. */
const mostFree = 20;

function pair(free: Map<number, number[]>, a: number | undefined, b: number | undefined): void {
  if (a === undefined || b === undefined) return;
  append(free, a, b);
  append(free, b, a);
}

const companions = (numbers: readonly number[] = []) => [...numbers].sort((a, b) => a - b).slice(0, mostFree);

/** A write is verified by the next read of the same thing, or of a value that it was given or gave. */
function verified(steps: readonly JobStep[]): JobStep[] {
  return steps.map((step, at) => {
    if (step.effect !== 'write') return step;
    const reads = steps.slice(at + 1, at + 1 + farthestRead).filter((later) => later.effect === 'read');
    const same =
      reads.find((later) => later.object !== '' && later.object === step.object) ??
      reads.find((later) => shares(step, later));
    return { ...step, verifiedBy: same?.number };
  });
}

function shares(write: JobStep, read: JobStep): boolean {
  const given = new Set(write.values.flatMap(({ origin }) => (origin.kind === 'input' ? [origin.name] : [])));
  return read.values.some(
    ({ origin }) =>
      (origin.kind === 'input' && given.has(origin.name)) || (origin.kind === 'result' && origin.step === write.number),
  );
}

/** Every node with the step of the sequence that it comes behind. */
function placed(nodes: readonly Node[], numbers: ReadonlyMap<Node, number>, titles: readonly string[]): Placed[] {
  let after = 0;
  return nodes.map((node) => {
    const number = numbers.get(node);
    const at = number === undefined || node.items.size === 0 ? after : number - 1;
    if (number !== undefined) after = number;
    return { node, after: at, title: number === undefined ? node.signature : (titles[number - 1] as string) };
  });
}

function peopleOf(runs: readonly Run[], chosen: readonly Node[]): HumanStep[] {
  const groups = new Map<string, { -readonly [Key in keyof HumanStep]: HumanStep[Key] } & { seen: Set<number> }>();
  for (const [run, { interventions, calls }] of runs.entries())
    for (const { kind, text, after, at } of interventions) {
      const done = new Set(calls.slice(0, after));
      let last = 0;
      for (const [index, node] of chosen.entries())
        if (node.items.get(run)?.calls.some((call) => done.has(call)) === true) last = index + 1;
      const key = `${kind} ${last}`;
      const group = groups.get(key) ?? {
        kind,
        after: last,
        support: 0,
        texts: [],
        evidence: [],
        seen: new Set<number>(),
      };
      group.seen.add(run);
      group.support = group.seen.size;
      if (!group.texts.includes(text) && group.texts.length < 3) group.texts = [...group.texts, text];
      if (group.evidence.length < mostEvidence) group.evidence = [...group.evidence, at];
      groups.set(key, group);
    }
  return [...groups.values()]
    .map(({ seen: _, ...group }) => group)
    .sort((a, b) => a.after - b.after || (a.kind < b.kind ? -1 : 1));
}

function unusedOf(runs: readonly Run[]): string[] {
  const used = new Set(runs.flatMap((run) => run.calls.flatMap((call) => [call.tool, coarse(call)])));
  const last = (name: string) => name.split(/[:]/).at(-1) as string;
  const usedLast = new Set([...used].map(last));
  return [...new Set(runs.flatMap((run) => run.offered))]
    .filter((name) => !used.has(name) && !usedLast.has(last(name)))
    .sort();
}
