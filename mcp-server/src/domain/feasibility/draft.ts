import type { FeasibilityDecision } from '../artifact/feasibility.ts';
import type { Need, Requirements } from '../artifact/requirements.ts';
import { byId } from '../ids.ts';
import { decide, type NeedOutcome } from './decision.ts';
import { type Proposal, propose, type Statement } from './match/propose.ts';
import { type Candidate, candidatesOf, type Reuse, reuseFor } from './match/reuse.ts';
import type { PlatformFact } from './snapshot.ts';
import { contractOf, type StubContract } from './stub-contract.ts';

/** What follows from requirements and facts, before anybody has written a word. */
export interface FeasibilityDraft {
  needs: Proposal[];
  reuse: Reuse[];
  stubs: StubContract[];
  /** With the constraints that the draft holds. */
  decision: FeasibilityDecision;
  /** feasibility.md as it could be submitted. */
  text: string;
}

export interface DraftInput {
  requirements: Requirements;
  facts: readonly PlatformFact[];
  /** `sha256:` and 64 hex digits. */
  platform: string;
  rules: Readonly<Record<string, string>>;
  stated: readonly Statement[];
  /** What an extraction of the project found. */
  existing: readonly Candidate[];
}

/** Drafts feasibility.md; the same input gives the same bytes. */
export function draftFeasibility(input: DraftInput): FeasibilityDraft {
  const { requirements, facts, platform, rules, stated, existing } = input;
  const all = [...requirements.capabilities, ...requirements.systems].filter(({ id }) => id !== '');
  const needs = all.map((need) => propose(need, facts, rules, stated));
  const reuse = reuseFor(requirements.requirements, [...candidatesOf(facts), ...existing]);
  const byNeed = new Map(all.map((need) => [need.id, need]));
  const stubs = needs
    .filter(({ status }) => status === 'stub')
    .map(({ need }) => contractOf(byNeed.get(need)!, requirements));
  const weak = needs.filter((one) => byNeed.get(one.need)!.required !== false && isWeak(one));
  const outcome = needs.map(({ need, status, evidence }): NeedOutcome => {
    return { need: byNeed.get(need)!, status, stated: evidence.startsWith('stated') };
  });
  const decision = decide(outcome, new Set(weak.map(({ need }) => need)));
  const text = [
    `---\ncountersign: feasibility/1\ndecision: ${decision}\nplatform: ${platform}\n---\n`,
    `# Feasibility: ${line(requirements.front?.title ?? 'untitled')}\n`,
    '## Findings\n',
    '| Need | Status | Fact | Evidence |\n|---|---|---|---|',
    ...needs.map(
      ({ need, status, fact, evidence, why }) =>
        `| ${need} | ${status} | ${cell(why === '' ? fact : `${fact} (inferred: ${why})`)} | ${cell(evidence)} |`,
    ),
    '\n## Feasibility constraints\n',
    ...(weak.length === 0
      ? ['None.\n']
      : weak.map((one, at) => constraintText(at + 1, one, byNeed.get(one.need)!, stubs))),
    '## Reuse\n',
    ...(reuse.length === 0
      ? ['Nothing that is there shares enough words with a requirement.\n']
      : [
          ...reuse.map(
            ({ requirement, what, name, why }) => `- ${requirement}: ${line(name)} (\`${what}\`) (inferred: ${why})`,
          ),
          '',
        ]),
    '## Open questions\n',
    ...questions(requirements, needs),
  ].join('\n');
  return { needs, reuse, stubs, decision, text: `${text.trimEnd()}\n` };
}

const isWeak = ({ status, evidence }: Proposal) =>
  status === 'degraded' || status === 'stub' || (status === 'resolved' && evidence.startsWith('stated'));

function constraintText(
  number: number,
  { need, status, fact, title }: Proposal,
  { ifNot }: Need,
  stubs: readonly StubContract[],
): string {
  const stub = stubs.find((one) => one.need === need);
  const body =
    stub !== undefined
      ? [
          `Built and tested against a stub that meets this contract:\n`,
          ...stub.operations.map((one) => `- ${one}`),
        ].join('\n')
      : status === 'degraded'
        ? `It is there and cannot be relied on (${line(fact)}). ${line(ifNot)}`
        : `It rests on a statement alone: the build tests it before it is used. ${line(ifNot)}`;
  return `### FC-${number}: ${line(title)} is ${status === 'resolved' ? 'only stated' : status}\n\n- Answers: ${need}\n\n${body.trim()}\n`;
}

function questions(requirements: Requirements, needs: readonly Proposal[]): string[] {
  const open = needs.filter(({ status }) => status === 'unknown');
  if (open.length === 0) return ['None.'];
  const last = requirements.questions
    .map(({ id }) => id)
    .sort(byId)
    .at(-1);
  const from = Number(last?.slice(2) ?? 0);
  return open.map(
    ({ need, title, fact }, at) =>
      `- **Q-${from + at + 1}** What is known of ${need} (${line(title)}), and who says so? ${line(fact)}.`,
  );
}

/** Text that stays in its cell. */
const cell = (text: string) => line(text).replace(/\|/g, '\\|');
const line = (text: string) => text.replace(/\s+/g, ' ').replace(/[`<>]/g, '').trim();
