import type { Carrier, Next } from './carrier.ts';
import { readArguments } from './options.ts';
import { fromInput } from './programs.ts';
import type { Input } from './resolve.ts';
import type { Word } from './script.ts';
import { joinWords, literalWord, makeWord, UNKNOWN } from './word.ts';

const XARGS = '-I -n -P -L -d -E -s -a --max-args --max-procs --max-lines --delimiter --replace --arg-file --max-chars';

/** `xargs command`: what it reads becomes arguments. */
export const xargs: Carrier = (words, input) => {
  const { rest, options } = readArguments(words.slice(1), { valued: XARGS, leading: true });
  if (rest.length === 0) return [];
  const read = argumentsFrom(input);
  const replaced = options.find((option) => /^(?:-I|-i|--replace)$/.test(option.name));
  if (replaced === undefined) return [{ kind: 'command', words: [...rest, ...read] }];
  const marker = replaced.value?.text ?? '{}';
  const value = input.kind === 'text' && !input.text.trim().includes('\n') ? literalWord(input.text.trim()) : UNKNOWN;
  return [{ kind: 'command', words: rest.map((word) => replace(word, marker, value)) }];
};

function argumentsFrom(input: Input): readonly Word[] {
  if (input.kind !== 'text') return [UNKNOWN];
  return input.text
    .split(/\s+/)
    .filter((text) => text !== '')
    .map(literalWord);
}

function replace(word: Word, marker: string, value: Word): Word {
  if (marker === '' || word.text?.includes(marker) !== true) return word;
  if (value.text !== undefined) return literalWord(word.text.replaceAll(marker, value.text));
  // A text with blanks is most likely a program for `sh -c`: there a variable stands for what is not known.
  if (/\s/.test(word.text)) return literalWord(word.text.replaceAll(marker, PLACEHOLDER));
  const [before = '', ...after] = word.text.split(marker);
  return makeWord([...literalWord(before).segments, ...UNKNOWN.segments, ...literalWord(after.at(-1) ?? '').segments]);
}

/** Stands in a program's text for what only the run would tell. */
const PLACEHOLDER = '$UNKNOWN_ARGUMENT';

/** Values of `parallel` that are put into its command; of further ones it is only known that there are some. */
const MAX_VALUES = 16;

/** GNU `parallel`: a command whose words the shell reads again, once a value, or, without one, commands on standard input. */
export const parallel: Carrier = (words, input) => {
  const valued =
    '-j -n -N -L -S -a -d -I --jobs --sshlogin --delay --timeout --retries --joblog --results --colsep --arg-file';
  const { rest } = readArguments(words.slice(1), { valued, leading: true });
  const at = rest.findIndex((word) => /^:::/.test(word.text ?? ''));
  const command = at < 0 ? rest : rest.slice(0, at);
  const values = at < 0 ? argumentsFrom(input) : rest.slice(at + 1);
  if (command.length > 0) {
    const text = joinWords(command.map(known)) ?? '';
    // Several sources of values, or files of them (`::::`): what they come to only the run would tell.
    const mixed = rest[at]?.text !== ':::' && at >= 0;
    const given = mixed || values.some((word) => /^:::/.test(word.text ?? '')) ? [UNKNOWN] : values;
    const most = given.length > MAX_VALUES ? [...given.slice(0, MAX_VALUES), UNKNOWN] : given;
    return most.map((value) => ({ kind: 'program', text: filledIn(text, known(value)), subshell: true }));
  }
  if (at < 0) return fromInput(input);
  return values.map((word) => ({ kind: 'program', text: word.text, subshell: true }));
};

/** The command with a value in place of `{}`, `{.}`, `{1}` and their like, or behind it. */
function filledIn(command: string, { text = '' }: Word): string {
  const value = text === PLACEHOLDER || /^[\w./:=@,+-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
  const filled = command.replace(/\{\d*[./]*\}/g, () => value);
  return filled === command ? `${command} ${value}` : filled;
}

function known(word: Word): Word {
  return word.text === undefined ? literalWord(`${word.prefix}${PLACEHOLDER}${word.suffix}`) : word;
}

/** `watch command...`: joined and given to `sh -c`. */
export const watch: Carrier = (words) => {
  const { rest } = readArguments(words.slice(1), { valued: '-n -q --interval --equexit', leading: true });
  return rest.length === 0 ? [] : [{ kind: 'program', text: joinWords(rest.map(known)), subshell: true }];
};

/** Programs whose operands are shell programs each: `hyperfine`, `concurrently`. */
export const eachOperand: Carrier = (words) =>
  readArguments(words.slice(1), { valued: '-w -r -n -p --warmup --runs --names --prepare' }).operands.map((word) => ({
    kind: 'program',
    text: word.text,
    subshell: true,
  }));

/** What git runs: `bisect run`, `rebase --exec`, `submodule foreach`, an alias defined on the line. */
export const git: Carrier = (words) => {
  const { rest, options } = readArguments(words.slice(1), { valued: '-C -c --git-dir --work-tree', leading: true });
  const nexts: Next[] = [];
  for (const { value } of options) {
    const alias = /^alias\.[^=]*=!([\s\S]*)$/.exec(value?.text ?? '');
    if (alias !== null) nexts.push({ kind: 'program', text: alias[1], subshell: true });
  }
  const [verb, second] = rest.map((word) => word.text);
  if (verb === 'bisect' && second === 'run') nexts.push({ kind: 'command', words: rest.slice(2) });
  if (verb === 'submodule' && second === 'foreach') {
    const { rest: command } = readArguments(rest.slice(2), { leading: true });
    nexts.push({ kind: 'program', text: joinWords(command.map(known)), subshell: true });
  }
  if (verb === 'rebase') {
    const exec = readArguments(rest.slice(1), { valued: '-x --exec --onto -s -X' }).options;
    for (const { name, value } of exec) {
      if (name === '-x' || name === '--exec') nexts.push({ kind: 'program', text: value?.text, subshell: true });
    }
  }
  return nexts;
};

/** `at` and `batch`: a program for later. */
export const later: Carrier = (_words, input) => fromInput(input);

/** `crontab -`: behind the times of each line stands a program. */
export const crontab: Carrier = (_words, input) => {
  if (input.kind !== 'text') return fromInput(input);
  return fromInput({ kind: 'text', text: input.text.replace(/^[ \t]*(?:@\w+|(?:[-\w*,/?#]+[ \t]+){5})/gm, '') });
};

/** `find ... -exec command {} ;` and its relatives. */
export const find: Carrier = (words) =>
  executed(words, /^-(?:exec|execdir|ok|okdir)$/).map((command) => ({ kind: 'command', words: command.map(found) }));

/** `fd ... -x command`: the file that was found comes last where nothing else is said. */
export const fd: Carrier = (words) =>
  executed(words, /^(?:-x|-X|--exec|--exec-batch)$/).map((command) => {
    const placed = command.some((word) => word.text?.includes('{'));
    return { kind: 'command', words: [...command.map(found), ...(placed ? [] : [UNKNOWN])] };
  });

const found = (word: Word) => (word.text === '{}' ? UNKNOWN : replace(word, '{}', UNKNOWN));

/** The words behind each of the options, up to `;` or `{} +`. */
function executed(words: readonly Word[], option: RegExp): Word[][] {
  const all: Word[][] = [];
  for (let at = 0; at < words.length; at++) {
    if (!option.test(words[at]?.text ?? '')) continue;
    const command: Word[] = [];
    for (at++; at < words.length; at++) {
      const word = words[at]!;
      if (word.text === ';' || (word.text === '+' && command.at(-1)?.text === '{}')) break;
      command.push(word);
    }
    all.push(command);
  }
  return all;
}
