import { describe, expect, it } from 'vitest';
import { EXPECT_FORMS, type RunOutcome, readExpectation, unmet } from './expect.ts';

const ran = (change: Partial<RunOutcome> = {}): RunOutcome => ({
  exit: 0,
  stdout: '',
  stderr: '',
  files: new Map(),
  ...change,
});

const unmetOf = (texts: string[], run: RunOutcome) =>
  unmet(
    texts.map((text) => readExpectation(text)!),
    run,
  );

describe('reading expectations', () => {
  it.each([
    ['exit 0', { kind: 'exit', code: 0 }],
    ['Exit code 127', { kind: 'exit', code: 127 }],
    ['stdout contains ok then', { kind: 'contains', stream: 'stdout', text: 'ok then' }],
    ['STDERR contains "two  words"', { kind: 'contains', stream: 'stderr', text: 'two  words' }],
    ["stdout contains 'x'", { kind: 'contains', stream: 'stdout', text: 'x' }],
    ['stdout contains "x\'', { kind: 'contains', stream: 'stdout', text: '"x\'' }],
    ['stdout contains "', { kind: 'contains', stream: 'stdout', text: '"' }],
    ['stdout contains "a" b', { kind: 'contains', stream: 'stdout', text: '"a" b' }],
    ['stdout contains a\nb', { kind: 'contains', stream: 'stdout', text: 'a\nb' }],
    ['stdout matches /^a\\/b$/', { kind: 'matches', stream: 'stdout', pattern: '^a\\/b$', flags: '' }],
    ['stderr matches /x/im', { kind: 'matches', stream: 'stderr', pattern: 'x', flags: 'im' }],
    ['file out/a.txt exists', { kind: 'file-exists', path: 'out/a.txt' }],
    ['File a contains "b c"', { kind: 'file-contains', path: 'a', text: 'b c' }],
  ])('%s', (text, expectation) => {
    expect(readExpectation(text)).toEqual(expectation);
  });

  it.each([
    '',
    'exit',
    'exit zero',
    'exit -1',
    'exit 1000',
    'exit 0 or 1',
    'xexit 0',
    'stdout',
    'stdout contains',
    'stdout contains ',
    'stdout matches ok',
    'stdout matches //',
    'stdout matches /x',
    'stdout matches /x/g',
    'stdout matches /x/ii',
    'stdout matches /(/',
    'output contains x',
    'my stdout contains x',
    'file a',
    'file exists',
    'file a b exists',
    'file a exists now',
    'a file a exists',
    'file a contains',
  ])('%j is none, and not guessed at', (text) => {
    expect(readExpectation(text)).toBeUndefined();
  });

  it('takes every form that messages name', () => {
    const filled = EXPECT_FORMS.map((form) => form.replace('REGEX', 'a+').replace('TEXT', 'x').replace('PATH', 'y'));
    expect(filled.filter((form) => readExpectation(form) === undefined)).toEqual([]);
    expect(new Set(filled.map((form) => readExpectation(form)!.kind)).size).toBe(5);
  });
});

describe('a run', () => {
  it('[R-BUILD-3] is expected to exit with 0 unless another exit is named', () => {
    expect(unmet([], ran())).toEqual([]);
    expect(unmet([], ran({ exit: 1 }))).toEqual(['expected exit 0, got 1']);
    expect(unmetOf(['stdout contains a'], ran({ exit: 2, stdout: 'a' }))).toEqual(['expected exit 0, got 2']);
    expect(unmetOf(['exit 2'], ran({ exit: 2 }))).toEqual([]);
    expect(unmetOf(['exit 2'], ran())).toEqual(['expected exit 2, got 0']);
    expect(unmet([], ran({ exit: null }))).toEqual([
      'expected exit 0, got no exit (ended by a signal or the time limit)',
    ]);
  });

  it('[R-BUILD-3] is compared with every expectation, each on its own stream', () => {
    const texts = ['stdout contains a b', 'stderr contains c', 'stdout matches /^x$/m', 'stderr matches /Y/i'];
    expect(unmetOf(texts, ran({ stdout: 'a b\nx\n', stderr: 'c y' }))).toEqual([]);
    expect(unmetOf(texts, ran({ stdout: 'c y', stderr: 'a b\nx\n' }))).toEqual([
      'stdout does not contain "a b"',
      'stderr does not contain "c"',
      'stdout does not match /^x$/m',
      'stderr does not match /Y/i',
    ]);
  });

  it('[R-BUILD-3] may have to leave files', () => {
    const texts = ['file a exists', 'file b contains x'];
    expect(
      unmetOf(
        texts,
        ran({
          files: new Map([
            ['a', ''],
            ['b', 'axb'],
          ]),
        }),
      ),
    ).toEqual([]);
    const missing = ['file a is not there', 'file b does not contain "x"'];
    expect(unmetOf(texts, ran())).toEqual(missing);
    expect(
      unmetOf(
        texts,
        ran({
          files: new Map([
            ['a', undefined],
            ['b', 'y'],
          ]),
        }),
      ),
    ).toEqual(missing);
  });
});
