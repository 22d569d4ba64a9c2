import { titleOf } from '../story/entry-points.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { phaseDiagram, systemDiagram } from './diagram.ts';
import { cell, cite, code, inferred, list, table } from './markdown.ts';
import type { DraftSource } from './source.ts';

const mostSteps = 60;

/** What touches what, and for each entry point its phases, its steps in order and what they depend on. */
export function flow({ stories, prefix }: DraftSource): string {
  const parts = ['## Flow', 'What touches what:', systemDiagram(stories)];
  for (const story of stories) {
    parts.push(
      `${code(titleOf(story.entry))}, in the order in which it runs ${inferred('order-of-entry-point')} ${cite(headsOf(story), prefix, 1)}:`,
      phaseDiagram(story),
    );
    if (story.steps.length > 0) parts.push(stepTable(story, prefix));
    if (story.steps.length > mostSteps) parts.push(`${story.steps.length - mostSteps} more steps are in the facts.`);
    if (story.decisions.length > 0)
      parts.push(
        `It depends on: ${list(story.decisions.slice(0, 12).map((fact) => `${code(fact.name)} (${cite(fact.evidence, prefix, 1)})`))}${story.decisions.length > 12 ? ` and ${story.decisions.length - 12} more conditions` : ''}.`,
      );
  }
  return parts.join('\n\n');
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

function stepTable({ steps }: Story, prefix: string): string {
  const rows = steps
    .slice(0, mostSteps)
    .map(({ number, phase, fact, effect, object, elsewhere, systems, failure, ...when }) => [
      String(number),
      code(phase),
      [code(fact.name), ...whenText(when)].join(', '),
      [
        effect === undefined ? (elsewhere ? 'kept elsewhere' : '') : `${effect}s`,
        object === undefined ? '' : code(object),
      ]
        .filter(Boolean)
        .join(' '),
      systems.slice(0, 3).map(cell).join(', '),
      failure.outcome,
      cite(fact.evidence, prefix, 1),
    ]);
  return table(['Step', 'Phase', 'What', 'Effect', 'System', 'If it fails', 'Evidence'], rows);
}
