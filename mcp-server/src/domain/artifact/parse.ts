import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmTable } from 'micromark-extension-gfm-table';
import { overDeep } from './nesting.ts';
import { type Segment, segmentsOf } from './segments.ts';

/** Large enough that ordinary artifacts are parsed in one piece, small enough that the parser's square does not show. */
const SEGMENT = 8 * 1024;

/**
 * The top-level nodes of a document: CommonMark with GFM tables and a YAML front matter. Positions refer to the whole. From
 * where it nests too deep on it is not parsed: the rest is one `html` node, in which no reader looks for anything.
 *
 * @param segment how large the pieces are that a large document is parsed in, in UTF-16 code units
 */
export function parseNodes(text: string, segment = SEGMENT): RootContent[] {
  const deep = overDeep(text);
  if (deep === undefined) return segmentsOf(text, segment).flatMap(parseSegment);
  const above = segmentsOf(text.slice(0, deep.offset), segment).flatMap(parseSegment);
  return [...above, unread(text.slice(deep.offset), deep)];
}

function unread(value: string, { offset, line }: { offset: number; line: number }): RootContent {
  const lines = value.split(/\r\n|\r|\n/);
  const end = { line: line + lines.length - 1, column: lines.at(-1)!.length + 1, offset: offset + value.length };
  return { type: 'html', value, position: { start: { line, column: 1, offset }, end } };
}

function parseSegment({ text, start, line }: Segment): RootContent[] {
  // The extension takes every line of every paragraph for the head of a table first: a third of the time of a text without one.
  const tables = mayHoldTable(text);
  const { children } = fromMarkdown(text, {
    extensions: [frontmatter(['yaml']), ...(tables ? [gfmTable()] : [])],
    mdastExtensions: [frontmatterFromMarkdown(['yaml']), ...(tables ? [gfmTableFromMarkdown()] : [])],
  });
  if (start > 0) shift(children, start, line);
  return children;
}

/** All that a delimiter row may be made of, with the marks of the quotes and items that it may stand in. */
const ROW = /^[\t >|:\-*+.)\d]+$/gm;

/** Whether some line could be the delimiter row that every table has below its head (GFM 4.10). */
function mayHoldTable(text: string): boolean {
  for (const [row] of text.matchAll(ROW)) if (row.includes('-') && /[|:]/.test(row)) return true;
  return false;
}

function shift(nodes: readonly Nodes[], offset: number, line: number): void {
  const open: Nodes[] = [...nodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    for (const point of [node.position?.start, node.position?.end])
      if (point !== undefined) {
        point.line += line;
        point.offset = (point.offset ?? 0) + offset;
      }
    if ('children' in node) for (const child of node.children) open.push(child);
  }
}
