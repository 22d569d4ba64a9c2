import type { List, ListItem, Nodes, RootContent } from 'mdast';
import { endOf, type Outline, type Section, startOf } from '../artifact/markdown.ts';

/** A stretch of a text, by offsets in UTF-16 code units. */
export interface Stretch {
  start: number;
  end: number;
}

/** All sections of a document with their blocks, in order. */
export const partsOf = (doc: Outline): Section[] => doc.sections.flatMap((section) => [section, ...section.blocks]);

/** Where code stands, in lines or in words. */
export function codeIn(doc: Outline): Stretch[] {
  const found: Stretch[] = [];
  const open: Nodes[] = partsOf(doc).flatMap((part) => part.nodes);
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (node.type === 'code' || node.type === 'inlineCode' || node.type === 'html') found.push(stretchOf(node));
    else if ('children' in node) for (const child of node.children) open.push(child);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Every list item below a heading, those inside others included, outer ones first. */
export function listItemsOf(section: Section): ListItem[] {
  const inside = (nodes: readonly RootContent[]): ListItem[] =>
    nodes
      .filter((node): node is List => node.type === 'list')
      .flatMap((list) => list.children.flatMap((item) => [item, ...inside(item.children)]));
  return inside(section.nodes);
}

export const stretchOf = (node: Nodes): Stretch => ({ start: startOf(node), end: endOf(node) });

/** A stretch with the whole of its lines and the blank ones behind it. */
export function wholeLines(text: string, { start, end }: Stretch): Stretch {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const rest = /^[^\n]*(?:\n|$)(?:[ \t]*\r?\n)*/.exec(text.slice(end))?.[0] ?? '';
  return { start: from, end: end + rest.length };
}

/**
 * Whether a stretch lies in one of some others.
 *
 * @param stretches in order, none of which overlaps another
 */
export function insideAny(stretches: readonly Stretch[]): (inner: Stretch) => boolean {
  return (inner) => {
    const outer = lastBefore(stretches, inner.start);
    return outer !== undefined && inner.end <= outer.end;
  };
}

/** The last of some things in order that starts at an offset or before it. */
export function lastBefore<T extends { start: number }>(sorted: readonly T[], offset: number): T | undefined {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]!.start <= offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low - 1];
}
