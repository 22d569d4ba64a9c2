import { type Design, readDesign } from '../artifact/design.ts';
import { type Feasibility, readFeasibility } from '../artifact/feasibility.ts';
import type { Outline } from '../artifact/markdown.ts';
import { type Requirements, readRequirements } from '../artifact/requirements.ts';
import type { Evidence } from '../extract/contract.ts';
import { type KnownPlaces, knownPlaces } from '../extract/known-places.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { byPlace, type Finding, type FindingSeverity } from '../finding.ts';
import { groupBy } from '../group.ts';
import type { ArtifactName } from '../stage.ts';
import { Disables } from './disables.ts';
import { type RuleSettings, settingFindings, severityOf, switchedOff } from './settings.ts';

/** A snapshot that a probe of this delivery recorded. */
export interface KnownPlatform {
  sha256: string;
  facts: readonly PlatformFact[];
  /** How many days ago it was recorded, and after how many policy calls it old. */
  age?: { days: number; limit: number };
  /** Facts that policy gives as answers, by the title of the need. */
  match?: Readonly<Record<string, string>>;
}

/** All that a rule may look at. What is not there yet is undefined, and rules stay silent about it. */
export interface RuleInput {
  requirements: Requirements | undefined;
  feasibility: Feasibility | undefined;
  design: Design | undefined;
  /** The snapshot that feasibility.md cites, by its hash; undefined where that evidence is not in the delivery. */
  platform: KnownPlatform | undefined;
  /** Facts stated by named people, by the need they are about. */
  stated: ReadonlyMap<string, { status: string; fact: string; by: string }[]>;
  /** Ids that an approved text had and the last approved one has not, with what they were called then. */
  retired?: ReadonlyMap<string, string> | undefined;
  /** What the facts of an extracted draft know; undefined where they are not in the delivery. */
  extracted?: KnownPlaces | undefined;
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
  age?: { days: number; limit: number };
  stated?: readonly { need: string; status: string; fact: string; by: string }[];
  retired?: Readonly<Record<string, string>>;
  extracted?: { facts: readonly { id: string; evidence: readonly Evidence[] }[] };
  /** Lines the rule reports, in order; empty for an example that is fine. */
  reports: readonly number[];
}

/** The run that a rule is part of, for the rare rule about other rules: it has to stand after them in the catalogue. */
interface Run {
  rules: readonly Rule[];
  /** What the rules before this one found. */
  found: readonly Finding[];
}

/** One rule: a file of its own, and one line in the catalogue. */
export interface Rule {
  /** Stable, kebab-case. */
  id: string;
  severity: FindingSeverity;
  /** Severity while a stage is being submitted, where it differs: a draft may hold what a submission may not. */
  atSubmission?: FindingSeverity;
  /** A gate rests on it, so no comment in the text disables it. */
  mandatory?: true;
  /** One sentence for people: what is expected and why. */
  summary: string;
  examples: readonly Example[];
  check(input: RuleInput, run: Run): Place[];
}

/**
 * Runs rules; findings come in order of place, without those that a comment in the text disables (disables.ts).
 *
 * @param submitting whether a stage is being submitted, which raises some severities
 * @param settings what the repository makes of rules (settings.ts)
 */
export function runRules(
  rules: readonly Rule[],
  input: RuleInput,
  { submitting = false, settings = {} }: { submitting?: boolean; settings?: RuleSettings } = {},
): Finding[] {
  const found: Finding[] = [];
  for (const rule of rules) {
    const severity = severityOf(rule, settings) ?? (submitting ? rule.atSubmission : undefined) ?? rule.severity;
    for (const place of rule.check(input, { rules, found })) found.push({ rule: rule.id, severity, ...place });
  }
  const disables = new Disables(artifactsOf(input));
  const mandatory = new Set(rules.flatMap((rule) => (rule.mandatory ? [rule.id] : [])));
  // A rule that is switched off has run all the same: comments that disable it cover something.
  const off = switchedOff(rules, settings);
  return found
    .filter((one) => !off.has(one.rule) && (mandatory.has(one.rule) || !disables.covers(one)))
    .concat(settingFindings(rules, settings))
    .sort(byPlace);
}

/** The artifacts that are there, for rules that treat all alike. */
export function artifactsOf(input: RuleInput): { path: string; doc: Outline }[] {
  return [input.requirements, input.feasibility, input.design].filter((one) => one !== undefined);
}

/** Reads the artifacts that a rule looks at. */
export function ruleInput(
  artifacts: Partial<Record<ArtifactName, string>>,
  known: Pick<RuleInput, 'platform' | 'stated' | 'extracted' | 'retired'>,
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

/** What an example's rule looks at. */
export function exampleInput({ artifacts, facts, age, stated = [], extracted, retired = {} }: Example): RuleInput {
  const platform =
    facts === undefined ? undefined : { sha256: '0'.repeat(64), facts, ...(age === undefined ? {} : { age }) };
  const known = extracted === undefined ? undefined : knownPlaces({ ...extracted, couplings: [], gaps: [] }, '');
  return ruleInput(artifacts, {
    platform,
    stated: groupBy(stated, (one) => one.need),
    extracted: known,
    retired: new Map(Object.entries(retired)),
  });
}
