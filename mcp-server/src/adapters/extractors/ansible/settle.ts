import type { AttributeValue, Fact, FileExtraction } from '../../../domain/extract/contract.ts';
import { handedOn } from './handed-on.ts';
import { valuesUnderName } from './named-variables.ts';
import { foreignTies, ownCollections } from './own-collections.ts';
import { effectsBySource } from './own-modules.ts';
import { namesPassed } from './passed-variables.ts';
import { referenceSettler } from './settle-references.ts';
import { environmentRule, undeclaredRule } from './variables.ts';

/** What one extractor said of one file, as far as settling needs it. */
interface OfFile {
  format: string;
  extraction: FileExtraction;
}

/**
 * What no single file can tell, over all files and before their ids are made unique:
 *
 * - a variable that is used in one file and declared in another of the same scope is no input; one that is wanted by
 *   several files is one input with all their evidence, required only if none of them guards it;
 * - what others set where they call a role is an input of it, though its `vars/` or its tasks set it, too;
 * - variables that are loaded under a name are entries of it, and no variables;
 * - what one scope registers or sets and another one wants is handed on by the first;
 * - what a module of the repository itself does, its source tells, and its own collection is no tie;
 * - an option of argument_specs and its default are one input; a role that its tasks and its meta file name is one role.
 *
 * Files of other formats pass through. The order of the files is kept and does not matter to the result.
 */
export function settleAnsible<T extends OfFile>(files: readonly T[]): T[] {
  const own = files.filter((file) => file.format === 'ansible');
  const all = own.flatMap(({ extraction }) => extraction.facts);
  const settled = new Map<Fact, Fact | undefined>([...valuesUnderName(all), ...effectsBySource(all)]);
  const groups = new Map<string, Fact[]>();
  for (const fact of all) {
    const key = settled.has(fact) ? undefined : groupKey(fact);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  const passed = namesPassed(all);
  for (const facts of groups.values()) settleGroup(facts, settled, passed);
  const wanted = scopesThatWant(all, settled);
  for (const fact of all) {
    const output = handedOn(fact, wanted);
    if (output !== undefined) settled.set(fact, output);
  }
  const settleReferences = referenceSettler(all);
  const collections = ownCollections(all);
  return files.map((file) => {
    if (file.format !== 'ansible') return file;
    const facts = file.extraction.facts.flatMap((fact) => (settled.has(fact) ? (settled.get(fact) ?? []) : fact));
    const references = settleReferences(file.extraction.references, facts);
    const couplings = foreignTies(file.extraction.couplings, facts, collections);
    return { ...file, extraction: { ...file.extraction, facts, references, couplings } };
  });
}

/** By name, the scopes that use a variable and do not declare it. */
function scopesThatWant(all: readonly Fact[], settled: ReadonlyMap<Fact, Fact | undefined>): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const fact of all) {
    if (fact.attributes['rule'] !== undeclaredRule || (settled.has(fact) && settled.get(fact) === undefined)) continue;
    const scopes = wanted.get(fact.name);
    if (scopes === undefined) wanted.set(fact.name, new Set([fact.scope]));
    else scopes.add(fact.scope);
  }
  return wanted;
}

/** Variables of one scope and name, wherever they get their value; roles of one scope. */
function groupKey(fact: Fact): string | undefined {
  if (fact.kind === 'role') return `role\n${fact.scope}\n${fact.name}`;
  if (fact.attributes['rule'] === environmentRule) return undefined;
  const isVariable = fact.kind === 'input' || fact.kind === 'value' || fact.attributes['level'] === 'register';
  return isVariable ? `variable\n${fact.scope}\n${fact.name}` : undefined;
}

function settleGroup(
  facts: readonly Fact[],
  settled: Map<Fact, Fact | undefined>,
  passed: ReadonlyMap<string, ReadonlySet<string>>,
): void {
  if (facts.length < 2) return;
  const [first] = facts;
  if (first?.kind === 'role')
    return join(
      facts.filter((fact) => fact.attributes['external'] !== true),
      settled,
    );
  const isWanted = (fact: Fact) => fact.attributes['rule'] === undeclaredRule;
  const wanted = facts.filter(isWanted);
  const declared = facts.filter((fact) => !isWanted(fact));
  // What a role sets only while it is undefined, a caller may set before.
  const isOffered = wanted.some((fact) => fact.attributes['setWhenUndefined'] === true);
  const isPassed = first !== undefined && passed.get(first.scope)?.has(first.name) === true;
  const isOwn = ({ attributes: { level, readsItself } }: Fact) =>
    readsItself !== true &&
    !(isOffered && level === 'set_fact') &&
    !(isPassed && (level === 'role-vars' || level === 'task-vars' || level === 'block-vars' || level === 'loop'));
  if (declared.some(isOwn)) for (const fact of wanted) settled.set(fact, undefined);
  else {
    join(wanted, settled);
    if (isPassed)
      markPassed(
        wanted,
        settled,
        declared.some(({ attributes }) => attributes['level'] === 'role-vars'),
      );
  }
  join(
    declared.filter((fact) => fact.kind === 'input' && fact.attributes['rule'] !== 'ansible-vars-prompt'),
    settled,
  );
}

/** Says of an input that callers of the role set it; one that the role's `vars/` sets as well may be left out by them. */
function markPassed(wanted: readonly Fact[], settled: Map<Fact, Fact | undefined>, hasValue: boolean): void {
  for (const fact of wanted) {
    const kept = settled.has(fact) ? settled.get(fact) : fact;
    if (kept === undefined) continue;
    const attributes = { ...kept.attributes, setByCallers: true, ...(hasValue && { required: false }) };
    settled.set(fact, { ...kept, attributes });
  }
}

/** Makes one fact of several; it takes the place of the one that is first by path and line. */
function join(facts: readonly Fact[], settled: Map<Fact, Fact | undefined>): void {
  if (facts.length < 2) return;
  const sorted = [...facts].sort(byFirstEvidence);
  const [first] = sorted as [Fact];
  const attributes: { [key: string]: AttributeValue } = {};
  for (const fact of sorted) for (const [key, value] of Object.entries(fact.attributes)) attributes[key] ??= value;
  if (attributes['rule'] === undeclaredRule) {
    attributes['required'] = sorted.every((fact) => fact.attributes['required'] === true);
    attributes['uses'] = sorted.reduce((sum, fact) => sum + Number(fact.attributes['uses'] ?? 0), 0);
  } else if (sorted.some((fact) => fact.attributes['level'] === 'defaults')) attributes['required'] = false;
  const status = sorted.some((fact) => fact.status === 'observed') ? 'observed' : first.status;
  for (const fact of sorted) settled.set(fact, undefined);
  settled.set(first, { ...first, status, attributes, evidence: sorted.flatMap((fact) => fact.evidence) });
}

function byFirstEvidence(a: Fact, b: Fact): number {
  const [x, y] = [a.evidence[0], b.evidence[0]];
  if (x === undefined || y === undefined) return 0;
  return x.path < y.path ? -1 : x.path > y.path ? 1 : x.line - y.line;
}
