import { conflictsOf } from '../build/claims.ts';
import { isElsewhere } from '../build/paths.ts';
import type { Finding } from '../finding.ts';
import { found } from './rules.ts';

/** A delivery as the others of its project see it. */
export interface Neighbour {
  id: string;
  /** Ids that its requirements name under depends-on. */
  dependsOn: readonly string[];
  /** Components that it builds or adopts, with the paths they own. */
  owned: readonly { component: string; paths: readonly string[] }[];
}

/**
 * What only shows between deliveries: dependencies that are not there or lead in a circle, and paths that two of them own.
 * A component with the action `reuse` or `skip` owns nothing: what is shared has one owner.
 *
 * @param here ids of all deliveries, also of those that are not looked at
 */
export function neighbourFindings(all: readonly Neighbour[], here: ReadonlySet<string>): Finding[] {
  return [...all.flatMap((one) => unknown(one, here)), ...circles(all), ...shared(all)];
}

const place = (id: string, file: string) => `deliveries/${id}/${file}`;

function unknown({ id, dependsOn }: Neighbour, here: ReadonlySet<string>): Finding[] {
  return dependsOn
    .filter((other) => !here.has(other))
    .map((other) =>
      found(
        'unknown-dependency',
        place(id, 'requirements.md'),
        `depends on ${other}, which is not a delivery here`,
        'name a delivery of this project under depends-on, or take it out',
      ),
    );
}

/** Each circle once, from its first id on. */
function circles(all: readonly Neighbour[]): Finding[] {
  const next = new Map(all.map(({ id, dependsOn }) => [id, dependsOn]));
  const done = new Set<string>();
  const findings: Finding[] = [];
  for (const { id: start } of all) {
    if (done.has(start)) continue;
    const way: { id: string; rest: string[] }[] = [{ id: start, rest: [...(next.get(start) ?? [])] }];
    const on = new Set([start]);
    for (let top = way.at(-1); top !== undefined; top = way.at(-1)) {
      const to = top.rest.shift();
      if (to === undefined) {
        way.pop();
        on.delete(top.id);
        done.add(top.id);
      } else if (on.has(to)) {
        const circle = [...way.map(({ id }) => id).slice(way.findIndex(({ id }) => id === to)), to];
        findings.push(
          found(
            'dependency-cycle',
            place(to, 'requirements.md'),
            `deliveries depend on each other in a circle: ${circle.join(', ')}`,
            'take one of them out of depends-on: none of them can be built first',
          ),
        );
      } else if (!done.has(to) && next.has(to)) {
        way.push({ id: to, rest: [...next.get(to)!] });
        on.add(to);
      }
    }
  }
  return findings;
}

/** Paths that components of two deliveries own. */
function shared(all: readonly Neighbour[]): Finding[] {
  const claims = all.flatMap(({ id, owned }, line) =>
    owned.flatMap(({ component, paths }) =>
      paths.filter((path) => !isElsewhere(path)).map((path) => ({ owner: id, path, line, component })),
    ),
  );
  return conflictsOf(claims).map(({ claim, other }) =>
    found(
      'path-conflict',
      place(claim.owner, 'design.md'),
      `${claim.component} owns ${claim.path}, and ${other.component} of ${other.owner} owns ${other.path}`,
      'let one delivery own it; the other names it with the action reuse and depends on it',
    ),
  );
}
