/** What may stand before a full stop without ending the sentence, in small letters. */
const ABBREVIATIONS = new Set(
  'e.g i.e cf vs approx ca incl excl resp max min no nr fig sec st dr mr ms bzw usw z.b d.h u.a ggf evtl vgl p.ej av env'.split(
    ' ',
  ),
);

const END = /([.!?;；])["'”»)\]]*(?=\s|$)|[。！？]/g;

/**
 * The sentences of a paragraph; a semicolon ends one, too. Rough by intent: a dot within a name, a version, an address or
 * a usual abbreviation, and one that a small letter follows, end nothing.
 */
export function sentencesOf(paragraph: string): string[] {
  const sentences: string[] = [];
  let start = 0;
  for (const match of paragraph.matchAll(END)) {
    const end = match.index + match[0].length;
    if (match[1] === '.' && !endsSentence(paragraph, match.index, end)) continue;
    sentences.push(paragraph.slice(start, end).trim());
    start = end;
  }
  sentences.push(paragraph.slice(start).trim());
  return sentences.filter((sentence) => sentence !== '');
}

function endsSentence(text: string, dot: number, end: number): boolean {
  const before = /(\S{1,12})$/.exec(text.slice(Math.max(0, dot - 12), dot))?.[1] ?? '';
  if (/^\p{L}$/u.test(before) || ABBREVIATIONS.has(before.replace(/^[("']/, '').toLowerCase())) return false;
  return !/^\s*\p{Ll}/u.test(text.slice(end, end + 8));
}
