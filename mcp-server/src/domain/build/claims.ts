import { matchesPattern } from './paths.ts';

/** A pattern of paths that somebody owns. */
export interface Claim<Owner extends string = string> {
  owner: Owner;
  path: string;
  /** Of two that claim the same pattern, the later one is told about the earlier. */
  line: number;
}

interface Split extends Claim {
  /** The folders or file before the first wildcard, without a slash at the end. */
  base: string;
  /** What follows from the first wildcard's folder on; empty where there is none. */
  glob: string;
}

/** A claim, and another owner's that contains it or is the same. */
export interface Conflict<One extends Claim> {
  claim: One;
  other: One;
  same: boolean;
}

/** Every claim that lies within another owner's, each once, in linear time. */
export function conflictsOf<One extends Claim>(given: readonly One[]): Conflict<One>[] {
  const claims = given.map((claim): One & Split => ({ ...claim, ...split(claim.path) }));
  const exact = firstBy(claims.filter((claim) => claim.glob === ''));
  const globs = new Map<string, (One & Split)[]>();
  for (const claim of claims) {
    if (claim.glob === '') continue;
    const same = globs.get(claim.base) ?? [];
    // A folder with more patterns than this is compared with the first of them, which keeps the time linear.
    if (same.length < 32) same.push(claim);
    globs.set(claim.base, same);
  }
  return claims.flatMap((claim) => {
    const other = overlapping(claim, exact, globs);
    if (other === undefined) return [];
    return [{ claim, other, same: other.base === claim.base && other.glob === claim.glob }];
  });
}

function split(path: string): { base: string; glob: string } {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  if (wild < 0) return { base: parts.join('/'), glob: '' };
  return { base: parts.slice(0, wild).join('/'), glob: parts.slice(wild).join('/') };
}

function firstBy<One extends Split>(claims: readonly One[]): Map<string, One> {
  const first = new Map<string, One>();
  for (const claim of claims) if (!first.has(claim.base)) first.set(claim.base, claim);
  return first;
}

/** Another owner's claim that contains this one, or that is the same and came earlier. */
function overlapping<One extends Split>(
  claim: One,
  exact: ReadonlyMap<string, One>,
  globs: ReadonlyMap<string, readonly One[]>,
): One | undefined {
  const isOther = (other: One | undefined) => other !== undefined && other.owner !== claim.owner;
  for (const folder of upwards(claim.base)) {
    const owner = exact.get(folder);
    if (isOther(owner)) return owner;
    const glob = globs.get(folder)?.find((one) => {
      if (!isOther(one)) return false;
      if (claim.glob !== '') return folder === claim.base && one.glob === claim.glob && one.line < claim.line;
      return matchesPattern(one.base === '' ? one.glob : `${one.base}/${one.glob}`, claim.base);
    });
    if (glob !== undefined) return glob;
  }
  return undefined;
}

/** A path, its folder, that one's folder, up to the project. */
function* upwards(path: string): Generator<string> {
  let at = path;
  for (let depth = 0; depth < 64; depth++) {
    yield at;
    if (at === '') return;
    at = at.slice(0, Math.max(at.lastIndexOf('/'), 0));
  }
}
