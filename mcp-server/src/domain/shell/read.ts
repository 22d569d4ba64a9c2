import { expandBraces } from './braces.ts';
import { announceHereDocument, readHereDocuments } from './here-document.ts';
import { readArithmetic, readWord } from './read-word.ts';
import { type Draft, newReader, newShell, openCommand, type Reader, result, skipBlanks, take } from './reader.ts';
import type { Range, Redirect, Script, Segment, Word } from './script.ts';
import { dropPrefix, makeWord } from './word.ts';

interface Group {
  readonly kind: '(' | '{' | 'if' | 'loop' | 'case';
  readonly start: number;
  /** What its first commands read, and what the group as a whole reads. */
  readonly input: Range | undefined;
  readonly shell: number;
  /** Whether what stands in it, and what stands behind it, may be left out at run time. */
  readonly conditional: boolean;
  readonly after: Pick<Reader, 'conditional' | 'chained' | 'list'>;
}

const CLOSES: Readonly<Record<string, Group['kind']>> = { '}': '{', fi: 'if', done: 'loop', esac: 'case' };
const OPENS: Readonly<Record<string, Group['kind']>> = {
  '{': '{',
  if: 'if',
  while: 'loop',
  until: 'loop',
  for: 'loop',
  select: 'loop',
  case: 'case',
};
const RESERVED =
  /(?:if|then|elif|else|fi|while|until|do|done|for|select|case|esac|function|coproc|time(?![ \t]+-[^p])|[{}!]|\[\[)(?=[\s;&|<>()]|$)/y;
const FUNCTION = /[ \t]*\([ \t\n]*\)/y;

/**
 * Reads a bash command line into its simple commands, in the order of the text (grammar: POSIX.1-2024, XCU 2.10, and
 * the bash manual, chapter 3). Groups are flattened, what substitutions run is listed too. Never throws; time is linear.
 */
export function readScript(text: string): Script {
  const reader = newReader(text, list);
  list(reader, '', undefined);
  if (reader.pending.length > 0) reader.shared.incomplete = true;
  return result(reader);
}

function list(reader: Reader, closer: ')' | '', input: Range | undefined): void {
  const { text, shared } = reader;
  const outside = place(reader);
  const { conditional } = outside;
  Object.assign(reader, { chained: false, list: shared.lists++ });
  const groups: Group[] = [];
  let subshells = 0;
  let pipe = input;
  let element = shared.commands.length;
  let definition = false;
  const inherited = () => groups.at(-1);
  const separate = () => {
    pipe = groups.length > 0 ? inherited()?.input : input;
    reader.conditional = inherited()?.conditional ?? conditional;
    element = shared.commands.length;
  };
  const open = (kind: Group['kind']) => {
    const branch = (kind !== '(' && kind !== '{') || definition;
    definition = false;
    const { shell, ...after } = { shell: reader.shell, ...place(reader) };
    const inside = { conditional: after.conditional || branch, chained: false, list: shared.lists++ };
    Object.assign(reader, inside);
    groups.push({ kind, start: element, input: pipe, shell, conditional: inside.conditional, after });
    if (kind === '(') {
      subshells++;
      reader.shell = newShell(reader);
    }
    element = shared.commands.length;
  };
  const close = (kind: Group['kind']) => {
    let group = groups.pop();
    while (group !== undefined && group.kind !== kind && kind === '(') group = groups.pop();
    if (group === undefined || group.kind !== kind) {
      // Nothing of that kind is open here: what was popped stays open.
      if (group !== undefined) groups.push(group);
      shared.incomplete = true;
      return;
    }
    if (kind === '(') subshells--;
    reader.shell = group.shell;
    Object.assign(reader, group.after);
    redirectGroup(reader, group);
    element = group.start;
    pipe = group.input;
  };
  for (;;) {
    skipBlanks(reader);
    const char = text[reader.pos];
    if (char === undefined) {
      if (closer !== '' || groups.length > 0) shared.incomplete = true;
      break;
    }
    const control = take(reader, /\n|;;&|;;|;&|;|&&|&(?!>)|\|\||\|&?/y)?.[0];
    if (control !== undefined) {
      if (control === '\n') readHereDocuments(reader);
      if (control === '|' || control === '|&') {
        pipe = { from: element, to: shared.commands.length };
        element = shared.commands.length;
        continue;
      }
      const { list } = reader;
      separate();
      if (control === '||') reader.conditional = true;
      reader.chained = control === '&&';
      reader.list = control === '&&' || control === '||' ? list : shared.lists++;
      if (/^;[;&]/.test(control) && inherited()?.kind === 'case') readPattern(reader);
    } else if (char === ')') {
      reader.pos++;
      if (subshells > 0) close('(');
      else if (closer === ')') {
        if (groups.length > 0) shared.incomplete = true;
        break;
      } else shared.incomplete = true;
    } else if (char === '(') {
      if (text[reader.pos + 1] === '(') openCommand(reader, pipe);
      if (readArithmetic(reader, reader.pos)) continue;
      reader.pos++;
      open('(');
    } else {
      const word = take(reader, RESERVED)?.[0];
      if (word === undefined) {
        const kind = readSimple(reader, pipe);
        if (kind === 'nothing') {
          reader.pos++;
          shared.incomplete = true;
        }
        definition = kind === 'function';
      } else if (Object.hasOwn(CLOSES, word)) close(CLOSES[word]!);
      else if (Object.hasOwn(OPENS, word)) {
        open(OPENS[word]!);
        if (word === 'for' || word === 'select') readLoopHead(reader);
        if (word === 'case') readCaseHead(reader);
        pipe = inherited()?.input;
      } else if (word === '[[') readTest(reader, pipe);
      else if (word === 'function') {
        take(reader, /[ \t]+[^\s;&|<>()]+(?:[ \t]*\([ \t]*\))?/y);
        definition = true;
      } else if (word === 'coproc') take(reader, /[ \t]+[A-Za-z_]\w*(?=\s+[{(])/y);
      else if (word === 'time') take(reader, /(?:[ \t]+-p)?(?:[ \t]+--)?(?=\s)/y);
      else if (word !== '!') separate();
    }
  }
  Object.assign(reader, outside);
}

function place({ conditional, chained, list }: Reader): Pick<Reader, 'conditional' | 'chained' | 'list'> {
  return { conditional, chained, list };
}

/** The redirections behind a group: a command of their own, and the input of those commands that have none. */
function redirectGroup(reader: Reader, group: Group): void {
  const { commands } = reader.shared;
  const end = commands.length;
  skipBlanks(reader);
  if (!/[<>&\d{]/.test(reader.text[reader.pos] ?? '')) return;
  const current = reader.current;
  const holder = openCommand(reader, undefined);
  while (readRedirect(reader, holder)) skipBlanks(reader);
  reader.current = current;
  if (holder.redirects.length === 0) commands.splice(commands.indexOf(holder, end), 1);
  else holder.covers = { from: group.start, to: end };
}

/** A loop's variable and its words, as an assignment of several values. */
function readLoopHead(reader: Reader): void {
  const head = openCommand(reader, undefined);
  skipBlanks(reader);
  if (readArithmetic(reader, reader.pos)) return;
  const name = take(reader, /[A-Za-z_]\w*/y)?.[0];
  skipLines(reader);
  if (take(reader, /in(?=[\s;]|$)/y) === undefined) return;
  const values: Word[] = [];
  for (;;) {
    skipBlanks(reader);
    const words = readWord(reader);
    if (words.length === 0) break;
    values.push(...expandBraces(words).map(makeWord));
  }
  if (name !== undefined) head.assignments.push({ name, values, kind: 'loop' });
}

function readCaseHead(reader: Reader): void {
  openCommand(reader, undefined);
  skipBlanks(reader);
  readWord(reader);
  skipLines(reader);
  if (take(reader, /in(?=\s|$)/y) === undefined) reader.shared.incomplete = true;
  readPattern(reader);
}

/** Up to the `)` behind a case pattern, or to `esac`. */
function readPattern(reader: Reader): void {
  skipLines(reader);
  const esac = /esac(?=[\s;&|<>()]|$)/y;
  esac.lastIndex = reader.pos;
  if (esac.test(reader.text)) return;
  take(reader, /\(/y);
  for (;;) {
    skipBlanks(reader);
    if (take(reader, /\)/y)) return;
    if (take(reader, /\|/y) === undefined && readWord(reader).length === 0) {
      reader.shared.incomplete = true;
      return;
    }
  }
}

function skipLines(reader: Reader): void {
  skipBlanks(reader);
  while (take(reader, /\n/y)) {
    readHereDocuments(reader);
    skipBlanks(reader);
  }
}

/** `[[ ... ]]`: one command, in which operators and parentheses are text. */
function readTest(reader: Reader, pipe: Range | undefined): void {
  const command = openCommand(reader, pipe);
  command.words.push(makeWord([{ kind: 'literal', text: '[[', quoted: false }]));
  while (reader.pos < reader.text.length) {
    take(reader, /\s+/y);
    if (take(reader, /\]\](?=[\s;&|<>()]|$)/y)) return;
    const segments = readWord(reader, ' \t\n');
    if (segments.length > 0) command.words.push(makeWord(segments));
  }
  reader.shared.incomplete = true;
}

function readSimple(reader: Reader, pipe: Range | undefined): 'command' | 'function' | 'nothing' {
  const command = openCommand(reader, pipe);
  const index = reader.current;
  const start = reader.pos;
  for (;;) {
    skipBlanks(reader);
    reader.current = index;
    if (readRedirect(reader, command)) continue;
    const segments = readWord(reader);
    if (segments.length > 0) addWord(reader, command, segments);
    else break;
  }
  if (reader.pos > start) {
    if (reader.text[reader.pos] !== '(') return 'command';
    if (command.words.length === 1 && take(reader, FUNCTION)) {
      command.words = [];
      return 'function';
    }
    reader.shared.incomplete = true;
    return 'command';
  }
  reader.shared.commands.splice(index, 1);
  return 'nothing';
}

function addWord(reader: Reader, command: Draft, segments: readonly Segment[]): void {
  const first = segments[0];
  const head =
    first?.kind === 'literal' && !first.quoted ? /^([A-Za-z_]\w*)(\[[^\]]*\])?(\+?)=/.exec(first.text) : null;
  const array = head !== null && segments.length === 1 && head[0] === (first as { text: string }).text;
  if (head !== null && array && take(reader, /\(/y)) {
    command.assignments.push({ name: head[1] ?? '', values: readArray(reader), kind: 'array' });
  } else if (head !== null && command.words.length === 0) {
    const value = dropPrefix(makeWord(segments), head[0].length);
    const kind = head[3] === '+' || head[2] !== undefined ? 'append' : 'scalar';
    command.assignments.push({ name: head[1] ?? '', values: [value], kind });
  } else command.words.push(...expandBraces(segments).map(makeWord));
}

function readArray(reader: Reader): Word[] {
  const values: Word[] = [];
  for (;;) {
    skipLines(reader);
    if (take(reader, /\)/y)) return values;
    const segments = readWord(reader);
    if (segments.length === 0) {
      reader.shared.incomplete = true;
      return values;
    }
    values.push(...expandBraces(segments).map(makeWord));
  }
}

const REDIRECT = /(\d+|\{[A-Za-z_]\w*\})?(<<<|<<-?|<>|<&|<(?!\()|>>|>\||>&|>(?!\()|&>>|&>)/y;

function readRedirect(reader: Reader, command: Draft): boolean {
  const match = take(reader, REDIRECT);
  if (match === undefined) return false;
  const fd = match[1];
  const operator = match[2] as Redirect['operator'];
  skipBlanks(reader);
  if (operator === '<<' || operator === '<<-') announceHereDocument(reader, command, operator, fd);
  else command.redirects.push({ operator, fd, target: makeWord(readWord(reader)), body: undefined });
  return true;
}
