import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** More matches than that are not told one by one. */
const MAX = 2000;

/**
 * The paths a shell pattern (`*`, `?`, `[...]` within names) stands for now; without a match itself, as the shell leaves
 * it. Undefined when there are too many.
 *
 * @param pattern absolute
 */
export function expandGlob(pattern: string): string[] | undefined {
  let found = ['/'];
  for (const part of pattern.split('/').filter(Boolean)) {
    const next: string[] = [];
    const matches = /[*?[]/.test(part) ? partMatcher(part) : undefined;
    for (const folder of found) {
      if (matches === undefined) next.push(join(folder, part));
      else for (const name of namesIn(folder)) if (matches(name)) next.push(join(folder, name));
      if (next.length > MAX) return undefined;
    }
    found = next;
  }
  return found.length === 0 ? [pattern] : found;
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

/** Two pointers, no backtracking into a second star: linear in practice, quadratic at worst, in one name. */
function partMatcher(part: string): (name: string) => boolean {
  const tokens = part.match(/\[!?\]?[^\]]*\]|\\.|[\s\S]/g) ?? [];
  const one = tokens.map((token) => {
    if (token === '*') return undefined;
    if (token === '?') return () => true;
    if (token.length > 2 && token.startsWith('[')) return characterClass(token);
    return (char: string) => char === token.replace(/^\\/, '');
  });
  return (name) => {
    if (name.startsWith('.') && !part.startsWith('.')) return false;
    let at = 0;
    let token = 0;
    let star = -1;
    let mark = 0;
    while (at < name.length) {
      const test = one[token];
      if (token < one.length && test === undefined) {
        star = token++;
        mark = at;
      } else if (test?.(name[at]!) === true) {
        at++;
        token++;
      } else if (star >= 0) {
        token = star + 1;
        at = ++mark;
      } else return false;
    }
    return one.slice(token).every((rest) => rest === undefined);
  };
}

function characterClass(token: string): (char: string) => boolean {
  const negated = /^\[[!^]/.test(token);
  const body = token.slice(negated ? 2 : 1, -1);
  const ranges: [string, string][] = [];
  for (let at = 0; at < body.length; at++) {
    if (body[at + 1] === '-' && at + 2 < body.length) {
      ranges.push([body[at]!, body[at + 2]!]);
      at += 2;
    } else ranges.push([body[at]!, body[at]!]);
  }
  return (char) => ranges.some(([from, to]) => char >= from && char <= to) !== negated;
}
