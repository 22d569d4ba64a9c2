import { describe, expect, it } from 'vitest';
import { corpus } from '../../../../test/helpers/command-corpus.ts';
import { classify } from './classify.ts';

const ordinary = corpus('ordinary-commands');
const mutating = corpus('mutating-commands');

describe('the corpus of ordinary commands', () => {
  it('holds at least 300', () => {
    expect(new Set(ordinary.map(({ command }) => command)).size).toBeGreaterThanOrEqual(300);
  });

  it('changes nothing and approves nothing', () => {
    const wrong = ordinary.filter(({ command }) => {
      const { effects, approvals, incomplete } = classify(command);
      return effects.length > 0 || approvals.length > 0 || incomplete;
    });
    expect(wrong.map(({ command }) => command)).toEqual([]);
  });
});

describe('the corpus of world-changing commands', () => {
  it('holds at least 150', () => {
    expect(new Set(mutating.map(({ command }) => command)).size).toBeGreaterThanOrEqual(150);
  });

  it('is reported with tool and verb, a dynamic verb as unknown', () => {
    const told = mutating.map(({ section, command }) => {
      const names = classify(command).effects.map(({ tool, verb }) =>
        verb === undefined ? '?' : `${tool} ${verb}`.trim(),
      );
      return { command, found: names.includes(section) ? section : names };
    });
    expect(told.filter(({ found }) => Array.isArray(found))).toEqual([]);
  });
});
