import { join } from 'node:path';
import { expect, it } from 'vitest';
import { RULES } from './catalogue.ts';
import { exampleInput, runRules } from './rule.ts';

const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/rules/findings.txt');

it('finds in the example of every rule what is recorded: place, severity, what is wrong and what to do', async () => {
  const told = RULES.flatMap((rule) => [
    `${rule.id}${rule.mandatory ? ', mandatory' : ''}`,
    ...rule.examples.flatMap((example) => [
      `  ${example.title}`,
      ...runRules(RULES, exampleInput(example))
        .filter((one) => one.rule === rule.id)
        .flatMap(({ severity, path, line, message, fix }) => [
          `    ${path}:${line} ${severity}: ${message}`,
          `      ${fix.replaceAll('\n', '\n      ')}`,
        ]),
    ]),
  ]);
  await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(EXPECTED);
});
