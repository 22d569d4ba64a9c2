/** A piece of a document that can be parsed alone. */
export interface Segment {
  text: string;
  /** Where it starts: an offset in UTF-16 code units, and a line counted from 0. */
  start: number;
  line: number;
}

/**
 * Cuts a document before headings into pieces of at least `size` code units, because the parser's time grows with the
 * square of the number of list items in one text. A heading at the margin ends every block but fenced code and HTML, so
 * the pieces mean what the whole means. Where that is not certain, nothing is cut from there on.
 */
export function segmentsOf(text: string, size: number): Segment[] {
  if (text.length < 2 * size) return [{ text, start: 0, line: 0 }];
  const cuts = [{ start: 0, line: 0 }];
  for (const { start, content, line, state } of followed(text)) {
    if (state.kind === 'doubt') break;
    // Definitions of links hold for the whole document.
    if (/^[ \t>*+\-\d.)]*\[.+\]:/.test(content)) return [{ text, start: 0, line: 0 }];
    if (state.kind === 'open' && HEADING.test(content) && start - cuts.at(-1)!.start >= size)
      cuts.push({ start, line });
  }
  return cuts.map((cut, at) => ({ ...cut, text: bare(text.slice(cut.start, cuts[at + 1]?.start), cuts[at + 1]) }));
}

/** The text with spaces for what certainly stands in fenced code, raw HTML or the front matter; every offset stays. */
export function withoutVerbatim(text: string): string {
  let open = '';
  for (const { start, content, state } of followed(text)) {
    open += text.slice(open.length, start);
    open += state.kind === 'until' ? ' '.repeat(content.length) : content;
  }
  return open;
}

/** Each line with what holds before it. */
function* followed(text: string): Generator<{ start: number; content: string; line: number; state: State }> {
  let state = OPEN;
  let line = 0;
  for (const { start, content } of linesOf(text)) {
    yield { start, content, line, state };
    if (line === 0 && /^---[ \t]*$/.test(content)) state = { kind: 'until', end: /^---[ \t]*$/ };
    else if (state.kind !== 'doubt') state = next(state, content);
    line++;
  }
}

/** Without the last line end where another piece follows: an open block would take it for a line of its own. */
const bare = (text: string, following: unknown) =>
  following === undefined ? text : text.replace(/(?:\r\n|\r|\n)$/, '');

/** `tags`: a line of tags opened an HTML block, or stands in a paragraph; either way it lasts at most to a blank line. */
type State = { kind: 'open' | 'tags' | 'doubt' } | { kind: 'until'; end: RegExp };

const HEADING = /^#{1,3}(?:[ \t]|$)/;
const FENCE = /^(`{3,})[^`]*$|^(~{3,})/;
/** Opens a block that a blank line does not end, if anything is opened here at all. */
const OPENS_MORE = /^[ \t]*(?:`{3}|~{3}|<(?:[!?]|script|pre|style|textarea))/i;
const OPEN: State = { kind: 'open' };

/** What holds after a line. */
function next(state: State, line: string): State {
  if (state.kind === 'until') return state.end.test(line) ? OPEN : state;
  if (state.kind === 'tags') {
    if (line.trim() === '') return OPEN;
    return OPENS_MORE.test(line) ? { kind: 'doubt' } : state;
  }
  const fence = FENCE.exec(line);
  if (fence !== null) {
    const [mark] = (fence[1] ?? fence[2])!;
    return { kind: 'until', end: new RegExp(`^ {0,3}${mark}{${(fence[1] ?? fence[2])!.length},}[ \\t]*$`) };
  }
  // Inside a list or not: who ends such a fence depends on it.
  if (/^[ \t]+(?:`{3}|~{3})/.test(line)) return { kind: 'doubt' };
  return html(line);
}

/** HTML blocks (CommonMark 0.31.2, section 4.6): some end at a mark of their own, the others at a blank line. */
function html(line: string): State {
  if (!/^[ \t]*</.test(line)) return OPEN;
  const raw = /^<(!--|\?|!\[CDATA\[|![A-Za-z]|(?:script|pre|style|textarea)(?=[ \t>]|$))/i
    .exec(line)?.[1]
    ?.toLowerCase();
  if (raw !== undefined) {
    const end =
      raw === '!--' ? /-->/ : raw === '?' ? /\?>/ : raw === '![cdata[' ? /\]\]>/ : raw.startsWith('!') ? />/ : RAW_END;
    return end.test(line.slice(raw.length + 1)) ? OPEN : { kind: 'until', end };
  }
  return OPENS_MORE.test(line) ? { kind: 'doubt' } : { kind: 'tags' };
}

const RAW_END = /<\/(?:script|pre|style|textarea)>/i;

function* linesOf(text: string): Generator<{ start: number; content: string }> {
  let start = 0;
  for (const end of text.matchAll(/\r\n|\r|\n/g)) {
    yield { start, content: text.slice(start, end.index) };
    start = end.index + end[0].length;
  }
  yield { start, content: text.slice(start) };
}
