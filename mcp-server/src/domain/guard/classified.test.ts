import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../test/helpers/command-corpus.ts';
import { type Classification, classify } from './classify.ts';
import type { Effect } from './effects.ts';

/** Judgements that were read and found right; `npx vitest run -u` writes them anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/classified');

const CORPORA = [
  'shell-forms',
  'mutating-commands',
  'ordinary-commands',
  'deciding-commands',
  'judged-commands',
  'writing-commands',
];

const commands = (name: string) => corpus(name).map(({ command }) => command);
const word = (text: string | undefined) => (text === undefined ? '?' : JSON.stringify(text));

function effect(kind: string, { tool, verb, targets, argv, directory, places }: Effect): string {
  const told = [
    `${kind} ${tool} ${verb ?? '?'}`.trim(),
    argv.map(word).join(' '),
    ...targets.map((target) => `${target.kind}=${target.value ?? '?'}`),
    ...(directory === '' ? [] : [`in ${directory ?? '?'}`]),
    ...places.map((place) => `at ${place.program}:${place.name ?? '?'}`),
  ];
  return told.join(' | ');
}

function told(line: string, found: Classification): string {
  const lines = [
    ...found.effects.map((one) => effect('changes', one)),
    ...found.dryRuns.map((one) => effect('rehearses', one)),
    ...found.writes.map(
      ({ path, prefix, suffix, pattern, scope, by }) =>
        `writes ${path ?? `${prefix}?${suffix}`}${pattern ? ' (pattern)' : ''}${scope === 'tree' ? ' (tree)' : ''} | ${by}`,
    ),
    ...found.approvals.map((one) => `approves ${JSON.stringify(one)}`),
    ...found.opaque.map(({ program, path, kind }) => `starts ${program} ${path ?? ''} | ${kind}`),
    ...(found.incomplete ? ['incomplete'] : []),
  ];
  return [`$ ${line.replaceAll('\n', '\n> ')}`, ...lines.map((one) => `    ${one}`)].join('\n');
}

describe('what each command would do', () => {
  it.each(CORPORA)('of %s is what was judged', async (name) => {
    const all = commands(name).map((line) => told(line, classify(line)));
    await expect(`${all.join('\n')}\n`).toMatchFileSnapshot(join(EXPECTED, `${name}.txt`));
  });

  it('does not depend on what was classified before', () => {
    const lines = commands('shell-forms');
    const first = lines.map((line) => classify(line));
    expect([...lines].reverse().map((line) => classify(line))).toEqual(first.reverse());
  });
});
