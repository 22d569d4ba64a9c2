import type { Fact } from '../../extract/contract.ts';
import { cite, code, list } from '../../extract/draft/markdown.ts';
import type { Story } from '../../extract/story/story.ts';
import { enoughRuns } from '../mine/job.ts';
import { jobOf, numberOf, runCount, supportText, textsOf } from './run-steps.ts';

const mostQuestions = 25;

/** What runs cannot tell, the gravest first: policy or chance, input or constant, who decides, who notices. */
export function questionsOf(stories: readonly Story[], prefix: string): string {
  const asked = [
    'What is this job for, and who owns it?',
    'Who may start it, and who has to agree before it changes anything?',
  ];
  for (const story of stories) asked.push(...ofStory(story, prefix));
  const blocks = asked.slice(0, mostQuestions).map((question, at) => `### Q-${at + 1}: ${question}\n\n- Answer:`);
  if (asked.length > mostQuestions)
    blocks.push(`${asked.length - mostQuestions} more of these kinds are in the facts.`);
  return ['## Questions', ...blocks].join('\n\n');
}

function ofStory(story: Story, prefix: string): string[] {
  const { steps, inputs, decisions, approvals } = story;
  const facts = steps.map((step) => step.fact);
  const runs = runCount(story);
  const at = (fact: Fact) => cite(fact.evidence, prefix, 2);
  const job = jobOf(story);
  const some = <T>(found: readonly T[], most: number, ask: (one: T) => string) => found.slice(0, most).map(ask);
  return [
    ...(runs < enoughRuns && job !== undefined
      ? [
          runs === 1
            ? `Only one run was seen: which of its values may vary, which steps may be left out, and what was chance? ${at(job)}`
            : `Only ${runs} runs were seen, fewer than ${enoughRuns}: what would other cases do differently? ${at(job)}`,
        ]
      : []),
    ...some(decisions, 6, (fact) => {
      const [first = '', second] = textsOf(fact, 'ways');
      return `Is it policy or chance that runs part into ${code(first)} and ${second === undefined ? 'nothing' : code(second)}? What decides it? ${at(fact)}`;
    }),
    ...some(
      facts.filter((fact) => numberOf(fact, 'support') < numberOf(fact, 'of')),
      4,
      (fact) => `Is ${code(fact.name)} always needed? ${supportText(fact)} have it. ${at(fact)}`,
    ),
    ...some(
      facts.filter((fact) => fact.attributes['recovery'] === true),
      3,
      (fact) => `Is ${code(fact.name)} part of the job, or did it only mend a failure? ${at(fact)}`,
    ),
    ...some(
      facts.filter(isUnchecked),
      4,
      (fact) => `How does somebody tell that ${code(fact.name)} did what it should? No run reads it back. ${at(fact)}`,
    ),
    ...some(
      facts.filter((fact) => fact.attributes['effect'] === 'write' && fact.attributes['retries'] === undefined),
      1,
      (fact) =>
        `What is taken back, and how, when the job fails behind ${code(fact.name)}? No run shows it. ${at(fact)}`,
    ),
    ...some(
      facts.filter((fact) => textsOf(fact, 'given').some((text) => /: always /.test(text))),
      4,
      (fact) =>
        `May these values of ${code(fact.name)} vary: ${list(alwaysOf(fact).map(code))}? Every run has the same. ${at(fact)}`,
    ),
    ...some(
      facts.filter((fact) => textsOf(fact, 'given').some((text) => /: seen once/.test(text))),
      4,
      (fact) => `Which of these values of ${code(fact.name)} are inputs: ${list(seenOf(fact).map(code))}? ${at(fact)}`,
    ),
    ...some(
      inputs.filter((fact) => fact.attributes['sensitive'] === true),
      2,
      (fact) => `Where is ${code(fact.name)} to come from? It is a secret that the agent was given. ${at(fact)}`,
    ),
    ...some(
      inputs.filter((fact) => fact.attributes['sensitive'] !== true),
      4,
      (fact) =>
        `Which values are allowed for ${code(fact.name)}? Seen were ${list(textsOf(fact, 'examples').map(code))}. ${at(fact)}`,
    ),
    ...some(
      approvals.filter((fact) => fact.name.startsWith('The person says')),
      3,
      (fact) =>
        `A person stepped in behind step ${numberOf(fact, 'after')} (${code(fact.name)}): has the automation to know this, or to ask? ${at(fact)}`,
    ),
    ...(textsOf(job, 'oneOff').length > 0 && job !== undefined
      ? [`Single runs also did ${list(textsOf(job, 'oneOff').slice(0, 5).map(code))}: was that needed? ${at(job)}`]
      : []),
  ];
}

const isUnchecked = (fact: Fact) =>
  fact.attributes['effect'] === 'write' && fact.attributes['verifiedBy'] === undefined;
const alwaysOf = (fact: Fact) =>
  textsOf(fact, 'given')
    .filter((text) => /: always /.test(text))
    .slice(0, 4)
    .map((text) => text.replace(': always ', ' = '));
const seenOf = (fact: Fact) =>
  textsOf(fact, 'given')
    .filter((text) => /: seen once/.test(text))
    .slice(0, 5)
    .map((text) => text.replace(': seen once: ', ' = '));
