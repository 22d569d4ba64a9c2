import type { Need } from '../artifact/requirements.ts';
import type { Rule } from './rule.ts';

const HEAD = '## Systems\n\n| ID | System | Purpose | Required | If not available |\n|---|---|---|---|---|\n';

export const needFields: Rule = {
  id: 'need-fields',
  severity: 'error',
  summary:
    'A capability or system says whether it is required (yes or no), and one that is not says what happens without it.',
  examples: [
    {
      title: 'a required capability and an optional system',
      artifacts: {
        'requirements.md': `## Capabilities\n\n### CAP-1: Python\n\n- Required: yes\n\n${HEAD}| SYS-1 | Chat | tells the team | no | nobody is told |\n`,
      },
      reports: [],
    },
    {
      title: 'neither yes nor no, and nothing at all',
      artifacts: {
        'requirements.md': `## Capabilities\n\n### CAP-1: Python\n\n- Required: maybe\n\n### CAP-2: Bash\n\nAny version.\n\n${HEAD}| SYS-1 | | tells the team | yes | stop |\n`,
      },
      reports: [5, 7, 15],
    },
    {
      title: 'an optional one without a fallback',
      artifacts: { 'requirements.md': `${HEAD}| SYS-1 | Chat | tells the team | no | |\n` },
      reports: [5],
    },
  ],
  check: ({ requirements }) =>
    [...(requirements?.capabilities ?? []), ...(requirements?.systems ?? [])].flatMap((need) =>
      problems(need).map((problem) => ({ path: requirements!.path, line: need.line, ...problem })),
    ),
};

function problems(need: Need): { line?: number; message: string; fix: string }[] {
  const id = need.id === '' ? 'the need' : need.id.slice(0, 40);
  const found = [];
  if (need.title === '') found.push({ message: `${id} has no name`, fix: 'say which role or capability it is' });
  if (need.required === undefined)
    found.push({
      ...(need.requiredLine === undefined ? {} : { line: need.requiredLine }),
      message: `${id} does not say whether it is required, and counts as required until it does`,
      fix: 'write yes or no for Required',
    });
  if (need.required === false && /^-?$/.test(need.ifNot))
    found.push({
      message: `${id} is not required, and nothing says what happens without it`,
      fix: 'say so under If not available',
    });
  return found;
}
