/** Lines that are shown of each side. */
const SHOWN = 200;

/**
 * Where two texts differ, as lines with `-` and `+`: what they have in common at their beginning and end is left out. Linear
 * in their length.
 */
export function lineDifference(before: string, after: string): string[] {
  const [a, b] = [before.split('\n'), after.split('\n')];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
  const side = (mark: string, lines: readonly string[]) => {
    const own = lines.slice(start, lines.length - end);
    const more = own.length > SHOWN ? [`${mark} (${own.length - SHOWN} more lines)`] : [];
    return [...own.slice(0, SHOWN).map((line) => `${mark}${line}`), ...more];
  };
  return [`@@ line ${start + 1} @@`, ...side('-', a), ...side('+', b)];
}
