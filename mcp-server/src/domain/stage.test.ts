import { describe, expect, it } from 'vitest';
import { GATES, gateOf, isStage, STAGE, STAGES, TRACKS } from './stage.ts';

describe('stages and tracks', () => {
  it('[R-TRACK-1] light has two decisions, standard and strict have five', () => {
    expect(GATES.light).toEqual([
      { stage: 'design', covers: ['requirements', 'feasibility', 'design'] },
      { stage: 'as-built', covers: ['build', 'as-built'] },
    ]);
    for (const track of ['standard', 'strict'] as const)
      expect(GATES[track]).toEqual(STAGES.map((stage) => ({ stage, covers: [stage] })));
  });

  it('[R-TRACK-1] every stage has exactly one gate on every track, in the order of the stages', () => {
    for (const track of TRACKS) {
      expect(GATES[track].flatMap((gate) => gate.covers)).toEqual(STAGES);
      for (const gate of GATES[track]) expect(gate.stage).toBe(gate.covers.at(-1));
      for (const stage of STAGES) expect(gateOf(track, stage).covers).toContain(stage);
    }
  });

  it('[R-RULE-16] no stage freezes tasks.md; build freezes its manifest', () => {
    expect(STAGES.map((stage) => STAGE[stage].artifact)).toEqual([
      'requirements.md',
      'feasibility.md',
      'design.md',
      null,
      'as-built.md',
    ]);
  });

  it('knows its names', () => {
    expect(STAGES.every(isStage)).toBe(true);
    expect(['Design', 'designs', '', 'stage:design'].some(isStage)).toBe(false);
    expect(STAGES.map((stage) => STAGE[stage].command)).toEqual([
      '/spec',
      '/feasibility',
      '/solution-design',
      '/build',
      '/as-built',
    ]);
    expect(STAGES.map((stage) => STAGE[stage].title)).toEqual([
      'Requirements',
      'Feasibility',
      'Design',
      'Build',
      'As-Built',
    ]);
  });
});
