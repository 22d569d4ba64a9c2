/** A word that two readers measure differently, and what to write instead. */
interface VagueWord {
  /** A regular expression's source, matched in any letter case between word boundaries. */
  word: string;
  instead: string;
}

const TIME = 'a time, such as "within 2 s"';
const NUMBER = 'a number with its unit';
const CASES = 'the cases it means';
const OBSERVE = 'what can be observed';

/**
 * Words are listed only where they are vague in nearly every sentence: "best effort" names a traffic class, "fast" is part
 * of "Fast Ethernet", "some" often merely an article, and "normally" may mean "as before", so they are not here.
 */
const VAGUE_WORDS: readonly VagueWord[] = [
  ...vague(
    TIME,
    'quickly',
    'promptly',
    'rapidly',
    'in a timely manner',
    'timely',
    'as soon as possible',
    'asap',
    'without (?:undue )?delay',
    'fast enough',
    'as fast as possible',
    'instantly',
    'near[ -]real[ -]time',
  ),
  ...vague(TIME, 'schnell(?:stmöglich)?', 'zeitnah', 'unverzüglich', 'so bald wie möglich'),
  ...vague(
    NUMBER,
    'adequate(?:ly)?',
    'sufficient(?:ly)?',
    'reasonabl[ey]',
    'as few as possible',
    'as many as possible',
    'a (?:small|large) number of',
    'highly (?:available|scalable|performant)',
    'performant',
    'scalable',
  ),
  ...vague(NUMBER, 'ausreichend(?:e[mnrs]?)?', 'angemessen(?:e[mnrs]?)?', 'möglichst', 'performant(?:e[mnrs]?)?'),
  ...vague(
    CASES,
    'appropriate(?:ly)?',
    'as (?:needed|required|necessary|applicable)',
    'if (?:necessary|possible|needed)',
    'where (?:possible|applicable|appropriate)',
    'when (?:necessary|needed)',
    'etc',
    'and so on',
    'as far as possible',
    'to the extent possible',
    'usually',
  ),
  ...vague(
    CASES,
    'usw',
    'ggf',
    'bei Bedarf',
    'falls (?:möglich|nötig)',
    'wenn (?:möglich|nötig)',
    'in der Regel',
    'normalerweise',
  ),
  ...vague(
    OBSERVE,
    'user[ -]friendly',
    'easy to use',
    'easily',
    'intuitive(?:ly)?',
    'robust(?:ly)?',
    'seamless(?:ly)?',
    'efficiently',
    'graceful(?:ly)?',
    'state of the art',
    'well[ -]designed',
  ),
  ...vague(
    OBSERVE,
    'benutzerfreundlich(?:e[mnrs]?)?',
    'einfach zu bedienen',
    'nahtlos(?:e[mnrs]?)?',
    'ordnungsgemäß(?:e[mnrs]?)?',
  ),
  ...vague(
    'what was decided, or a question Q-n',
    'tbd',
    'tbc',
    'to be (?:defined|determined|decided|confirmed)',
    'todo',
  ),
];

function vague(instead: string, ...words: string[]): VagueWord[] {
  return words.map((word) => ({ word, instead }));
}

const PATTERN = new RegExp(
  `(?<![\\p{L}\\p{N}_/-])(?:${VAGUE_WORDS.map(({ word }) => `(${word})`).join('|')})(?![\\p{L}\\p{N}_/-])`,
  'giu',
);

/** The vague words of a text as they stand there, each once. */
export function vagueWordsIn(text: string): { found: string; instead: string }[] {
  const found = new Map<string, string>();
  for (const match of text.matchAll(PATTERN)) {
    const which = match.slice(1).findIndex((group) => group !== undefined);
    found.set(match[0].toLowerCase(), VAGUE_WORDS[which]!.instead);
  }
  return [...found].map(([word, instead]) => ({ found: word, instead }));
}
