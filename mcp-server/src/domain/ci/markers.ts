/**
 * A text with the block between the markers of a delivery replaced, or appended where there are none. All else stays byte
 * for byte; the same block again changes nothing.
 *
 * @param indent blanks before the markers and before every line of the block that is not empty
 */
export function inMarkers(text: string, id: string, block: string, indent: number): string {
  const pad = ' '.repeat(indent);
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const opening = `# >>> countersign ${id}: written by countersign ci, edits belong outside the markers`;
  const closing = `# <<< countersign ${id}`;
  const lines = block
    .trimEnd()
    .split('\n')
    .map((line) => (line === '' ? '' : `${pad}${line}`));
  const whole = [`${pad}${opening}`, ...lines, `${pad}${closing}`].join(eol);
  const all = text.split(/\r?\n/);
  const is = (line: string, mark: string) => line.trim() === mark || line.trim().startsWith(`${mark}:`);
  const first = all.findIndex((line) => is(line, `# >>> countersign ${id}`));
  const last = all.findIndex((line, at) => at > first && is(line, closing));
  if (first < 0 || last < 0) return `${text}${text === '' || text.endsWith('\n') ? '' : eol}${whole}${eol}`;
  const ends = [...text.matchAll(/\r?\n/g)];
  const start = first === 0 ? 0 : ends[first - 1]!.index + ends[first - 1]![0].length;
  return text.slice(0, start) + whole + text.slice(ends[last]?.index ?? text.length);
}
