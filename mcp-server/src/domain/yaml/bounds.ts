import { LineCounter, Parser } from 'yaml';
import { tooDeep } from './depth.ts';

/** What people write by hand stays far below these. */
const MAX_CHARACTERS = 256 * 1024;
const MAX_DEPTH = 32;

/**
 * Why a text may not be given to the YAML parser, with its line; undefined when it may. The parser recurses, and on some
 * 2,000-deep inputs the whole process ends without an exception.
 */
export function beyondBounds(text: string): { line: number; message: string } | undefined {
  if (text.length > MAX_CHARACTERS) return { line: 1, message: `longer than ${MAX_CHARACTERS} characters` };
  const lines = new LineCounter();
  const deep = tooDeep([...new Parser(lines.addNewLine).parse(text)], MAX_DEPTH);
  if (deep === undefined) return undefined;
  return { line: lines.linePos(deep.offset).line, message: `nested deeper than ${MAX_DEPTH} levels` };
}
