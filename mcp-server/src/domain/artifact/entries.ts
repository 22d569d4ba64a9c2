import { ENTRY_ID } from '../ids.ts';
import { itemsOf, type Outline, paragraphsOf, type Section, sectionOf } from './markdown.ts';
import { blockId } from './splice.ts';

/** Something with an id: a block, or an item of a list. */
export interface Entry {
  id: string;
  title: string;
  line: number;
  /** The block it was read from; undefined for a list item. */
  block: Section | undefined;
  /** What stands nested below a list item. */
  nested?: readonly string[];
}

/** The blocks of a section whose heading starts with an id of this prefix: `### CMP-1: Title`. */
export function blocksOf(doc: Outline, section: string, prefix: string): Entry[] {
  const found = sectionOf(doc, section);
  return (found?.blocks ?? []).flatMap((block) => {
    const id = blockId(block);
    if (id === undefined || !id.startsWith(`${prefix}-`)) return [];
    return [{ id, title: block.title.slice(id.length).replace(/^\s*:\s*/, ''), line: block.line, block }];
  });
}

/** Entries written as blocks or as list items: `- **CON-1** text` (`- CON-1: text`). */
export function entriesOf(doc: Outline, section: string, prefix: string): Entry[] {
  const found = sectionOf(doc, section);
  if (found === undefined) return [];
  return [...blocksOf(doc, section, prefix), ...listEntries(found, prefix)];
}

/** The list items of a section that start with an id of this prefix, with or without a text behind it. */
export function listEntries(section: Section, prefix: string): Entry[] {
  return itemsOf(section).flatMap((item) => {
    const match = /^([A-Z]+-\d+(?:\.\d+)?)(?:\s*[:.])?(?:\s+(.*))?$/s.exec(item.text);
    if (match === null || !match[1]!.startsWith(`${prefix}-`)) return [];
    const nested = item.children.map((child) => child.text);
    return [{ id: match[1]!, title: match[2]?.trim() ?? '', line: item.line, block: undefined, nested }];
  });
}

/** A section's prose on one line, for sections that are prose. */
export function proseOf(doc: Outline, section: string): string {
  const found = sectionOf(doc, section);
  return found === undefined
    ? ''
    : paragraphsOf(found)
        .map((paragraph) => paragraph.text)
        .join(' ');
}

export const isEntryId = (text: string) => ENTRY_ID.test(text);
