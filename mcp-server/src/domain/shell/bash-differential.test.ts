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

/** What the function `p` of the real bash was called with, for each line of its own, sorted within the line. */
function bashCalls(lines: readonly string[]): string[][] {
  const log = join(folder, 'calls');
  const program = `exec 9>"$0"; set -f; p() { printf '%s\\0' "$#" "$@" >&9; }
    for line in "$@"; do eval "$line" </dev/null >/dev/null 2>&1; printf 'end\\0' >&9; done`;
  execFileSync('bash', ['--norc', '-c', program, log, ...lines], { cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' } });
  const fields = readFileSync(log, 'utf8').split('\0').slice(0, -1);
  const all: string[][] = [];
  let calls: string[] = [];
  for (let at = 0; at < fields.length; ) {
    const count = fields[at++];
    if (count === 'end') {
      all.push(calls.sort());
      calls = [];
    } else calls.push(JSON.stringify(fields.slice(at, (at += Number(count)))));
  }
  return all;
}

function ourCalls(line: string): string[] {
  const { commands } = readScript(line);
  const calls = commands.filter((command) => command.words[0]?.text === 'p');
  return calls.map((command) => JSON.stringify(command.words.slice(1).map((word) => word.text ?? null))).sort();
}

function agrees(lines: readonly string[]): void {
  expect(lines.map((line) => ({ line, calls: ourCalls(line) }))).toEqual(
    bashCalls(lines).map((calls, at) => ({ line: lines[at], calls })),
  );
}

const plain = fc.stringMatching(/^[ab1=.:%@^+_é/-]{1,4}$/);
const inSingle = fc.stringMatching(/^[ab "\\$`#;|&(){}<>!\n]{0,5}$/).map((text) => `'${text}'`);
const inDouble = fc
  .array(fc.constantFrom('a', 'b', ' ', "'", '#', ';', '|', '(', ')', '{', '}', '<', '\n', '\\a', '\\\\', '\\"', '\\$', '\\`', '\\\n', '$ '), {
    maxLength: 5,
  })
  .map((parts) => `"${parts.join('')}"`);
const ansi = fc
  .array(fc.constantFrom('a', '"', '$', '`', '\\n', '\\t', "\\'", '\\\\', '\\x41', '\\101', '\\u00e9', '\\xc3\\xa9', '\\e', '\\cA', '\\q', '\\"'), {
    maxLength: 4,
  })
  .map((parts) => `$'${parts.join('')}'`);
const escaped = fc.constantFrom('\\ ', '\\"', "\\'", '\\\\', '\\;', '\\|', '\\$', '\\`', '\\a', '\\\n', '\\#', '\\{', '\\(', '\\&');
const brace = fc.constantFrom('{a,b}', '{1..3}', '{c..a}', '{01..3}', '{a}', '{}', '{a,{b,c}}', '{,x}', '{a,b', 'a,b}', '{1..7..3}', '{a..}', '{"a,b",c}', '{-2..1}');
const word = fc
  .array(fc.oneof({ arbitrary: plain, weight: 4 }, inSingle, inDouble, ansi, escaped, brace), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter((text) => !/^#/.test(text));
const call = fc.array(word, { maxLength: 4 }).map((words) => ['p', ...words].join(' '));

const line = fc.letrec<{ list: string; command: string }>((tie) => ({
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    call,
    call.map((text) => `X=1 Y='a b' ${text} 2>/dev/null`),
    call.map((text) => `${text} <<E\n)"'\nE\n`),
    call.map((text) => `${text} <<-'E x'\n\t$(p no\n\tE x\n`),
    tie('list').map((text) => `(${text}\n)`),
    tie('list').map((text) => `{ ${text}\n}`),
    tie('list').map((text) => `if ${text}\nthen ${text}\nfi >/dev/null`),
    tie('list').map((text) => `for i in 1; do ${text}\ndone`),
    tie('list').map((text) => `case a in b|c) p no;; (a) ${text}\n;; esac`.replace('p no', ': p no')),
    tie('list').map((text) => `: $(${text}\n)`),
    tie('list').map((text) => `: "x$(${text}\n)y"`),
    tie('list').map((text) => `: \${x:-$(${text}\n)}`),
    tie('list').map((text) => `cat <<E\n"$(${text}\n)\nE\n`),
    tie('list').map((text) => `: $((1 + (2) )); ${text}`),
  ),
  list: fc
    .array(fc.tuple(tie('command'), fc.constantFrom(' ; ', '\n', ' && ', '&&\n', '| cat;', ' # c " (\n', ' |& cat\n', ' || p no\n')), {
      minLength: 1,
      maxLength: 3,
    })
    .map((parts) => parts.map(([text, separator]) => (text.endsWith('\n') && separator !== '\n' ? text : text + separator.replace('p no', ': no'))).join('')),
})).list;

describe('reading a command line as bash does', () => {
  it('gives the same words for every kind of quoting, escape and brace', () => {
    agrees(fc.sample(call, { numRuns: 1500, seed: 7 }));
  });

  it('finds the same commands in lists, groups, branches, substitutions and here-documents', () => {
    agrees(fc.sample(line, { numRuns: 400, seed: 11 }).filter((text) => !text.includes('\0')));
  });
});
