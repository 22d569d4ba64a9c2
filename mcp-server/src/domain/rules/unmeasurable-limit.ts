import { LIMIT_EXAMPLE, LIMIT_KINDS, limitKind } from '../artifact/limit-value.ts';
import type { Limit } from '../artifact/requirements.ts';
import type { Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const limits = (...rows: string[]) => ({
  'requirements.md': `## Limits\n\n| Limit | Value |\n|---|---|\n${rows.map((row) => `| ${row} |\n`).join('')}`,
});

export const unmeasurableLimit: Rule = {
  id: 'unmeasurable-limit',
  severity: 'error',
  summary:
    'A limit has a value that a run can be measured against: a number, a percentage, an ISO 8601 duration, money in a period. Limits that runs look at have to be of their own kind; others may be any number with its unit.',
  examples: [
    {
      title: 'limits of every kind',
      artifacts: limits(
        'max-hosts | 20%',
        'batch | 10',
        'rto | PT30M',
        'cost-ceiling | 200 EUR/month',
        'log size | at most 5 GB',
        'latency | < 200 ms',
      ),
      reports: [],
    },
    {
      title: 'words',
      artifacts: limits('batch | small', 'retries | unlimited', 'max-hosts | about 10'),
      reports: [5, 6, 7],
    },
    {
      title: 'values of another kind',
      artifacts: limits('rto | 30 minutes', 'cost-ceiling | 200', 'max-hosts | 120%'),
      reports: [5, 6, 7],
    },
    {
      title: 'a value without a name, and a name without a value',
      artifacts: limits(' | 10', 'batch | '),
      reports: [5, 6],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.limits ?? []).flatMap((limit) => {
      const problem = problemOf(limit);
      return problem === undefined ? [] : [{ path: requirements!.path, line: limit.line, ...problem }];
    }),
};

function problemOf({ name, value }: Limit): { message: string; fix: string } | undefined {
  if (name === '') return { message: 'the limit has no name', fix: 'say what it limits' };
  const kind = limitKind(value);
  const expected = LIMIT_KINDS.get(name.toLowerCase());
  if (kind !== undefined && (expected === undefined || expected.includes(kind))) return undefined;
  const kinds = expected ?? (['count', 'percentage', 'duration', 'money', 'quantity'] as const);
  return {
    message:
      value === ''
        ? `${quoted(name)} has no value`
        : `${quoted(name)}: ${quoted(value)} cannot be measured as ${expected?.join(' or ') ?? 'anything'}`,
    fix: `write it like ${kinds.map((one) => LIMIT_EXAMPLE[one]).join(' or ')}`,
  };
}
