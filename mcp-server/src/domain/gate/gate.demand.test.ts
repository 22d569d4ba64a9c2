import { describe, expect, it } from 'vitest';
import { codes, look, pass, states, submitGate } from '../../../../test/helpers/gate-story.ts';
import { human, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import type { Demand } from '../policy/demand.ts';
import { GATES, type Stage } from '../stage.ts';

describe('what policy demands of a gate', () => {
  it('[R-RULE-12] is the stricter of what was bound and what is asked now', () => {
    const cases = [
      { bound: {}, now: {}, opens: true },
      { bound: { level: 'signed' as const }, now: {}, opens: false },
      { bound: {}, now: { level: 'signed' as const }, opens: false },
    ];
    for (const { bound, now, opens } of cases) {
      const story = new LedgerBuilder();
      pass(story, 'requirements', { policy: bound });
      const [gate] = look(story, { demand: () => ({ ...laxDemand, ...now }) });
      expect(gate?.state).toBe(opens ? 'open' : 'blocked');
      if (!opens)
        expect(gate?.reasons).toEqual([
          { code: 'demand', text: '1 approval below the level signed does not count' },
          { code: 'demand', text: 'needs 1 more approval at level signed' },
        ]);
    }
  });

  it('is asked of each gate on its own', () => {
    const story = new LedgerBuilder();
    pass(story, 'requirements');
    pass(story, 'feasibility');
    const demand = (gate: { stage: Stage }): Demand => ({
      ...laxDemand,
      level: gate.stage === 'feasibility' ? 'hosted' : 'recorded',
    });
    expect(states(look(story, { demand })).slice(0, 2)).toEqual(['open', 'blocked']);
  });

  it('[R-RULE-9] shows the approvals that count, and no others, as long as the quorum is not there', () => {
    const story = new LedgerBuilder();
    const submission = submitGate(story, 'requirements');
    const demand = (): Demand => ({ ...laxDemand, approvers: 2 });
    story.approve(submission, { by: { name: 'Grace' }, level: 'hosted' });
    story.approve(submission, { by: { name: 'Edsger' } });
    const [gate] = look(story, { demand });
    expect(gate).toMatchObject({ state: 'blocked', approvals: [{ approver: 'Grace' }] });
    expect(gate?.reasons.map((one) => one.text)).toEqual([
      '1 approval below the level hosted does not count',
      'needs 1 more approval at level hosted',
    ]);
  });
});

describe('separation from the author', () => {
  it('[R-APPROVAL-5] of the build counts who built and who ran its checks as authors', () => {
    const hash = 'a'.repeat(64);
    const demand = (): Demand => ({ ...laxDemand, separation: true });
    const run = { check: 'CHK-1', component: 'CMP-1', definition: hash, inputs: hash, evidence: hash } as const;
    for (const [track, stage] of [
      ['standard', 'build'],
      ['light', 'as-built'],
    ] as const) {
      const story = new LedgerBuilder({ track });
      story.add('started', { task: 'TSK-1.1', component: 'CMP-1' }, { actor: human('Builder') });
      story.add('checked', { ...run, result: 'passed', exit: 0, durationMs: 1 }, { actor: human('Checker') });
      for (const gate of GATES[track]) {
        const submission = submitGate(story, gate.stage, { track });
        story.approve(submission, { by: { name: gate.stage === stage ? 'Builder' : 'Grace' }, level: 'signed' });
        if (gate.stage === stage) story.approve(submission, { by: { name: 'Checker' }, level: 'signed' });
      }
      const built = () => look(story, { track, demand }).find((gate) => gate.stage === stage);
      expect(codes(built())).toEqual(['demand', 'demand']);
      const design = look(story, { track, demand }).find((gate) => gate.stage === 'design');
      expect(design?.state).toBe('open');
      story.approve(submitGate(story, stage, { track, after: story.events.slice(-1) }), {
        by: { name: 'Grace' },
        level: 'signed',
      });
      expect(built()?.state).toBe('open');
    }
  });
});

describe('what was bound', () => {
  it('[R-RULE-13] holds until a decision at that level lowers it', () => {
    const story = new LedgerBuilder();
    submitGate(story, 'requirements', { policy: { level: 'signed' } });
    story.approve(submitGate(story, 'requirements', { round: 2 }));
    expect(codes(look(story)[0])).toEqual(['demand', 'demand']);
    story.approve(story.submit('policy:current', { artifacts: [] }), { level: 'signed' });
    expect(look(story)[0]?.state).toBe('open');
  });
});
