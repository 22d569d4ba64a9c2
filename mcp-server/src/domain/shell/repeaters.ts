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

/** GNU `parallel`: a command whose words the shell reads again, or, without one, commands on standard input. */
export const parallel: Carrier = (words, input) => {
  const valued =
    '-j -n -N -L -S -a -d -I --jobs --sshlogin --delay --timeout --retries --joblog --results --colsep --arg-file';
  const { rest } = readArguments(words.slice(1), { valued, leading: true });
  const at = rest.findIndex((word) => /^:::/.test(word.text ?? ''));
  const command = at < 0 ? rest : rest.slice(0, at);
  if (command.length > 0) return [{ kind: 'program', text: joinWords(command.map(known)), subshell: true }];
  if (at < 0) return fromInput(input);
  return rest.slice(at + 1).map((word) => ({ kind: 'program', text: word.text, subshell: true }));
};

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

/** `at`, `batch`, `crontab -`: a program for later. */
export const later: Carrier = (_words, input) => fromInput(input);

/** `find ... -exec command {} ;` and its relatives. */
export const find: Carrier = (words) => {
  const nexts: Next[] = [];
  for (let at = 0; at < words.length; at++) {
    if (!/^-(?:exec|execdir|ok|okdir)$/.test(words[at]?.text ?? '')) continue;
    const command: Word[] = [];
    for (at++; at < words.length; at++) {
      const word = words[at]!;
      if (word.text === ';' || (word.text === '+' && command.at(-1)?.text === undefined)) break;
      command.push(word.text === '{}' ? UNKNOWN : word);
    }
    nexts.push({ kind: 'command', words: command });
  }
  return nexts;
};
