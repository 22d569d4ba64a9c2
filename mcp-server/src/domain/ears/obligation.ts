/**
 * The words that make a sentence a requirement. EARS writes SHALL (Mavin et al., "Easy Approach to Requirements Syntax",
 * RE'09); MUST is taken for the same. Other languages have their own, so that a German text is not blamed for its language.
 */
const OBLIGATIONS: Readonly<Record<string, readonly string[]>> = {
  en: ['shall', 'must'],
  de: ['muss', 'müssen', 'soll', 'sollen', 'darf', 'dürfen'],
  fr: ['doit', 'doivent', 'devra', 'devront'],
  es: ['debe', 'deben', 'deberá', 'deberán'],
  it: ['deve', 'devono', 'dovrà', 'dovranno'],
  pt: ['deve', 'devem', 'deverá', 'deverão'],
  nl: ['moet', 'moeten', 'dient', 'dienen', 'zal', 'zullen'],
  nordic: ['ska', 'skall', 'skal', 'måste', 'må', 'täytyy', 'pitää'],
  slavic: [
    'musi',
    'muszą',
    'powinien',
    'powinna',
    'powinno',
    'musí',
    'должен',
    'должна',
    'должно',
    'должны',
    'повинен',
    'повинна',
    'повинно',
  ],
};

/** Scripts without blanks between words, where the word is looked for anywhere. */
const UNSPACED = /なければならない|ものとする|すること|必须|必須|应当|應當|须|須|해야|하여야|يجب|חייב/;

const wordsOf = (words: readonly string[], flags: string) =>
  new RegExp(`(?<![\\p{L}\\p{N}_-])(?:${words.join('|')})(?![\\p{L}\\p{N}_-])`, flags);

const ALL = Object.values(OBLIGATIONS).flat();
const ANY = wordsOf(ALL, 'iu');
const CAPITALS = wordsOf(
  ALL.map((word) => word.toUpperCase()),
  'gu',
);
const SHALL = wordsOf(['shall'], 'gu');
const ENGLISH = wordsOf(['shall', 'must'], 'iu');
const WEAK = wordsOf(['should', 'will', 'would', 'ought to', 'has to', 'have to', 'needs to', 'need to'], 'iu');

/** Whether a text obliges someone, in any of the languages that are known here. */
export const obliges = (text: string) => ANY.test(text) || UNSPACED.test(text);

/** A word that wishes or foretells where SHALL would oblige; undefined where there is none. */
export const weakWord = (text: string) => WEAK.exec(text)?.[0].toLowerCase();

/**
 * How many obligations a sentence states. Capitals count in every language; where there are none, only `shall`, because
 * "must" and its kin also stand in relative clauses ("a name that must be unique").
 */
export function obligationsIn(sentence: string): number {
  const bare = sentence.replace(/"[^"]*"|“[^”]*”|„[^“”]*[“”]/g, '');
  return (bare.match(CAPITALS) ?? bare.match(SHALL) ?? []).length;
}

/** Where the English obligation stands: capitals first, then the first of any case. */
export function obligationAt(sentence: string): { start: number; end: number } | undefined {
  const match = /\b(?:SHALL|MUST)\b/.exec(sentence) ?? ENGLISH.exec(sentence);
  return match === null ? undefined : { start: match.index, end: match.index + match[0].length };
}

const FUNCTION_WORDS = new Set(['the', 'and', 'with', 'that', 'when', 'from', 'this', 'are', 'each', 'which', 'is']);

/**
 * Whether a text is English, as far as the rules about English words need to know: one word in ten is a function word of
 * English, and nearly all letters are Latin without accents.
 */
export function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const foreign = words.filter((word) => !/^[a-z]+$/.test(word)).length;
  const function_ = words.filter((word) => FUNCTION_WORDS.has(word)).length;
  return function_ > 0 && function_ * 10 >= words.length && foreign * 20 <= words.length;
}
