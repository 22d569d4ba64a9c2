import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder, laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import type { Task } from '../build/tasks.ts';
import { short } from '../decision/subject.ts';
import type { Impact } from '../delta/impact.ts';
import { contentHash, sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { asApproved, baselineOf } from './baseline.ts';
import { aboutChange, cyclesOf, PLAN, SCOPE, scopeBytes } from './cycles.ts';
import { cycleLog } from './log.ts';
import type { ChangePlan } from './plan.ts';
import { reopened } from './reopen.ts';

const NOW = Date.UTC(2026, 5, 1);
const scope = { tasks: ['TSK-1.1'], checks: ['CHK-1'], paths: ['app/**'] };

/** A delivery whose specification was approved, and changes of it. */
class Story extends LedgerBuilder {
  constructor() {
    super();
    this.pass('requirements', 'r1');
    this.pass('design', 'd1');
  }

  pass(stage: string, text: string) {
    const submission = this.submit(`stage:${stage}`, {
      artifacts: [frozen(`${stage}.md`, text)],
      round: this.events.length,
    });
    this.approve(submission);
    return submission;
  }

  open(n = 1, title = 'Author') {
    const base = [frozen('requirements.md', 'r1'), frozen('design.md', 'd1')];
    return this.add('change-opened', { n, title, base, requirements: {} });
  }

  plan(opened: Recorded<'change-opened'>, text: string, plan = sha256(`plan ${text}`)) {
    const result = [frozen('requirements.md', 'r1'), frozen('design.md', text)];
    const body = { n: opened.body.n, change: opened.id, plan, result, requirements: {}, ...scope };
    const planned = this.add('change-planned', body);
    const artifacts = [...result, { path: PLAN, sha256: plan }, { path: SCOPE, sha256: sha256(scopeBytes(scope)) }];
    const submission = this.submit(aboutChange(opened.body.n), { artifacts, round: this.events.length });
    return { planned, submission };
  }

  close(opened: Recorded<'change-opened'>, status: 'APPLIED' | 'ABANDONED', more: object = {}) {
    return this.add('change-closed', {
      n: opened.body.n,
      change: opened.id,
      status,
      checks: [],
      manifest: null,
      reason: '',
      ...more,
    });
  }

  /** Opened, planned, approved and applied. */
  applied(text: string, n = 1) {
    const opened = this.open(n);
    const { planned, submission } = this.plan(opened, text);
    this.approve(submission);
    this.close(opened, 'APPLIED');
    return planned;
  }

  cycles() {
    return cyclesOf(this.ledger(), laxDemand, NOW);
  }

  baseline() {
    return baselineOf(this.ledger(), this.cycles());
  }

  asApproved(present: Record<string, string>) {
    const hashes = Object.fromEntries(Object.entries(present).map(([path, text]) => [path, contentHash(text)]));
    return asApproved(hashes, this.ledger(), this.cycles());
  }
}

const texts = (requirements: string, design: string) => ({ 'requirements.md': requirements, 'design.md': design });
const hashes = (requirements: string, design: string) => ({
  'requirements.md': contentHash(requirements),
  'design.md': contentHash(design),
});

describe('the specification that holds', () => {
  it('is what was last approved, in the order of the stages', () => {
    const story = new Story();
    expect(story.baseline()).toEqual([frozen('requirements.md', 'r1'), frozen('design.md', 'd1')]);
    story.pass('design', 'd2');
    const rejected = story.submit('stage:design', { artifacts: [frozen('design.md', 'd3')], round: 9 });
    story.reject(rejected);
    story.pass('build', 'b');
    expect(story.baseline()).toEqual([frozen('requirements.md', 'r1'), frozen('design.md', 'd2')]);
    expect(baselineOf(new LedgerBuilder().ledger(), [])).toEqual([]);
  });

  it('moves with a change that was approved and applied, and with no other', () => {
    const story = new Story();
    const opened = story.open();
    const { submission } = story.plan(opened, 'd2');
    expect(story.baseline()[1]).toEqual(frozen('design.md', 'd1'));
    story.approve(submission);
    expect(story.baseline()[1]).toEqual(frozen('design.md', 'd1'));
    story.close(opened, 'APPLIED');
    expect(story.baseline()[1]).toEqual(frozen('design.md', 'd2'));
    const unapproved = story.open(2);
    story.plan(unapproved, 'd3');
    story.close(unapproved, 'APPLIED');
    expect(story.baseline()[1]).toEqual(frozen('design.md', 'd2'));
    const abandoned = story.open(3);
    story.approve(story.plan(abandoned, 'd4').submission);
    story.close(abandoned, 'ABANDONED');
    expect(story.baseline()[1]).toEqual(frozen('design.md', 'd2'));
  });
});

describe('what gates compare with', () => {
  it('is what is there, where nothing was changed', () => {
    expect(new Story().asApproved(texts('r1', 'd9'))).toEqual(hashes('r1', 'd9'));
  });

  it('is the base while a change is open', () => {
    const story = new Story();
    story.open();
    expect(story.asApproved(texts('r8', 'd9'))).toEqual(hashes('r1', 'd1'));
  });

  it('is what an applied change started from, where its result is there as a whole', () => {
    const story = new Story();
    story.applied('d2');
    expect(story.asApproved(texts('r1', 'd2'))).toEqual(hashes('r1', 'd1'));
    expect(story.asApproved(texts('r2', 'd2'))).toEqual(hashes('r2', 'd2'));
    expect(story.asApproved(texts('r1', 'd3'))).toEqual(hashes('r1', 'd3'));
  });

  it('ends with a later submission of a stage of the specification', () => {
    const story = new Story();
    story.applied('d2');
    story.pass('build', 'b');
    expect(story.asApproved(texts('r1', 'd2'))).toEqual(hashes('r1', 'd1'));
    story.pass('design', 'd2');
    expect(story.asApproved(texts('r1', 'd2'))).toEqual(hashes('r1', 'd2'));
  });
});

describe('the log of a change', () => {
  const planned: ChangePlan = {
    schema: 'countersign/change-plan@1',
    n: 1,
    title: 'Author',
    changes: [
      {
        artifact: 'design.md',
        change: 'MODIFIED',
        key: 'CMP-1',
        title: 'Host\nlist',
        pieces: [
          { before: 'old\nkind', after: 'new kind' },
          { before: null, after: 'added' },
        ],
        components: ['CMP-1'],
        paths: ['app/**', 'b`c'],
      },
      {
        artifact: 'requirements.md',
        change: 'ADDED',
        key: 'REQ-2',
        title: 'REQ-2',
        pieces: [],
        components: [],
        paths: [],
      },
      {
        artifact: 'requirements.md',
        change: 'REMOVED',
        key: 'REQ-3',
        title: '',
        pieces: [{ before: 'x', after: null }],
        components: [],
        paths: [],
      },
    ] as unknown as ChangePlan['changes'],
    impact: {} as Impact,
    checks: [
      { id: 'CHK-1', command: 'run `it`\nnow' },
      { id: 'CHK-2', command: '' },
    ],
  };

  it('tells what was proposed, changed, approved, checked, and how it ended', () => {
    const story = new Story();
    const opened = story.open();
    const { submission } = story.plan(opened, 'd2');
    const approval = story.approve(submission, { comment: 'go\non', level: 'hosted' });
    const closed = story.close(opened, 'APPLIED', {
      checks: [
        { check: 'CHK-1', result: 'passed', evidence: sha256('run') },
        { check: 'CHK-2', result: 'failed', evidence: null },
      ],
      reason: 'as\nplanned',
    });
    expect(cycleLog(story.cycles()[0]!, planned)).toEqual([
      '## Change 1: Author',
      '',
      '### Propose',
      '',
      `- ${opened.at} Ada (human) opened it`,
      `- on requirements.md ${short(contentHash('r1'))}, design.md ${short(contentHash('d1'))}`,
      '',
      '### Changes',
      '',
      '- MODIFIED CMP-1 Host list (design.md): `app/**`, `b`c`',
      '  - was: old kind',
      '  - now: new kind',
      '  - now: added',
      '- ADDED REQ-2 (requirements.md)',
      '- REMOVED REQ-3 (requirements.md)',
      '  - was: x',
      '',
      `Plan ${short(submission.body.digest)} approved by Grace (hosted), ${approval.body.statement.at}: "go on"`,
      '',
      '### Verify',
      '',
      `- CHK-1 \`run 'it' now\`: passed, evidence ${short(sha256('run'))}`,
      '- CHK-2: failed',
      '',
      '### Status',
      '',
      `APPLIED, ${closed.at}: as planned`,
      '',
    ]);
  });

  it('says that nothing was planned, approved or run yet', () => {
    const story = new Story();
    const opened = story.open(1, '');
    expect(cycleLog(story.cycles()[0]!, undefined)).toEqual([
      '## Change 1',
      '',
      '### Propose',
      '',
      `- ${opened.at} Ada (human) opened it`,
      `- on requirements.md ${short(contentHash('r1'))}, design.md ${short(contentHash('d1'))}`,
      '',
      '### Changes',
      '',
      'Not planned yet.',
      '',
      '### Verify',
      '',
      'Nothing was run.',
      '',
      '### Status',
      '',
      'PROPOSED',
      '',
    ]);
  });
});

describe('the tasks of an approved change', () => {
  const task = (id: string, more: object = {}) =>
    ({
      id,
      kind: 'build',
      state: 'verified',
      checks: [{ check: { id: 'CHK-1', method: 'command' } }, { check: { id: 'CHK-2', method: 'manual' } }],
      ...more,
    }) as unknown as Task;
  const states = (story: Story, planned: Recorded<'change-planned'>, ...tasks: Task[]) =>
    reopened(tasks, planned, story.ledger()).map(({ state }) => state);
  const passed = (result: 'passed' | 'failed' = 'passed') => ({
    check: 'CHK-1',
    component: 'CMP-1',
    definition: sha256(''),
    inputs: sha256(''),
    result,
    exit: 0,
    durationMs: 1,
    evidence: sha256(''),
  });

  it('are open again where the plan names them, and no others', () => {
    const story = new Story();
    story.add('started', { task: 'TSK-1.1', component: 'CMP-1' });
    story.add('checked', passed());
    const { planned } = story.plan(story.open(), 'd2');
    expect(states(story, planned, task('TSK-1.1'), task('TSK-2.1'), task('TSK-1.1', { state: 'blocked' }))).toEqual([
      'ready',
      'verified',
      'blocked',
    ]);
  });

  it('are verified once they were started and their checks passed after the plan', () => {
    const story = new Story();
    const { planned } = story.plan(story.open(), 'd2');
    story.add('started', { task: 'TSK-1.1', component: 'CMP-1' });
    expect(states(story, planned, task('TSK-1.1'))).toEqual(['started']);
    story.add('checked', passed('failed'));
    expect(states(story, planned, task('TSK-1.1'))).toEqual(['started']);
    story.add('checked', passed());
    expect(states(story, planned, task('TSK-1.1'))).toEqual(['verified']);
  });

  it('need no start where they only verify, and no run of checks that no command makes', () => {
    const story = new Story();
    const { planned } = story.plan(story.open(), 'd2');
    const manual = { checks: [{ check: { id: 'CHK-2', method: 'manual' } }] };
    expect(states(story, planned, task('TSK-1.1', manual), task('TSK-1.1', { ...manual, kind: 'verify' }))).toEqual([
      'ready',
      'verified',
    ]);
  });
});
