import { isElsewhere, matchesPattern } from '../build/paths.ts';
import type { Place, Rule } from './rule.ts';
import { quoted } from './section-facts.ts';

const components = (...paths: string[]) => ({
  'design.md': `## Components\n\n${paths.map((path, at) => `### CMP-${at + 1}: A\n\n- Paths: ${path}\n`).join('\n')}`,
});

export const pathClaimedTwice: Rule = {
  id: 'path-claimed-twice',
  severity: 'warning',
  summary: 'A path belongs to one component, so that a change of a file leads to one owner.',
  examples: [
    {
      title: 'paths beside one another',
      artifacts: components('greet.py, greet/', 'greet_test.py', 'docs/*.md', 'docs/img/'),
      reports: [],
    },
    { title: 'the same file', artifacts: components('greet.py', './greet.py'), reports: [9] },
    { title: 'a file in a folder', artifacts: components('roles/vlan/tasks/main.yml', 'roles/vlan/'), reports: [5] },
    { title: 'a file that a pattern matches', artifacts: components('src/**/*.py', 'src/net/ports.py'), reports: [9] },
    { title: 'a pattern within a folder', artifacts: components('src/', 'src/net/*.py'), reports: [9] },
    {
      title: 'a folder that two repositories have',
      artifacts: components('lib/', 'https://git.example.net/a@1f'),
      reports: [],
    },
  ],
  check({ design }) {
    const claims = (design?.components ?? []).flatMap(({ id, paths, fields, line }) =>
      paths
        .filter((path) => !isElsewhere(path))
        .map((path): Claim => ({ owner: id, line: fields.get('paths')?.line ?? line, path, ...split(path) })),
    );
    const exact = firstBy(claims.filter((claim) => claim.glob === ''));
    const globs = new Map<string, Claim[]>();
    for (const claim of claims) {
      if (claim.glob === '') continue;
      const same = globs.get(claim.base) ?? [];
      // A folder with more patterns than this is compared with the first of them, which keeps the time linear.
      if (same.length < 32) same.push(claim);
      globs.set(claim.base, same);
    }
    return claims.flatMap((claim) => {
      const other = overlapping(claim, exact, globs);
      return other === undefined ? [] : [place(design!.path, claim, other)];
    });
  },
};

interface Claim {
  owner: string;
  line: number;
  path: string;
  /** The folders or file before the first wildcard, without a slash at the end. */
  base: string;
  /** What follows from the first wildcard's folder on; empty where there is none. */
  glob: string;
}

function split(path: string): { base: string; glob: string } {
  const parts = path.split('/').filter((part) => part !== '' && part !== '.');
  const wild = parts.findIndex((part) => /[*?]/.test(part));
  if (wild < 0) return { base: parts.join('/'), glob: '' };
  return { base: parts.slice(0, wild).join('/'), glob: parts.slice(wild).join('/') };
}

function firstBy(claims: readonly Claim[]): Map<string, Claim> {
  const first = new Map<string, Claim>();
  for (const claim of claims) if (!first.has(claim.base)) first.set(claim.base, claim);
  return first;
}

/** Another component's claim that contains this one, or that is the same and came earlier. */
function overlapping(
  claim: Claim,
  exact: ReadonlyMap<string, Claim>,
  globs: ReadonlyMap<string, readonly Claim[]>,
): Claim | undefined {
  const isOther = (other: Claim | undefined) => other !== undefined && other.owner !== claim.owner;
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

function place(path: string, claim: Claim, other: Claim): Place {
  const same = other.base === claim.base && other.glob === claim.glob;
  return {
    path,
    line: claim.line,
    message: `${claim.owner} claims ${quoted(claim.path)}, ${same ? 'and so does' : 'which is inside what'} ${other.owner}${same ? '' : ` claims with ${quoted(other.path)}`}`,
    fix: 'leave it to one of them; the other may depend on that component',
  };
}
