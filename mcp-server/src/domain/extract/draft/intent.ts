import type { Evidence, Fact } from '../contract.ts';
import { type EntryPoint, titleOf } from '../story/entry-points.ts';
import { append } from '../story/fact-graph.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { criterionOf } from './criterion.ts';
import { code, list, stepsText } from './markdown.ts';

/** One requirement that an entry point's story suggests, before it has a number. */
export interface Suggestion {
  title: string;
  /** One EARS sentence without its mark. */
  sentence: string;
  rule: string;
  evidence: Evidence[];
  criteria: { text: string; rule: string; evidence: Evidence[] }[];
  /** How many more of the kind there are, where not all are told. */
  more?: string;
}

const mostNamed = 8;
const mostCriteria = 10;
const mostFailures = 5;

/** What a story obliges to, as far as the code shows: order, approvals, batches, ways back. */
export function suggestionsOf(story: Story): Suggestion[] {
  return [order(story), ...approvals(story), ...batches(story), ...failures(story)];
}

/** `playbook x.yml`; what the top folder is has its kind in its title. */
function kindAndTitle(entry: EntryPoint): string {
  const title = titleOf(entry);
  return title.startsWith(`${entry.kind} of `) ? title : `${entry.kind} ${code(title)}`;
}

const some = (names: readonly string[], rest: number, what: string): string =>
  list([...names, ...(rest > 0 ? [`${rest} more ${what}${rest === 1 ? '' : 's'}`] : [])]);

/** The one phase of a story says little by its name: what is done in it says more. */
function contentOf(steps: readonly Step[]): string {
  const writes = steps.filter(({ effect, onlyOnFailure }) => effect === 'write' && !onlyOnFailure);
  const told = (writes.length > 0 ? writes : steps).slice(0, mostNamed);
  if (told.length === 0) return '';
  return `: ${some(
    told.map(({ fact }) => code(fact.name)),
    steps.length - told.length,
    'step',
  )}`;
}

function phased({ phases, steps }: Story): string {
  const named = phases.slice(0, mostNamed).map((phase) => code(phase.name));
  const order = phases.length > 1 ? ', in this order' : contentOf(steps);
  return `carry out ${some(named, phases.length - named.length, 'phase')}${order}`;
}

/** What is declared has no phases but its providers, which say nothing of what is made. */
function made(steps: readonly Step[]): string {
  const writes = steps.filter(({ effect, elsewhere }) => effect === 'write' || elsewhere);
  if (writes.length === 0)
    return `look up ${some(steps.slice(0, mostNamed).map(nameOf), steps.length - mostNamed, 'thing')}`;
  const named = writes.slice(0, mostNamed).map(nameOf);
  return `make ${some(named, writes.length - named.length, 'thing')}${writes.length > 1 ? ', each after what it refers to' : ''}`;
}

const nameOf = ({ fact }: Step) => code(fact.kind === 'module' ? `module.${fact.name}` : fact.name);

function order(story: Story): Suggestion {
  const { entry, phases, steps, checks } = story;
  const does =
    phases.length === 0 ? 'do what its file says' : entry.format === 'terraform' ? made(steps) : phased(story);
  const writes = steps.filter((step) => step.effect === 'write');
  const evidence = entry.heads.flatMap((head) => head.evidence);
  const criteria = checks.slice(0, mostCriteria).map((check) => ({
    text: criterionOf(check),
    rule: ruleOf(check),
    evidence: check.evidence,
  }));
  const left = checks.length - criteria.length;
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
    title: `What the ${kindAndTitle(entry)} does`,
    sentence: `WHEN ${trigger(story)}, the automation SHALL ${does}.`,
    rule: 'order-of-entry-point',
    evidence,
    criteria,
    ...(left > 0 ? { more: `${left} more check${left === 1 ? ' is' : 's are'} in the facts.` } : {}),
  };
}

function trigger({ entry }: Story): string {
  const events = [...new Set(entry.triggers.map((one) => one.name))].slice(0, 5);
  return events.length === 0
    ? `the ${kindAndTitle(entry)} is started`
    : `${events.length === 1 ? 'the event' : 'one of'} ${list(events.map(code))} starts the ${kindAndTitle(entry)}`;
}

function approvals({ entry, approvals: asked }: Story): Suggestion[] {
  return asked.map((fact) => ({
    title: `A person decides: ${code(fact.name)}`,
    sentence: `WHEN the ${kindAndTitle(entry)} comes to ${code(fact.name)}, the automation SHALL wait for a person.`,
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

/** What each kind of bound says of a run; the size of a matrix or of parallel copies is how much is done, and bounds nothing. */
const bounds: { readonly [rule: string]: (size: string) => string } = {
  'ansible-serial': (size) => `take the hosts of a play in batches of ${size}`,
  'ansible-throttle': (size) => `do a task on at most ${size} hosts at once`,
  'ansible-max-fail-percentage': (size) => `stop a play when more than ${size} percent of its hosts have failed`,
  matrix: (size) => `run at most ${size} of the job's combinations at once`,
};

function batches({ entry, batches: found }: Story): Suggestion[] {
  return found.flatMap((fact) => {
    const rule = ruleOf(fact);
    const size = rule === 'matrix' ? fact.attributes['maxParallel'] : fact.attributes['size'];
    const says = bounds[rule];
    if (says === undefined || size === undefined) return [];
    const text = says(code(String(size)));
    return {
      title: `Bounds of ${code(fact.name)}`,
      sentence: `WHILE the ${kindAndTitle(entry)} runs, the automation SHALL ${text}.`,
      rule,
      evidence: fact.evidence,
      criteria: [{ text: `A run that comes to this bound is seen to ${text}.`, rule, evidence: fact.evidence }],
    };
  });
}

/** What was written for the case that steps fail. */
function failures({ entry, steps }: Story): Suggestion[] {
  const groups = new Map<Fact, number[]>();
  for (const { failure, number } of steps) {
    const [by] = failure.outcome === 'handled' ? failure.by : [];
    if (by !== undefined) append(groups, by, number);
  }
  const told = [...groups].slice(0, mostFailures);
  const left = groups.size - told.length;
  return told.map(([by, numbers], at) => ({
    title: `Failure in ${code(titleOf(entry))}: ${code(by.name)}`,
    sentence: `IF ${numbers.length === 1 ? '' : 'one of the '}${stepsText(numbers)} of ${code(titleOf(entry))} fails, THEN the automation SHALL run ${code(by.name)}.`,
    rule: 'handles-errors',
    evidence: by.evidence,
    criteria: [
      { text: `After such a failure ${code(by.name)} has run.`, rule: 'handles-errors', evidence: by.evidence },
    ],
    ...(left > 0 && at === told.length - 1
      ? { more: `${left} more answer${left === 1 ? '' : 's'} to failures ${left === 1 ? 'is' : 'are'} in the design.` }
      : {}),
  }));
}

function ruleOf(fact: Fact): string {
  return String(fact.attributes['rule'] ?? `${fact.format}-${fact.kind}`);
}
