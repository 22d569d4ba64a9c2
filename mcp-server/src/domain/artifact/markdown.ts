import type { List, Nodes, RootContent, Table } from 'mdast';
import { remember } from '../remember.ts';
import { parseNodes } from './parse.ts';
import { plainText } from './plain-text.ts';

/** What the readers see of Markdown; parse.ts is the one seam to its parser. */

/** A heading with all that belongs to it. Offsets count UTF-16 code units in the document's text. */
export interface Section {
  title: string;
  /** 2 for a section, 3 for a block in it. */
  depth: number;
  line: number;
  /** Where the heading starts. */
  start: number;
  /** Where the text after the heading's line starts. */
  bodyStart: number;
  /** Where the next heading of the same or a higher level starts, or the text's end. */
  end: number;
  /** What stands directly below the heading, without the blocks. */
  nodes: RootContent[];
  blocks: Section[];
}

/** The document's shape: its front matter as raw YAML, and its sections. */
export interface Outline {
  /** Text without a byte order mark; all offsets refer to it. */
  text: string;
  /** Whether the file started with a byte order mark. */
  bom: boolean;
  /** The YAML between the `---` lines; start and end are offsets of that YAML. */
  front: { yaml: string; line: number; start: number; end: number } | null;
  title: string | null;
  sections: Section[];
}

/** One use case reads the same few texts several times, and parsing is most of its work. */
const recent = new Map<string, Outline>();
const KEPT = 16;

/** Parses an artifact's text. Total: any text has an outline. The outline is shared: it is for reading only. */
export function outline(source: string): Outline {
  const known = recent.get(source);
  if (known !== undefined) return known;
  const parsed = parse(source);
  recent.set(source, parsed);
  if (recent.size > KEPT) recent.delete(recent.keys().next().value!);
  return parsed;
}

function parse(source: string): Outline {
  const bom = source.charCodeAt(0) === 0xfeff;
  const text = bom ? source.slice(1) : source;
  const result: Outline = { text, bom, front: null, title: null, sections: [] };
  let section: Section | undefined;
  let block: Section | undefined;
  for (const node of parseNodes(text)) {
    if (node.type === 'yaml') {
      const start = afterLine(text, startOf(node));
      result.front = { yaml: node.value, line: lineOf(node) + 1, start, end: start + node.value.length };
    } else if (node.type === 'heading' && node.depth <= 3) {
      const start = startOf(node);
      if (block !== undefined) block.end = start;
      block = undefined;
      if (node.depth < 3) {
        if (section !== undefined) section.end = start;
        section = undefined;
      }
      if (node.depth === 1) {
        result.title ??= plainText(node);
        continue;
      }
      const opened: Section = {
        title: plainText(node).trim(),
        depth: node.depth,
        line: lineOf(node),
        start,
        bodyStart: afterLine(text, endOf(node)),
        end: text.length,
        nodes: [],
        blocks: [],
      };
      if (node.depth === 2) {
        section = opened;
        result.sections.push(opened);
      } else {
        block = opened;
        (section?.blocks ?? result.sections).push(opened);
      }
    } else (block ?? section)?.nodes.push(node);
  }
  return result;
}

/** The section with a heading, whatever its letter case; headings may be numbered (`3. Scope`). */
export function sectionOf(doc: Outline, title: string): Section | undefined {
  const wanted = title.toLowerCase();
  return doc.sections.find((section) => section.depth === 2 && bareTitle(section.title) === wanted);
}

export const bareTitle = (title: string) => title.replace(/^\d+(?:\.\d+)*[.)]?\s+/, '').toLowerCase();

export const lineOf = (node: Nodes) => node.position?.start.line ?? 1;
export const startOf = (node: Nodes) => node.position?.start.offset ?? 0;
export const endOf = (node: Nodes) => node.position?.end.offset ?? 0;

/** Where the next line starts. A line ends with LF, CRLF or CR (CommonMark 0.31, section 2.1). */
function afterLine(text: string, offset: number): number {
  const end = /\r\n?|\n/g;
  end.lastIndex = offset;
  return end.test(text) ? end.lastIndex : text.length;
}

export interface Cell {
  text: string;
  line: number;
}

export interface Row {
  line: number;
  /** Cells by the header's text in lower case. */
  cells: Map<string, Cell>;
  width: number;
}

export interface TableData {
  line: number;
  header: string[];
  rows: Row[];
}

/** The tables directly below a heading. */
export function tablesOf(section: Section): TableData[] {
  return section.nodes.filter((node): node is Table => node.type === 'table').map(readTable);
}

function readTable(table: Table): TableData {
  const [head, ...body] = table.children;
  const header = (head?.children ?? []).map((cell) => plainText(cell).trim().toLowerCase());
  const rows = body.map((row) => ({
    line: lineOf(row),
    width: row.children.length,
    cells: new Map(
      row.children.map((cell, at) => [header[at] ?? `#${at}`, { text: plainText(cell).trim(), line: lineOf(cell) }]),
    ),
  }));
  return { line: lineOf(table), header, rows };
}

export interface Item {
  /** Plain text of the item's own paragraphs, line breaks as spaces. */
  text: string;
  line: number;
  endLine: number;
  /** Items of a list inside this one. */
  children: Item[];
}

/** The list items directly below a heading. Many rules ask for those of the same section. */
export const itemsOf: (section: Section) => readonly Item[] = remember((section) =>
  section.nodes.filter((node): node is List => node.type === 'list').flatMap(readList),
);

function readList(list: List): Item[] {
  return list.children.map((item) => ({
    text: item.children
      .filter((child) => child.type === 'paragraph')
      .map((child) => plainText(child).replace(/\s+/g, ' ').trim())
      .join(' '),
    line: lineOf(item),
    endLine: item.position?.end.line ?? lineOf(item),
    children: item.children.filter((child): child is List => child.type === 'list').flatMap(readList),
  }));
}

export interface Paragraph {
  text: string;
  line: number;
}

/** The paragraphs directly below a heading, each on one line. */
export function paragraphsOf(section: Section): Paragraph[] {
  return section.nodes
    .filter((node) => node.type === 'paragraph')
    .map((node) => ({ text: plainText(node).replace(/\s+/g, ' ').trim(), line: lineOf(node) }));
}

/** The headings directly below a heading that are too deep to open a block. */
export function deepHeadingsOf(section: Section): Paragraph[] {
  return section.nodes
    .filter((node) => node.type === 'heading')
    .map((node) => ({ text: plainText(node).trim(), line: lineOf(node) }));
}

export interface Code {
  lang: string;
  text: string;
  line: number;
}

/** The fenced code directly below a heading. */
export function codeOf(section: Section): Code[] {
  return section.nodes.flatMap((node) =>
    node.type === 'code' ? [{ lang: node.lang ?? '', text: node.value, line: lineOf(node) }] : [],
  );
}
