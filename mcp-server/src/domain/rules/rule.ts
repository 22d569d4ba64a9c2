import { type Design, readDesign } from '../artifact/design.ts';
import { type Feasibility, readFeasibility } from '../artifact/feasibility.ts';
import { type Requirements, readRequirements } from '../artifact/requirements.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { byPlace, type Finding, type FindingSeverity } from '../finding.ts';
import type { ArtifactName } from '../stage.ts';

/** All that a rule may look at. What is not there yet is undefined, and rules stay silent about it. */
export interface RuleInput {
  requirements: Requirements | undefined;
  feasibility: Feasibility | undefined;
  design: Design | undefined;
  /** The snapshot that feasibility.md cites, by its hash; undefined where that evidence is not in the delivery. */
  platform: { sha256: string; facts: readonly PlatformFact[] } | undefined;
  /** Facts stated by named people, by the need they are about. */
  stated: ReadonlyMap<string, { status: string; fact: string; by: string }[]>;
}

/** Where a rule bites. Severity and rule id are the rule's own. */
export interface Place {
  path: string;
  line: number;
  message: string;
  fix: string;
}

/** A worked example: it is the rule's test and its documentation. */
export interface Example {
  title: string;
  artifacts: Partial<Record<ArtifactName, string>>;
  facts?: readonly PlatformFact[];
  stated?: readonly { need: string; status: string; fact: string; by: string }[];
  /** Lines the rule reports, in order; empty for an example that is fine. */
  reports: readonly number[];
}

/** One rule: a file of its own, and one line in the catalogue. */
export interface Rule {
  /** Stable, kebab-case. */
  id: string;
  severity: FindingSeverity;
  /** One sentence for people: what is expected and why. */
  summary: string;
  examples: readonly Example[];
  check(input: RuleInput): Place[];
}

/** Runs rules; findings come in order of place. */
export function runRules(rules: readonly Rule[], input: RuleInput): Finding[] {
  return rules
    .flatMap((rule) => rule.check(input).map((place) => ({ rule: rule.id, severity: rule.severity, ...place })))
    .sort(byPlace);
}

/** Reads the artifacts that a rule looks at. */
export function ruleInput(
  artifacts: Partial<Record<ArtifactName, string>>,
  known: Pick<RuleInput, 'platform' | 'stated'>,
): RuleInput {
  const read = <T>(name: ArtifactName, reader: (text: string) => T): T | undefined => {
    const text = artifacts[name];
    return text === undefined ? undefined : reader(text);
  };
  return {
    requirements: read('requirements.md', (text) => readRequirements(text)),
    feasibility: read('feasibility.md', (text) => readFeasibility(text)),
    design: read('design.md', (text) => readDesign(text)),
    ...known,
  };
}
