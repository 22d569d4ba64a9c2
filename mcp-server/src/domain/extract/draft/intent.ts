import { groupBy } from '../../group.ts';
import type { Evidence, Fact } from '../contract.ts';
import { type EntryPoint, titleOf } from '../story/entry-points.ts';
import { append } from '../story/fact-graph.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { criteriaOf } from './criteria.ts';
import { code, list, stepsText, whichOf } from './markdown.ts';
import { ruleOf } from './rule-of.ts';

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
const mostCriteria = 8;
/** With more than this, what is asked is told by kind. */
const mostPrompts = 3;
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
  // A phase that comes again is named where it comes first.
  const regular = phases.filter(
    ({ from, to }) => !steps.slice(from - 1, to).every(({ onlyOnFailure }) => onlyOnFailure),
  );
  const names = [...new Set(regular.map((phase) => phase.name))];
  const named = names.slice(0, mostNamed).map(code);
  const order =
    names.length < regular.length
      ? ', in the order of their first steps'
      : names.length > 1
        ? ', in this order'
        : contentOf(steps);
  return `carry out ${some(named, names.length - named.length, 'phase')}${order}`;
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
  const { entry, phases, steps } = story;
  const does =
    phases.length === 0 ? 'do what its file says' : entry.format === 'terraform' ? made(steps) : phased(story);
  const writes = steps.filter((step) => step.effect === 'write');
  const evidence = entry.heads.flatMap((head) => head.evidence);
  const told = criteriaOf(story);
  const criteria = told.slice(0, mostCriteria);
  const left = told.length - criteria.length;
  if (criteria.length === 0)
    criteria.push({
      text: endsWell(story, writes),
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

/** What ends well where no check was seen: in the words of what each format promises. */
function endsWell({ entry, steps }: Story, writes: readonly Step[]): string {
  if (entry.format === 'terraform' && writes.length > 0)
    return 'A plan right after the apply shows nothing left to do.';
  if (/^(?:kubernetes|kustomize|helm)$/.test(entry.format) && writes.length > 0)
    return `The cluster takes ${writes.length === 1 ? 'the object' : `each of the ${writes.length} objects`}, and what runs in ${writes.length === 1 ? 'it' : 'them'} becomes ready.`;
  if (writes.length === 0 || steps.some((step) => step.elsewhere)) return 'Each step ends without an error.';
  return `${writes.length === 1 ? 'The step that writes' : `Each of the ${writes.length} steps that write`} ends without an error (${stepsText(writes.map((step) => step.number))}).`;
}

/** What is declared is not started. */
const started: { readonly [format: string]: string } = {
  terraform: 'is applied',
  helm: 'is installed',
  kubernetes: 'are applied',
  kustomize: 'is applied',
  dockerfile: 'is run',
  make: 'is made',
};

function trigger({ entry }: Story): string {
  const events = [...new Set(entry.triggers.map((one) => one.name))].slice(0, 5);
  return events.length === 0
    ? `the ${kindAndTitle(entry)} ${started[entry.format] ?? 'is started'}`
    : `${events.length === 1 ? 'the event' : 'one of'} ${list(events.map(code))} starts the ${kindAndTitle(entry)}`;
}

/** Where a person is asked: by itself, or together where one part of the run asks many things. */
function approvals({ entry, approvals: asked }: Story): Suggestion[] {
  const groups = asked.length > mostPrompts ? [...groupBy(asked, ruleOf).values()] : asked.map((fact) => [fact]);
  return groups.map((facts) => {
    const [fact] = facts;
    const rule = ruleOf(fact!);
    const evidence = facts.flatMap((one) => one.evidence);
    const names = facts.slice(0, mostNamed).map(({ name }) => code(name));
    const where = facts.length === 1 ? names[0] : `one of ${some(names, facts.length - names.length, 'place')}`;
    return {
      title: facts.length === 1 ? `A person decides: ${names[0]}` : `A person is asked in ${facts.length} places`,
      sentence: `WHEN the ${kindAndTitle(entry)} comes to ${where}, the automation SHALL wait for a person.`,
      rule,
      evidence,
      criteria: [{ text: 'Nothing that comes after it has run before the person decided.', rule, evidence }],
    };
  });
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
    title: `Failure in ${code(titleOf(entry))}: ${code(answerName(by))}`,
    sentence: `IF ${whichOf(numbers)} of ${code(titleOf(entry))} fails, THEN the automation SHALL run ${code(answerName(by))}.`,
    rule: 'handles-errors',
    evidence: by.evidence,
    criteria: [
      { text: `After such a failure ${code(answerName(by))} has run.`, rule: 'handles-errors', evidence: by.evidence },
    ],
    ...(left > 0 && at === told.length - 1
      ? { more: `${left} more answer${left === 1 ? '' : 's'} to failures ${left === 1 ? 'is' : 'are'} in the design.` }
      : {}),
  }));
}

/** A rescue is called by the block that it belongs to. */
function answerName({ name, attributes }: Fact): string {
  const { of } = attributes;
  return attributes['rule'] === 'ansible-rescue' && typeof of === 'string' ? `${name} of ${of}` : name;
}
