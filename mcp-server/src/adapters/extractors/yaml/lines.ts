import { beyond } from './beyond.ts';

export const NEWLINE = 10;
export const SPACE = 32;
const TAB = 9;
const HASH = 35;
const DASH = 45;
const DOT = 46;
const PERCENT = 37;

/**
 * A text as the lines that carry content, one at a time; blank lines and comments are stepped over. Line ends are "\n".
 * Every character is looked at once here, so that reading stays linear.
 */
export class Lines {
  readonly text: string;
  /** Where the content of the present line begins; its column is its indentation, counted in spaces. */
  at = 0;
  indent = 0;
  /** Offset of the line end, or of the end of the text. */
  end = -1;
  /** Number of the present line, from 1. */
  line = 0;
  /** Whether the present line says that a document begins: `---`, or ends: `...`. */
  marker: 'begins' | 'ends' | undefined = undefined;
  finished = false;

  constructor(text: string) {
    this.text = text;
  }

  /** To the next line with content. */
  next(): void {
    const { text } = this;
    this.marker = undefined;
    for (;;) {
      if (this.end >= text.length) {
        this.finished = true;
        // No indentation is less: whatever is open ends here.
        this.indent = -1;
        this.at = text.length;
        return;
      }
      this.step();
      const code = text.charCodeAt(this.at);
      if (this.at === this.end || code === HASH) continue;
      if (code === TAB) throw beyond;
      if (this.indent === 0) this.document(code);
      return;
    }
  }

  /** To the next line, whatever it holds. */
  step(): void {
    const { text } = this;
    const start = this.end + 1;
    let at = start;
    while (text.charCodeAt(at) === SPACE) at++;
    const end = text.indexOf('\n', at);
    this.at = at;
    this.indent = at - start;
    this.end = end < 0 ? text.length : end;
    this.line++;
  }

  /** Whether nothing but blanks and a comment follows in the present line from an offset. */
  isDone(from: number): boolean {
    const { text } = this;
    let at = from;
    while (at < this.end && text.charCodeAt(at) === SPACE) at++;
    if (at >= this.end) return true;
    if (text.charCodeAt(at) !== HASH) return false;
    if (at === from) throw beyond;
    return true;
  }

  private document(code: number): void {
    if (code === PERCENT) throw beyond;
    const { text, at } = this;
    if ((code !== DASH && code !== DOT) || text.charCodeAt(at + 1) !== code || text.charCodeAt(at + 2) !== code) return;
    // A document's content may stand behind its marker, which is rare.
    if (!this.isDone(at + 3)) throw beyond;
    this.marker = code === DOT ? 'ends' : 'begins';
    this.indent = -1;
  }
}
