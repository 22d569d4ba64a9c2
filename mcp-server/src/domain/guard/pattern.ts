import type { Arguments } from '../shell/options.ts';
import type { Word } from '../shell/script.ts';

/** `maybe`: the command line does not tell, for instance because the word is a variable. */
type Match = 'yes' | 'no' | 'maybe';

export interface Matched {
  readonly match: 'yes' | 'maybe';
  /** How many operands are the verb. */
  readonly operands: number;
}

/** Matches the patterns of the command table (`Tool`) against a command's arguments; undefined when none can match. */
export function matchAny(patterns: readonly string[], args: Arguments): Matched | undefined {
  let maybe: Matched | undefined;
  for (const pattern of patterns) {
    const matched = matchPattern(pattern, args);
    if (matched?.match === 'yes') return matched;
    maybe ??= matched;
  }
  return maybe;
}

function matchPattern(pattern: string, args: Arguments): Matched | undefined {
  let at = 0;
  let match: Match = 'yes';
  for (const part of pattern.split(' ')) {
    const one = /^!?-/.test(part) ? matchOption(part, args) : matchWord(part, args.operands[at++]);
    if (one === 'no') return undefined;
    if (one === 'maybe') match = 'maybe';
  }
  // A pattern that looks at what is copied where has its verb in front.
  return { match, operands: /:/.test(pattern) ? 1 : at };
}

function matchOption(part: string, { options }: Arguments): Match {
  if (part.startsWith('!')) return options.some(({ name }) => name === part.slice(1)) ? 'no' : 'yes';
  const equals = part.indexOf('=');
  if (equals < 0) return part.split('|').some((name) => options.some((option) => option.name === name)) ? 'yes' : 'no';
  const option = options.findLast(({ name }) => name === part.slice(0, equals));
  return option === undefined ? 'no' : matchWord(part.slice(equals + 1), option.value);
}

/** Matches one word of a pattern against one word of the line. */
export function matchWord(part: string, word: Word | undefined): Match {
  if (word === undefined) return 'no';
  if (part === '*') return 'yes';
  if (part.startsWith('!')) return opposite(matchWord(part.slice(1), word));
  let result: Match = 'no';
  for (const choice of part.split('|')) {
    const one = matchChoice(choice, word);
    if (one === 'yes') return one;
    if (one === 'maybe') result = one;
  }
  return result;
}

function matchChoice(choice: string, word: Word): Match {
  const star = choice.indexOf('*');
  const head = star < 0 ? choice : choice.slice(0, star);
  const tail = star < 0 ? '' : choice.slice(star + 1);
  if (word.text !== undefined) {
    const { text } = word;
    if (star < 0) return text === choice ? 'yes' : 'no';
    if (head === '' && tail.endsWith('*')) return text.includes(tail.slice(0, -1)) ? 'yes' : 'no';
    return text.length >= head.length + tail.length && text.startsWith(head) && text.endsWith(tail) ? 'yes' : 'no';
  }
  if (star >= 0 && tail === '' && word.prefix.startsWith(head)) return 'yes';
  if (head === '' && tail.endsWith('*') && word.prefix.includes(tail.slice(0, -1))) return 'yes';
  return head.startsWith(word.prefix) || word.prefix.startsWith(head) ? 'maybe' : 'no';
}

function opposite(match: Match): Match {
  return match === 'yes' ? 'no' : match === 'no' ? 'yes' : 'maybe';
}
