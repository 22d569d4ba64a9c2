import { SYNONYMS } from './vocabulary.ts';

const STOP = new Set(
  'a an and any are as at be before by can each every for from has if in into is it its never no not of on one only or shall so that the their them then to until up what when where which while who will with without'.split(
    ' ',
  ),
);

/** The words of a text: lower-case, apart at every other character and where the case changes, plurals cut. */
export function wordsOf(text: string): string[] {
  return (
    text
      .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
      .toLowerCase()
      .match(/[a-z0-9]+/g) ?? []
  ).map(singular);
}

const singular = (word: string) => {
  if (word.length <= 3 || !word.endsWith('s') || /(?:ss|us|is|os)$/.test(word)) return word;
  return word.slice(0, /(?:tch|nch|sh|x|ss)es$/.test(word) ? -2 : -1);
};

const CANON = new Map(SYNONYMS.flatMap((group) => group.map((word) => [singular(word), group[0]!] as const)));

/** The words that carry meaning, each once, with synonyms made one. */
export const meaningOf = (text: string): Set<string> =>
  new Set(wordsOf(text).flatMap((word) => (STOP.has(word) || /^\d+$/.test(word) ? [] : (CANON.get(word) ?? word))));

/** Whether words hold a phrase, in a row. */
export function holdsPhrase(words: readonly string[], phrase: string): boolean {
  return ` ${words.join(' ')} `.includes(` ${wordsOf(phrase).join(' ')} `);
}
