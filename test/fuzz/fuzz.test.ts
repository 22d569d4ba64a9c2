import { afterEach, expect, it } from 'vitest';
import { mutated, seeded } from './mutate.ts';
import { TARGETS } from './targets.ts';

/**
 * Texts that are nearly right, for everything that reads: no reader throws, none takes more than linear time, and what is
 * read keeps what it promises. Short here; `FUZZ_SECONDS=600 npx vitest run test/fuzz` runs long, and `FUZZ_SEED` repeats.
 */
const SECONDS = Number(process.env['FUZZ_SECONDS'] ?? 0);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20261121);
const SHORT_RUNS = 12;

/** Far above what any of these texts takes (a few ms), far below what running away would. Milliseconds of processor. */
const LIMIT_MS = 3000;

const MEMBERS = Object.getOwnPropertyNames(Object.prototype);
// Names such as __proto__ are among what is mixed in.
afterEach(() => expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(MEMBERS));

it.each(TARGETS)('[R-FAST-2] fuzz: $name', { timeout: SECONDS * 1000 + 60_000 }, ({ name, corpus, read }) => {
  const random = seeded(SEED + hashOf(name));
  const end = Date.now() + (SECONDS * 1000) / TARGETS.length;
  let runs = 0;
  for (; SECONDS > 0 ? Date.now() < end : runs < SHORT_RUNS; runs++) {
    const text = mutated(corpus, random);
    const before = process.cpuUsage();
    try {
      read(text);
    } catch (error) {
      throw new Error(`run ${runs} on ${JSON.stringify(text.slice(0, 3000))}: ${(error as Error).stack}`);
    }
    const { user } = process.cpuUsage(before);
    if (user / 1000 > LIMIT_MS) throw new Error(`run ${runs} took ${user / 1000} ms on ${JSON.stringify(text)}`);
  }
  if (SECONDS > 0) process.stdout.write(`${name}: ${runs} texts\n`);
  expect(runs).toBeGreaterThan(0);
});

const hashOf = (text: string) => [...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7);
