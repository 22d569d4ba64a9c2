import { readInner, readQuoted } from './read-word.ts';
import { type Draft, type Reader, take } from './reader.ts';
import type { Segment, Word } from './script.ts';
import { literalWord, makeWord } from './word.ts';

/** Reads the delimiter behind `<<` and leaves the body to `readHereDocuments` at the next line end. */
export function announceHereDocument(
  reader: Reader,
  command: Draft,
  operator: '<<' | '<<-',
  fd: string | undefined,
): void {
  // No expansion happens in a delimiter; any quoting in it makes the body literal.
  const raw = take(reader, /(?:[^ \t\n;&|<>()\\'"]+|\\[\s\S]|'[^']*'|"[^"]*")*/y)?.[0] ?? '';
  const delimiter = raw.replace(/\\\n|\\([\s\S])|'([^']*)'|"([^"]*)"/g, '$1$2$3');
  const at = command.redirects.push({ operator, fd, target: literalWord(delimiter), body: undefined }) - 1;
  reader.pending.push({
    command,
    index: reader.current,
    at,
    delimiter,
    quoted: /[\\'"]/.test(raw),
    stripTabs: operator === '<<-',
  });
}

/** Reads the bodies announced on the line that just ended (POSIX.1-2024, XCU 2.7.4). */
export function readHereDocuments(reader: Reader): void {
  const pending = reader.pending;
  reader.pending = [];
  for (const { command, index, at, delimiter, quoted, stripTabs } of pending) {
    const text = bodyText(reader, delimiter, quoted, stripTabs);
    const body = quoted ? literalWord(text) : expandedBody(reader, text, index);
    const redirect = command.redirects[at];
    if (redirect !== undefined) command.redirects[at] = { ...redirect, body };
  }
}

function bodyText(reader: Reader, delimiter: string, quoted: boolean, stripTabs: boolean): string {
  const lines: string[] = [];
  let continued = false;
  while (reader.pos < reader.text.length) {
    const newline = reader.text.indexOf('\n', reader.pos);
    const end = newline < 0 ? reader.text.length : newline;
    let line = reader.text.slice(reader.pos, end);
    reader.pos = end + 1;
    if (stripTabs && !continued) line = line.replace(/^\t+/, '');
    if (line === delimiter && !continued) return lines.join('');
    // Behind a backslash the line goes on, whatever quotes stand around it, and the next one is no delimiter.
    continued = !quoted && oddBackslashes(line);
    lines.push(continued ? line.slice(0, -1) : `${line}\n`);
  }
  reader.shared.incomplete = true;
  return lines.join('');
}

function oddBackslashes(line: string): boolean {
  let from = line.length;
  while (line[from - 1] === '\\') from--;
  return (line.length - from) % 2 === 1;
}

function expandedBody(reader: Reader, text: string, owner: number): Word {
  const segments: Segment[] = [];
  readInner(reader, text, (inner) => {
    inner.current = owner;
    readQuoted(inner, segments, '');
  });
  return makeWord(segments);
}
