import { expect, it } from 'vitest';
import { readDesign } from './design.ts';

const check = (lines: string) => readDesign(`## Verification\n\n### CHK-1: A\n\n${lines}`).checks[0]!;

it('reads every Expect line of a check, written as lines of their own or as a list below one', () => {
  expect(check('- Expect: exit 1\n- Method: command\n- Expect: stderr contains alpha\n').expect).toEqual([
    'exit 1',
    'stderr contains alpha',
  ]);
  expect(check('- Expect:\n  - exit 1\n  - stderr contains alpha\n').expect).toEqual([
    'exit 1',
    'stderr contains alpha',
  ]);
});
