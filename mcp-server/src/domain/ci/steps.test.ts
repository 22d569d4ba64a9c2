import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { configurationOf, environmentsOf } from './configuration.ts';
import { formatTest } from './format-test.ts';
import { stepsOf } from './steps.ts';

/** A folder under git with a folder `sub`, as a runner has it. */
function checkout(): string {
  const root = mkdtempSync(join(tmpdir(), 'countersign-steps-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  mkdirSync(join(root, 'sub'));
  writeFileSync(join(root, 'kept'), 'kept\n');
  execFileSync('git', ['init', '-q'], { cwd: root });
  execFileSync('git', ['add', '.'], { cwd: root });
  return root;
}

const check = (fields: readonly string[], command: string, lang = 'sh') =>
  readDesign(
    `## Verification\n\n### CHK-1: It works\n\n- Criterion: AC-1.1\n- Method: command\n${fields.map((one) => `- ${one}\n`).join('')}\n\`\`\`${lang}\n${command}\n\`\`\`\n`,
  );

/** How the step of a check ends, what it prints, and what it complains of. */
function run(fields: readonly string[], command: string, lang?: string, root = checkout()) {
  const [, , step] = stepsOf(check(fields, command, lang), [], 'true');
  const { status, stdout, stderr } = spawnSync('sh', ['-e', '-c', step!.script], { cwd: root, encoding: 'utf8' });
  return { status, out: stdout, said: stderr.split('\n').filter((one) => one.startsWith('CHK-1')) };
}

describe('the step of a check', () => {
  it('runs in its folder, with its variables, within its time', () => {
    const fields = [
      'Folder: sub',
      'Variables:\n  - A=one\n  - B=it',
      'Time limit: 90 s',
      'Expect: stdout contains sub one it',
    ];
    expect(run(fields, 'echo "$(basename "$PWD") $A $B"')).toEqual({ status: 0, out: 'sub one it\n', said: [] });
    expect(run(['Time limit: 1 s'], 'sleep 5')).toEqual({ status: 1, out: '', said: ['CHK-1: expected exit 0'] });
  });

  it('gives a program its words as they are, one a line', () => {
    expect(run(['Expect: exit 0'], 'printf\n%s|\n\na b\n$HOME', 'argv').out).toBe('a b|$HOME|');
  });

  it('runs the command again, and asks for the same end and no change', () => {
    const twice = ['Expect: again changes nothing'];
    expect(run(twice, 'echo x')).toEqual({ status: 0, out: 'x\nx\n', said: [] });
    expect(run(twice, 'test ! -e mark && touch mark').said).toEqual([
      'CHK-1: expected a second run to end as the first',
    ]);
    expect(run(twice, 'echo more >> kept').said).toEqual(['CHK-1: expected a second run to change no file']);
    expect(run(twice, 'echo "web1 : ok=3  changed=2  failed=0"').said).toEqual([
      'CHK-1: expected a second run to report no change',
    ]);
  });

  it('asks of the second run what is said of it, instead of the end of the first', () => {
    const command = 'if [ -e mark ]; then echo again; exit 4; else touch mark; fi';
    expect(run(['Expect: again exit 4', 'Expect: again stdout contains again'], command)).toEqual({
      status: 0,
      out: 'again\n',
      said: [],
    });
    expect(run(['Expect: again exit 4', 'Expect: again stdout contains never'], command).said).toEqual([
      'CHK-1: expected of a second run: stdout to contain never',
    ]);
    expect(run(['Expect: again stdout contains again'], command).said).toEqual([
      'CHK-1: expected a second run to end as the first',
    ]);
  });

  it('is none of a check that a person makes, or that has no command', () => {
    const steps = (text: string) => stepsOf(readDesign(text), [], 'verify').map(({ name }) => name);
    const head = '## Verification\n\n### CHK-1: Look\n\n- Criterion: AC-1.1\n';
    const own = ['Required configuration', 'Verify the record'];
    expect(steps(`${head}- Method: manual\n\n\`\`\`sh\nls\n\`\`\`\n`)).toEqual(own);
    expect(steps(`${head}- Method: command\n\nText.\n`)).toEqual(own);
    expect(steps(`${head}- Method: command\n\n\`\`\`sh\nls\n\`\`\`\n`)).toEqual([...own, 'CHK-1: Look']);
  });
});

describe('the configuration of a job', () => {
  const variable = { name: 'X', required: true, format: '', fallback: '', secret: false, meaning: '', line: 1 };
  const said = (more: Partial<typeof variable>, env: Record<string, string> = {}) => {
    const [step] = stepsOf(readDesign(''), [{ ...variable, ...more }], 'verify');
    const { stderr } = spawnSync('sh', ['-c', step!.script], {
      encoding: 'utf8',
      env: { PATH: process.env['PATH'], ...env },
    });
    return stderr;
  };

  it('is missing with what was expected, as far as that is said', () => {
    expect(said({})).toBe('X is not set; expected: text\n');
    expect(said({ format: 'url', meaning: 'of it' })).toBe('X is not set; expected: url; of it\n');
    expect(said({ format: 'integer' }, { X: 'a' })).toBe('X has another format; expected: integer\n');
    expect(said({ required: false, format: 'integer' })).toBe('');
    expect(said({ fallback: '7', format: 'integer' })).toBe('');
  });
});

describe('a format', () => {
  /** Of these values, those that have it; undefined where nobody can tell by a program. */
  const fits = (format: string, ...values: string[]) => {
    const test = formatTest({ name: 'X', required: true, format, fallback: '', secret: false, meaning: '', line: 1 });
    if (test === undefined) return undefined;
    const script = `for X in "$@"; do export X; if ${test}; then printf '%s\\n' "$X"; fi; done`;
    return spawnSync('sh', ['-c', script, 'sh', ...values], { encoding: 'utf8' })
      .stdout.split('\n')
      .slice(0, -1);
  };

  it.each<[string, string[], string[] | undefined]>([
    ['/^a+$/', ['aa', 'ab'], ['aa']],
    ['/a/b/', ['a/b', 'ab'], ['a/b']],
    ['x /a/', ['a'], undefined],
    ['/a/ x', ['a'], undefined],
    ['/(/', ['('], undefined],
    ['one of a, b', ['a', 'b', 'c', 'a, b'], ['a', 'b']],
    ['One of:  a|b or c', ['a', 'b', 'c', 'or'], ['a', 'b', 'c']],
    ['one of a,,b', ['', 'a', 'b'], ['a', 'b']],
    ['one of for, to', ['for', 'to', 'f'], ['for', 'to']],
    ['any one of a, b', ['a'], undefined],
    ['one of the names', ['a'], undefined],
    ['one of', ['a'], undefined],
    ['integer, small', ['-12', '1.5', 'a'], ['-12']],
    ['port', ['80', '80a'], ['80']],
    ['ports', ['80'], undefined],
    ['a port', ['80'], undefined],
    ['decimal', ['1.5', '1.', '.5', '-2'], ['1.5', '-2']],
    ['Yes / no', ['yes', 'no', 'maybe', 'true', '0'], ['yes', 'no', 'true', '0']],
    ['https URL', ['https://a', 'a://b c', 'a'], ['https://a']],
    ['e-mail', ['a@b', 'a', 'a@b@c'], ['a@b']],
    ['IP address', ['10.0.0.1', '10.0.1'], ['10.0.0.1']],
    ['40 hex digits', ['a'.repeat(40), 'a'.repeat(39), 'g'.repeat(40)], ['a'.repeat(40)]],
    ['text', ['a'], undefined],
  ])('%j of %j fits %j', (format, values, fitting) => expect(fits(format, ...values)).toEqual(fitting));
});

describe('the environments of a design', () => {
  it('are file names from their titles, each once', () => {
    const titles = ['ENV-1: Lab', 'ENV-2 :  Production EU', 'lab', '--Ünder--', '!!', `x${'y'.repeat(80)}`, 'ENV-3'];
    const design = readDesign(`## Environments\n\n${titles.map((title) => `### ${title}\n\n`).join('')}`);
    expect(environmentsOf(design)).toEqual(['lab', 'production-eu', 'nder', `x${'y'.repeat(63)}`]);
    expect(environmentsOf(readDesign(''))).toEqual([]);
  });

  it('have the variables of one table', () => {
    const rows = [
      '| A | yes | text | none |',
      '| B | no | | non |',
      '| C | | | -- |',
      '| D | | | a-none |',
      '| E | | | None |',
    ];
    const design = readDesign(
      `## Configuration\n\n| Name | Required | Format | Default |\n|---|---|---|---|\n${rows.join('\n')}\n`,
    );
    expect(configurationOf(design).variables.map((one) => [one.name, one.required, one.fallback])).toEqual([
      ['A', true, ''],
      ['B', false, 'non'],
      ['C', true, '--'],
      ['D', true, 'a-none'],
      ['E', true, ''],
    ]);
  });
});
