import { contentDigest, type Frozen } from '../../mcp-server/src/domain/decision/subject.ts';
import {
  aboutStage,
  type GateInput,
  type GateState,
  gateContent,
  gateStates,
} from '../../mcp-server/src/domain/gate/gate.ts';
import type { Recorded } from '../../mcp-server/src/domain/ledger/event.ts';
import { GATES, STAGE, STAGES, type Stage, type Track } from '../../mcp-server/src/domain/stage.ts';
import { type DecideOptions, frozen, type LedgerBuilder, laxDemand, type SubmitOptions } from './ledger-builder.ts';

/** Gates over histories that are told in code. */

export type Current = Record<Stage, Frozen[] | null>;

/** What is there now, by stage: texts of artifacts; nothing for a stage that is not named. */
export function there(texts: Partial<Record<Stage, string>>): Current {
  const entry = (stage: Stage) =>
    texts[stage] === undefined ? null : [frozen(STAGE[stage].artifact ?? 'build-manifest.json', texts[stage])];
  return Object.fromEntries(STAGES.map((stage) => [stage, entry(stage)])) as Current;
}

export const everything = { requirements: 'r1', feasibility: 'f1', design: 'd1', build: 'b1', 'as-built': 'a1' };

export interface Now extends Partial<Pick<GateInput, 'track' | 'demand' | 'veto'>> {
  current?: Current;
}

export function look(story: LedgerBuilder, now: Now = {}): GateState[] {
  return gateStates({
    ledger: story.ledger(),
    track: 'standard',
    current: there(everything),
    demand: () => laxDemand,
    veto: () => [],
    now: 0,
    ...now,
  });
}

/** Submits what is there for one gate, bound to what is upstream of it now. */
export function submitGate(
  story: LedgerBuilder,
  stage: Stage,
  options: SubmitOptions & { texts?: Partial<Record<Stage, string>>; track?: Track } = {},
): Recorded<'submitted'> {
  const { texts = everything, track = 'standard', ...rest } = options;
  const current = there(texts);
  const upstream: string[] = [];
  for (const gate of GATES[track]) {
    const artifacts = gateContent(current, gate)!;
    const about = aboutStage(gate.stage);
    if (gate.stage === stage) return story.submit(about, { artifacts, upstream, ...rest });
    upstream.push(contentDigest({ first: story.created.id, about, artifacts, upstream }));
  }
  throw new Error(`no gate ${stage}`);
}

export function pass(
  story: LedgerBuilder,
  stage: Stage,
  options: Parameters<typeof submitGate>[2] & DecideOptions = {},
) {
  const submission = submitGate(story, stage, options);
  const decision = story.approve(submission, options.level === undefined ? {} : { level: options.level });
  return { submission, decision };
}

export const states = (gates: readonly GateState[]) => gates.map((gate) => gate.state);
export const codes = (gate: GateState | undefined) => gate?.reasons.map((reason) => reason.code);
