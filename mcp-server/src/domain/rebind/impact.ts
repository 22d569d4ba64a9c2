import type { Component } from '../artifact/design.ts';
import { matchesPattern } from '../build/paths.ts';
import type { Coupling, Evidence, ExtractReport, Fact } from '../extract/contract.ts';
import { append } from '../extract/story/fact-graph.ts';
import { isSystem } from './match.ts';

export type Effort = 'rename' | 're-parameterise' | 'rewrite' | 'test again';

/** What has to be done to a component, and where. */
export interface Touched {
  /** Id of a component; undefined for files that no component owns. */
  component: string | undefined;
  title: string;
  /** The heaviest work among its ties; `test again` when it only depends on what changes. */
  effort: Effort;
  ties: { class: string; swap: Coupling['swap']; evidence: Evidence[]; consumers: string[] }[];
  /** Facts that reach a tie over relations only. */
  dependents: string[];
}

export interface Impact {
  /** Names of the systems as the code spells them. */
  systems: string[];
  ties: number;
  touched: Touched[];
}

const weight: Record<Effort, number> = { 'test again': 0, rename: 1, 're-parameterise': 2, rewrite: 3 };

/**
 * What breaks when systems are replaced: every tie with its consumers, and over reversed relations everything that rests on
 * those. Files outside the components are left out unless `everywhere` asks for them.
 */
export function impactOf(
  report: ExtractReport,
  systems: readonly string[],
  components: readonly Component[],
  { everywhere = false } = {},
): Impact {
  const ties = report.couplings.filter((tie) => systems.some((system) => isSystem(tie.system, system)));
  const facts = new Map(report.facts.map((fact) => [fact.id, fact]));
  const owners = new Owners(components);
  const touched = new Map<string, Touched>();
  const at = (path: string): Touched | undefined => {
    const owner = owners.of(path);
    if (owner === undefined && !everywhere) return undefined;
    const key = owner?.id ?? '';
    const known = touched.get(key) ?? {
      component: owner?.id,
      title: owner?.title ?? 'files of no component',
      effort: 'test again' as const,
      ties: [],
      dependents: [],
    };
    touched.set(key, known);
    return known;
  };
  const direct = new Set<string>();
  let count = 0;
  for (const tie of ties)
    for (const [path, evidence] of byPath(tie.evidence)) {
      const one = at(path);
      if (one === undefined) continue;
      count++;
      const consumers = tie.consumers.filter((id) => pathOfFact(facts.get(id)) === path);
      one.ties.push({ class: tie.class, swap: tie.swap, evidence, consumers });
      if (weight[tie.swap] > weight[one.effort]) one.effort = tie.swap;
      for (const id of consumers) direct.add(id);
    }
  for (const id of dependentsOf(report, direct)) {
    const one = at(pathOfFact(facts.get(id)));
    one?.dependents.push(id);
  }
  return {
    systems: [...new Set(ties.map((tie) => tie.system))],
    ties: count,
    touched: [...touched.values()].sort((a, b) => weight[b.effort] - weight[a.effort]),
  };
}

/** Facts that reach any of these over relations, without themselves; in the order of the report. */
function dependentsOf(report: ExtractReport, direct: ReadonlySet<string>): string[] {
  const users = new Map<string, string[]>();
  for (const { from, to } of report.relations) append(users, to, from);
  const seen = new Set(direct);
  const waiting = [...direct];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop())
    for (const user of users.get(id) ?? [])
      if (!seen.has(user)) {
        seen.add(user);
        waiting.push(user);
      }
  return report.facts.map((fact) => fact.id).filter((id) => seen.has(id) && !direct.has(id));
}

function byPath(evidence: readonly Evidence[]): Map<string, Evidence[]> {
  const paths = new Map<string, Evidence[]>();
  for (const place of evidence) append(paths, place.path, place);
  return paths;
}

const pathOfFact = (fact: Fact | undefined) => fact?.evidence[0]?.path ?? '';

/** Which component a path belongs to; asked once a path. */
class Owners {
  private readonly components: readonly Component[];
  private readonly known = new Map<string, Component | undefined>();

  constructor(components: readonly Component[]) {
    this.components = components;
  }

  of(path: string): Component | undefined {
    if (!this.known.has(path))
      this.known.set(
        path,
        this.components.find(({ paths }) => paths.some((pattern) => matchesPattern(pattern, path))),
      );
    return this.known.get(path);
  }
}
