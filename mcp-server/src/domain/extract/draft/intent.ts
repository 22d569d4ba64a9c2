import type { Evidence, Fact } from '../contract.ts';
import { titleOf } from '../story/entry-points.ts';
import type { Step, Story } from '../story/story.ts';
import { code, list, stepsText } from './markdown.ts';

/** One requirement that an entry point's story suggests, before it has a number. */
export interface Suggestion {
  title: string;
  /** One EARS sentence without its mark. */
  sentence: string;
  rule: string;
  evidence: Evidence[];
  criteria: { text: string; rule: string; evidence: Evidence[] }[];
}

const mostNamed = 8;
const mostCriteria = 10;

/** What a story obliges to, as far as the code shows: order, approvals, batches, ways back. */
export function suggestionsOf(story: Story): Suggestion[] {
  return [order(story), ...approvals(story), ...batches(story), ...failures(story)];
}

/** The one phase of a story says little by its name: what is done in it says more. */
function contentOf(steps: readonly Step[]): string {
  const writes = steps.filter(({ effect, onlyOnFailure }) => effect === 'write' && !onlyOnFailure);
  const told = (writes.length > 0 ? writes : steps).slice(0, mostNamed);
  const rest = steps.length - told.length;
  if (told.length === 0) return '';
  return `: ${list([...told.map(({ fact }) => code(fact.name)), ...(rest > 0 ? [`${rest} more step${rest === 1 ? '' : 's'}`] : [])])}`;
}

function order(story: Story): Suggestion {
  const { entry, phases, steps, checks } = story;
  const named = phases.slice(0, mostNamed).map((phase) => code(phase.name));
  const rest = phases.length - named.length;
  const does =
    named.length === 0
      ? 'do what its file says'
      : `carry out ${list([...named, ...(rest > 0 ? [`${rest} more phases`] : [])])}${phases.length > 1 ? ', in this order' : contentOf(steps)}`;
  const writes = steps.filter((step) => step.effect === 'write');
  const evidence = entry.heads.flatMap((head) => head.evidence);
  const criteria = checks.slice(0, mostCriteria).map((check) => ({
    text: `The check ${code(check.name)} passes.`,
    rule: ruleOf(check),
    evidence: check.evidence,
  }));
  if (criteria.length === 0)
    criteria.push({
      text:
        writes.length === 0 || steps.some((step) => step.elsewhere)
          ? 'Each step ends without an error.'
          : `${writes.length === 1 ? 'The step that writes' : `Each of the ${writes.length} steps that write`} ends without an error (${stepsText(writes.map((step) => step.number))}).`,
      rule: 'no-check-seen',
      evidence: writes[0]?.fact.evidence ?? evidence,
    });
  return {
    title: `What the ${entry.kind} ${code(titleOf(entry))} does`,
    sentence: `WHEN ${trigger(story)}, the automation SHALL ${does}.`,
    rule: 'order-of-entry-point',
    evidence,
    criteria,
  };
}

function trigger({ entry }: Story): string {
  const events = [...new Set(entry.triggers.map((one) => one.name))].slice(0, 5);
  return events.length === 0
    ? `the ${entry.kind} ${code(titleOf(entry))} is started`
    : `${events.length === 1 ? 'the event' : 'one of'} ${list(events.map(code))} starts the ${entry.kind} ${code(titleOf(entry))}`;
}

function approvals({ entry, approvals: asked }: Story): Suggestion[] {
  return asked.slice(0, 5).map((fact) => ({
    title: `A person decides: ${code(fact.name)}`,
    sentence: `WHEN the ${entry.kind} ${code(titleOf(entry))} comes to ${code(fact.name)}, the automation SHALL wait for a person.`,
    rule: ruleOf(fact),
    evidence: fact.evidence,
    criteria: [
      {
        text: 'Nothing that comes after it has run before the person decided.',
        rule: ruleOf(fact),
        evidence: fact.evidence,
      },
    ],
  }));
}

/** Only what bounds how much is touched at once; a loop over a list says nothing about that. */
function batches({ entry, batches: found }: Story): Suggestion[] {
  return found
    .filter(({ attributes }) => attributes['size'] !== undefined || attributes['maxParallel'] !== undefined)
    .slice(0, 3)
    .map((fact) => {
      const size = String(fact.attributes['maxParallel'] ?? fact.attributes['size']);
      return {
        title: `Bounds of ${code(fact.name)}`,
        sentence: `WHILE the ${entry.kind} ${code(titleOf(entry))} runs, the automation SHALL keep ${code(fact.name)} at ${code(size)}.`,
        rule: ruleOf(fact),
        evidence: fact.evidence,
        criteria: [
          {
            text: `A run over more than that many is split by ${code(fact.name)}.`,
            rule: ruleOf(fact),
            evidence: fact.evidence,
          },
        ],
      };
    });
}

/** What was written for the case that steps fail. */
function failures({ entry, steps }: Story): Suggestion[] {
  const groups = new Map<Fact, number[]>();
  for (const { failure, number } of steps) {
    const [by] = failure.outcome === 'handled' ? failure.by : [];
    if (by !== undefined) groups.set(by, [...(groups.get(by) ?? []), number]);
  }
  return [...groups].slice(0, 5).map(([by, numbers]) => ({
    title: `Failure in ${code(titleOf(entry))}`,
    sentence: `IF ${numbers.length === 1 ? '' : 'one of the '}${stepsText(numbers)} of ${code(titleOf(entry))} fails, THEN the automation SHALL run ${code(by.name)}.`,
    rule: 'handles-errors',
    evidence: by.evidence,
    criteria: [
      { text: `After such a failure ${code(by.name)} has run.`, rule: 'handles-errors', evidence: by.evidence },
    ],
  }));
}

function ruleOf(fact: Fact): string {
  return String(fact.attributes['rule'] ?? `${fact.format}-${fact.kind}`);
}
