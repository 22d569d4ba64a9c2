import type { Word } from './script.ts';
import { dropPrefix } from './word.ts';

export interface Option {
  /** With its dashes, as written. */
  readonly name: string;
  readonly value: Word | undefined;
}

export interface Arguments {
  readonly options: readonly Option[];
  readonly operands: readonly Word[];
  /** How many operands come before the first that may as well be the value of the option in front of it. */
  readonly certain: number;
  /** What stands behind the first operand or `--`, with that operand; for commands that run the rest. */
  readonly rest: readonly Word[];
  /** The words behind `--`, when there is one. */
  readonly afterDashes: readonly Word[] | undefined;
}

export interface OptionStyle {
  /** Options whose value may be the next word, space separated: `-n --namespace`. */
  readonly valued?: string;
  /** Options end at the first operand (`sudo`, `xargs`) instead of being allowed anywhere. */
  readonly leading?: boolean;
  /** Go's flag package: `-chdir=x` is one long option, no letters are joined, and `--x` is `-x`. */
  readonly go?: boolean;
}

const valuedSets = new Map<string, ReadonlySet<string>>();

function valuedSet(names: string): ReadonlySet<string> {
  let set = valuedSets.get(names);
  if (set === undefined) {
    set = new Set(names.split(' '));
    valuedSets.set(names, set);
  }
  return set;
}

/** Splits a command's words (without its name) into options and operands (POSIX.1-2024, XBD 12.2, and GNU's additions). */
export function readArguments(words: readonly Word[], style: OptionStyle): Arguments {
  const valued = valuedSet(style.valued ?? '');
  const options: Option[] = [];
  const operands: Word[] = [];
  let certain: number | undefined;
  let behind = -1;
  let rest: readonly Word[] = [];
  let afterDashes: readonly Word[] | undefined;
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    if (word.text === '--') {
      afterDashes = words.slice(at + 1);
      if (operands.length === 0) rest = afterDashes;
      // Not spread into one call: a line may have more words than a call takes arguments.
      for (const operand of afterDashes) operands.push(operand);
      break;
    }
    if (!word.prefix.startsWith('-') || word.text === '-') {
      if (operands.length === 0) rest = words.slice(at);
      if (style.leading) {
        for (const operand of rest) operands.push(operand);
        break;
      }
      if (behind === at) certain ??= operands.length;
      operands.push(word);
      continue;
    }
    const option = oneOption(word, valued, style.go === true);
    const takesNext = option.value === undefined && valued.has(option.name) && at + 1 < words.length;
    for (const letter of option.letters) options.push({ name: letter, value: undefined });
    options.push({ name: option.name, value: takesNext ? words[++at] : option.value });
    behind = takesNext || option.value !== undefined ? -1 : at + 1;
  }
  return { options, operands, certain: certain ?? operands.length, rest, afterDashes };
}

/** The option in one word; `letters` are those joined before it, as in `-it`. */
function oneOption(
  word: Word,
  valued: ReadonlySet<string>,
  go: boolean,
): { letters: readonly string[]; name: string; value: Word | undefined } {
  const text = word.prefix;
  const equals = text.indexOf('=');
  const dashes = go && text.startsWith('--') ? 1 : 0;
  if (go || text.startsWith('--')) {
    if (equals < 0) return { letters: [], name: text.slice(dashes), value: undefined };
    return { letters: [], name: text.slice(dashes, equals), value: dropPrefix(word, equals + 1) };
  }
  if (valued.has(text)) return { letters: [], name: text, value: undefined };
  const letters: string[] = [];
  for (let at = 1; at < text.length; at++) {
    const name = `-${text[at]}`;
    const last = at === text.length - 1;
    if (valued.has(name) && !(last && word.text !== undefined)) {
      return { letters, name, value: dropPrefix(word, at + (text[at + 1] === '=' ? 2 : 1)) };
    }
    if (last || text[at + 1] === '=') {
      return { letters, name, value: last ? undefined : dropPrefix(word, at + 2) };
    }
    letters.push(name);
  }
  return { letters, name: text, value: undefined };
}
