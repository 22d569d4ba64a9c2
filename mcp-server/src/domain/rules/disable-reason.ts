import { Disables } from './disables.ts';
import { artifactsOf, type Rule } from './rule.ts';

const FORM = 'write <!-- countersign-disable-next-line rule-id: why it does not hold here -->';

export const disableReason: Rule = {
  id: 'disable-reason',
  severity: 'error',
  mandatory: true,
  summary: 'A comment that disables a rule names the rule and says why; without a reason it disables nothing.',
  examples: [
    {
      title: 'a comment with its reason',
      artifacts: {
        'requirements.md':
          '## Goal\n\n<!-- countersign-disable-next-line vague-words: "quickly" quotes the contract -->\nRecords appear quickly.\n',
      },
      reports: [],
    },
    {
      title: 'a comment without a reason',
      artifacts: {
        'requirements.md': '## Goal\n\n<!-- countersign-disable-next-line vague-words -->\nRecords appear quickly.\n',
      },
      reports: [3],
    },
    {
      title: 'a comment without a rule',
      artifacts: {
        'requirements.md': '## Goal\n\n<!-- countersign-disable-next-line -->\nRecords appear quickly.\n',
      },
      reports: [3],
    },
    {
      title: 'one that is shown as an example',
      artifacts: {
        'requirements.md': '## Goal\n\n```markdown\n<!-- countersign-disable-next-line vague-words -->\n```\n',
      },
      reports: [],
    },
  ],
  check: (input) =>
    new Disables(artifactsOf(input)).comments
      .filter((one) => one.rule === '' || one.reason === '')
      .map(({ path, line, rule }) => ({
        path,
        line,
        message:
          rule === ''
            ? 'this comment does not say which rule it disables'
            : `this comment does not say why ${rule} is disabled, so it disables nothing`,
        fix: FORM,
      })),
};
