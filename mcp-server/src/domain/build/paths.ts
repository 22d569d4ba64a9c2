/**
 * Whether a path belongs to a component's pattern: a file, a folder with a trailing slash (all below it), or a glob with
 * `*` (within a folder), `**` (across folders) and `?`, or the project itself (`.`). Paths use "/" and are relative to the project.
 */
export function matchesPattern(pattern: string, path: string): boolean {
  const clean = pattern.replace(/^\.\//, '');
  if (clean === '' || clean === '.') return true;
  if (clean.endsWith('/')) return path.startsWith(clean);
  if (!/[*?]/.test(clean)) return path === clean || path.startsWith(`${clean}/`);
  return matchesGlob(clean, path);
}

/** A whole number of folders, anything at all, anything within a folder, one character within a folder, or itself. */
const TOKEN = /\*\*\/|\*\*|[\s\S]/g;

/** Keeps the set of offsets up to which the pattern can have matched: no pattern takes more than its length times the path's. */
function matchesGlob(glob: string, path: string): boolean {
  const literal = glob.slice(0, glob.search(/[*?]/));
  if (!path.startsWith(literal)) return false;
  let reached: boolean[] = [true];
  for (const [token] of glob.slice(literal.length).matchAll(TOKEN))
    reached = advance(token, path.slice(literal.length), reached);
  return reached[path.length - literal.length] === true;
}

function advance(token: string, text: string, reached: readonly boolean[]): boolean[] {
  const next: boolean[] = [];
  let before = false;
  for (let at = 0; at <= text.length; at++) {
    const char = text[at - 1];
    if (token === '**') next[at] = reached[at] === true || next[at - 1] === true;
    else if (token === '*') next[at] = reached[at] === true || (next[at - 1] === true && char !== '/');
    else if (token === '**/') next[at] = reached[at] === true || (before && char === '/');
    else next[at] = reached[at - 1] === true && (token === '?' ? char !== '/' : char === token);
    before ||= reached[at] === true;
  }
  return next;
}

/** Pattern that is kept in another repository: `URL@commit`. Its files are not looked for here. */
export const isElsewhere = (pattern: string) => /^[a-z][a-z+.-]*:\/\/|^git@/i.test(pattern);
