/**
 * Whether a version constraint of a chart fixes the version or bounds it above (Masterminds/semver ranges): an exact
 * version, `~1.2`, `^1.2`, `1.x` and `< 2` do; `*`, `>= 1.0` and nothing do not.
 */
export function isPinnedRange(version: string | undefined): boolean {
  if (version === undefined) return false;
  const text = version.trim();
  if (text === '' || /^(?:\*|x|latest)$/i.test(text)) return false;
  return text.split('||').every((part) => {
    const range = part.trim();
    if (/^[>!]/.test(range)) return /<|\s-\s/.test(range);
    return /\d/.test(range);
  });
}
