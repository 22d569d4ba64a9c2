import type { Evidence, Fact } from '../../extract/contract.ts';
import type { Suggestion } from '../../extract/draft/intent.ts';
import { code, list } from '../../extract/draft/markdown.ts';
import { titleOf } from '../../extract/story/entry-points.ts';
import type { Story } from '../../extract/story/story.ts';
import { countText, numberOf, ruleOf, runCount, supportText, textsOf } from './run-steps.ts';

const mostNamed = 12;
const mostOfAKind = 10;

/** What the runs of a job suggest that its automation has to do; every sentence waits for a person to confirm it. */
export function obligationsOf(story: Story): Suggestion[] {
  return [order(story), ...parts(story), ...checks(story), ...people(story), ...attempts(story), ...loops(story)];
}

function order(story: Story): Suggestion {
  const { steps, inputs, entry } = story;
  const named = steps.slice(0, mostNamed).map((step) => code(step.fact.name));
  const rest = steps.length - named.length;
  const given = inputs.filter((fact) => fact.attributes['sensitive'] !== true).map((fact) => code(fact.name));
  const always = steps.filter(({ fact }) => numberOf(fact, 'support') === numberOf(fact, 'of'));
  const evidence = steps.flatMap(({ fact }) => fact.evidence.slice(0, 1));
  return {
    title: `What ${code(titleOf(entry))} does`,
    sentence: `WHEN ${code(titleOf(entry))} is started${given.length > 0 ? ` with ${list(given)}` : ''}, the automation SHALL carry out ${list([...named, ...(rest > 0 ? [`${rest} more steps`] : [])])}${steps.length > 1 ? ', in this order' : ''}.`,
    rule: `sequence of ${countText(runCount(story), 'run')}`,
    evidence,
    criteria: [
      {
        text: `With the inputs of a run that was seen, the same ${countText(always.length, 'step')} that every run has ${always.length === 1 ? 'is' : 'are'} made with the same values.`,
        rule: 'replay-of-runs',
        evidence,
      },
      ...steps
        .filter(({ fact }) => textsOf(fact, 'anyOrder').length > 0)
        .slice(0, 3)
        .map(({ fact }) => ({
          text: `${code(fact.name)} may come before or after step ${list(textsOf(fact, 'anyOrder'))}: runs have both.`,
          rule: 'seen-in-both-orders',
          evidence: fact.evidence,
        })),
    ],
  };
}

/** Where runs part: a condition where one was found, else only that they do. */
function parts({ decisions, entry }: Story): Suggestion[] {
  return decisions.slice(0, mostOfAKind).map((fact) => {
    const [condition] = textsOf(fact, 'conditions');
    const [first = '', second] = textsOf(fact, 'ways');
    const [many = '?', few] = textsOf(fact, 'support');
    const instead = second === undefined ? 'go on without it' : `carry out ${code(second)} instead`;
    return {
      title: `${code(first)} or not`,
      sentence:
        condition === undefined
          ? `WHERE a person names the condition, the automation SHALL carry out ${code(first)}.`
          : `IF ${code(condition)}, THEN the automation SHALL carry out ${code(first)}.`,
      rule: `runs-part-here, ${many} runs${few === undefined ? '' : ` against ${few}`}`,
      evidence: fact.evidence,
      criteria: [
        {
          text: `Where that does not hold, ${code(titleOf(entry))} does ${instead.replace(/^carry out /, '').replace(/^go on/, 'nothing of it and goes on')}.`,
          rule: 'runs-part-here',
          evidence: fact.evidence,
        },
      ],
    };
  });
}

function checks({ checks: found, steps }: Story): Suggestion[] {
  return found.slice(0, mostOfAKind).map((fact) => {
    const written = String(fact.attributes['of'] ?? '');
    const evidence: Evidence[] = [
      ...(steps.find((step) => step.fact.name === written)?.fact.evidence.slice(0, 1) ?? []),
      ...fact.evidence.slice(0, 2),
    ];
    return {
      title: `${code(written)} is read back`,
      sentence: `WHEN ${code(written)} has ended, the automation SHALL read back what it wrote with ${code(fact.name)}.`,
      rule: ruleOf(fact),
      evidence,
      criteria: [{ text: `${code(fact.name)} shows what ${code(written)} was given.`, rule: ruleOf(fact), evidence }],
    };
  });
}

/** What an agent asked, and what people did not allow, are gates; what they said once is a question. */
function people({ approvals, entry }: Story): Suggestion[] {
  const gates = approvals.filter(
    (fact) =>
      /^The (?:agent asks|person refuses)/.test(fact.name) ||
      (numberOf(fact, 'of') > 1 && numberOf(fact, 'support') * 2 > numberOf(fact, 'of')),
  );
  return gates.slice(0, 5).map((fact) => ({
    title: `A person decides: ${code(fact.name)}`,
    sentence: `WHEN ${code(titleOf(entry))} comes behind step ${numberOf(fact, 'after')}, the automation SHALL wait for a person.`,
    rule: `a person stepped in, ${supportText(fact)}`,
    evidence: fact.evidence,
    criteria: [
      { text: 'Nothing behind it has run before the person decided.', rule: 'person-in-runs', evidence: fact.evidence },
    ],
  }));
}

function attempts({ steps }: Story): Suggestion[] {
  return withAttribute(steps, 'retries').map((fact) => ({
    title: `${code(fact.name)} is tried again`,
    sentence: `IF ${code(fact.name)} fails, THEN the automation SHALL try again within a bound that a person sets.`,
    rule: String(fact.attributes['retries']),
    evidence: fact.evidence,
    criteria: [
      {
        text: `After the last attempt the run ends with the error${textsOf(fact, 'errors')[0] === undefined ? '' : `; seen was ${code(textsOf(fact, 'errors')[0] as string)}`}.`,
        rule: 'retried-in-runs',
        evidence: fact.evidence,
      },
    ],
  }));
}

function loops({ steps }: Story): Suggestion[] {
  return withAttribute(steps, 'turns').map((fact) => {
    const polls = fact.attributes['polls'] === true;
    return {
      title: polls ? `Waiting with ${code(fact.name)}` : `${code(fact.name)} over a list`,
      sentence: polls
        ? `WHILE the answer of ${code(fact.name)} is not there, the automation SHALL ask again until a bound that a person sets.`
        : `WHERE several are given, the automation SHALL carry out ${code(fact.name)} for each of them.`,
      rule: `repeated ${String(fact.attributes['turns'])} times in runs`,
      evidence: fact.evidence,
      criteria: [
        {
          text: polls
            ? 'When the bound is reached, the run ends with an error.'
            : 'A turn that fails is reported with what it was about.',
          rule: 'repeated-in-runs',
          evidence: fact.evidence,
        },
      ],
    };
  });
}

function withAttribute(steps: Story['steps'], key: string): Fact[] {
  return steps
    .map((step) => step.fact)
    .filter((fact) => fact.attributes[key] !== undefined)
    .slice(0, mostOfAKind);
}
