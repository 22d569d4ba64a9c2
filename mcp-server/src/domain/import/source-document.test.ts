import { describe, expect, it } from 'vitest';
import { bare, type Piece, SourceDocument } from './source-document.ts';
import {
  cell,
  childrenOf,
  folderOf,
  isOurs,
  nameOf,
  pathsIn,
  rowsUnder,
  saidYes,
  takeItems,
  takeProse,
  takeVariables,
  titleOf,
  unitsByFolder,
} from './take.ts';

const TEXT = `Before.

# Design: Cache

Overview
over lines.

## 1. Goals

- first
  goes on

  - nested
- \`\`\`
  code
  \`\`\`

### A. Deep

| Name | Kind |
|---|---|
| a | b |
| c | d | e |

## 2.1 Rest

\`\`\`sh
make
\`\`\`

> quoted
`;
const document = (text = TEXT) => new SourceDocument('spec.md', text);
const told = (pieces: readonly Piece[]) => pieces.map(({ kind, text, line, endLine }) => [kind, text, line, endLine]);
const PIECES = [
  ['paragraph', 'Before.', 1, 1],
  ['heading', 'Design: Cache', 3, 3],
  ['paragraph', 'Overview over lines.', 5, 6],
  ['heading', '1. Goals', 8, 8],
  ['item', 'first goes on', 10, 13],
  ['other', '', 14, 16],
  ['heading', 'A. Deep', 18, 18],
  ['row', 'a | b', 20, 22],
  ['row', 'c | d | e', 23, 23],
  ['heading', '2.1 Rest', 25, 25],
  ['code', 'make', 27, 29],
  ['other', 'quoted', 31, 31],
] as const;

describe('a document of another tool', () => {
  it.each(['\n', '\r\n', '\r'])(
    'is read in pieces with their lines, with line ends %j and behind a byte order mark',
    (eol) => {
      expect(told(document(`\ufeff${TEXT.replaceAll('\n', eol)}`).pieces)).toEqual(PIECES);
    },
  );

  it('keeps the Markdown of items without their mark, of code without its fence, and cells by their header', () => {
    const { pieces } = document();
    expect(pieces[4]!.raw).toBe('first\ngoes on\n\n- nested');
    expect(pieces[10]).toMatchObject({ raw: 'make', lang: 'sh', depth: 0 });
    expect(pieces[6]!.depth).toBe(3);
    expect([...pieces[8]!.cells]).toEqual([
      ['name', 'c'],
      ['kind', 'd'],
      ['#2', 'e'],
    ]);
    expect(told(document('| A |\n|---|\n').pieces)).toEqual([['other', '', 1, 2]]);
  });

  it('has what stands below a heading, with and without deeper headings', () => {
    const one = document();
    const goals = one.heading(/^goals$/i)!;
    const lines = (pieces: readonly Piece[]) => pieces.map(({ line }) => line);
    expect(lines(one.under(goals))).toEqual([10, 14, 18, 20, 23]);
    expect(lines(one.body(goals))).toEqual([10, 14]);
    expect(lines(one.under(one.pieces[1]!))).toEqual([5, 8, 10, 14, 18, 20, 23, 25, 27, 31]);
    expect(lines(one.body(one.pieces[1]!))).toEqual([5]);
    expect(lines(one.body(one.heading(/^rest/i)))).toEqual([27, 31]);
    expect(one.under(undefined)).toBe(one.pieces);
    expect(lines(one.body(undefined))).toEqual([1]);
    const plain = document('a\n\nb\n');
    expect(plain.body(undefined)).toBe(plain.pieces);
  });

  it('finds headings without their numbers, in the whole or below another', () => {
    const one = document();
    expect(one.headings(/^(?:deep|rest)$/i).map(titleOf)).toEqual(['Deep', 'Rest']);
    expect(one.headings(/./, one.heading(/^goals/i)).map(titleOf)).toEqual(['Deep']);
    expect(one.heading(/^Before/)).toBeUndefined();
    expect(childrenOf(one, one.pieces[1]!).map(titleOf)).toEqual(['Goals', 'Rest']);
  });

  it.each([
    ['1. Goals', 'Goals'],
    ['2.1 Rest', 'Rest'],
    ['3.1.2) Rest', 'Rest'],
    ['A. Deep', 'Deep'],
    ['A deep', 'A deep'],
    ['2026 plan', 'plan'],
    ['1.Goals', '1.Goals'],
  ])('has the heading %j without its number: %j', (title, expected) => expect(bare(title)).toBe(expected));

  it('takes its title without the words that say what kind it is', () => {
    const one = document();
    expect(one.title(/^Design:/)).toBe('Cache');
    expect(one.isTaken(one.pieces[1]!)).toBe(true);
    expect(document('## No title\n').title(/x/)).toBe('');
  });

  it('has left over, in runs of lines, what nobody took', () => {
    const one = document();
    expect(one.leftOver()).toEqual([{ path: 'spec.md', line: 1, endLine: 31, text: TEXT.trimEnd() }]);
    one.take(one.pieces[0]!);
    one.take(one.pieces.slice(3, 10));
    expect(one.leftOver()).toEqual([
      { path: 'spec.md', line: 3, endLine: 6, text: '# Design: Cache\n\nOverview\nover lines.' },
      { path: 'spec.md', line: 27, endLine: 31, text: '```sh\nmake\n```\n\n> quoted' },
    ]);
    one.release(one.pieces[3]!);
    expect(one.leftOver()[0]).toMatchObject({ line: 3, endLine: 8 });
    one.take(one.pieces);
    expect(one.leftOver()).toEqual([]);
  });
});

describe('taking from a document', () => {
  it('takes prose with its heading, and leaves what has another form', () => {
    const one = document('## Why\n\nOne.\n\n- two\n\n```\ncode\n```\n\n## Empty\n');
    const why = one.heading(/^why/i);
    expect(takeProse(one, why, 'guess')).toMatchObject([
      { text: 'One.', line: 3, inferred: 'guess' },
      { text: 'two', line: 5, inferred: 'guess' },
    ]);
    expect(takeProse(one, why)).toEqual([]);
    expect(takeProse(one, one.heading(/^empty/i))).toEqual([]);
    expect(takeProse(one, undefined)).toEqual([]);
    expect(one.leftOver().map(({ line }) => line)).toEqual([7]);
  });

  it('takes items, deeper headings included', () => {
    const one = document('## A\n\n- x\n\n### B\n\n- y\n\ntext\n\n## C\n');
    expect(takeItems(one, one.heading(/^a/i)).map(({ text }) => text)).toEqual(['x', 'y']);
    expect(takeItems(one, one.heading(/^a/i))).toEqual([]);
    expect(takeItems(one, undefined)).toEqual([]);
    expect(one.leftOver().map(({ line }) => line)).toEqual([5, 9]);
  });

  it('finds rows of tables, also of those drawn in code', () => {
    const drawn = '```\n┌───┐\n│ Name │ Purpose │\n├───┤\n│ a │ long │\n│   │ text │\n│ b │ x │\n└───┘\n```';
    const one = document(`## T\n\n| Name | Purpose |\n|---|---|\n| z | y |\n\n${drawn}\n`);
    const rows = rowsUnder(one, one.heading(/^t/i));
    expect(rows.map(({ row }) => [cell(row, /^name/), cell(row, /^purpose/), row.line])).toEqual([
      ['z', 'y', 3],
      ['a', 'long text', 11],
      ['b', 'x', 13],
    ]);
    expect(rows.map(({ row, whole }) => row === whole)).toEqual([true, false, false]);
    expect(cell(rows[0]!.row, /^other/)).toBe('');
    expect(rowsUnder(one, undefined)).toEqual([]);
    const none = document('## T\n\n```\nno table\n```\n');
    expect(rowsUnder(none, none.heading(/^t/i))).toEqual([]);
  });

  it('takes variables whose names an environment can carry', () => {
    const one = document(
      '## Env\n\n| Variable | Required | Type | Default | Sensitive | Notes |\n|---|---|---|---|---|---|\n| `A_1` | Yes | url | x | true | about |\n| b c | y | | | | |\n| D | optional | | | no | |\n',
    );
    expect(takeVariables(one, one.heading(/^env/i))).toEqual([
      { name: 'A_1', required: true, format: 'url', fallback: 'x', secret: true, meaning: 'about' },
      { name: 'D', required: false, format: 'text', fallback: '', secret: false, meaning: '' },
    ]);
    expect(one.leftOver().map(({ line }) => line)).toEqual([6]);
  });

  it('finds paths in code, each once, and none that leads out or into what is not to be owned', () => {
    const raw =
      '`src/a.py`, `./src/a.py`, `roles/web/`, `Dockerfile`, `main.tf`, `a/../b`, `deliveries/x/y`, `.git/config`, `a.b.c()`, `word`, `/abs/x`, src/plain.py, `Main.ABCDEFG`, `a.toolongx`';
    expect(pathsIn(raw)).toEqual(['src/a.py', 'roles/web/', 'Dockerfile', 'main.tf']);
  });

  it.each([
    ['Yes', true],
    ['y', true],
    ['Required', true],
    ['MUST', true],
    ['✓', true],
    ['x', true],
    ['xy', undefined],
    ['no', false],
    ['N/A', false],
    ['Optional', false],
    ['❌', false],
    ['', undefined],
    ['maybe', undefined],
  ])('%j says %s', (text, expected) => expect(saidYes(text)).toBe(expected));

  it('knows folders and names of paths, and its own artifacts', () => {
    expect([folderOf('a/b/c.md'), folderOf('c.md'), nameOf('a/b/c.md'), nameOf('c.md')]).toEqual([
      'a/b',
      '',
      'c.md',
      'c.md',
    ]);
    const ours = (text: string) => isOurs({ path: 'x', text });
    expect([
      ours('---\ncountersign: x\n---'),
      ours('\ufeff---\r\ncountersign: x'),
      ours('---\ntitle: x\ncountersign: y'),
    ]).toEqual([true, true, false]);
  });

  it('makes a unit of each folder that a file opens, with the files that belong to it', () => {
    const file = (path: string) => ({ path, text: '' });
    const files = ['a/spec.md', 'a/plan.md', 'a/x.txt', 'a/b/spec.md', 'spec.md', 'c/plan.md'].map(file);
    const units = unitsByFolder(
      files,
      ({ path }) => nameOf(path) === 'spec.md',
      ({ path }) => path.endsWith('.md'),
    );
    expect(units.map(({ name, files: own }) => [name, own.map(({ path }) => path)])).toEqual([
      ['a', ['a/spec.md', 'a/plan.md']],
      ['a/b', ['a/b/spec.md']],
      ['.', ['spec.md']],
    ]);
  });
});
