import type { Check, Design } from '../artifact/design.ts';
import { type Expectation, readExpectation } from '../build/expect.ts';
import { REPORTED_CHANGE, type Repeat, readRepeat } from '../build/repeat.ts';
import type { Variable } from './configuration.ts';
import { formatTest } from './format-test.ts';
import { line, word } from './shell-text.ts';

/** One step of a job: a script for any POSIX shell, in which text of the design is quoted and never expanded. */
export interface Step {
  name: string;
  script: string;
}

/** What a job of a delivery does, in order: its configuration is there, the record holds, every command check passes. */
export function stepsOf(design: Design, variables: readonly Variable[], verifyScript: string): Step[] {
  return [
    { name: 'Required configuration', script: configurationScript(variables) },
    { name: 'Verify the record', script: verifyScript },
    ...design.checks.flatMap((check) =>
      check.command === undefined || check.method !== 'command' ? [] : [checkStep(check, variables)],
    ),
  ];
}

/** Says of each variable that is missing or of another form its name and what was expected; never its value. */
function configurationScript(variables: readonly Variable[]): string {
  const lines = variables.flatMap((variable) => {
    const { name, required, format, meaning } = variable;
    const expected = line([format || 'text', meaning].filter((text) => text !== '').join('; '));
    const complain = (what: string) =>
      `{ printf '%s\\n' ${word(`${name} ${what}; expected: ${expected}`)} >&2; failed=1; }`;
    const test = formatTest(variable);
    const present = `[ -n "\${${name}:-}" ]`;
    return [
      ...(required ? [`${present} || ${complain('is not set')}`] : []),
      ...(test === undefined ? [] : [`! ${present} || ${test} || ${complain('has another format')}`]),
    ];
  });
  return [...defaults(variables), 'failed=0', ...lines, '[ "$failed" -eq 0 ]'].join('\n');
}

const defaults = (variables: readonly Variable[]) =>
  variables.flatMap(({ name, fallback }) =>
    fallback === '' ? [] : [`[ -n "\${${name}:-}" ] || export ${name}=${word(fallback)}`],
  );

function checkStep(check: Check, variables: readonly Variable[]): Step {
  const { id, expect } = check;
  const expected = expect.flatMap(({ text }) => readExpectation(text) ?? []);
  const all: Expectation[] = expected.some((one) => one.kind === 'exit')
    ? expected
    : [{ kind: 'exit', code: 0 }, ...expected];
  const repeats = expect.flatMap(({ text }) => readRepeat(text) ?? []);
  const complain = (what: string) => `{ printf '%s\\n' ${word(`${id}: expected ${what}`)} >&2; failed=1; }`;
  return {
    name: line(`${id}: ${check.title}`),
    script: [
      ...defaults(variables),
      'out="$(mktemp)"; err="$(mktemp)"; status=0; failed=0',
      runOf(check),
      'cat "$out"; cat "$err" >&2',
      ...all.map((one) => `${testOf(one)} || ${complain(said(one))}`),
      ...(repeats.length === 0 ? [] : secondRun(check, repeats, complain)),
      'rm -f "$out" "$err"',
      '[ "$failed" -eq 0 ]',
    ].join('\n'),
  };
}

/** The command in its folder, with its variables and its time, and its output kept. */
function runOf({ command, settings }: Check): string {
  const argv = command!.text.split(/\r?\n/).filter((one) => one !== '');
  const program =
    command!.lang === 'argv'
      ? argv.map(word).join(' ')
      : `${command!.lang === 'bash' ? 'bash' : 'sh'} -c ${word(command!.text)}`;
  const { folder, seconds, environment } = settings;
  const set = Object.entries(environment).map(([name, value]) => `${name}=${word(value)}`);
  const whole = [
    ...(set.length === 0 ? [] : ['env', ...set]),
    ...(seconds === undefined ? [] : ['timeout', String(seconds)]),
    program,
  ].join(' ');
  const placed = folder === '.' ? whole : `(cd ${word(folder)} && ${whole})`;
  return `${placed} >"$out" 2>"$err" </dev/null || status=$?`;
}

/** The state of the work tree as one number; what git ignores does not count. */
const TREE = '"$(git status --porcelain | cksum; git diff | cksum)"';

function secondRun(check: Check, repeats: readonly Repeat[], complain: (what: string) => string): string[] {
  const named = repeats.flatMap((one) => (one.kind === 'unchanged' ? [] : [one]));
  const unchanged = named.length < repeats.length;
  const own = named.some((one) => one.kind === 'exit');
  return [
    `first="$status"; status=0; tree=${TREE}`,
    runOf(check),
    'cat "$out"; cat "$err" >&2',
    ...(own ? [] : [`[ "$status" -eq "$first" ] || ${complain('a second run to end as the first')}`]),
    ...named.map((one) => `${testOf(one)} || ${complain(`of a second run: ${said(one)}`)}`),
    ...(unchanged
      ? [
          `[ "$tree" = ${TREE} ] || ${complain('a second run to change no file')}`,
          `! node -e ${word(MATCHES)} "$out" ${word(REPORTED_CHANGE)} m || ${complain('a second run to report no change')}`,
        ]
      : []),
  ];
}

/** The same text and the same regular expression as `run-check` asks for, so that both come to one verdict. */
const CONTAINS = "process.exit(require('fs').readFileSync(process.argv[1],'utf8').includes(process.argv[2])?0:1)";
const MATCHES =
  "process.exit(new RegExp(process.argv[2],process.argv[3]).test(require('fs').readFileSync(process.argv[1],'utf8'))?0:1)";

const stream = (name: 'stdout' | 'stderr') => (name === 'stdout' ? '"$out"' : '"$err"');

function testOf(one: Expectation): string {
  switch (one.kind) {
    case 'exit':
      return `[ "$status" -eq ${one.code} ]`;
    case 'contains':
      return `node -e ${word(CONTAINS)} ${stream(one.stream)} ${word(one.text)}`;
    case 'matches':
      return `node -e ${word(MATCHES)} ${stream(one.stream)} ${word(one.pattern)} ${word(one.flags)}`;
    case 'file-exists':
      return `[ -f ${word(one.path)} ]`;
    case 'file-contains':
      return `node -e ${word(CONTAINS)} ${word(one.path)} ${word(one.text)} 2>/dev/null`;
  }
}

function said(one: Expectation): string {
  switch (one.kind) {
    case 'exit':
      return `exit ${one.code}`;
    case 'contains':
      return line(`${one.stream} to contain ${one.text}`);
    case 'matches':
      return line(`${one.stream} to match /${one.pattern}/${one.flags}`);
    case 'file-exists':
      return `the file ${line(one.path)}`;
    case 'file-contains':
      return line(`the file ${one.path} to contain ${one.text}`);
  }
}
