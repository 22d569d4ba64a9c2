import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RULES } from './catalogue.ts';
import { exampleInput, runRules } from './rule.ts';

/** What rules say, read and found right; `npx vitest run -u` writes it anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/rules');

it.each(RULES.map((rule) => [rule.id, rule] as const))(
  '%s says of its examples what is wrong and how to mend it',
  async (id, rule) => {
    const said = rule.examples.flatMap((example) =>
      [false, true].map((submitting) => {
        const found = runRules(RULES, exampleInput(example), { submitting }).filter((one) => one.rule === id);
        const lines = found.map(
          ({ severity, path, line, message, fix }) => `${path}:${line} ${severity}: ${message} | ${fix}`,
        );
        return [`${example.title}${submitting ? ' (at submission)' : ''}`, ...lines.map((one) => `    ${one}`)].join(
          '\n',
        );
      }),
    );
    await expect(`${said.join('\n')}\n`).toMatchFileSnapshot(join(EXPECTED, `${id}.txt`));
  },
);
