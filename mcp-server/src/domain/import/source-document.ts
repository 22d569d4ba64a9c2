import type { ListItem, Nodes, RootContent, Table } from 'mdast';
import { endOf, lineOf, startOf } from '../artifact/markdown.ts';
import { parseNodes } from '../artifact/parse.ts';
import { plainText } from '../artifact/plain-text.ts';

/** A heading, a paragraph, an item of a list, a row of a table, fenced code, or anything else that stands at the margin. */
export interface Piece {
  kind: 'heading' | 'paragraph' | 'item' | 'row' | 'code' | 'other';
  /** Level of a heading, else 0. */
  depth: number;
  /** Plain text on one line; of an item without what is nested in it. */
  text: string;
  /** Markdown as it stands there: of an item without its mark and indent, of code what is inside the fence. */
  raw: string;
  line: number;
  endLine: number;
  /** Plain texts of a row by the header's text in lower case. */
  cells: ReadonlyMap<string, string>;
  /** Language of fenced code. */
  lang: string;
}

/** Lines that no importer took, as they stand in the file. */
export interface LeftOver {
  path: string;
  line: number;
  endLine: number;
  text: string;
}

/** A Markdown file of another tool, in pieces. What is taken from it is mapped; all the rest is left over, never lost. */
export class SourceDocument {
  readonly path: string;
  readonly pieces: readonly Piece[];
  readonly #lines: readonly string[];
  readonly #taken = new Set<Piece>();
  /** Where what stands below a heading starts and ends, by its index among the pieces. */
  readonly #spans = new Map<Piece, { start: number; end: number; body: number }>();

  /** @param text any text; line ends and a byte order mark do not matter */
  constructor(path: string, text: string) {
    this.path = path;
    const clean = text.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
    this.#lines = clean.split('\n');
    this.pieces = parseNodes(clean).flatMap((node) => piecesOf(node, clean));
    const open: { piece: Piece; start: number; body: number }[] = [];
    const close = (from: number, end: number) => {
      for (const { piece, start, body } of open.splice(from))
        this.#spans.set(piece, { start, end, body: Math.min(body, end) });
    };
    for (const [at, piece] of this.pieces.entries()) {
      if (!isHeading(piece)) continue;
      const last = open.at(-1);
      if (last !== undefined) last.body = Math.min(last.body, at);
      const first = open.findIndex((one) => one.piece.depth >= piece.depth);
      if (first >= 0) close(first, at);
      open.push({ piece, start: at + 1, body: Number.POSITIVE_INFINITY });
    }
    close(0, this.pieces.length);
  }

  /** Marks pieces as mapped, and hands them back. */
  take<T extends Piece | readonly Piece[]>(what: T): T {
    for (const piece of [what].flat() as Piece[]) this.#taken.add(piece);
    return what;
  }

  isTaken = (piece: Piece) => this.#taken.has(piece);

  /** Gives a piece back: it is left over after all. */
  release(piece: Piece): void {
    this.#taken.delete(piece);
  }

  /** What stands below a heading up to the next of its level or above, deeper headings included; without one, all. */
  under(heading: Piece | undefined): readonly Piece[] {
    const span = heading === undefined ? undefined : this.#spans.get(heading);
    return span === undefined ? this.pieces : this.pieces.slice(span.start, span.end);
  }

  /** What stands directly below a heading, up to the next heading of any level; without one, before the first of all. */
  body(heading: Piece | undefined): readonly Piece[] {
    const span = heading === undefined ? undefined : this.#spans.get(heading);
    if (span !== undefined) return this.pieces.slice(span.start, span.body);
    const first = this.pieces.findIndex(isHeading);
    return first < 0 ? this.pieces : this.pieces.slice(0, first);
  }

  /** The headings that match, below another one or in the whole document. */
  headings(pattern: RegExp, below?: Piece): readonly Piece[] {
    return this.under(below).filter((one) => isHeading(one) && pattern.test(bare(one.text)));
  }

  heading = (pattern: RegExp, below?: Piece): Piece | undefined => this.headings(pattern, below)[0];

  /** The first heading of level 1, without the words that say what kind of document it is. */
  title(noise: RegExp): string {
    const heading = this.pieces.find((one) => one.depth === 1);
    if (heading === undefined) return '';
    this.take(heading);
    return heading.text.replace(noise, '').trim();
  }

  /** Runs of lines that hold something nobody took. */
  leftOver(): LeftOver[] {
    const runs: { line: number; endLine: number }[] = [];
    let joined = false;
    for (const piece of this.pieces) {
      const free = !this.#taken.has(piece);
      const last = runs.at(-1);
      if (free && joined && last !== undefined) last.endLine = Math.max(last.endLine, piece.endLine);
      else if (free) runs.push({ line: piece.line, endLine: piece.endLine });
      joined = free;
    }
    return runs.map((run) => ({
      path: this.path,
      ...run,
      text: this.#lines.slice(run.line - 1, run.endLine).join('\n'),
    }));
  }
}

export const isHeading = (piece: Piece) => piece.kind === 'heading';

/** A heading's text without the number in front of it. */
export const bare = (title: string) => title.replace(/^(?:\d+(?:\.\d+)*|[A-Z])[.)]\s+|^\d+(?:\.\d+)*\s+/, '').trim();

const NONE: ReadonlyMap<string, string> = new Map();

function piecesOf(node: RootContent, source: string): Piece[] {
  if (node.type === 'list') return node.children.map((item) => itemPiece(item, source));
  if (node.type === 'table') return rowPieces(node, source);
  const kind =
    node.type === 'heading' || node.type === 'paragraph' || node.type === 'code' ? node.type : ('other' as const);
  const raw = node.type === 'code' ? node.value : source.slice(startOf(node), endOf(node));
  return [
    {
      ...placeOf(node),
      kind,
      depth: node.type === 'heading' ? node.depth : 0,
      text: oneLine(plainText(node)),
      raw,
      cells: NONE,
      lang: node.type === 'code' ? (node.lang ?? '') : '',
    },
  ];
}

/** An item that starts with anything but a paragraph cannot get an id in front of it: it stays as it is. */
function itemPiece(item: ListItem, source: string): Piece {
  const [first] = item.children;
  const indent = (first?.position?.start.column ?? 1) - 1;
  const raw = first === undefined ? '' : source.slice(startOf(first), endOf(item));
  const own = item.children.filter((child) => child.type === 'paragraph').map((child) => plainText(child));
  return {
    ...placeOf(item),
    kind: first?.type === 'paragraph' ? 'item' : 'other',
    depth: 0,
    text: oneLine(own.join(' ')),
    raw: raw.replace(new RegExp(`\\n[ \\t]{0,${indent}}`, 'g'), '\n'),
    cells: NONE,
    lang: '',
  };
}

/** The header belongs to the first row, so that what is left of a table still says what its columns are. */
function rowPieces(table: Table, source: string): Piece[] {
  const [head, ...rows] = table.children;
  const header = (head?.children ?? []).map((cell) => oneLine(plainText(cell)).toLowerCase());
  if (rows.length === 0) return [{ ...emptyRow(table), raw: source.slice(startOf(table), endOf(table)) }];
  return rows.map((row, at) => ({
    ...emptyRow(row),
    line: at === 0 ? lineOf(table) : lineOf(row),
    kind: 'row',
    text: oneLine(row.children.map((cell) => plainText(cell)).join(' | ')),
    raw: source.slice(startOf(row), endOf(row)),
    cells: new Map(row.children.map((cell, column) => [header[column] ?? `#${column}`, oneLine(plainText(cell))])),
  }));
}

const emptyRow = (node: Nodes): Piece => ({
  ...placeOf(node),
  kind: 'other',
  depth: 0,
  text: '',
  raw: '',
  cells: NONE,
  lang: '',
});

const placeOf = (node: Nodes) => ({ line: lineOf(node), endLine: node.position?.end.line ?? lineOf(node) });

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();
