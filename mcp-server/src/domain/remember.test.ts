import { expect, it } from 'vitest';
import { remember } from './remember.ts';

it('works once for each object, also where nothing comes of it', () => {
  const seen: number[] = [];
  const work = remember(({ n }: { n: number }) => {
    seen.push(n);
    return n > 1 ? { twice: n * 2 } : undefined;
  });
  const [one, two] = [{ n: 1 }, { n: 2 }];
  expect([work(one), work(two), work(one)]).toEqual([undefined, { twice: 4 }, undefined]);
  expect(work(two)).toBe(work(two));
  expect(work({ n: 1 })).toBeUndefined();
  expect(seen).toEqual([1, 2, 1]);
});
