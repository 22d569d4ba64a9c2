import { Disables } from './disables.ts';
import { artifactsOf, type Rule } from './rule.ts';

export const disableUnused: Rule = {
  id: 'disable-unused',
  severity: 'warning',
  mandatory: true,
  summary: 'A comment that disables a rule covers a finding of that rule; one that covers nothing is taken out again.',
  examples: [
    {
      title: 'a comment that covers a finding',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n<!-- countersign-disable-next-line criterion-missing: the auditors observe it -->\n### REQ-1: A\n\nThe tool SHALL greet.\n',
      },
      reports: [],
    },
    {
      title: 'a comment that covers nothing any more',
      artifacts: {
        'requirements.md':
          '## Requirements\n\n<!-- countersign-disable-next-line criterion-missing: the auditors observe it -->\n### REQ-1: A\n\n- **AC-1.1** a\n',
      },
      reports: [3],
    },
    {
      title: 'a rule that does not exist',
      artifacts: {
        'requirements.md':
          '## Goal\n\n<!-- countersign-disable-next-line vague-word: typing error -->\nRecords appear.\n',
      },
      reports: [3],
    },
    {
      title: 'a rule that a gate rests on',
      artifacts: {
        'requirements.md': '<!-- countersign-disable-next-line front-matter: nobody needs it -->\n# DNS\n',
      },
      reports: [1],
    },
  ],
  check(input, { rules, found }) {
    const disables = new Disables(artifactsOf(input));
    if (disables.comments.length === 0) return [];
    const keys = new Set(found.map((one) => disables.key(one.path, one.line, one.rule)));
    const known = new Map(rules.map((rule) => [rule.id, rule]));
    return disables.comments.flatMap(({ path, line, target, rule: id, reason }) => {
      const rule = known.get(id);
      if (id === '' || reason === '') return [];
      if (rule === undefined)
        return [{ path, line, message: `there is no rule ${id}`, fix: "write the rule's id as the finding shows it" }];
      if (rule.mandatory)
        return [{ path, line, message: `${id} cannot be disabled: a gate rests on it`, fix: 'remove the comment' }];
      if (keys.has(disables.key(path, target, id))) return [];
      return [{ path, line, message: `${id} finds nothing in line ${target}`, fix: 'remove the comment' }];
    });
  },
};
