import { inputFault } from '../fault.ts';
import { bareTitle, type Outline, outline, type Section } from './markdown.ts';

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Applies edits by source offsets; every byte outside them stays (docs/artifacts.md).
 *
 * @param edits must not overlap
 */
export function splice(text: string, edits: readonly Edit[]): string {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    if (edit.start < at) throw new RangeError('edits overlap');
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/** Where each line starts; a line ends with LF, CRLF or CR. */
export function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map((end) => end.index + end[0].length)];
}

/** A section by its title (`Scope`), or a block by its id (`REQ-3`) or title. */
export function findSection(doc: Outline, name: string): Section | undefined {
  const wanted = bareTitle(name.trim());
  const named = (section: Section) => bareTitle(section.title) === wanted || blockId(section)?.toLowerCase() === wanted;
  return doc.sections.find(named) ?? doc.sections.flatMap((section) => section.blocks).find(named);
}

/** The id that a block's heading starts with: `### CMP-1: Title`. */
export function blockId(section: Section): string | undefined {
  return /^([A-Z]+-\d+(?:\.\d+)?)\s*(?::|$)/.exec(section.title)?.[1];
}

/** The exact text of a section with its heading. */
export function sectionText(doc: Outline, section: Section): string {
  return doc.text.slice(section.start, section.end);
}

/**
 * The document with one section replaced, or appended at the end where it is not there. The new text may start with the
 * section's own heading; else the present heading stays and only the body is replaced.
 *
 * @param source the artifact's text with whatever line ends and byte order mark it has; both are kept
 * @throws Fault `unclosed-section` where the new text would swallow the sections after it
 */
export function replaceSection(source: string, name: string, replacement: string): string {
  const doc = outline(source);
  const eol = doc.text.includes('\r\n') ? '\r\n' : '\n';
  const body = withoutBlankEdges(replacement.replace(/\r\n?/g, '\n').split('\n')).join(eol);
  const found = findSection(doc, name);
  const prefix = doc.bom ? '\ufeff' : '';
  if (found === undefined) {
    const heading = /^#{2,3}\s/.test(body) ? '' : `## ${name.trim()}${eol}${eol}`;
    const before =
      doc.text === '' || doc.text.endsWith(`${eol}${eol}`) ? '' : doc.text.endsWith('\n') ? eol : eol + eol;
    return `${prefix}${doc.text}${before}${heading}${body}${eol}`;
  }
  const whole = /^#{2,3}\s/.test(body) && body.startsWith(`${'#'.repeat(found.depth)} `);
  const last = found.end === doc.text.length;
  const edit = whole
    ? { start: found.start, end: found.end, text: `${body}${eol}${last ? '' : eol}` }
    : { start: found.bodyStart, end: found.end, text: `${eol}${body}${eol}${last ? '' : eol}` };
  // A heading at the very end of the file may lack its line end.
  if (!whole && found.bodyStart === doc.text.length && !doc.text.endsWith('\n')) edit.text = eol + edit.text;
  const text = splice(doc.text, [edit]);
  const swallowed = firstSwallowed(doc, found.end, outline(text));
  if (swallowed !== undefined)
    throw inputFault({
      code: 'unclosed-section',
      message: `the new text of ${JSON.stringify(name)} would swallow the section ${JSON.stringify(swallowed)} after it`,
      expected: 'every code fence, comment and HTML block in it closed',
    });
  return prefix + text;
}

/** Blank lines at both ends carry nothing; the first line's indentation may make it code. */
function withoutBlankEdges(lines: readonly string[]): string[] {
  const filled = (line: string) => !/^[ \t]*$/.test(line);
  const first = lines.findIndex(filled);
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(filled) + 1);
}

/** The first heading from an offset on that is no heading any more once the text before it has changed. */
function firstSwallowed(before: Outline, from: number, after: Outline): string | undefined {
  const all = (doc: Outline) => doc.sections.flatMap((section) => [section, ...section.blocks]);
  const shift = after.text.length - before.text.length;
  const starts = new Set(all(after).map((section) => section.start - shift));
  return all(before).find((section) => section.start >= from && !starts.has(section.start))?.title;
}
