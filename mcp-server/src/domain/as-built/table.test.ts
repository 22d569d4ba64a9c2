import { expect, it } from 'vitest';
import { tableText } from './table.ts';

it('a table has its header, its rows, and cells that cannot end early', () => {
  expect(
    tableText(
      ['A', 'B'],
      [
        ['x', 'y|z'],
        ['a\n b ', '<b>\\'],
      ],
    ),
  ).toBe(['| A | B |', '| --- | --- |', '| x | y\\|z |', '| a b | &lt;b>\\\\ |'].join('\n'));
  expect(tableText(['A'], [])).toBe('| A |\n| --- |');
});
