import { bareTitle, type Outline, outline, type Section } from './markdown.ts';

export interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Applies edits by source offsets; every byte outside them stays (design.md 2.1).
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

/** A section by its title (`Scope`), or a block by its id (`REQ-3`) or title. */
export function findSection(doc: Outline, name: string): Section | undefined {
  const wanted = bareTitle(name.trim());
  for (const section of doc.sections) {
    if (bareTitle(section.title) === wanted) return section;
    for (const block of section.blocks)
      if (bareTitle(block.title) === wanted || blockId(block)?.toLowerCase() === wanted) return block;
  }
  return undefined;
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
 */
export function replaceSection(source: string, name: string, replacement: string): string {
  const doc = outline(source);
  const eol = doc.text.includes('\r\n') ? '\r\n' : '\n';
  const lines = (text: string) => text.replace(/\r\n?/g, '\n').trim().replace(/\n/g, eol);
  const body = lines(replacement);
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
  return prefix + splice(doc.text, [edit]);
}
