import { type Entry, entriesOf } from './entries.ts';
import { fieldsOf } from './fields.ts';
import type { Outline } from './markdown.ts';

export interface Question extends Entry {
  /** Empty while it is open. */
  answer: string;
}

/** The questions of a section, with their answers: a field of the block, a nested item, or `Answer: ...` on the line. */
export function questionsOf(doc: Outline, section: string): Question[] {
  return entriesOf(doc, section, 'Q').map((entry) => {
    const inBlock = entry.block === undefined ? undefined : fieldsOf(entry.block).get('answer')?.values.join(' ');
    const inLine = [entry.title, ...(entry.nested ?? [])].map(answerIn).find((answer) => answer !== '');
    return { ...entry, answer: inBlock ?? inLine ?? '' };
  });
}

const answerIn = (text: string) => /\bAnswer:\s*(.*)$/s.exec(text)?.[1]?.trim() ?? '';
