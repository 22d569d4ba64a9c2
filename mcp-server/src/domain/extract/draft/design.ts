import { groupBy } from '../../group.ts';
import type { Fact } from '../contract.ts';
import { titleOf } from '../story/entry-points.ts';
import type { Story } from '../story/story.ts';
import { failureModes } from './failure-modes.ts';
import { flow } from './flow.ts';
import { cell, cite, code, firstSteps, inferred, list, stepsText, table } from './markdown.ts';
import { extraction, isImageOf, type RequirementIds, rolesOf } from './requirements.ts';
import { ruleOf } from './rule-of.ts';
import type { DraftSource } from './source.ts';
import { type Unit, unitsOf } from './units.ts';
import { verification } from './verification.ts';

const mostPaths = 40;
const mostInputs = 40;
const mostTold = 12;
const mostRequired = 80;

/** design.md of an extracted delivery: the automation as it is, every component adopted. */
export function draftDesign(source: DraftSource, requirements: RequirementIds): string {
  const units = unitsOf(source.report, source.stories);
  const sections = [
    '---\ncountersign: design/1\n---',
    `## Environment\n\n${environment(source)}`,
    decisions(source),
    bindings(source),
    components(source, units, requirements),
    interfaces(source),
    flow(source),
    failureModes(source),
    verification(source, units, requirements),
    configuration(source),
    rollback(source),
    adoption(source),
    extraction(source),
  ];
  return `${sections.join('\n\n')}\n`;
}

function environment({ report, stories, prefix }: DraftSource): string {
  const kinds = report.sources.map(({ format, files }) => `${files} of ${format}`);
  const first = stories.flatMap(({ entry }) => entry.heads).flatMap((head) => head.evidence);
  return `The tree as it was read: ${list(kinds)} ${inferred('extraction')} ${cite(first, prefix, 1)}.`;
}

function decisions({ commit }: DraftSource): string {
  return [
    '## Decisions',
    '',
    '### DEC-1: Take over what runs',
    '',
    `- Choice: the automation is adopted as it is${commit === undefined ? '' : ` at commit \`${commit.slice(0, 12)}\``}, without a change`,
    '- Rationale: it is in use; writing down what it does comes before changing it',
    '- Alternatives: build it anew from the requirements',
  ].join('\n');
}

export function bindings({ stories }: DraftSource): string {
  const versions = versionsOf(stories);
  const rows = rolesOf(stories).flatMap(({ role, systems, ties }) => {
    const all = new Set(systems);
    return systems
      .filter((system) => !isImageOf(system, all))
      .map((system) => [role, cell(system), list(ties), version(versions.get(system))]);
  });
  if (rows.length === 0) return '## Bindings\n\nNo tie to a product was seen.';
  return `## Bindings\n\n${table(['Role', 'System', 'Adapter', 'Version'], rows)}`;
}

const version = (value: string | undefined) => (value === undefined ? '' : cell(value));

/** The versions that the facts bind systems to, where one says it: the first step of each that does. */
function versionsOf(stories: readonly Story[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const { systems, steps } of stories) {
    const said = new Map<string, string>();
    for (const { fact } of steps) {
      const value = fact.attributes['version'] ?? fact.attributes['constraint'];
      if (typeof value === 'string' && !said.has(fact.id)) said.set(fact.id, value);
    }
    if (said.size === 0) continue;
    for (const { system, consumers } of systems) {
      const value = found.has(system)
        ? undefined
        : consumers.map((id) => said.get(id)).find((one) => one !== undefined);
      if (value !== undefined) found.set(system, value);
    }
  }
  return found;
}

function components(source: DraftSource, units: readonly Unit[], { ofStory }: RequirementIds): string {
  const numbers = new Map(units.map((unit, at) => [unit.key, at + 1]));
  const blocks = units.map((unit, at) => {
    const uses = unit.uses
      .map((key) => numbers.get(key)!)
      .sort((a, b) => a - b)
      .map((one) => `CMP-${one}`);
    const realises = [...new Set(unit.stories.flatMap((story) => ofStory[story] ?? []))];
    const shown = unit.paths.slice(0, mostPaths);
    return [
      `### CMP-${at + 1}: ${code(unit.title)}`,
      '',
      `- Kind: ${unit.kind}`,
      '- Action: adopt',
      `- Depends on: ${uses.length === 0 ? 'none' : uses.join(', ')}`,
      `- Realises: ${realises.length === 0 ? 'none' : realises.join(', ')}`,
      '- Paths:',
      ...shown.map((path) => `  - \`${pattern(path, source)}\``),
      `- Evidence: ${inferred('cut-by-format-and-folder')} ${cite(unit.evidence, source.prefix)}`,
      ...(unit.paths.length > shown.length
        ? ['', `${unit.paths.length - shown.length} more files are in the facts.`]
        : []),
    ].join('\n');
  });
  return ['## Components', ...blocks].join('\n\n');
}

/** A path as a pattern of the project; what a list or a code span would break is matched by `?`. */
function pattern(path: string, { prefix, elsewhere }: DraftSource): string {
  return `${elsewhere ?? prefix}${path.replace(/[^\p{L}\p{N} @%+=:./~*_-]/gu, '?')}`;
}

function interfaces({ stories, prefix }: DraftSource): string {
  const outputs = stories.flatMap((story) => story.outputs).slice(0, 40);
  const lines = [...new Map(outputs.map((fact) => [fact.id, fact])).values()].map(
    (fact) => `- ${code(fact.name)} of ${code(fact.scope)} ${inferred(ruleOf(fact))} ${cite(fact.evidence, prefix, 1)}`,
  );
  return [
    '## Interfaces',
    '',
    ...(lines.length > 0 ? ['What it hands on:', '', ...lines] : ['Nothing was seen that it hands on.']),
  ].join('\n');
}

export function configuration({ stories, prefix }: DraftSource): string {
  const facts = [...new Map(stories.flatMap((story) => story.inputs).map((fact) => [fact.id, fact])).values()];
  const inputs = [...groupBy(facts, (fact) => fact.name).values()].sort((a, b) => asked(b) - asked(a));
  if (inputs.length === 0) return '## Configuration\n\nNo input was seen.';
  const required = inputs.filter((same) => asked(same) >= 2);
  const shown = inputs.slice(0, Math.max(mostInputs, Math.min(required.length, mostRequired)));
  const more = inputs.length > shown.length ? `\n\n${inputs.length - shown.length} more are in the facts.` : '';
  const [declared, used] = [true, false].map((is) =>
    required.filter((same) => same.some(({ status }) => status === 'observed') === is),
  );
  const told = [
    declared!.length === 0 ? 'No declared input has to be given.' : `A person has to give ${firstNames(declared!)}.`,
    ...(used!.length === 0 ? [] : [`Used and nowhere declared, as far as was seen: ${firstNames(used!)}.`]),
  ].join(' ');
  return `## Configuration\n\n${told}\n\n${table(
    ['Name', 'Required', 'Format', 'Default', 'Secret', 'Meaning'],
    shown.map((same) => inputRow(same, prefix)),
  )}${more}`;
}

function firstNames(inputs: readonly (readonly Fact[])[]): string {
  const more = inputs.length - mostTold;
  return list([...inputs.slice(0, mostTold).map((same) => code(same[0]!.name)), ...(more > 0 ? [`${more} more`] : [])]);
}

/** What has to be given first, then what is secret, then what is described. */
function asked(same: readonly Fact[]): number {
  const is = (test: (fact: Fact) => boolean) => Number(same.some(test));
  return (
    2 * is(({ attributes }) => attributes['required'] === true) +
    is(({ status }) => status === 'observed') / 4 +
    is(isSecret) +
    is(({ attributes }) => attributes['description'] !== undefined) / 2
  );
}

/** Declared as a secret, or with a value that is not shown. */
const isSecret = ({ attributes }: Fact) =>
  attributes['sensitive'] === true || /\(redacted\)/.test(String(attributes['default']));

/** One name, however many parts declare it: as strict as the strictest, and with no default where theirs are not one. */
function inputRow(same: readonly Fact[], prefix: string): string[] {
  const is = (key: string) => same.some(({ attributes }) => attributes[key] === true);
  const said = (key: string) => [...new Set(same.map(({ attributes }) => text(attributes[key])).filter(Boolean))];
  const secret = same.some(isSecret);
  const defaults = said('default');
  const differ =
    !secret && defaults.length > 1 ? `${defaults.length} defaults, one for each part that declares it` : '';
  const places = same.flatMap(({ evidence }) => evidence);
  return [
    code(same[0]!.name),
    is('required') ? 'yes' : 'no',
    said('type').length === 1 ? said('type')[0]! : '',
    secret || defaults.length !== 1 ? '' : defaults[0]!,
    secret ? 'yes' : 'no',
    [said('description')[0] ?? '', differ, cite(places, prefix, same.length === 1 ? 1 : 2)].filter(Boolean).join(' '),
  ];
}

const text = (value: unknown) =>
  typeof value === 'string' && value !== ''
    ? code(value)
    : typeof value === 'number' || typeof value === 'boolean'
      ? String(value)
      : '';

function rollback({ stories, prefix }: DraftSource): string {
  const lines = stories.flatMap(({ entry, rollbacks, steps }) => {
    const writes = steps.filter((step) => step.effect === 'write' || step.elsewhere);
    if (rollbacks.length > 0)
      return rollbacks
        .slice(0, 6)
        .map(
          (fact) =>
            `- ${code(titleOf(entry))}: ${code(fact.name)} ${inferred(ruleOf(fact))} ${cite(fact.evidence, prefix, 1)}`,
        );
    if (writes.length === 0) return [];
    const which =
      writes.length === 1
        ? stepsText([writes[0]!.number])
        : `${writes.length} steps that write (${firstSteps(writes.map((step) => step.number))})`;
    return [
      `- ${code(titleOf(entry))}: no way back was seen for ${which} ${inferred('no-rollback')} ${cite(
        writes.flatMap((step) => step.fact.evidence),
        prefix,
        1,
      )}`,
    ];
  });
  return [
    '## Rollback',
    '',
    ...(lines.length > 0 ? lines : ['No step is seen to write, so nothing is known that had to be taken back.']),
  ].join('\n');
}

/** Gaps that were there when the automation was taken over: known, while new ones fail. */
function adoption({ stories, commit }: DraftSource): string {
  const gaps = [...new Set(stories.flatMap((story) => story.gaps))];
  const rows = [...groupBy(gaps, (gap) => gap.rule)].map(([rule, found]) => [
    rule,
    found[0]!.severity,
    String(found.length),
  ]);
  const counts = rows.length === 0 ? 'No gap was found.' : table(['Gap', 'Severity', 'Known'], rows);
  return [
    '## Adoption',
    '',
    `Baseline: ${commit === undefined ? 'the files as they were read (no commit holds them all)' : `commit \`${commit}\``}. These gaps were there then and are known; they are listed one by one in the facts. \`countersign extract PATH --compare ID --fail-on warning\` fails on new ones only.`,
    '',
    counts,
    '',
    `${commit === undefined ? 'Before the first edit, commit the files and write checks that pin what they do.' : 'The checks "behaves as it did" pin what can be seen without a target; run them before the first edit.'} What only a run against a test target shows is still to be pinned before a component is changed.`,
  ].join('\n');
}
