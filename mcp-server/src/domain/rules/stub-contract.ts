import { sectionOf } from '../artifact/markdown.ts';
import { idsIn } from '../ids.ts';
import type { Rule } from './rule.ts';

const FOUND =
  '## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n| SYS-4 | stub | not here yet | probe:kubernetes/lab |\n';

export const stubContract: Rule = {
  id: 'stub-contract',
  severity: 'warning',
  atSubmission: 'error',
  summary: 'The design says under Interfaces what a stub has to do, so that the real system can take its place.',
  examples: [
    {
      title: 'a contract for the stub',
      artifacts: {
        'feasibility.md': FOUND,
        'design.md': '# D\n\n## Interfaces\n\nThe stub for SYS-4 takes a digest and answers with a state.\n',
      },
      reports: [],
    },
    {
      title: 'a stub that nothing describes',
      artifacts: { 'feasibility.md': FOUND, 'design.md': '# D\n\n## Interfaces\n\nNone.\n' },
      reports: [3],
    },
  ],
  check({ feasibility, design }) {
    if (feasibility === undefined || design === undefined) return [];
    const section = sectionOf(design.doc, 'Interfaces');
    const text = section === undefined ? '' : design.doc.text.slice(section.bodyStart, section.end);
    const named = new Set(idsIn(text));
    return feasibility.needs
      .filter(({ need, status }) => status === 'stub' && !named.has(need))
      .map(({ need }) => ({
        path: design.path,
        line: section?.line ?? 1,
        message: `${need} is a stub, and the design does not say what it has to do`,
        fix: `write under Interfaces what a stand-in for ${need} takes and answers`,
      }));
  },
};
