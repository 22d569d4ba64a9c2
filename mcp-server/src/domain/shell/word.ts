import type { Segment, Word } from './script.ts';

/** A word from its segments (XCU 2.2 and 2.6 of POSIX.1-2024: quoting and word expansions). */
export function makeWord(segments: readonly Segment[]): Word {
  let prefix = '';
  let suffix = '';
  let dynamic = false;
  let pattern = false;
  for (const segment of segments) {
    if (segment.kind === 'literal') {
      if (!dynamic) prefix += segment.text;
      suffix += segment.text;
      pattern ||= !segment.quoted && /[*?[]/.test(segment.text);
    } else {
      dynamic = true;
      suffix = '';
    }
  }
  return { segments, text: dynamic ? undefined : prefix, prefix, suffix, pattern };
}

/** The word that quoting `text` would give. */
export function literalWord(text: string): Word {
  return makeWord([{ kind: 'literal', text, quoted: true }]);
}

/** A word of which nothing is known. */
export const UNKNOWN: Word = makeWord([{ kind: 'other', quoted: true }]);

/** Marks the text of a process substitution where a file's name would stand: no path holds a NUL. */
export const PROCESS_FILE = '\0';

/** The word without the first `length` characters of its literal prefix. */
export function dropPrefix(word: Word, length: number): Word {
  const rest: Segment[] = [];
  let left = length;
  for (const segment of word.segments) {
    if (left > 0 && segment.kind === 'literal') {
      const text = segment.text.slice(left);
      left -= segment.text.length - text.length;
      if (text !== '' || segment.quoted) rest.push({ ...segment, text });
    } else rest.push(segment);
  }
  return makeWord(rest);
}

/** What follows the last `/`: also of `$HOME/bin/terraform`, whose end is literal. Undefined when that is dynamic. */
export function baseName(word: Word): string | undefined {
  const known = word.text ?? (word.suffix.includes('/') ? word.suffix : undefined);
  return known?.slice(known.lastIndexOf('/') + 1);
}

/** The words as text with single spaces, as `eval` and `ssh` join theirs; undefined when one is dynamic. */
export function joinWords(words: readonly Word[]): string | undefined {
  const texts: string[] = [];
  for (const word of words) {
    if (word.text === undefined) return undefined;
    texts.push(word.text);
  }
  return texts.join(' ');
}
