import { beyond } from './beyond.ts';
import { type Lines, SPACE } from './lines.ts';
import type { YamlScalar } from './node.ts';

const BAR = 124;
const TAB = 9;

/**
 * A text behind `|` or `>` (YAML 1.2.2, section 8.1), from its sign to the last line that is indented further than its
 * parent; leaves the lines at what follows. Kept line ends (`+`) and given indentations are left to the full reader.
 */
export function blockText(lines: Lines, sign: number, parentIndent: number): YamlScalar {
  const { text, line } = lines;
  const literal = text.charCodeAt(sign) === BAR;
  const strip = text[sign + 1] === '-';
  if (!lines.isDone(sign + (strip ? 2 : 1))) throw beyond;
  const { body, endLine } = bodyOf(lines, parentIndent, line);
  const value = body.length === 0 ? '' : (literal ? body.join('\n') : folded(body)) + (strip ? '' : '\n');
  return { kind: 'scalar', value, text: value, style: literal ? 'literal' : 'folded', line, endLine };
}

/** The lines without their indentation and without empty ones at the end. */
function bodyOf(lines: Lines, parentIndent: number, headLine: number): { body: string[]; endLine: number } {
  const { text } = lines;
  const body: string[] = [];
  let indent = -1;
  let used = 0;
  let endLine = headLine;
  let deepestBlank = 0;
  for (;;) {
    if (lines.end >= text.length) {
      lines.next();
      break;
    }
    const before = lines.end;
    lines.step();
    const isBlank = lines.at === lines.end;
    if (isBlank && indent < 0) deepestBlank = Math.max(deepestBlank, lines.indent);
    if (!isBlank) {
      if (lines.indent <= parentIndent || (indent >= 0 && lines.indent < indent)) {
        if (text.charCodeAt(lines.at) === TAB) throw beyond;
        // Not ours: read it again as a line with content.
        lines.end = before;
        lines.line--;
        lines.next();
        break;
      }
      if (indent < 0) {
        indent = lines.indent;
        if (deepestBlank > indent) throw beyond;
      }
    }
    body.push(indent >= 0 && lines.indent >= indent ? text.slice(lines.at - lines.indent + indent, lines.end) : '');
    if (!isBlank) {
      used = body.length;
      if (text.slice(lines.at, lines.end).trim() !== '') endLine = lines.line;
    }
  }
  if (used === 0 && body.length > 0) throw beyond;
  // Blank lines that are longer than the indentation are content.
  for (let at = used; at < body.length; at++) if (body[at] !== '') throw beyond;
  return { body: body.slice(0, used), endLine };
}

/** Lines of equal indentation become one; empty lines and lines indented further keep their line ends. */
function folded(body: readonly string[]): string {
  let text = '';
  let empty = 0;
  let before: 'start' | 'text' | 'further' = 'start';
  for (const line of body) {
    if (line === '') {
      empty++;
      continue;
    }
    const first = line.charCodeAt(0);
    const isFurther = first === SPACE || first === TAB;
    if (before === 'start') text += '\n'.repeat(empty);
    else if (before === 'text' && !isFurther) text += empty === 0 ? ' ' : '\n'.repeat(empty);
    else text += '\n'.repeat(empty + 1);
    text += line;
    before = isFurther ? 'further' : 'text';
    empty = 0;
  }
  return text;
}
