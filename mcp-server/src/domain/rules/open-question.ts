import type { Rule } from './rule.ts';

export const openQuestion: Rule = {
  id: 'open-question',
  severity: 'warning',
  atSubmission: 'error',
  summary: 'A question is answered before a stage is submitted; a draft may hold open ones.',
  examples: [
    {
      title: 'answers on the line, in a nested item and in a block',
      artifacts: {
        'requirements.md':
          '## Questions\n\n- **Q-1** Who owns it? Answer: Ann\n- **Q-2** Since when?\n  - Answer: May\n\n### Q-3: Where?\n\n- Answer: site A\n',
      },
      reports: [],
    },
    {
      title: 'open questions',
      artifacts: {
        'requirements.md': '## Questions\n\n- **Q-1** Who owns it?\n- **Q-2** Since when? Answer: tbd\n',
        'feasibility.md': '## Open questions\n\n### Q-3: Where?\n\n- Answer:\n',
      },
      reports: [3, 3, 4],
    },
  ],
  check: ({ requirements, feasibility }) =>
    [requirements, feasibility]
      .filter((artifact) => artifact !== undefined)
      .flatMap(({ path, questions }) =>
        questions
          .filter(({ answer }) => /^(?:|-|\?+|tbd|tbc|todo|open|pending)\.?$/i.test(answer))
          .map(({ id, line }) => ({
            path,
            line,
            message: `${id} has no answer`,
            fix: 'add "Answer: ...", or take the question and what hangs on it out of scope',
          })),
      ),
};
