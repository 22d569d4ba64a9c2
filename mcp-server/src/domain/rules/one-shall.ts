import { obligationsIn } from '../ears/obligation.ts';
import { sentencesOf } from '../ears/sentences.ts';
import { statementsOf } from '../ears/statements.ts';
import type { Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const requirement = (body: string) => ({ 'requirements.md': `## Requirements\n\n### REQ-1: A\n\n${body}\n` });

export const oneShall: Rule = {
  id: 'one-shall',
  severity: 'warning',
  summary: 'A sentence has one SHALL, so that each obligation can be met, tested and changed on its own.',
  examples: [
    {
      title: 'two sentences with one each',
      artifacts: requirement('The tool SHALL read v1.2 zones, e.g. from main.db. It SHALL write them to 10.0.0.1.'),
      reports: [],
    },
    {
      title: 'a relative clause with must, and quoted text',
      artifacts: requirement(
        'WHEN a name that must be unique exists, the tool SHALL print "you SHALL NOT pass" and stop.',
      ),
      reports: [],
    },
    {
      title: 'German',
      artifacts: requirement('Namen, die eindeutig sein müssen, muss das Werkzeug prüfen.'),
      reports: [],
    },
    {
      title: 'two in one sentence',
      artifacts: requirement('The tool SHALL read the zone and SHALL write it.'),
      reports: [5],
    },
    {
      title: 'in small letters',
      artifacts: requirement('The tool shall read it\nand shall not write it.'),
      reports: [5],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? []).flatMap((requirement) =>
      statementsOf(requirement).flatMap(({ text, line }) =>
        sentencesOf(text)
          .filter((sentence) => obligationsIn(sentence) > 1)
          .map((sentence) => ({
            path: requirements!.path,
            line,
            message: `${requirement.id}: ${obligationsIn(sentence)} obligations in one sentence: ${quoted(sentence)}`,
            fix: 'write a sentence for each, or a requirement of its own',
          })),
      ),
    ),
};
