import { stringify } from 'yaml';
import type { Design } from '../artifact/design.ts';
import { proseOf } from '../artifact/entries.ts';
import { sectionOf } from '../artifact/markdown.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { type Edit, splice } from '../artifact/splice.ts';
import { oneLine } from '../one-line.ts';
import { reopenQuestions } from './answer-places.ts';
import { entriesLeftOut } from './entries-left-out.ts';
import { limitQuestion, type NewQuestion, roleQuestions, valueQuestions, withQuestions } from './questions.ts';
import { sitePlaces } from './site-places.ts';
import { codeIn, insideAny, type Stretch } from './source-places.ts';

/** A delivered spec as a template: the texts of its folder (docs/templates.md). */
export interface Generalised {
  /** The draft that new deliveries start from. */
  requirements: string;
  /** answers.yaml: the worked example, which says what the delivered spec said. */
  answers: string;
  /** template.yaml. */
  facts: string;
  /** What was asked that the spec had fixed. */
  questions: NewQuestion[];
  /** Questions of the spec whose answers were taken out. */
  reopened: string[];
  /** Concluded entries that were left out. */
  leftOut: string[];
}

/**
 * Turns a delivered spec into a template: what belongs to its site becomes a question, answers are taken out, entries that
 * were concluded and never said are left out. Ids stay, and new questions are numbered after the last. Text outside those
 * places stays byte for byte.
 *
 * @param design its Bindings say which systems fill the roles
 */
export function generalise(
  spec: Requirements,
  design: Design | undefined,
  { name, title }: { name: string; title: string },
): Generalised {
  const { cuts, ids } = entriesLeftOut(spec);
  const isCut = insideAny(cuts);
  const reopened = reopenQuestions(spec).filter((one) => !isCut(one));
  const isReopened = insideAny(reopened);
  const places = sitePlaces(spec, design).filter(({ at }) => !isCut(at) && !isReopened(at));
  const first = 1 + Math.max(0, ...spec.questions.map((one) => Number(one.id.slice('Q-'.length)) || 0));
  const values = valueQuestions(places);
  const questions = [...values, ...roleQuestions(spec, design), ...limitQuestion(spec)].map(
    (one, at): NewQuestion => ({ ...one, id: `Q-${first + at}` }),
  );
  const idOf = new Map(values.map(({ answer }, at) => [answer, `Q-${first + at}`]));
  const isCode = insideAny(codeIn(spec.doc));
  const edits: Edit[] = [
    frontEdit(spec, name, title),
    ...cuts.map(({ start, end }) => ({ start, end, text: '' })),
    ...reopened.map(({ start, end, text }) => ({ start, end, text })),
    ...places.map(({ at, kind, value, system }) => {
      const id = idOf.get(value)!;
      const the = /(?:^|\n\r?\n|[.!?] )$/.test(spec.doc.text.slice(Math.max(0, at.start - 3), at.start))
        ? 'The'
        : 'the';
      return { ...at, text: system ?? (isCode(at) ? `<${id}>` : `${the} ${kind} of ${id}`) };
    }),
  ];
  return {
    requirements: withQuestions(splice(spec.doc.text, edits), questions),
    answers: answersText(spec, questions, (section) => places.some(({ at }) => insideAny([section])(at))),
    facts: factsText(spec, title),
    questions,
    reopened: reopened.map((one) => one.id),
    leftOut: ids,
  };
}

function frontEdit({ doc, front }: Requirements, name: string, title: string): Edit {
  const lines = [
    'countersign: requirements/1',
    `title: ${JSON.stringify(title)}`,
    'owner: Unassigned',
    `risk: ${front?.risk ?? 'standard'}`,
    ...(front?.track === undefined ? [] : [`track: ${front.track}`]),
    `template: ${name}`,
  ];
  return { start: doc.front?.start ?? 0, end: doc.front?.end ?? 0, text: lines.join('\n') };
}

/** What the delivered spec said: the answers to its own questions and to the new ones, and the prose that lost a value. */
function answersText(
  spec: Requirements,
  questions: readonly NewQuestion[],
  moved: (section: Stretch) => boolean,
): string {
  const { front, doc } = spec;
  const prose = (title: string) => {
    const section = sectionOf(doc, title);
    if (section === undefined || !moved(section)) return {};
    return { [title.toLowerCase()]: doc.text.slice(section.bodyStart, section.end).trim() };
  };
  const own = spec.questions.flatMap(({ id, answer }) => (answer === '' ? [] : [[id, oneLine(answer)]]));
  const all = {
    countersign: 'answers/1',
    title: front?.title ?? '',
    owner: front?.owner ?? '',
    ...(front === undefined || front.refs.length === 0 ? {} : { refs: front.refs }),
    ...prose('Problem'),
    ...prose('Goal'),
    answers: Object.fromEntries([...own, ...questions.map(({ id, answer }) => [id, oneLine(answer)])]),
  };
  return stringify(all, { lineWidth: 120 });
}

const LONGEST_SUMMARY = 160;
const LONGEST_TITLE = 80;
const MOST_TAGS = 8;
const COMMON = new Set('and the for from with into that this der die das und mit von aus'.split(' '));

/** The title, the first sentence of the goal, and words of the title to find it by. */
function factsText(spec: Requirements, title: string): string {
  const goal = oneLine(proseOf(spec.doc, 'Goal'));
  const sentence = /^.*?[.!?](?=\s|$)/.exec(goal)?.[0] ?? goal;
  const words = title.toLowerCase().match(/[a-z0-9]+(?:-[a-z0-9]+)*/g) ?? [];
  const tags = [...new Set(words.filter((word) => word.length > 2 && !COMMON.has(word)))].slice(0, MOST_TAGS);
  return stringify({
    countersign: 'template/1',
    title: cut(title, LONGEST_TITLE),
    summary: cut(sentence === '' ? title : sentence, LONGEST_SUMMARY),
    tags,
  });
}

const cut = (text: string, longest: number) => (text.length > longest ? `${text.slice(0, longest - 1)}…` : text);
