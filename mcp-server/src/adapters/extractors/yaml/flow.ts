import { beyond } from './beyond.ts';
import { type Lines, NEWLINE, SPACE } from './lines.ts';
import type { YamlEntry, YamlMap, YamlNode, YamlScalar } from './node.ts';
import { plainValue } from './plain-value.ts';
import { closingQuote, unquote } from './quoted.ts';

const DOUBLE = 34;
const SINGLE = 39;
const COMMA = 44;
const COLON = 58;
const OPEN_LIST = 91;
const CLOSE_LIST = 93;
const OPEN_MAP = 123;
const CLOSE_MAP = 125;
// What an unquoted text in brackets may not begin with; `-`, `?` and `:` may, before other text, and are left out here.
const startsOther = /[-?:,[\]{}#&*!|>'"%@`\t]/;
const deepest = 60;

/** Reads `[...]` and `{...}` (YAML 1.2.2, section 7.4) with quoted and one-line texts in them; JSON is of this kind. */
export class FlowReader {
  private readonly lines: Lines;
  private readonly text: string;
  /** Continued lines have to be indented further, but for the last bracket. */
  private readonly parentIndent: number;
  private depth = 0;
  at: number;

  constructor(lines: Lines, at: number, parentIndent: number) {
    this.lines = lines;
    this.text = lines.text;
    this.at = at;
    this.parentIndent = parentIndent;
  }

  /** One node; leaves `at` behind it. */
  node(): YamlNode {
    const code = this.text.charCodeAt(this.at);
    if (code === OPEN_LIST) return this.list();
    if (code === OPEN_MAP) return this.map();
    return code === DOUBLE || code === SINGLE ? this.quoted(code) : this.plain();
  }

  private list(): YamlNode {
    const { line } = this.lines;
    const items: YamlNode[] = [];
    this.open();
    while (this.text.charCodeAt(this.at) !== CLOSE_LIST) {
      items.push(this.node());
      this.blanks();
      // `[a: b]` is a list of a map.
      if (!this.comma() && this.text.charCodeAt(this.at) !== CLOSE_LIST) throw beyond;
    }
    this.close();
    return { kind: 'seq', items, line, endLine: this.lines.line };
  }

  private map(): YamlMap {
    const { line } = this.lines;
    const entries: YamlEntry[] = [];
    this.open();
    while (this.text.charCodeAt(this.at) !== CLOSE_MAP) {
      entries.push(this.entry());
      this.blanks();
      if (!this.comma() && this.text.charCodeAt(this.at) !== CLOSE_MAP) throw beyond;
    }
    this.close();
    return { kind: 'map', entries, line, endLine: this.lines.line };
  }

  private entry(): YamlEntry {
    const code = this.text.charCodeAt(this.at);
    if (code === OPEN_LIST || code === OPEN_MAP) throw beyond;
    const keyLine = this.lines.line;
    const isQuoted = code === DOUBLE || code === SINGLE;
    const key = isQuoted ? this.quoted(code) : this.plain();
    if (key.text === '<<' || key.text.length > 500 || this.lines.line !== keyLine) throw beyond;
    while (this.text.charCodeAt(this.at) === SPACE) this.at++;
    if (this.text.charCodeAt(this.at) !== COLON) throw beyond;
    this.at++;
    const after = this.text.charCodeAt(this.at);
    if (!isQuoted && after !== SPACE && after !== NEWLINE) throw beyond;
    this.blanks();
    const next = this.text.charCodeAt(this.at);
    if (next === COMMA || next === CLOSE_MAP) throw beyond;
    return { key: key.text, keyLine, value: this.node() };
  }

  private quoted(quote: number): YamlScalar {
    const { line } = this.lines;
    const close = closingQuote(this.text, this.at);
    if (close < 0) throw beyond;
    const inner = this.text.slice(this.at + 1, close);
    while (this.lines.end < close) this.nextLine();
    this.at = close + 1;
    const value = unquote(inner, quote === DOUBLE);
    return {
      kind: 'scalar',
      value,
      text: value,
      style: quote === DOUBLE ? 'double' : 'single',
      line,
      endLine: this.lines.line,
    };
  }

  private plain(): YamlScalar {
    const { text, lines } = this;
    const start = this.at;
    let at = start;
    if (at >= lines.end || startsOther.test(text[at] as string)) {
      const isNumber = text[at] === '-' && /[\w.]/.test(text[at + 1] ?? '');
      if (!isNumber) throw beyond;
    }
    for (; at < lines.end; at++) {
      const code = text.charCodeAt(at);
      if (code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP) break;
      if (code === OPEN_LIST || code === OPEN_MAP || code === 9 || code === 35) throw beyond;
      if (code === COLON) {
        const next = text.charCodeAt(at + 1);
        if (next === SPACE || at + 1 >= lines.end) break;
        if (next === COMMA || next === CLOSE_LIST || next === CLOSE_MAP || next === OPEN_LIST || next === OPEN_MAP)
          throw beyond;
      }
    }
    // The text may go on in the next line.
    if (at >= lines.end && !this.endsBefore(at)) throw beyond;
    this.at = at;
    const source = text.slice(start, at).trimEnd();
    return {
      kind: 'scalar',
      value: plainValue(source),
      text: source,
      style: 'plain',
      line: lines.line,
      endLine: lines.line,
    };
  }

  /** Whether the first thing after a line end closes or parts. */
  private endsBefore(lineEnd: number): boolean {
    let at = lineEnd;
    for (; ; at++) {
      const code = this.text.charCodeAt(at);
      if (code !== NEWLINE && code !== SPACE) return code === COMMA || code === CLOSE_LIST || code === CLOSE_MAP;
    }
  }

  private open(): void {
    if (++this.depth > deepest) throw beyond;
    this.at++;
    this.blanks();
  }

  private close(): void {
    this.depth--;
    this.at++;
  }

  private comma(): boolean {
    if (this.text.charCodeAt(this.at) !== COMMA) return false;
    this.at++;
    this.blanks();
    return true;
  }

  /** Over blanks and line ends; a comment, or an end of the text, is not for this reader. */
  private blanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at);
      if (code === SPACE) this.at++;
      else if (code === NEWLINE) {
        this.nextLine();
        this.at = this.lines.at;
      } else if (code === 35 || Number.isNaN(code)) throw beyond;
      else return;
    }
  }

  private nextLine(): void {
    const { lines } = this;
    if (lines.end >= this.text.length) throw beyond;
    lines.step();
    if (lines.at === lines.end || lines.indent > this.parentIndent) return;
    const code = this.text.charCodeAt(lines.at);
    const closesAll = (code === CLOSE_LIST || code === CLOSE_MAP) && this.depth === 1;
    if (!closesAll || lines.indent !== this.parentIndent) throw beyond;
  }
}
