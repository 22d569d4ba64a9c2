import { expect, it } from 'vitest';
import { groupBy } from './group.ts';

it('groups by key in order of first appearance', () => {
  const groups = groupBy(['bb', 'a', 'cc', 'd', 'bb'], (word) => word.length);
  expect([...groups]).toEqual([
    [2, ['bb', 'cc', 'bb']],
    [1, ['a', 'd']],
  ]);
});
