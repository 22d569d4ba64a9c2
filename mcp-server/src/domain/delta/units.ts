import type { List, ListItem, RootContent, Table } from 'mdast';
import { isEntryId } from '../artifact/entries.ts';
import { bareTitle, endOf, lineOf, startOf } from '../artifact/markdown.ts';
import { parseNodes } from '../artifact/parse.ts';
import { plainText } from '../artifact/plain-text.ts';
import { sentencesOf } from '../ears/sentences.ts';

/** One sentence, field, table row or block of code of a unit. */
export interface Piece {
  text: string;
  /** Counted from 1. */
  line: number;
  /** What it is the value of: a field's key, a row's first cell. Two pieces of one label are one piece, changed. */
  label: string;
}

/** What is compared as one thing: an entry by its id, a section's own text, a key of the front matter. */
export interface Unit {
  /** The entry's id, or the headings above the text (`Scope / In scope`), or `front matter: risk`. */
  key: string;
  /** Whether the key is an id. */
  entry: boolean;
  title: string;
  line: number;
  /** Where it stands: the section, or for a criterion its requirement. Moving it elsewhere changes what it means. */
  within: string;
  pieces: Piece[];
}

/**
 * An artifact as units, by key, in the order of the text. Total and complete: every character that is not white space or
 * a mark of structure belongs to a piece. Parts with one key, such as an id that stands twice, are one unit.
 */
export function unitsOf(source: string): Map<string, Unit> {
  const text = source.replace(/^\ufeff/, '').replace(/\r\n?/g, '\n');
  const units = new Map<string, Unit>();
  const unit = (key: string, facts: Omit<Unit, 'key' | 'pieces'>): Unit => {
    const known = units.get(key);
    if (known !== undefined) return known;
    const made = { key, ...facts, pieces: [] };
    units.set(key, made);
    return made;
  };
  const prose = (titles: readonly string[], line: number) => {
    const key = titles.join(' / ') || 'Beginning';
    return unit(key, { entry: false, title: titles.at(-1) ?? '', line, within: '' });
  };
  let titles: string[] = [];
  let open: Unit | undefined;
  for (const node of parseNodes(text)) {
    if (node.type === 'yaml') {
      for (const one of frontMatter(node.value, lineOf(node) + 1)) {
        const made = unit(`front matter: ${one.label}`, { entry: false, title: one.label, line: one.line, within: '' });
        made.pieces.push(one);
      }
      continue;
    }
    if (node.type === 'heading') {
      const heading = squeeze(plainText(node));
      const id = /^([A-Z]+-\d+(?:\.\d+)?)\s*(?::|$)/.exec(heading)?.[1];
      if (id !== undefined && isEntryId(id)) {
        titles = titles.slice(0, Math.max(0, Math.min(node.depth, 3) - 2));
        const title = heading.slice(id.length).replace(/^\s*:\s*/, '');
        open = unit(id, { entry: true, title, line: lineOf(node), within: titles.join(' / ') });
        if (title !== '') open.pieces.push({ text: title, line: lineOf(node), label: 'title' });
      } else if (open !== undefined && node.depth > 3)
        open.pieces.push({ text: heading, line: lineOf(node), label: '' });
      else {
        titles = node.depth === 1 ? [] : [...titles.slice(0, node.depth - 2), properTitle(heading)];
        open = prose(titles, lineOf(node));
        if (node.depth === 1) open.pieces.push({ text: heading, line: lineOf(node), label: 'heading' });
      }
      continue;
    }
    open ??= prose(titles, lineOf(node));
    collect(node, text, open, unit);
  }
  return units;
}

/** A heading without its number: renumbering sections changes nothing. */
const properTitle = (heading: string) => {
  const bare = bareTitle(heading);
  return heading.slice(heading.length - bare.length);
};

type MakeUnit = (key: string, facts: Omit<Unit, 'key' | 'pieces'>) => Unit;

function collect(node: RootContent, text: string, into: Unit, unit: MakeUnit): void {
  if (node.type === 'list') return collectList(node, text, into, unit);
  if (node.type === 'table') return collectTable(node, into, unit);
  const source = text.slice(startOf(node), endOf(node));
  const line = lineOf(node);
  if (node.type === 'paragraph') into.pieces.push(...sentences(source, line));
  else if (node.type === 'code') into.pieces.push({ text: node.value, line, label: 'code' });
  else into.pieces.push({ text: squeeze(source), line, label: '' });
}

function collectList(list: List, text: string, into: Unit, unit: MakeUnit): void {
  for (const item of list.children) {
    const id = /^([A-Z]+-\d+(?:\.\d+)?)(?:\s*[:.])?(?:\s|$)/.exec(plainText(item))?.[1];
    const own = id !== undefined && isEntryId(id) ? entryOf(id, item, into, unit) : into;
    for (const child of item.children) {
      if (child.type !== 'paragraph') collect(child, text, own, unit);
      else
        own.pieces.push(
          ...itemPieces(text.slice(startOf(child), endOf(child)), lineOf(child), own === into ? '' : id!),
        );
    }
  }
}

function entryOf(id: string, item: ListItem, into: Unit, unit: MakeUnit): Unit {
  // The text itself is its only piece: a title would say it twice.
  return unit(id, { entry: true, title: '', line: lineOf(item), within: into.key });
}

/** A `Key: value` line is one piece with its key as label; anything else is sentences. */
function itemPieces(source: string, line: number, id: string): Piece[] {
  const flat = squeeze(source);
  const body = id === '' ? flat : flat.replace(/^[*_`]*[A-Z]+-\d+(?:\.\d+)?[*_`]*\s*[:.]?[*_`]*\s*/, '');
  const key = /^[*_]*([A-Za-z][A-Za-z -]{0,40}?)[*_]*:[*_]*(?:\s|$)/.exec(body)?.[1];
  if (key !== undefined) return [{ text: body, line, label: key.toLowerCase() }];
  return sentences(body, line);
}

function collectTable(table: Table, into: Unit, unit: MakeUnit): void {
  const [head, ...rows] = table.children;
  const cells = (row: Table['children'][number]) => row.children.map((cell) => squeeze(plainText(cell)));
  const columns = cells(head!);
  into.pieces.push({ text: columns.join(' | '), line: lineOf(table), label: 'columns' });
  for (const row of rows) {
    const values = cells(row);
    const [first = ''] = values;
    const line = lineOf(row);
    if (isEntryId(first) && /^id$/i.test(columns[0] ?? '')) {
      const own = unit(first, { entry: true, title: values[1] ?? '', line, within: into.key });
      values.slice(1).forEach((value, at) => {
        own.pieces.push({
          text: `${columns[at + 1] ?? ''}: ${value}`,
          line,
          label: (columns[at + 1] ?? '').toLowerCase(),
        });
      });
    } else into.pieces.push({ text: values.join(' | '), line, label: `row ${first}` });
  }
}

/** The lines of the front matter by their key at the margin; what is indented below belongs to it. */
function frontMatter(yaml: string, firstLine: number): Piece[] {
  const pieces: Piece[] = [];
  for (const [at, content] of yaml.split('\n').entries()) {
    const key = /^([^\s:#-][^:]*):/.exec(content)?.[1];
    const last = pieces.at(-1);
    if (key !== undefined || last === undefined) {
      if (content.trim() !== '') pieces.push({ text: content.trim(), line: firstLine + at, label: key ?? '' });
    } else if (content.trim() !== '') last.text += `\n${content.trimEnd()}`;
  }
  return pieces;
}

const sentences = (source: string, line: number): Piece[] =>
  sentencesOf(squeeze(source)).map((text) => ({ text, line, label: '' }));

const squeeze = (text: string) => text.replace(/\s+/g, ' ').trim();
