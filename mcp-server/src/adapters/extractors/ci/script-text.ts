import { lineFinder, type Span } from '../../../domain/extract/build.ts';
import type { YamlScalar } from '../yaml/node.ts';

/** Shell text that stands in a file, with the lines of its offsets. */
export interface ScriptText {
  text: string;
  at(from: number, to: number): Span;
}

/**
 * Scalars that a runner executes one after the other as one text. Lines are exact for single lines and literal blocks;
 * within a folded or quoted scalar of several lines, its whole range.
 */
export function scriptOf(scalars: readonly YamlScalar[]): ScriptText {
  const starts: number[] = [];
  const finders: ((offset: number) => Span)[] = [];
  let text = '';
  for (const scalar of scalars) {
    starts.push(text.length);
    finders.push(placeIn(scalar));
    text += scalar.text.endsWith('\n') ? scalar.text : `${scalar.text}\n`;
  }
  const place = (offset: number): Span => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return finders[low]?.(offset - (starts[low] ?? 0)) ?? { line: 1 };
  };
  return {
    text,
    at(from, to) {
      const first = place(from);
      const last = place(Math.max(from, to - 1));
      return { line: first.line, endLine: Math.max(first.line, last.endLine ?? last.line) };
    },
  };
}

function placeIn(scalar: YamlScalar): (offset: number) => Span {
  const { line, endLine } = scalar;
  if (scalar.style !== 'literal') return () => ({ line, endLine });
  const lineAt = lineFinder(scalar.text);
  return (offset) => {
    const at = Math.min(line + lineAt(offset), endLine);
    return { line: at, endLine: at };
  };
}
