import { describe, expect, it } from 'vitest';
import { fieldsOf } from '../artifact/fields.ts';
import { outline } from '../artifact/markdown.ts';
import { readSettings } from './check-settings.ts';

const settings = (lines: string) => {
  const [block] = outline(`## Verification\n\n### CHK-1: A\n\n${lines}\n`).sections[0]!.blocks;
  return readSettings(fieldsOf(block!));
};

describe('how a check is run', () => {
  it('is in the root, for as long as policy says and with no variable, where nothing is said', () => {
    expect(settings('- Method: command')).toEqual({ folder: '.', seconds: undefined, environment: {}, problems: [] });
  });

  it.each([
    ['tests', 'tests'],
    ['./tests//', 'tests'],
    ['tests/./unit/', 'tests/./unit'],
    ['./', '.'],
    ['a..b', 'a..b'],
    ['a/..b', 'a/..b'],
    ['my-deliveries', 'my-deliveries'],
    ['deliveries-old', 'deliveries-old'],
    ['a/deliveries', 'a/deliveries'],
    ['x/~', 'x/~'],
  ])('in the folder %s', (said, folder) => {
    expect(settings(`- Folder: ${said}`)).toMatchObject({ folder, problems: [] });
  });

  it.each(['/etc', 'C:/x', '~', '~/x', '..', '../x', 'a/..', 'a/../b', './../x', 'deliveries', 'deliveries/a'])(
    'never in the folder %s',
    (said) => {
      const { folder, problems } = settings(`- Method: command\n- Folder: ${said}`);
      expect(problems).toEqual([{ line: 6, text: `${JSON.stringify(folder)} is no folder that a check runs in` }]);
    },
  );

  it.each([
    ['1 s', 1],
    ['90s', 90],
    ['90 Seconds', 90],
    ['30 sec', 30],
    ['2 m', 120],
    ['2M', 120],
    ['2 min', 120],
    ['2 minutes', 120],
    ['60 minute', 3600],
    ['3600 s', 3600],
  ])('for %s', (said, seconds) => {
    expect(settings(`- Time limit: ${said}`)).toMatchObject({ seconds, problems: [] });
  });

  it.each([
    '0 s',
    '3601 s',
    '61 min',
    '5',
    '5 h',
    '5 ms',
    '5 metres',
    '5 mins each',
    'at most 5 s',
    '1.5 s',
    '100000 s',
  ])('never for %s', (said) => {
    expect(settings(`- Time limit: ${said}`).problems).toEqual([
      { line: 5, text: `${JSON.stringify(said)} is no time from 1 s to 60 min` },
    ]);
  });

  it('with the variables that are written as NAME=value, each other line being a problem of its own', () => {
    expect(settings('- Variables:\n  - A_1=b=c d\n  - _x=\n  - 1A=b\n  - A B=c\n  - alone\n  - A_1=last')).toEqual({
      folder: '.',
      seconds: undefined,
      environment: { A_1: 'last', _x: '' },
      problems: [
        { line: 8, text: '"1A=b" is no NAME=value' },
        { line: 9, text: '"A B=c" is no NAME=value' },
        { line: 10, text: '"alone" is no NAME=value' },
      ],
    });
  });
});
