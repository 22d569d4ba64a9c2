import { titleOf } from '../story/entry-points.ts';
import { mostEntriesInOneDraft } from '../story/groups.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { phaseDiagram, systemDiagram } from './diagram.ts';
import { cell, cite, code, inferred, list, table } from './markdown.ts';
import type { DraftSource } from './source.ts';

const mostSteps = 60;
/** Of entry points beside the main one. */
const mostStepsBeside = 25;

/** What touches what, and for each entry point its phases, its steps in order and what they depend on. */
export function flow({ stories, prefix }: DraftSource): string {
  const parts = [
    '## Flow',
    'What touches what:',
    systemDiagram(stories),
    'In the tables, "stops", "handled", "goes-on" and "ignored" say what follows when the step fails; Failure modes says it in full.',
  ];
  stories.slice(0, mostEntriesInOneDraft).forEach((story, at) => {
    const { steps, decisions, entry } = story;
    const most = at === 0 ? mostSteps : mostStepsBeside;
    parts.push(
      `${code(titleOf(entry))}, ${inOrder[entry.format] ?? 'in the order in which it runs'} ${inferred('order-of-entry-point')} ${cite(headsOf(story), prefix, 1)}:`,
      phaseDiagram(story),
    );
    const shared = sharedBy(steps);
    if (shared.length > 0) parts.push(`All of it runs only if ${list(shared.slice(0, 3).map(code))}.`);
    if (steps.length > 0) parts.push(stepTable(story, prefix, most, new Set(shared)));
    if (steps.length > most) parts.push(`${steps.length - most} more steps are in the facts.`);
    const own = decisions.filter(({ name }) => !shared.includes(name));
    if (own.length > 0)
      parts.push(
        `It depends on: ${list(own.slice(0, 8).map((fact) => `${code(fact.name)} (${cite(fact.evidence, prefix, 1)})`))}${own.length > 8 ? ` and ${own.length - 8} more conditions` : ''}.`,
      );
  });
  const left = stories.length - mostEntriesInOneDraft;
  if (left > 0)
    parts.push(
      `What ${left} more entry points do is in the facts; \`countersign extract PATH --group NAME\` tells one of them.`,
    );
  return parts.join('\n\n');
}

/** What is declared has the order that its tool gives it (documentation of each). */
const inOrder: { readonly [format: string]: string } = {
  terraform: 'each thing after what it refers to; what does not refer to each other is made in parallel',
  helm: 'in the order in which Helm sends it, by kind; what is sent comes up in parallel',
  kubernetes: 'in the order of its files; what is applied comes up in parallel',
  kustomize: 'as it is put together; who applies it sorts it by kind, and it comes up in parallel',
  compose: 'each service after those that it depends on, the others in parallel',
};

/** Conditions that every step stands under. */
function sharedBy(steps: readonly Step[]): string[] {
  const [first, ...others] = steps;
  if (first === undefined || others.length === 0) return [];
  let shared = first.conditions;
  for (const { conditions } of others) {
    if (shared.length === 0) return [];
    shared = shared.filter((one) => conditions.includes(one));
  }
  return shared;
}

const headsOf = ({ entry }: Story) => entry.heads.flatMap((head) => head.evidence);

/** When a step runs at all, in words; of many conditions the first two. */
function whenText({
  onlyOnFailure,
  onlyOnNotice,
  conditions,
}: Pick<Step, 'onlyOnFailure' | 'onlyOnNotice' | 'conditions'>) {
  const shown = conditions.slice(0, 2).map(code);
  const more = conditions.length > shown.length ? ` and ${conditions.length - shown.length} more hold` : '';
  return [
    ...(onlyOnFailure ? ['only after a failure'] : []),
    ...(onlyOnNotice ? ['only when notified'] : []),
    ...(shown.length > 0 ? [`only if ${more === '' ? list(shown) : shown.join(', ')}${more}`] : []),
  ];
}

function stepTable({ steps }: Story, prefix: string, most: number, shared: ReadonlySet<string>): string {
  let last: Step | undefined;
  const rows = steps.slice(0, most).map((step) => {
    const { number, phase, fact, effect, object, elsewhere, systems, failure } = step;
    const conditions = step.conditions.filter((one) => !shared.has(one));
    // What holds for the step above holds here as well: a long condition is read once.
    const isAsAbove =
      last !== undefined && last.phase === phase && conditions.length > 0 && sameText(last.conditions, step.conditions);
    const when = isAsAbove
      ? [...whenText({ ...step, conditions: [] }), 'only if the same']
      : whenText({ ...step, conditions });
    const row = [
      String(number),
      last?.phase === phase ? '' : code(phase),
      [code(fact.name), ...when, ...oneOf(fact)].join(', '),
      [
        effect === undefined ? (elsewhere ? 'kept elsewhere' : '') : `${effect}s`,
        object === undefined || object === fact.name ? '' : code(object),
      ]
        .filter(Boolean)
        .join(' '),
      systems.slice(0, 3).map(cell).join(', '),
      failure.outcome,
      cite(fact.evidence, prefix, 1),
    ];
    last = step;
    return row;
  });
  return table(['Step', 'Phase', 'What', 'Effect', 'System', 'If it fails', 'Evidence'], rows);
}

const sameText = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((one, at) => one === b[at]);

/** What is decided at run time, where the tree shows between what. */
function oneOf({ status, attributes: { candidates } }: Step['fact']): string[] {
  if (status !== 'unresolved' || !Array.isArray(candidates) || candidates.length === 0) return [];
  const shown = candidates.slice(0, 3).map((one) => code(String(one)));
  const more = candidates.length > shown.length ? ` and ${candidates.length - shown.length} more` : '';
  return [`decided at run time: one of ${shown.join(', ')}${more}`];
}
