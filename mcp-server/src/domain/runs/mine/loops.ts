import type { Item, Sequence } from './items.ts';

const longestBlock = 4;

interface Repeat {
  from: number;
  period: number;
  times: number;
}

/**
 * Folds what is repeated into one step each: a call, or a block of up to four, that follows itself. Twice in every run
 * may be meant, so two are folded only where runs differ in how often; three and more always.
 */
export function foldLoops(sequences: readonly Sequence[]): Sequence[] {
  const found = sequences.map(({ items }) => repeatsOf(items));
  const times = new Map<string, Set<number>>();
  for (const [at, repeats] of found.entries()) {
    const items = (sequences[at] as Sequence).items;
    for (const repeat of repeats) {
      const key = blockKey(items, repeat);
      times.set(key, (times.get(key) ?? new Set()).add(repeat.times));
    }
  }
  const runsWith = new Map<string, number>();
  for (const [at, repeats] of found.entries()) {
    const items = (sequences[at] as Sequence).items;
    for (const key of new Set(repeats.map((repeat) => blockKey(items, repeat))))
      runsWith.set(key, (runsWith.get(key) ?? 0) + 1);
  }
  return sequences.map((sequence, at) => {
    const folded = (found[at] ?? []).filter((repeat) => {
      const key = blockKey(sequence.items, repeat);
      const counts = times.get(key) ?? new Set();
      const always = counts.size === 1 && runsWith.get(key) === sequences.length;
      return repeat.times > 2 || isPoll(sequence.items, repeat) || !always;
    });
    return { ...sequence, items: fold(sequence.items, folded) };
  });
}

/** Repeats that do not overlap, the longest first where several begin. */
function repeatsOf(items: readonly Item[]): Repeat[] {
  const repeats: Repeat[] = [];
  for (let at = 0; at < items.length; ) {
    let best: Repeat | undefined;
    for (let period = 1; period <= longestBlock; period++) {
      const times = timesAt(items, at, period);
      if (times > 1 && (best === undefined || times * period > best.times * best.period))
        best = { from: at, period, times };
    }
    if (best !== undefined) repeats.push(best);
    at += best === undefined ? 1 : best.times * best.period;
  }
  return repeats;
}

function timesAt(items: readonly Item[], from: number, period: number): number {
  let length = period;
  while (from + length < items.length && items[from + length]?.signature === items[from + length - period]?.signature)
    length++;
  return Math.floor(length / period);
}

const blockKey = (items: readonly Item[], { from, period }: Repeat) =>
  items
    .slice(from, from + period)
    .map((item) => item.signature)
    .join('\n');

/** The same thing asked again and again: what changed was the answer. */
function isPoll(items: readonly Item[], { from, period, times }: Repeat): boolean {
  if (period !== 1) return false;
  const inputs = items.slice(from, from + times).map((item) => JSON.stringify(item.calls[0]?.input));
  return new Set(inputs).size === 1;
}

function fold(items: readonly Item[], repeats: readonly Repeat[]): Item[] {
  const folded: Item[] = [];
  let at = 0;
  for (const { from, period, times } of repeats) {
    folded.push(...items.slice(at, from));
    for (let place = 0; place < period; place++) {
      const same = Array.from({ length: times }, (_, turn) => items[from + turn * period + place] as Item);
      folded.push({
        ...(same[0] as Item),
        calls: same.flatMap((item) => item.calls),
        failures: same.flatMap((item) => item.failures),
        recovery: same.every((item) => item.recovery),
      });
    }
    at = from + period * times;
  }
  folded.push(...items.slice(at));
  return folded.map((item, index) => ({ ...item, at: index }));
}
