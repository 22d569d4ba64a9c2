import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readScript } from './read.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-shell-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What the function `p` of the real bash was called with, sorted; undefined where bash found the line malformed. */
function bashCalls(lines: readonly string[]): (string[] | undefined)[] {
  const log = join(folder, 'calls');
  const program = `exec 9>"$0"; set -f; p() { printf '%s\\0' "$#" "$@" >&9; }
    for line in "$@"; do
      complaint=$( { eval "$line" </dev/null >/dev/null; } 2>&1 ); printf '%s\\0' "\${complaint:+bad}end" >&9
    done; exit 0`;
  const env = { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' };
  execFileSync('bash', ['--norc', '-c', program, log, ...lines], { cwd: folder, env, maxBuffer: 1 << 26 });
  const fields = readFileSync(log, 'utf8').split('\0').slice(0, -1);
  const all: (string[] | undefined)[] = [];
  let calls: string[] = [];
  for (let at = 0; at < fields.length; ) {
    const count = fields[at++] ?? '';
    if (count.endsWith('end')) {
      all.push(count === 'end' ? calls.sort() : undefined);
      calls = [];
    } else {
      calls.push(JSON.stringify(fields.slice(at, at + Number(count))));
      at += Number(count);
    }
  }
  return all;
}

function ourCalls(line: string): string[] {
  const { commands } = readScript(line);
  const calls = commands.filter((command) => command.words[0]?.text === 'p');
  return calls.map((command) => JSON.stringify(command.words.slice(1).map((word) => word.text ?? null))).sort();
}

/** How many lines bash understood; fails where it read another argv than we did. */
function agreements(lines: readonly string[]): number {
  const expected = bashCalls(lines).flatMap((calls, at) => (calls === undefined ? [] : [{ line: lines[at]!, calls }]));
  expect(expected.map(({ line }) => ({ line, calls: ourCalls(line) }))).toEqual(expected);
  return expected.length;
}

const plain = fc.stringMatching(/^[ab1=.:%@^+_é/-]{1,4}$/);
const inSingle = fc.stringMatching(/^[ab "\\$`#;|&(){}<>!\n]{0,5}$/).map((text) => `'${text}'`);
const inDouble = fc
  .array(
    fc.constantFrom(
      'a',
      'b',
      ' ',
      "'",
      '#',
      ';',
      '|',
      '(',
      ')',
      '{',
      '}',
      '<',
      '\n',
      '\\a',
      '\\\\',
      '\\"',
      '\\$',
      '\\`',
      '\\\n',
      '$ ',
    ),
    {
      maxLength: 5,
    },
  )
  .map((parts) => `"${parts.join('')}"`);
const ansi = fc
  .array(
    fc.constantFrom(
      'a',
      '"',
      '$',
      '`',
      '\\n',
      '\\t',
      "\\'",
      '\\\\',
      '\\x41',
      '\\101',
      '\\u00e9',
      '\\xc3\\xa9',
      '\\e',
      '\\cB',
      '\\q',
      '\\"',
    ),
    {
      maxLength: 4,
    },
  )
  .map((parts) => `$'${parts.join('')}'`);
const escaped = fc.constantFrom(
  '\\ ',
  '\\"',
  "\\'",
  '\\\\',
  '\\;',
  '\\|',
  '\\$',
  '\\`',
  '\\a',
  '\\\n',
  '\\#',
  '\\{',
  '\\(',
  '\\&',
);
const brace = fc.constantFrom(
  '{a,b}',
  '{1..3}',
  '{c..a}',
  '{01..3}',
  '{a}',
  '{}',
  '{a,{b,c}}',
  '{,x}',
  '{a,b',
  'a,b}',
  '{1..7..3}',
  '{a..}',
  '{"a,b",c}',
  '{-2..1}',
  '{{a},b}',
  '{aa..b}',
  '{a..b}x,y}',
);
const word = fc
  .array(fc.oneof({ arbitrary: plain, weight: 4 }, inSingle, inDouble, ansi, escaped, brace), {
    minLength: 1,
    maxLength: 4,
  })
  .map((parts) => parts.join(''))
  .filter((text) => !/^#|\\\n$/.test(text));
const call = fc.array(word, { maxLength: 4 }).map((words) => ['p', ...words].join(' '));

const separators = [' ; ', '\n', ' && ', '&&\n', '| cat;', ' # c " (\n', ' |& cat\n', ' || : no\n'];

function lists(command: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc.array(fc.tuple(command, fc.constantFrom(...separators)), { minLength: 1, maxLength: 3 }).map((parts) => {
    const texts = parts.map(([text, separator]) => (text.endsWith('\n') ? text : text + separator));
    return `${texts.join('')}:`;
  });
}

function commands(list: fc.Arbitrary<string>, ...more: fc.Arbitrary<string>[]): fc.Arbitrary<string> {
  return fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    call,
    call.map((text) => `X=1 Y='a b' ${text} 2>/dev/null`),
    list.map((text) => `( ${text}\n)`),
    list.map((text) => `{ ${text}\n}`),
    list.map((text) => `if ${text}\nthen ${text}\nfi >/dev/null`),
    list.map((text) => `for i in 1; do ${text}\ndone`),
    list.map((text) => `case a in b|c) : no;; (a) ${text}\n;; esac`),
    list.map((text) => `: $((1 + (2) )); ${text}`),
    ...more,
  );
}

// bash 5.2 rewrites the text of a substitution and loses a separator behind a here-document in it, so the generated
// substitutions have none.
const { list: inner } = fc.letrec<{ list: string; command: string }>((tie) => ({
  command: commands(tie('list')),
  list: lists(tie('command')),
}));
const { list: line } = fc.letrec<{ list: string; command: string }>((tie) => ({
  command: commands(
    tie('list'),
    call.map((text) => `${text} <<E\n)'\nE\n`),
    call.map((text) => `${text} <<-'E x'\n\t$(p no\n\tE x\n`),
    inner.map((text) => `: $( ${text}\n)`),
    inner.map((text) => `: "x$( ${text}\n)y"`),
    inner.map((text) => `: \${x:-$( ${text}\n)}`),
    inner.map((text) => `cat <<B\n"$( ${text}\n)\nB\n`),
  ),
  list: lists(tie('command')),
}));

describe('reading a command line as bash does', () => {
  it('gives the same words for every kind of quoting, escape and brace', () => {
    expect(agreements(fc.sample(call, { numRuns: 1500, seed: 7 }))).toBe(1500);
  });

  it('finds the same commands in lists, groups, branches, substitutions and here-documents', () => {
    // bash itself gives up on some nested quotes in here-documents; those lines say nothing.
    expect(agreements(fc.sample(line, { numRuns: 120, seed: 11 }))).toBeGreaterThan(100);
  });
});
