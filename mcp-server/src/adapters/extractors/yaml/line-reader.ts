import { beyond } from './beyond.ts';
import { blockText } from './block-text.ts';
import { FlowReader } from './flow.ts';
import { Lines, SPACE } from './lines.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from './node.ts';
import { plainValue } from './plain-value.ts';
import { closingQuote, foldLines, unquote } from './quoted.ts';

const TAB = 9;
const DOUBLE = 34;
const HASH = 35;
const SINGLE = 39;
const DASH = 45;
const COLON = 58;
// What an unquoted text never begins with: there is a collection, a property, a comment or an error.
const startsOther = /[,[\]{}#&*!|>'"%@`\t]/;
const deepest = 60;
const longestKey = 500;

/**
 * Reads the part of YAML that automation is written in (block maps and lists, texts of every style, brackets) in one pass
 * over its lines, with the same nodes that the full reader gives (`parse.ts`), several times as fast. Undefined for any
 * text beyond that part or not well-formed: anchors, tags, merge keys, directives, tabs. What it returns is never a guess.
 */
export function readLines(text: string): (YamlNode | undefined)[] | undefined {
  try {
    return documentsOf(text.includes('\r') ? withoutReturns(text) : text);
  } catch (thrown) {
    if (thrown === beyond) return undefined;
    throw thrown;
  }
}

function withoutReturns(text: string): string {
  const plain = text.replaceAll('\r\n', '\n');
  if (plain.includes('\r')) throw beyond;
  return plain;
}

function documentsOf(text: string): YamlNode[] {
  const lines = new Lines(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  const reader = new LineReader(lines);
  const documents: YamlNode[] = [];
  lines.next();
  while (!lines.finished) {
    if (lines.marker === 'begins') lines.next();
    // An empty document, and one that is a single text, are left to the full reader.
    if (lines.finished || lines.marker !== undefined) throw beyond;
    documents.push(reader.document());
    if (lines.marker === 'ends') {
      lines.next();
      if (!lines.finished && lines.marker !== 'begins') throw beyond;
    } else if (!lines.finished && lines.marker === undefined) throw beyond;
  }
  if (documents.length === 0) throw beyond;
  return documents;
}

class LineReader {
  private readonly lines: Lines;
  private readonly text: string;
  private depth = 0;

  constructor(lines: Lines) {
    this.lines = lines;
    this.text = lines.text;
  }

  document(): YamlNode {
    const { at, indent } = this.lines;
    const code = this.text.charCodeAt(at);
    if (code === 91 || code === 123) return this.flow(at, -1);
    const collection = this.collection(at, indent);
    if (collection === undefined) throw beyond;
    return collection;
  }

  /** A list or map that begins at an offset of the present line; undefined when a text or brackets do. */
  private collection(at: number, column: number): YamlNode | undefined {
    if (this.isDash(at)) return this.list(column, at);
    const colon = this.colonOfKey(at);
    return colon < 0 ? undefined : this.map(column, at, colon);
  }

  private isDash(at: number): boolean {
    if (this.text.charCodeAt(at) !== DASH) return false;
    return at + 1 >= this.lines.end || this.text.charCodeAt(at + 1) === SPACE;
  }

  private list(column: number, from: number): YamlNode {
    if (++this.depth > deepest) throw beyond;
    const { lines } = this;
    const items: YamlNode[] = [];
    const { line } = lines;
    let endLine = line;
    for (let at = from; ; at = lines.at) {
      const item = this.behind(at + 1, column, false);
      items.push(item);
      if (item.endLine > endLine) endLine = item.endLine;
      if (lines.indent < column) break;
      if (lines.indent > column) throw beyond;
      if (!this.isDash(lines.at)) {
        // A list may stand as far left as the key that it belongs to, which ends it.
        break;
      }
    }
    this.depth--;
    return { kind: 'seq', items, line, endLine };
  }

  private map(column: number, from: number, firstColon: number): YamlMap {
    if (++this.depth > deepest) throw beyond;
    const { lines } = this;
    const entries: YamlEntry[] = [];
    const { line } = lines;
    let endLine = line;
    let colon = firstColon;
    for (let at = from; ; at = lines.at) {
      const key = this.keyText(at, colon);
      const keyLine = lines.line;
      const value = this.behind(colon + 1, column, true);
      entries.push({ key, keyLine, value });
      if (value.endLine > endLine) endLine = value.endLine;
      if (lines.indent < column) break;
      if (lines.indent > column || this.isDash(lines.at)) throw beyond;
      colon = this.colonOfKey(lines.at);
      if (colon < 0) throw beyond;
    }
    this.depth--;
    return { kind: 'map', entries, line, endLine };
  }

  private keyText(at: number, colon: number): string {
    const quote = this.text.charCodeAt(at);
    const raw = this.text.slice(at, colon).trimEnd();
    const key = quote === DOUBLE || quote === SINGLE ? unquote(raw.slice(1, -1), quote === DOUBLE) : raw;
    if (key === '<<' || raw.length > longestKey) throw beyond;
    return key;
  }

  /** Offset of the colon that makes the text at `at` a key; -1 when the present line has none. */
  private colonOfKey(from: number): number {
    const { text } = this;
    const { end } = this.lines;
    const first = text.charCodeAt(from);
    let at = from;
    if (first === DOUBLE || first === SINGLE) {
      at = closingQuote(text, from) + 1;
      if (at <= 0 || at > end) return -1;
      while (text.charCodeAt(at) === SPACE) at++;
      if (at >= end || text.charCodeAt(at) !== COLON) return -1;
      if (at + 1 < end && text.charCodeAt(at + 1) !== SPACE) throw beyond;
      return at;
    }
    if (startsOther.test(text[from] as string)) return -1;
    // `? ` begins a key of its own kind, `: ` a value without one.
    if ((first === 63 || first === COLON) && (from + 1 >= end || text.charCodeAt(from + 1) === SPACE)) throw beyond;
    for (; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === COLON) {
        const next = at + 1 < end ? text.charCodeAt(at + 1) : SPACE;
        if (next === TAB) throw beyond;
        if (next === SPACE) return at;
      } else if (code === HASH && text.charCodeAt(at - 1) === SPACE) return -1;
      else if (code === TAB) throw beyond;
    }
    return -1;
  }

  /** What stands behind a dash or a colon: in the same line, or in the lines below. Leaves the lines at what follows. */
  private behind(from: number, column: number, isEntry: boolean): YamlNode {
    const { lines, text } = this;
    let at = from;
    while (at < lines.end && text.charCodeAt(at) === SPACE) at++;
    if (at >= lines.end || text.charCodeAt(at) === HASH) return this.below(column, isEntry);
    if (isEntry) return this.inline(at, column);
    const nested = this.collection(at, at - lines.at + lines.indent);
    return nested ?? this.inline(at, column);
  }

  private below(column: number, isEntry: boolean): YamlNode {
    const { lines } = this;
    const { line } = lines;
    lines.next();
    if (lines.indent > column) return this.collection(lines.at, lines.indent) ?? this.inline(lines.at, column);
    if (isEntry && lines.indent === column && this.isDash(lines.at)) return this.list(column, lines.at);
    return { kind: 'scalar', value: null, text: '', style: 'plain', line, endLine: line };
  }

  private inline(at: number, parentIndent: number): YamlNode {
    const code = this.text.charCodeAt(at);
    if (code === DOUBLE || code === SINGLE) return this.quoted(at, parentIndent, code);
    if (code === 124 || code === 62) return blockText(this.lines, at, parentIndent);
    if (code === 91 || code === 123) return this.flow(at, parentIndent);
    return this.plain(at, parentIndent);
  }

  private flow(at: number, parentIndent: number): YamlNode {
    const reader = new FlowReader(this.lines, at, parentIndent);
    const node = reader.node();
    if (!this.lines.isDone(reader.at)) throw beyond;
    this.lines.next();
    return node;
  }

  private quoted(at: number, parentIndent: number, quote: number): YamlScalar {
    const { lines, text } = this;
    const { line } = lines;
    const close = closingQuote(text, at);
    if (close < 0) throw beyond;
    const value = unquote(text.slice(at + 1, close), quote === DOUBLE);
    while (lines.end < close) {
      lines.step();
      if (lines.at !== lines.end && lines.indent <= parentIndent) throw beyond;
    }
    if (!lines.isDone(close + 1)) throw beyond;
    const endLine = lines.line;
    lines.next();
    return { kind: 'scalar', value, text: value, style: quote === DOUBLE ? 'double' : 'single', line, endLine };
  }

  /** An unquoted text: it goes on in every line below that is indented further than its parent. */
  private plain(from: number, parentIndent: number): YamlScalar {
    const { lines, text } = this;
    const { line } = lines;
    const first = text.charCodeAt(from);
    const second = from + 1 < lines.end ? text.charCodeAt(from + 1) : SPACE;
    if (startsOther.test(text[from] as string)) throw beyond;
    if ((first === DASH || first === 63 || first === COLON) && second === SPACE) throw beyond;
    let end = this.plainEnd(from);
    let endLine = line;
    for (;;) {
      const isOpen = end === lines.end;
      lines.next();
      if (lines.indent <= parentIndent) break;
      // A comment ends the text, and what stands behind it further right is an error.
      if (!isOpen || text.slice(end, lines.at).includes('#')) throw beyond;
      endLine = lines.line;
      end = this.plainEnd(lines.at);
    }
    const raw = text.slice(from, end).trimEnd();
    const source = endLine === line ? raw : foldLines(raw);
    return { kind: 'scalar', value: plainValue(source), text: source, style: 'plain', line, endLine };
  }

  /** End of an unquoted text in the present line: the line's, or where a comment begins. */
  private plainEnd(from: number): number {
    const { text } = this;
    const { end } = this.lines;
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at);
      if (code === COLON) {
        if (at + 1 >= end || text.charCodeAt(at + 1) === SPACE) throw beyond;
      } else if (code === HASH) {
        if (text.charCodeAt(at - 1) === SPACE) return at;
      } else if (code === TAB) throw beyond;
    }
    return end;
  }
}
