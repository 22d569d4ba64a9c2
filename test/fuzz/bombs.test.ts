import { expect, it } from 'vitest';
import { TARGETS } from './targets.ts';

/** Characters of a bomb. Short here, and a sixth of them; `BOMB_LENGTH=6000` shows work that grows with the square of it. */
const BY_HAND = process.env['BOMB_LENGTH'] !== undefined;
const LENGTH = Number(process.env['BOMB_LENGTH'] ?? 600);
/** Milliseconds of processor; every reader takes a fraction of it for plain text of this length. */
const LIMIT_MS = 2500;

const FRONT = '---\ncountersign: design/1\n---\n\n';
const laughs = Array.from({ length: 9 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}]`).join('\n');

/** What makes readers work for nothing: nesting, constructs that open and never close, and aliases of aliases. */
const UNITS = [
  ...[
    '[',
    '(',
    '{',
    '<',
    '*',
    '_',
    '`',
    '~',
    '>',
    '#',
    '|',
    '"',
    "'",
    '\\',
    '$(',
    '${',
    '((',
    '{{',
    '{%',
    '[[',
    '![',
    '](',
  ],
  ...[
    '- ',
    '> ',
    '* ',
    '1. ',
    '\t',
    ' ',
    '\n',
    '\r',
    'a ',
    'a.',
    'a-',
    '/',
    '../',
    '=',
    ': ',
    '- - ',
    '? ',
    '&a ',
    '*a ',
  ],
  ...[
    '<<a\n',
    '<<-a ',
    '{a,b}',
    '$((',
    '`$(',
    '; ',
    '&& ',
    '| ',
    'if ',
    'case a in ',
    'for a in ',
    '*a*',
    '_a_',
    '**a',
    '<a ',
  ],
  ...[
    '<!--',
    '-->',
    '&amp;',
    '&#',
    '|-',
    '| a ',
    '[a](',
    '[a]: ',
    '```\n',
    '~~~\n',
    '# a\n',
    '### REQ-1: a\n',
    '- **AC-1.1** a\n',
  ],
  ...[
    'WHEN a, ',
    'shall ',
    '{"a":',
    '[0,',
    '"a":0,',
    'a=b ',
    'a: b\n',
    ' a:\n',
    '%{',
    'a{',
    'a {\n',
    '/*',
    '//',
    '--',
    "''",
    '""',
  ],
];
const bombs = [
  ...UNITS.map((unit) => unit.repeat(Math.ceil(LENGTH / unit.length))),
  ...UNITS.map((unit) => `${FRONT}## Components\n\n${unit.repeat(Math.ceil(LENGTH / unit.length))}`),
  ...[' ', '[', '{', '- '].map(
    (unit) => `---\ncountersign: design/1\ntitle: ${unit.repeat(LENGTH / unit.length)}\n---\n`,
  ),
  `a0: &a0 lol\n${laughs}\n`,
  `---\na0: &a0 lol\n${laughs}\n---\n\n## Goal\n\nx\n`,
  Array.from({ length: LENGTH / 40 }, (_, at) => `${' '.repeat(at % 400)}a:`).join('\n'),
  `| ${'a | '.repeat(LENGTH / 60)}\n| ${'--- | '.repeat(LENGTH / 60)}\n${`| ${'b | '.repeat(20)}\n`.repeat(LENGTH / 100)}`,
];

/** One of each format is enough: what differs between two files of a format is not how they are read. */
const readers = TARGETS.filter(({ name }, at) => TARGETS.findIndex((one) => kindOf(one.name) === kindOf(name)) === at);
function kindOf(name: string): string {
  return name.startsWith('extract ') ? name.replace(/[^/]*$/, '').replace(/^(extract [^/]+).*/, '$1') : name;
}

it.each(readers)('[R-FAST-2] bombs: $name', { timeout: BY_HAND ? 900_000 : 60_000 }, ({ read }) => {
  const slow: [string, number][] = [];
  for (const bomb of BY_HAND ? bombs : bombs.filter((_, at) => at % 6 === 0)) {
    const before = process.cpuUsage();
    read(bomb);
    const ms = process.cpuUsage(before).user / 1000;
    if (ms > LIMIT_MS) slow.push([bomb.slice(0, 60), Math.round(ms)]);
  }
  expect(slow).toEqual([]);
});
