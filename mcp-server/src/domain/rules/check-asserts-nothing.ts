import type { Check } from '../artifact/design.ts';
import { type Expectation, readExpectation } from '../build/expect.ts';
import type { Rule } from './rule.ts';

const check = (command: string, expect = '') => ({
  'design.md': `## Verification\n\n### CHK-1: A\n\n- Method: command\n${expect}\n\`\`\`sh\n${command}\n\`\`\`\n`,
});

export const checkAssertsNothing: Rule = {
  id: 'check-asserts-nothing',
  severity: 'warning',
  summary: 'A check can fail: its command does more than print a text or succeed whatever happens.',
  examples: [
    {
      title: 'a command whose exit tells something',
      artifacts: check('set -e\npython3 greet.py Ann\necho done'),
      reports: [],
    },
    {
      title: 'a command that may fail, with an expectation of its output',
      artifacts: check('python3 greet.py Ann || true', '- Expect: stdout contains Ann\n'),
      reports: [],
    },
    { title: 'a file that has to be there', artifacts: check('true', '- Expect: file greet.py exists\n'), reports: [] },
    {
      title: 'a printed value that is compared',
      artifacts: check('echo "$(python3 greet.py Ann)"', '- Expect: stdout contains Ann\n'),
      reports: [],
    },
    { title: 'nothing but success', artifacts: check('# later\ntrue'), reports: [7] },
    {
      title: 'a text that is printed and then found',
      artifacts: check('echo "all ok"', '- Expect: stdout contains ok\n'),
      reports: [8],
    },
    { title: 'a failure that is thrown away', artifacts: check('python3 greet.py Ann || true\nexit 0'), reports: [7] },
    {
      title: 'an expectation that everything meets',
      artifacts: check('printf "%s" "$(python3 greet.py)"', '- Expect: stdout matches /.*/\n'),
      reports: [8],
    },
  ],
  check: ({ design }) =>
    (design?.checks ?? [])
      .filter((check) => check.method === 'command' && check.command !== undefined && assertsNothing(check))
      .map(({ id, command }) => ({
        path: design!.path,
        line: command!.line,
        message: `${id} passes whatever the automation does`,
        fix: 'run what was built and let its exit, its output or a file decide',
      })),
};

function assertsNothing({ command, expect }: Check): boolean {
  const expectations = expect.map(({ text }) => readExpectation(text));
  // What cannot be read is check-fields' to say.
  if (expectations.includes(undefined)) return false;
  const demanding = expectations.filter((one) => one !== undefined && canFail(one)) as Expectation[];
  if (demanding.some((one) => one.kind === 'file-exists' || one.kind === 'file-contains')) return false;
  const statements = statementsOf(command!.text);
  if (demanding.length > 0) return statements.every(printsConstant);
  return statements.every((one) => isInert(one) || /\|\|\s*(?:true|:|exit 0)$/.test(one));
}

/** Whether there is a run that does not meet it; of the exit, the command itself decides. */
function canFail(expectation: Expectation): boolean {
  if (expectation.kind === 'exit') return false;
  return expectation.kind !== 'matches' || !new RegExp(expectation.pattern, expectation.flags).test('');
}

/** Lines and `;`-separated parts without comments; rough, because a wrong split only makes a part look less inert. */
function statementsOf(text: string): string[] {
  return text
    .replace(/\\\n/g, ' ')
    .split(/\n|;|&&/)
    .map((part) => part.replace(/(?:^|\s)#.*$/, '').trim())
    .filter((part) => part !== '');
}

const PRINTS = /^(?:echo|printf)\b[^|<>]*$/;
const SETS = /^(?:true|:|exit(?: \d+)?|set [-+]\w.*|cd\b.*|sleep \S+|export \w+=[^$`|]*|\w+=[^\s$`|]*)$/;

/** Changes and observes nothing, so it succeeds always. */
const isInert = (statement: string) => PRINTS.test(statement) || SETS.test(statement);

const printsConstant = (statement: string) =>
  SETS.test(statement) || (PRINTS.test(statement) && !/[$`]/.test(statement));
