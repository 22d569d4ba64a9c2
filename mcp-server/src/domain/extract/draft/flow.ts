import { titleOf } from '../story/entry-points.ts';
import { mostEntriesInOneDraft } from '../story/groups.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { phaseDiagram, systemDiagram } from './diagram.ts';
import { cite, code, inferred, list } from './markdown.ts';
import type { DraftSource } from './source.ts';
import { stepTable, type Told } from './step-table.ts';

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
  const above = new Map<string, Told>();
  stories.slice(0, mostEntriesInOneDraft).forEach((story, at) => {
    const { steps, decisions, entry } = story;
    const most = at === 0 ? mostSteps : mostStepsBeside;
    parts.push(
      `${code(titleOf(entry))}, ${inOrder[entry.format] ?? 'in the order in which it runs'} ${inferred('order-of-entry-point')} ${cite(headsOf(story), prefix, 1)}:`,
      phaseDiagram(story),
    );
    const shared = sharedBy(steps);
    if (shared.length > 0) parts.push(`All of it runs only if ${list(shared.slice(0, 3).map(code))}.`);
    const { text, left } = stepTable(story, prefix, { most, shared: new Set(shared), above });
    if (steps.length > 0) parts.push(text);
    if (left > 0) parts.push(`${left} more steps are in the facts.`);
    for (const { fact, number } of steps)
      if (!above.has(fact.id)) above.set(fact.id, { title: titleOf(entry), number });
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
  kubernetes: 'in the order of its files and of what they wait for; the rest comes up in parallel',
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
