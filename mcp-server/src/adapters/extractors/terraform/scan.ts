import { type Block, emptyBlock, type Scanned } from './block.ts';
import { expressionEnd, lineEnd } from './expression-end.ts';
import { isWordCode } from './heredoc.ts';

const topLevel =
  /^(?:(?:resource|data|ephemeral)\s+"[^"\n]*"\s+"[^"\n]*"|(?:variable|output|module|provider|check|run)\s+"[^"\n]*"|terraform|locals|moved|import|removed)[ \t]*\{/;

/**
 * Scans HCL native syntax into blocks and attributes with their lines; expressions stay raw text. Total: what is not
 * HCL costs its line (`problems`). When a block or bracket is never closed, the file is scanned once more with every
 * top-level block at the start of a line taken as such, so that only the broken block suffers.
 */
export function scanHcl(text: string): Scanned {
  const first = scanOnce(text, () => false);
  if (!first.isOpen) return first;
  return scanOnce(text, (lineStart) => topLevel.test(text.slice(lineStart, lineStart + 300)));
}

function scanOnce(text: string, beginsTopLevel: (lineStart: number) => boolean): Scanned & { isOpen: boolean } {
  const root = emptyBlock('', [], 1);
  const open: Block[] = [root];
  const problems: number[] = [];
  let isOpen = false;
  let line = 1;
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const lastClose = text.lastIndexOf('*/');

  const countTo = (end: number) => {
    for (let next = text.indexOf('\n', at); next >= 0 && next < end; next = text.indexOf('\n', next + 1)) line++;
    at = end;
  };
  const problem = (where: number) => {
    if (problems[problems.length - 1] !== where) problems.push(where);
  };

  while (at < text.length) {
    const char = text[at] as string;
    if (char === '\n') {
      line++;
      at++;
      if (open.length > 1 && beginsTopLevel(at)) {
        for (const left of open.splice(1)) {
          left.endLine = line - 1;
          problem(left.line);
        }
        isOpen = true;
      }
    } else if (char === ' ' || char === '\t' || char === '\r') at++;
    else if (char === '#' || text.startsWith('//', at)) at = lineEnd(text, at);
    else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0) problem(line);
      countTo(close < 0 ? text.length : close + 2);
    } else if (char === '}') {
      at++;
      if (open.length > 1) (open.pop() as Block).endLine = line;
      else problem(line);
    } else {
      const head = header(text, at, lastClose);
      if (typeof head === 'number') {
        problem(line);
        countTo(Math.max(at + 1, lineEnd(text, head)));
      } else if (head.isAttribute) {
        const begin = line;
        countTo(head.end);
        const found = expressionEnd(text, head.end, beginsTopLevel);
        if (found.isBroken) {
          problem(begin);
          isOpen = true;
        }
        const raw = text.slice(head.end, found.codeEnd).trim().replaceAll('\r\n', '\n');
        const endLine = line + (raw.split('\n').length - 1) + leadingLines(text, head.end);
        countTo(found.end);
        (open[open.length - 1] as Block).attributes.push({ name: head.name, raw, line: begin, endLine });
      } else {
        const block = emptyBlock(head.name, head.labels, line);
        (open[open.length - 1] as Block).blocks.push(block);
        open.push(block);
        countTo(head.end);
      }
    }
  }
  for (const left of open.splice(1)) {
    left.endLine = line;
    problem(left.line);
    isOpen = true;
  }
  root.endLine = line;
  return { body: root, problems, isOpen };
}

/** Line ends between the equals sign and the expression: none in valid HCL. */
function leadingLines(text: string, from: number): number {
  let count = 0;
  for (let at = from; /\s/.test(text[at] ?? ''); at++) if (text[at] === '\n') count++;
  return count;
}

type Header =
  | { end: number; name: string; isAttribute: true }
  | { end: number; name: string; isAttribute: false; labels: string[] };

/**
 * `name =` or `type "label" label {` at an offset; end is behind the brace, or where the expression begins. The offset
 * where it stops being either, when it is neither.
 */
function header(text: string, start: number, lastClose: number): Header | number {
  const name = labelAt(text, start);
  if (name === undefined) return start;
  let at = skipBlanks(text, name.end, lastClose);
  if (text[at] === '=' && text[at + 1] !== '=')
    return { end: skipBlanks(text, at + 1, lastClose), name: name.text, isAttribute: true };
  const labels: string[] = [];
  while (text[at] !== '{') {
    const label = labelAt(text, at);
    if (label === undefined) return at;
    labels.push(label.text);
    at = skipBlanks(text, label.end, lastClose);
  }
  return { end: at + 1, name: name.text, isAttribute: false, labels };
}

/** A bare word or a quoted one. */
function labelAt(text: string, start: number): { text: string; end: number } | undefined {
  if (text[start] === '"') {
    let end = start + 1;
    while (end < text.length && text[end] !== '"' && text[end] !== '\n') end += text[end] === '\\' ? 2 : 1;
    return text[end] === '"' ? { text: text.slice(start + 1, end), end: end + 1 } : undefined;
  }
  let end = start;
  while (isWordCode(text.charCodeAt(end))) end++;
  return end === start ? undefined : { text: text.slice(start, end), end };
}

/**
 * Blanks and comments in the middle of a line, which may themselves hold line ends.
 *
 * @param lastClose where the last comment of the text ends, so that many open ones are not looked for to the end
 */
function skipBlanks(text: string, start: number, lastClose: number): number {
  let at = start;
  for (;;) {
    while (text[at] === ' ' || text[at] === '\t' || (text[at] === '\r' && text[at + 1] !== '\n')) at++;
    if (text[at] !== '/' || text[at + 1] !== '*' || at + 2 > lastClose) return at;
    at = text.indexOf('*/', at + 2) + 2;
  }
}
