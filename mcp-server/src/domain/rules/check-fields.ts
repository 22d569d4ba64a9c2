import { type Check, METHODS } from '../artifact/design.ts';
import { itemsOf, paragraphsOf } from '../artifact/markdown.ts';
import { EXPECT_FORMS, readExpectation } from '../build/expect.ts';
import { REPEAT_FORMS, readRepeat } from '../build/repeat.ts';
import type { Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const check = (body: string) => ({
  'design.md': `## Verification\n\n### CHK-1: Greets\n\n- Criterion: AC-1.1\n${body}`,
});
const fence = (lang: string, command: string) => `\n\`\`\`${lang}\n${command}\n\`\`\`\n`;

export const checkFields: Rule = {
  id: 'check-fields',
  severity: 'error',
  mandatory: true,
  summary:
    'A check names what it verifies and its Method: a command to run with readable expectations, a text that says what to look at, or the reason why it cannot be tested.',
  examples: [
    {
      title: 'a command with its expectations',
      artifacts: check(
        `- Method: command\n- Expect:\n  - exit 0\n  - stdout contains Ann\n  - stdout matches /^Hello/m\n${fence('sh', 'python3 greet.py Ann')}`,
      ),
      reports: [],
    },
    {
      title: 'an inspection that says what to look at',
      artifacts: check('- Method: inspection\n\nThe message names the missing variable.\n'),
      reports: [],
    },
    {
      title: 'a reason instead of a test',
      artifacts: check('- Method: not-testable\n- Reason: needs a power cut\n'),
      reports: [],
    },
    {
      title: 'no method, and one nobody knows',
      artifacts: check('\n### CHK-2: B\n\n- Component: CMP-1\n- Method: look\n'),
      reports: [3, 10],
    },
    {
      title: 'a command that is not there',
      artifacts: check('- Method: command\n\n`python3 greet.py`\n'),
      reports: [3],
    },
    {
      title: 'a command in another language',
      artifacts: check(`- Method: command\n${fence('python', 'print(1)')}`),
      reports: [8],
    },
    {
      title: 'expectations that cannot be read',
      artifacts: check(`- Method: command\n- Expect: it works\n${fence('bash', 'python3 greet.py Ann')}`),
      reports: [7],
    },
    {
      title: 'a folder outside, a time that is none, a variable without a value',
      artifacts: check(
        `- Method: command\n- Folder: ../x\n- Time limit: soon\n- Variables: A\n${fence('argv', 'python3\ngreet.py')}`,
      ),
      reports: [7, 8, 9],
    },
    {
      title: 'a second run',
      artifacts: check(`- Method: command\n- Expect: again changes nothing\n${fence('sh', 'python3 greet.py')}`),
      reports: [],
    },
    {
      title: 'nothing to look at, and no reason',
      artifacts: check('- Method: manual\n\n### CHK-2: B\n\n- Criterion: AC-1.2\n- Method: not-testable\n'),
      reports: [3, 8],
    },
    {
      title: 'a check of nothing',
      artifacts: {
        'design.md': '## Verification\n\n### CHK-1: A\n\n- Criterion: it greets\n- Method: inspection\n\nLook.\n',
      },
      reports: [5],
    },
  ],
  check: ({ design }) =>
    (design?.checks ?? []).flatMap((one) =>
      [...subject(one), ...method(one)].map((problem) => ({ path: design!.path, line: one.line, ...problem })),
    ),
};

interface Problem {
  line?: number;
  message: string;
  fix: string;
}

function subject({ id, criteria, component, fields }: Check): Problem[] {
  if (criteria.length > 0 || component !== undefined) return [];
  const field = fields.get('criterion') ?? fields.get('criteria') ?? fields.get('component');
  return [
    {
      ...(field === undefined ? {} : { line: field.line }),
      message: `${id} does not say what it verifies`,
      fix: 'add "- Criterion: AC-n.m", or "- Component: CMP-n" for a check of a component as a whole',
    },
  ];
}

function method(check: Check): Problem[] {
  const { id, rawMethod, reason, fields } = check;
  const line = fields.get('method')?.line;
  switch (check.method) {
    case undefined:
      return [
        {
          ...(line === undefined ? {} : { line }),
          message: rawMethod === '' ? `${id} has no Method` : `${quoted(rawMethod)} is no Method`,
          fix: `add "- Method: ..." with one of ${METHODS.join(', ')}`,
        },
      ];
    case 'command':
      return [...command(check), ...settings(check)];
    case 'not-testable':
      if (reason !== '') return [];
      return [{ message: `${id} is not testable and does not say why`, fix: 'add "- Reason: ..."' }];
    case 'inspection':
    case 'manual':
      if (saysMore(check)) return [];
      return [
        { message: `${id} does not say what to look at`, fix: 'write below it what a person does and has to see' },
      ];
  }
}

function command({ id, command, expect }: Check): Problem[] {
  const block = 'put the command into a fenced block, at the margin, that starts with ```sh or ```bash';
  const found: Problem[] = [];
  if (command === undefined || command.text.trim() === '')
    found.push({ message: `${id} has no command to run`, fix: block });
  else if (!/^(?:sh|bash|argv)$/.test(command.lang))
    found.push({ line: command.line, message: `${id}: a block of ${quoted(command.lang)} is not run`, fix: block });
  for (const { text, line } of expect)
    if (readExpectation(text) === undefined && readRepeat(text) === undefined)
      found.push({
        line,
        message: `${id}: ${quoted(text)} is no expectation`,
        fix: `one a line, as a nested list: ${[...EXPECT_FORMS, ...REPEAT_FORMS].join('; ')}`,
      });
  return found;
}

const settings = ({ id, settings: { problems } }: Check): Problem[] =>
  problems.map(({ line, text }) => ({
    line,
    message: `${id}: ${text}`,
    fix: 'Folder: a folder of the project; Time limit: 90 s or 5 min; Variables: NAME=value, one each',
  }));

const HEADERS = /^(?:criterion|criteria|method|component|priority):/i;

function saysMore({ block }: Check): boolean {
  if (block === undefined) return false;
  return paragraphsOf(block).length > 0 || itemsOf(block).some((item) => !HEADERS.test(item.text));
}
