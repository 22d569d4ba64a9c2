import { deepHeadingsOf, outline } from '../artifact/markdown.ts';
import { SECTIONS } from '../artifact/sections.ts';
import { type Edit, lineStarts, splice } from '../artifact/splice.ts';
import type { Finding } from '../finding.ts';
import type { ArtifactName } from '../stage.ts';

/**
 * A text with the findings mended whose mending leaves nothing to decide: a comment that disables nothing is taken out, and a
 * heading of an entry that is too deep is raised; ids that stand for two things get new numbers (renumber.ts). Spliced by offsets: every byte outside those places stays.
 *
 * @param findings those on this text, as the rules gave them
 * @param numbers edits that renumber its entries
 * @returns the text, the same where nothing could be mended, and how many places were
 */
export function mend(
  name: ArtifactName,
  text: string,
  findings: readonly Finding[],
  numbers: readonly Edit[] = [],
): { text: string; mended: number } {
  const starts = lineStarts(text);
  const comments = unusedComments(text, starts, findings);
  // Offsets of an outline know no byte order mark. What a comment says goes with it.
  const shift = text.startsWith('\ufeff') ? 1 : 0;
  const moved = numbers
    .map((one) => ({ ...one, start: one.start + shift, end: one.end + shift }))
    .filter((one) => !comments.some((comment) => one.start < comment.end && one.end > comment.start));
  const edits = [...comments, ...deepHeadings(name, text, starts), ...moved];
  return { text: splice(text, edits), mended: edits.length };
}

/** Only a comment that has its line to itself: of any other line something else would go with it. */
function unusedComments(text: string, starts: readonly number[], findings: readonly Finding[]): Edit[] {
  const lines = new Set(findings.flatMap((one) => (one.rule === 'disable-unused' ? [one.line] : [])));
  return [...lines].flatMap((line) => {
    const [start, end] = [starts[line - 1] ?? text.length, starts[line] ?? text.length];
    const alone = /^\ufeff?[ \t]*<!--(?:(?!-->).){0,2000}-->[ \t]*(?:\r\n|\r|\n)?$/.test(text.slice(start, end));
    // A mark that comes to stand first would be taken for a byte order mark.
    if (!alone || (start === 0 && text[end] === '\ufeff')) return [];
    return [{ start: text.startsWith('\ufeff') && start === 0 ? 1 : start, end, text: '' }];
  });
}

/** `#### REQ-1: Title` in the section of requirements: a heading of its own level is what was meant. */
function deepHeadings(name: ArtifactName, text: string, starts: readonly number[]): Edit[] {
  const sections = (SECTIONS[name] ?? []).filter(({ form }) => form === 'blocks' || form === 'entries');
  return outline(text).sections.flatMap((section) => {
    const prefix = sections.find(({ title }) => title.toLowerCase() === section.title.toLowerCase())?.prefix;
    if (prefix === undefined) return [];
    return [section, ...section.blocks].flatMap(deepHeadingsOf).flatMap((heading) => {
      const start = starts[heading.line - 1]!;
      const marks = /^( {0,3})#{4,6}(?=[ \t])/.exec(text.slice(start, starts[heading.line] ?? text.length));
      if (marks === null || !new RegExp(`^${prefix}-[1-9]\\d*\\s*:`).test(heading.text)) return [];
      return [{ start: start + marks[1]!.length, end: start + marks[0].length, text: '###' }];
    });
  });
}
