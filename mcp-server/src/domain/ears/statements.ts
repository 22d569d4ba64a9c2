import { listEntries } from '../artifact/entries.ts';
import { itemsOf } from '../artifact/markdown.ts';
import type { Requirement } from '../artifact/requirements.ts';
import { remember } from '../remember.ts';

/** A paragraph or list item of a requirement that may state it. */
export interface Statement {
  text: string;
  line: number;
  /** Whether it is a list item. */
  listed: boolean;
}

/** Lines such as `- Priority: must`, which describe a requirement and do not state it. */
const DESCRIBES = /^(?!when\b|while\b|where\b|if\b)[A-Za-z][A-Za-z -]{0,30}:\s/i;
const STATES = /^(?:statement|requirement|description)\s*:/i;

/** What may state a requirement: its paragraphs and those list items that are neither criteria nor descriptions. */
export const statementsOf: (requirement: Requirement) => readonly Statement[] = remember(({ block, statements }) => {
  const paragraphs = statements.map((one) => ({ ...one, listed: false }));
  if (block === undefined) return paragraphs;
  const criteria = new Set(listEntries(block, 'AC').map((one) => one.line));
  const items = itemsOf(block)
    .filter((item) => !criteria.has(item.line) && (STATES.test(item.text) || !DESCRIBES.test(item.text)))
    .map(({ text, line }) => ({ text, line, listed: true }));
  return [...paragraphs, ...items];
});
