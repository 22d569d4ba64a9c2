import type { Evidence, Fact, Gap, Severity } from '../contract.ts';

/**
 * A gap rule is a declaration over facts, so that every format feeds it. The attributes that rules read, which an
 * extractor sets wherever its format can say them:
 *
 * | attribute | on | meaning |
 * |---|---|---|
 * | `effect: 'write' or 'read'` | task, handler, step, job, resource, data | changes the world, or only looks |
 * | `object: string` | beside `effect` | what it touches, spelt alike for the write and the read of one thing |
 * | `pinned: boolean` | image, provider, module, role, step, job | version fixed (or bounded above); left out when a variable decides |
 * | `privileged: true` | service, resource, task, step, job | the container may act as the host |
 * | `limits: boolean` | service, resource | whether CPU or memory limits are set |
 * | `healthcheck: boolean` | service, resource, image | whether a health check or probe is set |
 * | `documented: boolean` | input, output, role ... | whether it says what it is for; left out where nobody writes that |
 * | `ignoresErrors: true` | task, step, job | a failure is let through: ignore_errors, continue-on-error, `or true` |
 * | `handlesErrors: true` | task, step, job, entrypoint, phase | catches failures: rescue, trap, set -e, failure(), post failure |
 * | `pipesToShell: true` | task, step, image | runs what it downloads unseen |
 * | `sample: true` | secret | lies among tests or examples |
 * | `errorEdge, failureEdge: boolean` | step | whether a transition leaves it for an error, for the answer no |
 * | `reachable: false` | step | nothing leads to it from the start |
 * | `endReachable: boolean` | workflow | whether its end can be reached |
 * | `agentic: true` | step | an agent decides at run time whether and when it runs |
 * | `refersTo: [{kind, name, what}]` | step, entrypoint, check | facts that it names; `ids` of a fact are further names |
 * | `runs, fewRuns, unused, abandoned` | workflow | what runs of an agent leave open |
 * | `locked: true` | provider | comes from a lock file, which pins what a constraint leaves open |
 *
 * Facts of kind `check`, `rollback` and `secret` count by their kind alone.
 */
export interface GapRule {
  id: string;
  severity: Severity;
  /** What was expected, one sentence. */
  expects: string;
  examples: { fails: readonly Fact[]; passes: readonly Fact[] };
  find(facts: FactIndex): Finding[];
}

/** A gap without the rule's own id; severity only where it differs from the rule's. */
export type Finding = Omit<Gap, 'rule' | 'severity'> & { severity?: Severity };

/** Facts in canonical order, and by format and scope. */
export interface FactIndex {
  all: readonly Fact[];
  scopes: readonly (readonly Fact[])[];
  /** The facts that have an attribute, whatever its value: asking all of them for it once a rule would cost more than the rules. */
  having(attribute: string): readonly Fact[];
  /** The scopes where a fact has one. */
  scopesHaving(attribute: string): readonly (readonly Fact[])[];
}

export function indexFacts(all: readonly Fact[]): FactIndex {
  const scopes: Fact[][] = [];
  const byScope = new Map<string, Fact[]>();
  const byAttribute = new Map<string, Fact[]>();
  let last: Fact[] = [];
  for (const fact of all) {
    // What stands together is mostly of one scope.
    if (last[0]?.scope !== fact.scope || last[0].format !== fact.format) {
      const known = byScope.get(keyOf(fact));
      last = known ?? [];
      if (known === undefined) {
        byScope.set(keyOf(fact), last);
        scopes.push(last);
      }
    }
    last.push(fact);
    for (const name in fact.attributes) {
      const group = byAttribute.get(name);
      if (group === undefined) byAttribute.set(name, [fact]);
      else group.push(fact);
    }
  }
  const having = (name: string) => byAttribute.get(name) ?? [];
  return {
    all,
    scopes,
    having,
    scopesHaving(name) {
      const wanted = new Set(having(name).map((fact) => byScope.get(keyOf(fact))));
      return scopes.filter((group) => wanted.has(group));
    },
  };
}

const keyOf = ({ format, scope }: Fact) => `${format}\n${scope}`;

/** One finding a fact that the test holds for. */
export function eachFact(
  facts: readonly Fact[],
  test: (fact: Fact) => boolean,
  message: (fact: Fact) => string,
): Finding[] {
  return facts.filter(test).map((fact) => ({ scope: fact.scope, evidence: fact.evidence, message: message(fact) }));
}

/** Evidence of several facts as one list. */
export function evidenceOf(facts: readonly Fact[]): Evidence[] {
  return facts.flatMap((fact) => fact.evidence);
}

/** Steps that act one after the other; what is declared as a wanted state rolls back by applying the state before. */
export function isActing(fact: Fact): boolean {
  return fact.kind === 'task' || fact.kind === 'handler' || fact.kind === 'step' || fact.kind === 'job';
}

/** "a", "b" and 3 more. */
export function someNames(facts: readonly Fact[], most = 5): string {
  const names = facts.slice(0, most).map((fact) => JSON.stringify(fact.name));
  const rest = facts.length - names.length;
  return rest > 0 ? `${names.join(', ')} and ${rest} more` : names.join(', ');
}
