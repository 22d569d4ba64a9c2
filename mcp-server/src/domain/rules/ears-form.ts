import type { Requirement } from '../artifact/requirements.ts';
import { formProblem } from '../ears/form.ts';
import { isEnglish, obliges, weakWord } from '../ears/obligation.ts';
import { sentencesOf } from '../ears/sentences.ts';
import { statementsOf } from '../ears/statements.ts';
import type { Place, Rule } from './rule.ts';

const requirement = (body: string) => ({ 'requirements.md': `## Requirements\n\n### REQ-1: A\n\n${body}\n` });
const fine = (title: string, body: string) => ({ title, artifacts: requirement(body), reports: [] });
const wrong = (title: string, body: string) => ({ title, artifacts: requirement(body), reports: [5] });

export const earsForm: Rule = {
  id: 'ears-form',
  severity: 'warning',
  summary:
    'A sentence with SHALL follows an EARS pattern: ubiquitous, WHEN, WHILE, WHERE, IF ... THEN, or several of them, with the conditions first and the system named. Letter case does not matter, prose without SHALL is left alone, and so is text that is not English.',
  examples: [
    fine('ubiquitous', 'The tool SHALL print the name.'),
    fine('event', '**WHEN** a request arrives, the tool **SHALL** log it.'),
    fine(
      'state and event, over several lines',
      'WHILE the zone is frozen,\nWHEN a request arrives,\nthe tool SHALL\nrefuse it.',
    ),
    fine('optional feature', 'WHERE a second site exists, the tool SHALL write there, too.'),
    fine('unwanted behaviour', 'IF the zone is missing, THEN the tool SHALL exit with 2.'),
    fine('IF with a comma and without THEN', 'If the zone is missing, the tool must not write.'),
    fine('a plain condition behind SHALL', 'The tool SHALL exit with 2 if the zone is missing.'),
    fine('keywords that are only named', 'The linter SHALL recognise lines that begin with WHEN/THEN.'),
    fine('a lead-in with a list', 'The tool SHALL:\n\n- read the zone\n- write the record'),
    fine(
      'a list whose subject stands before it',
      'WHEN a request arrives, the tool:\n\n- SHALL log it\n- SHALL answer it',
    ),
    fine(
      'prose beside the statement',
      'The tool SHALL log. When nobody reads logs, that helps little. It will be reviewed in May.',
    ),
    fine('German', 'Wenn eine Anfrage eintrifft, muss das Werkzeug sie protokollieren.'),
    wrong('a condition without what follows', 'WHEN a request arrives, the tool logs it.'),
    wrong('nobody who acts', 'WHEN a request arrives, SHALL log it.'),
    wrong('nothing that is done', 'The tool SHALL.'),
    wrong('a condition whose end cannot be seen', 'WHEN a request arrives the tool SHALL log it.'),
    wrong('the keyword behind SHALL', 'The tool SHALL log it WHEN a request arrives.'),
    wrong('an empty condition', 'IF , THEN the tool SHALL stop.'),
    wrong('a wish', 'The tool should log each request.'),
  ],
  check: ({ requirements }) =>
    (requirements?.requirements ?? []).flatMap((requirement) =>
      problems(requirement).map((problem) => ({ path: requirements!.path, ...problem })),
    ),
};

function problems(requirement: Requirement): Omit<Place, 'path'>[] {
  const { id, title, criteria } = requirement;
  const statements = statementsOf(requirement);
  const found = statements.flatMap(({ text, line, listed }) =>
    sentencesOf(text).flatMap((sentence) => {
      const problem = formProblem(sentence, listed);
      return problem === undefined ? [] : [{ line, message: `${id}: ${problem.message}`, fix: problem.fix }];
    }),
  );
  if (
    found.length > 0 ||
    [title, ...statements.map((one) => one.text), ...criteria.map((one) => one.title)].some(obliges)
  )
    return found;
  const wish = statements.find(({ text }) => weakWord(text) !== undefined && isEnglish(text));
  if (wish === undefined) return [];
  const message = `${id}: "${weakWord(wish.text)}" leaves open whether it has to`;
  return [{ line: wish.line, message, fix: 'write SHALL for what is required, and take out what is not' }];
}
