import { artifactsOf, type Rule } from './rule.ts';

export const mergeConflict: Rule = {
  id: 'merge-conflict',
  severity: 'error',
  mandatory: true,
  summary: 'No conflict that git left behind is in an artifact: it says two things, and nobody decided for one.',
  examples: [
    {
      title: 'a heading underlined with equals signs, a deep quotation, and arrows in prose',
      artifacts: { 'requirements.md': '## Goal\n\nLess work\n=======\n\n>>>>>>> as he said\n\n<<<<<<< and on\n' },
      reports: [],
    },
    {
      title: 'two sides of a merge',
      artifacts: {
        'requirements.md':
          '## Goal\n\n<<<<<<< HEAD\nOne office.\n=======\nAll offices.\n>>>>>>> other\n\n<<<<<<< HEAD\n|||||||\n=======\n>>>>>>> other\n',
      },
      reports: [3, 9],
    },
  ],
  check: (input) =>
    artifactsOf(input).flatMap(({ path, doc }) =>
      conflictsIn(doc.text).map((line) => ({
        path,
        line,
        message: 'a merge conflict begins here that nobody has resolved',
        fix: 'keep the text that is meant, take out the lines with <<<<<<<, ======= and >>>>>>>, and git add the file',
      })),
    ),
};

/** Lines on which git's markers begin, where all three stand in their order. */
function conflictsIn(text: string): number[] {
  const found: number[] = [];
  let start = 0;
  let divided = false;
  for (const [at, line] of text.split(/\r\n?|\n/).entries()) {
    if (line.startsWith('<<<<<<< ')) [start, divided] = [at + 1, false];
    else if (start > 0 && line === '=======') divided = true;
    else if (divided && line.startsWith('>>>>>>> ')) {
      found.push(start);
      [start, divided] = [0, false];
    }
  }
  return found;
}
