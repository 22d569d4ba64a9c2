/**
 * Whether a path belongs to a component's pattern: a file, a folder with a trailing slash (all below it), or a glob with
 * `*` (within a folder), `**` (across folders) and `?`. Paths use "/" and are relative to the project.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const clean = pattern.replace(/^\.\//, '');
  if (clean.endsWith('/')) return path.startsWith(clean);
  if (!/[*?]/.test(clean)) return path === clean || path.startsWith(`${clean}/`);
  return toRegExp(clean).test(path);
}

const cache = new Map<string, RegExp>();

function toRegExp(glob: string): RegExp {
  const known = cache.get(glob);
  if (known !== undefined) return known;
  let source = '';
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at]!;
    if (char === '*' && glob[at + 1] === '*') {
      const slash = glob[at + 2] === '/';
      source += slash ? '(?:[^/]+/)*' : '.*';
      at += slash ? 2 : 1;
    } else if (char === '*') source += '[^/]*';
    else if (char === '?') source += '[^/]';
    else source += char.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  }
  const compiled = new RegExp(`^${source}$`, 's');
  cache.set(glob, compiled);
  return compiled;
}

/** Pattern that is kept in another repository: `URL@commit`. Its files are not looked for here. */
export const isElsewhere = (pattern: string) => /^[a-z][a-z+.-]*:\/\/|^git@/i.test(pattern);
