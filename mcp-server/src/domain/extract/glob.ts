/** The text of a glob before its first wildcard. */
export function literalPrefix(glob: string): string {
  const at = glob.search(/[*?]/);
  return at < 0 ? glob : glob.slice(0, at);
}

/** Matches whole paths: `*` and `?` stay within a folder, a part `**` stands for any number of folders. */
export function globMatcher(glob: string): (path: string) => boolean {
  const parts = glob.split('/');
  const isPart = (part: string, wanted: string) =>
    fits([...part], [...wanted], '*', (char, one) => one === '?' || one === char);
  return (path) => fits(path.split('/'), parts, '**', isPart);
}

/**
 * Wildcard matching with one remembered star (Krauss, "Matching Wildcards: An Algorithm", 2008): no backtracking
 * explosion, unlike a regular expression.
 */
function fits(
  items: readonly string[],
  pattern: readonly string[],
  star: string,
  isOne: (item: string, wanted: string) => boolean,
): boolean {
  let at = 0;
  let of = 0;
  let starAt = -1;
  let mark = 0;
  while (at < items.length) {
    const wanted = pattern[of];
    if (wanted === star) {
      starAt = of++;
      mark = at;
    } else if (wanted !== undefined && isOne(items[at] as string, wanted)) {
      at++;
      of++;
    } else if (starAt >= 0) {
      of = starAt + 1;
      at = ++mark;
    } else return false;
  }
  while (pattern[of] === star) of++;
  return of === pattern.length;
}
