import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';

/** One command a line; several lines stand between fences. */
function commands(file: string): { section: string; command: string }[] {
  const found: { section: string; command: string }[] = [];
  let section = '';
  let block: string[] | undefined;
  for (const line of readFileSync(new URL(file, import.meta.url), 'utf8').split('\n')) {
    if (line === '```') {
      if (block !== undefined) found.push({ section, command: block.join('\n') });
      block = block === undefined ? [] : undefined;
    } else if (block !== undefined) block.push(line);
    else if (line.startsWith('## ')) section = line.slice(3);
    else if (line !== '') found.push({ section, command: line });
  }
  return found;
}

const ordinary = commands('ordinary-commands.txt');
const mutating = commands('mutating-commands.txt');

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
