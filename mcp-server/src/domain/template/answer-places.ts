import { entriesOf } from '../artifact/entries.ts';
import { lineOf, sectionOf } from '../artifact/markdown.ts';
import type { Requirements } from '../artifact/requirements.ts';
import type { Edit } from '../artifact/splice.ts';
import { listItemsOf, stretchOf } from './source-places.ts';

/** How a question is asked anew. */
interface Reopened extends Edit {
  id: string;
}

/**
 * What takes the answers out of a spec's questions, in order: of a block what stands behind `Answer:`; a question that is a
 * list item becomes a block, the form that answers can be put into later.
 */
export function reopenQuestions({ doc }: Requirements): Reopened[] {
  const section = sectionOf(doc, 'Questions');
  if (section === undefined) return [];
  const inBlocks = section.blocks.flatMap((block) => {
    const id = /^Q-\d+/.exec(block.title)?.[0];
    const answer = listItemsOf(block).find((item) => /^[-*+]\s+Answer:/.test(source(item)));
    if (id === undefined || answer === undefined) return [];
    const { start, end } = stretchOf(answer);
    return [{ id, start, end, text: '- Answer:' }];
  });
  const listed = new Map(entriesOf(doc, 'Questions', 'Q').flatMap((one) => (one.block ? [] : [[one.line, one]])));
  const inList = listItemsOf(section).flatMap((item) => {
    const entry = listed.get(lineOf(item));
    if (entry === undefined) return [];
    const title = entry.title.replace(/\s*\bAnswer:.*$/s, '');
    return [{ id: entry.id, ...stretchOf(item), text: `### ${entry.id}: ${title}\n\n- Answer:\n` }];
  });
  return [...inList, ...inBlocks];

  function source(item: Parameters<typeof stretchOf>[0]): string {
    const { start, end } = stretchOf(item);
    return doc.text.slice(start, end);
  }
}
