import type { Requirement } from '../artifact/requirements.ts';
import { isEnglish, obliges, weakWord } from '../ears/obligation.ts';
import { statementsOf } from '../ears/statements.ts';
import type { Rule } from './rule.ts';

const requirement = (body: string, title = 'Greeting') => ({
  'requirements.md': `## Requirements\n\n### REQ-1: ${title}\n\n${body}\n- **AC-1.1** A name appears.\n`,
});

export const requirementStatement: Rule = {
  id: 'requirement-statement',
  severity: 'error',
  summary:
    'A requirement says in a sentence with SHALL (or MUST) what the automation does. Obligations of other languages count, text in a language that is not known here is left alone, and the sentence may stand in a paragraph, a list, the heading or a criterion.',
  examples: [
    { title: 'SHALL in a paragraph', artifacts: requirement('The tool **SHALL** print the name.\n'), reports: [] },
    {
      title: 'small letters, over two lines',
      artifacts: requirement('The tool\nshall print the name.\n'),
      reports: [],
    },
    { title: 'in a list', artifacts: requirement('- WHEN it starts, the tool SHALL print the name.\n'), reports: [] },
    { title: 'German', artifacts: requirement('Das Werkzeug muss den Namen ausgeben.\n'), reports: [] },
    { title: 'Japanese', artifacts: requirement('ツールは名前を表示しなければならない。\n', '挨拶'), reports: [] },
    {
      title: 'Hungarian, whose obligations are not known here',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: Üdvözlés\n\nAz eszköznek ki kell írnia a nevet.\n\n- **AC-1.1** A név megjelenik.\n',
      },
      reports: [],
    },
    {
      title: 'a user story whose criteria oblige',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n### REQ-1: Greeting\n\nAs a user, I want to be greeted.\n\n- **AC-1.1** WHEN it starts THEN the tool SHALL print the name.\n',
      },
      reports: [],
    },
    { title: 'a description', artifacts: requirement('The tool prints the name of the user.\n'), reports: [3] },
    {
      title: 'no sentence at all',
      artifacts: { 'requirements.md': '## Requirements\n\n### REQ-1: Greeting\n' },
      reports: [3],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? []).filter(lacksStatement).map(({ id, line }) => ({
      path: requirements!.path,
      line,
      message: `no sentence of ${id} says what the automation SHALL do`,
      fix: 'write "The <system> SHALL <response>.", or "WHEN <trigger>, the <system> SHALL <response>."',
    })),
};

function lacksStatement(requirement: Requirement): boolean {
  const { title, criteria } = requirement;
  const texts = [...statementsOf(requirement), ...criteria.map((one) => ({ text: one.title }))].map((one) => one.text);
  if ([title, ...texts].some(obliges)) return false;
  // A weak word is ears-form's to say.
  if (texts.some((text) => weakWord(text) !== undefined)) return false;
  return texts.length === 0 || isEnglish(texts.join(' '));
}
