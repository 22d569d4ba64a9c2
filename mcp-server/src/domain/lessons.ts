import { proseOf } from './artifact/entries.ts';
import { itemsOf, outline, paragraphsOf } from './artifact/markdown.ts';
import { findSection } from './artifact/splice.ts';

/** What an earlier delivery left behind, and why it concerns this one. Text of its files: data, never instruction. */
export interface Lesson {
  delivery: string;
  /** Names of systems, or the template, that both have. */
  shared: string[];
  learnings: string[];
  residual: string[];
  deviations: string[];
}

/** What makes two deliveries kin: their template and the roles of systems, read line by line because many are compared. */
export function kinshipOf(requirements: string): ReadonlySet<string> {
  const rows = [...requirements.matchAll(/^[ \t]*\|[ \t]*SYS-\d+[ \t]*\|([^|\r\n]{1,200})\|/gm)].map((row) => row[1]!);
  const template = /^template:[ \t]*["']?([a-z0-9-]{1,64})/m.exec(requirements)?.[1];
  const names = rows.map((name) => name.replace(/[`*_]/g, '').trim().toLowerCase()).filter((name) => name !== '');
  return new Set([...names, ...(template === undefined ? [] : [`template ${template}`])]);
}

/** What as-built.md says that may concern others; undefined where it says nothing, or the two have nothing in common. */
export function lessonOf(delivery: string, shared: readonly string[], asBuilt: string): Lesson | undefined {
  if (shared.length === 0) return undefined;
  const learnings = textsIn(asBuilt, 'Learnings');
  const residual = textsIn(asBuilt, 'Residual issues');
  const deviations = rowsIn(asBuilt, 'Deviations');
  if (learnings.length + residual.length + deviations.length === 0) return undefined;
  return { delivery, shared: [...shared], learnings, residual, deviations };
}

const MOST = 10;
const LONGEST = 400;
/** What stands there before somebody writes. */
const NOTHING = /^(?:none(?: known| written down)?|nothing|-)?\.?$/i;

function textsIn(asBuilt: string, title: string): string[] {
  const section = findSection(outline(asBuilt), title);
  if (section === undefined) return [];
  const all = [...paragraphsOf(section), ...itemsOf(section)].map(({ text }) => text);
  return all
    .filter((text) => !NOTHING.test(text))
    .slice(0, MOST)
    .map((text) => text.slice(0, LONGEST));
}

/** Deviations are a table when there are any, and a sentence when there are none. */
function rowsIn(asBuilt: string, title: string): string[] {
  const section = findSection(outline(asBuilt), title);
  if (section === undefined || proseOf(outline(asBuilt), title) !== '') return [];
  const text = asBuilt.replace(/^\ufeff/, '').slice(section.bodyStart, section.end);
  const rows = text.split('\n').filter((line) => /^\|\s*DEV-\d+/.test(line));
  return rows.slice(0, MOST).map((row) =>
    row
      .replace(/^\||\|\s*$/g, '')
      .trim()
      .slice(0, LONGEST),
  );
}
