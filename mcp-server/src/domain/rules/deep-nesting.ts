import { MAX_NESTING, overDeep } from '../artifact/nesting.ts';
import { artifactsOf, type Rule } from './rule.ts';

export const deepNesting: Rule = {
  id: 'deep-nesting',
  severity: 'error',
  mandatory: true,
  summary: `Lists, quotes and images nest at most ${MAX_NESTING} levels: from a line that is deeper on, nothing is read.`,
  examples: [
    { title: 'an item below an item', artifacts: { 'requirements.md': '## Goal\n\n- a\n  - b\n' }, reports: [] },
    {
      title: `more than ${MAX_NESTING} levels on one line`,
      artifacts: { 'requirements.md': `## Goal\n\n${'> '.repeat(MAX_NESTING + 1)}a\n` },
      reports: [3],
    },
  ],
  check: (input) =>
    artifactsOf(input).flatMap(({ path, doc }) => {
      const deep = overDeep(doc.text);
      if (deep === undefined) return [];
      const message = `nests deeper than ${MAX_NESTING} levels: nothing from here on is read`;
      return [{ path, line: deep.line, message, fix: 'write it with fewer levels' }];
    }),
};
