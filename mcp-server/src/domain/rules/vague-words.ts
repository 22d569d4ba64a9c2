import { obliges, weakWord } from '../ears/obligation.ts';
import { sentencesOf } from '../ears/sentences.ts';
import { statementsOf } from '../ears/statements.ts';
import { vagueWordsIn } from '../ears/vague-words.ts';
import type { Rule } from './rule.ts';

const requirement = (body: string) => ({ 'requirements.md': `## Requirements\n\n### REQ-1: A\n\n${body}\n` });

export const vagueWords: Rule = {
  id: 'vague-words',
  severity: 'warning',
  summary:
    'Sentences that oblige, and acceptance criteria, avoid words that two readers measure differently. Prose around them may use any word.',
  examples: [
    {
      title: 'a measure',
      artifacts: requirement('The tool SHALL answer within 2 s.\n\n- **AC-1.1** 95% of 100 calls take under 2 s.'),
      reports: [],
    },
    {
      title: 'prose that explains',
      artifacts: requirement('The old tool was not user-friendly, robust etc.\n\nThe tool SHALL print the zone.'),
      reports: [],
    },
    {
      title: 'names that only look vague',
      artifacts: requirement(
        'The port SHALL run Fast Ethernet in the best effort class with easy-rsa and /opt/robust/bin.',
      ),
      reports: [],
    },
    {
      title: 'words without a measure',
      artifacts: requirement('The tool SHALL answer quickly and handle errors as appropriate.'),
      reports: [5, 5],
    },
    {
      title: 'in a criterion, and in German',
      artifacts: requirement('Das Werkzeug MUSS zeitnah antworten.\n\n- **AC-1.1** Sufficient addresses are free.'),
      reports: [5, 7],
    },
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? []).flatMap((requirement) => {
      const stated = statementsOf(requirement).flatMap(({ text, line }) =>
        sentencesOf(text)
          .filter((sentence) => obliges(sentence) || weakWord(sentence) !== undefined)
          .map((sentence) => ({ id: requirement.id, text: sentence, line })),
      );
      const criteria = requirement.criteria.map(({ id, title, line }) => ({ id, text: title, line }));
      return [...stated, ...criteria].flatMap(({ id, text, line }) =>
        vagueWordsIn(text).map(({ found, instead }) => ({
          path: requirements!.path,
          line,
          message: `${id}: "${found}" means something else to every reader`,
          fix: `write ${instead}`,
        })),
      );
    }),
};
