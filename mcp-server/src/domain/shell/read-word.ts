import { decodeAnsiC } from './ansi-c.ts';
import { deeper, newShell, type Reader, take } from './reader.ts';
import type { Segment } from './script.ts';
import { makeWord } from './word.ts';

const META = ' \t\n;&|<>()';

/** Reads one word as segments; none when a metacharacter or the end stands here. */
export function readWord(reader: Reader, meta: string = META): Segment[] {
  const out: Segment[] = [];
  for (;;) {
    const char = reader.text[reader.pos];
    if (char === undefined) return out;
    if (char === '\\') readEscape(reader, out);
    else if (char === "'") readSingleQuoted(reader, out);
    else if (char === '"') {
      reader.pos++;
      readQuoted(reader, out, '"');
    } else if (char === '$') readDollar(reader, out, false);
    else if (char === '`') readBackticks(reader, out, false);
    else if ((char === '<' || char === '>') && reader.text[reader.pos + 1] === '(') {
      if (!readCommands(reader, out, false, char === '<' ? 'input-file' : 'output-file')) return out;
    } else if (meta.includes(char)) return out;
    else {
      const run = take(reader, /[^ \t\n;&|<>()\\'"$`]+/y);
      if (run === undefined) reader.pos++;
      add(out, run?.[0] ?? char, false);
    }
  }
}

/** Reads text in which only `$`, backtick and backslash are special, up to `stop` ('' for the end of the text). */
export function readQuoted(reader: Reader, out: Segment[], stop: '"' | ''): void {
  add(out, '', true);
  for (;;) {
    const char = reader.text[reader.pos];
    if (char === undefined) {
      if (stop !== '') reader.shared.incomplete = true;
      return;
    }
    if (char === stop) {
      reader.pos++;
      return;
    }
    if (char === '$') readDollar(reader, out, true);
    else if (char === '`') readBackticks(reader, out, true);
    else if (char === '\\') {
      const next = reader.text[reader.pos + 1] ?? '';
      const escapes = next !== '' && (next === stop || '$`\\\n'.includes(next));
      add(out, escapes ? (next === '\n' ? '' : next) : char, true);
      reader.pos += escapes ? 2 : 1;
    } else {
      const run = take(reader, /[^\\"$`]+/y);
      if (run === undefined) reader.pos++;
      add(out, run?.[0] ?? char, true);
    }
  }
}

function add(out: Segment[], text: string, quoted: boolean): void {
  const last = out.at(-1);
  if (last?.kind === 'literal' && last.quoted === quoted) out[out.length - 1] = { ...last, text: last.text + text };
  else out.push({ kind: 'literal', text, quoted });
}

function readEscape(reader: Reader, out: Segment[]): void {
  const next = reader.text[reader.pos + 1];
  reader.pos += 2;
  if (next === undefined) add(out, '\\', true);
  else if (next !== '\n') add(out, next, true);
}

function readSingleQuoted(reader: Reader, out: Segment[]): void {
  const end = reader.text.indexOf("'", reader.pos + 1);
  if (end < 0) reader.shared.incomplete = true;
  const stop = end < 0 ? reader.text.length : end;
  add(out, reader.text.slice(reader.pos + 1, stop), true);
  reader.pos = stop + 1;
}

function readDollar(reader: Reader, out: Segment[], quoted: boolean): void {
  const next = reader.text[reader.pos + 1] ?? '';
  if (next === '(') {
    if (readArithmetic(reader, reader.pos + 1)) out.push({ kind: 'other', quoted });
    else if (!readCommands(reader, out, quoted, 'output')) {
      // Too deep: the word is dynamic, and what follows is read as if it stood outside of it.
      out.push({ kind: 'other', quoted });
      reader.pos++;
    }
    return;
  }
  if (next === '{') {
    readBraced(reader, out, quoted);
    return;
  }
  if (next === "'" && !quoted) {
    const text = take(reader, /\$'([^'\\]*(?:\\[\s\S][^'\\]*)*)'/y);
    add(out, decodeAnsiC(text?.[1] ?? reader.text.slice(reader.pos + 2)), true);
    if (text === undefined) {
      reader.shared.incomplete = true;
      reader.pos = reader.text.length;
    }
    return;
  }
  if (next === '"' && !quoted) {
    reader.pos++;
    return;
  }
  if (next === '[' && take(reader, /\$\[[^\]\n]*\]/y)) {
    out.push({ kind: 'other', quoted });
    return;
  }
  const name = take(reader, /\$([A-Za-z_]\w*|[0-9@*#?$!-])/y)?.[1];
  if (name === undefined) {
    add(out, '$', quoted);
    reader.pos++;
  } else addVariable(out, name, quoted, name === '@' || name === '*', undefined);
}

function addVariable(out: Segment[], name: string, quoted: boolean, all: boolean, fallback: string | undefined): void {
  out.push({ kind: 'variable', name, quoted, all, fallback });
}

/** `${...}`: a plain name is kept as such, of everything else only the commands in it matter. */
function readBraced(reader: Reader, out: Segment[], quoted: boolean): void {
  const plain = take(reader, /\$\{([A-Za-z_]\w*|[0-9]+|[@*#?$!-])(\[[@*]\])?\}/y);
  if (plain !== undefined) {
    const name = plain[1] ?? '';
    addVariable(out, name, quoted, plain[2] !== undefined || name === '@' || name === '*', undefined);
    return;
  }
  const withDefault = take(reader, /\$\{([A-Za-z_]\w*):?-/y);
  if (withDefault === undefined) reader.pos += 2;
  const content: Segment[] = [];
  deeper(reader, () => readBraceContent(reader, content, quoted));
  if (withDefault === undefined) out.push({ kind: 'other', quoted });
  else addVariable(out, withDefault[1] ?? '', quoted, false, makeWord(content).text);
}

function readBraceContent(reader: Reader, out: Segment[], quoted: boolean): void {
  for (;;) {
    const char = reader.text[reader.pos];
    if (char === undefined) {
      reader.shared.incomplete = true;
      return;
    }
    if (char === '}') {
      reader.pos++;
      return;
    }
    if (char === '\\') readEscape(reader, out);
    else if (char === "'" && !quoted) readSingleQuoted(reader, out);
    else if (char === '"') {
      reader.pos++;
      readQuoted(reader, out, '"');
    } else if (char === '$') readDollar(reader, out, quoted);
    else if (char === '`') readBackticks(reader, out, quoted);
    else add(out, take(reader, /[^}\\'"$`]+|'/y)?.[0] ?? '', quoted);
  }
}

/** `$(...)`, `<(...)`, `>(...)`; false when it is too deep to be read. */
function readCommands(
  reader: Reader,
  out: Segment[],
  quoted: boolean,
  as: 'output' | 'input-file' | 'output-file',
): boolean {
  const { shared, within, owner, shell, current } = reader;
  return deeper(reader, () => {
    const from = shared.commands.length;
    reader.pos += 2;
    reader.within = as === 'output' ? 'substitution' : 'process-substitution';
    reader.owner = current;
    reader.shell = newShell(reader);
    shared.list(reader, ')', as === 'output-file' ? { from: current, to: current + 1 } : undefined);
    Object.assign(reader, { within, owner, shell, current });
    out.push({ kind: 'commands', from, to: shared.commands.length, quoted, as });
  });
}

/** Reads the commands in a text that stands inside this one: backticks, arithmetic, a here-document's body. */
export function readInner(reader: Reader, text: string, read: (inner: Reader) => void): void {
  deeper(reader, () => read({ ...reader, text, pos: 0, pending: [] }));
}

function readBackticks(reader: Reader, out: Segment[], quoted: boolean): void {
  const match = take(reader, /`([^`\\]*(?:\\[\s\S][^`\\]*)*)`/y);
  if (match === undefined) {
    reader.shared.incomplete = true;
    add(out, '`', quoted);
    reader.pos++;
    return;
  }
  const { shared } = reader;
  const from = shared.commands.length;
  const text = (match[1] ?? '').replace(quoted ? /\\([\\`$"])/g : /\\([\\`$])/g, '$1');
  readInner(reader, text, (inner) => {
    inner.within = 'substitution';
    inner.owner = reader.current;
    inner.shell = newShell(reader);
    shared.list(inner, '', undefined);
  });
  out.push({ kind: 'commands', from, to: shared.commands.length, quoted, as: 'output' });
}

/**
 * Moves behind `((...))` that begins at `at` and reads the commands in it; false when it is no arithmetic but
 * parentheses in parentheses, which only the closing end tells.
 */
export function readArithmetic(reader: Reader, at: number): boolean {
  const { text, shared } = reader;
  if (text[at] !== '(' || text[at + 1] !== '(') return false;
  const end = arithmeticEnd(text, at + 2, shared.lookahead);
  shared.lookahead -= Math.abs(end) - at;
  if (shared.lookahead <= 0) shared.incomplete = true;
  if (end < 0) return false;
  readInner(reader, text.slice(at + 2, end), (inner) => readQuoted(inner, [], ''));
  reader.pos = end + 2;
  return true;
}

/** Where `))` closes, or the negated place where that was given up. */
function arithmeticEnd(text: string, from: number, most: number): number {
  const special = /[()\\'"]/g;
  special.lastIndex = from;
  let open = 0;
  for (let match = special.exec(text); match !== null && match.index - from < most; match = special.exec(text)) {
    const char = match[0];
    if (char === '(') open++;
    else if (char === ')') {
      if (open === 0) return text[match.index + 1] === ')' ? match.index : -match.index;
      open--;
    } else if (char === '\\') special.lastIndex++;
    else {
      const close = text.indexOf(char, match.index + 1);
      if (close < 0) return -text.length;
      special.lastIndex = close + 1;
    }
  }
  return -Math.min(text.length, from + Math.max(most, 0));
}
