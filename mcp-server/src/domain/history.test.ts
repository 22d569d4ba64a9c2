import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../test/helpers/ledger-builder.ts';
import { sha256 } from './hash.ts';
import { renderHistory, sentence } from './history.ts';
import type { Body, EventType } from './ledger/event.ts';

const hash = sha256('x');
const short = hash.slice(0, 12);

/** The sentence of one event of this type. */
function said<T extends EventType>(type: T, body: Body<T>): string {
  return sentence(new LedgerBuilder().add(type, body) as Parameters<typeof sentence>[0]);
}

const declared = {
  v: 1,
  first: hash,
  by: { name: 'Ada\nL' },
  at: '2026-01-05T10:00:00.000Z',
  nonce: 'nonce-of-the-declaration',
  reason: 'it\nburns',
} as const;

describe('an event in the history', () => {
  it('is one sentence, in which what people wrote is quoted and on one line', () => {
    const story = new LedgerBuilder();
    expect(sentence(story.created)).toBe('started the delivery "VLAN provisioning" on track standard');
    const submission = story.submit('stage:design', { round: 3 });
    const digest = submission.body.digest.slice(0, 12);
    expect(sentence(submission)).toBe(`submitted stage:design for approval, round 3, digest ${digest}`);
    expect(sentence(story.approve(submission))).toBe(`Grace approved ${digest} (level recorded)`);
    expect(sentence(story.reject(submission, { comment: 'not\nyet', level: 'signed' }))).toBe(
      `Grace rejected ${digest} (level signed): "not yet"`,
    );
    expect(sentence(story.revoke(submission, { by: { name: 'G\nH' } }))).toBe(`G H revoked ${digest} (level recorded)`);
    expect(said('stated', { need: 'CAP-1', status: 'stub', fact: 'a\nb', by: 'Ada\nL' })).toBe(
      'Ada L stated for CAP-1 (stub): "a b"',
    );
  });

  it('tells declarations with their reason', () => {
    expect(said('declared', { level: 'signed', declaration: { ...declared, act: 'withhold', evidence: hash } })).toBe(
      `Ada L withheld evidence ${short} (level signed): "it burns"`,
    );
    const until = '2026-01-05T11:00:00.000Z';
    const broken = { ...declared, act: 'break-glass', number: 2, until, due: until } as const;
    expect(said('declared', { level: 'recorded', declaration: broken })).toBe(
      `Ada L broke the glass (break-glass:2) until ${until} (level recorded): "it burns"`,
    );
  });

  it('tells what was found, run and recorded, each with its evidence', () => {
    expect(said('probed', { snapshot: hash, present: 1, absent: 2, denied: 3, notProbed: 4 })).toBe(
      `probed the platform: 1 present, 2 absent, 3 denied, 4 not probed (snapshot ${short})`,
    );
    expect(said('started', { task: 'TSK-1.1', component: 'CMP-1' })).toBe('started TSK-1.1 (CMP-1)');
    const checked = { check: 'CHK-1', component: 'CMP-1', definition: hash, inputs: hash, exit: 1, durationMs: 1 };
    expect(said('checked', { ...checked, result: 'failed', evidence: hash })).toBe(
      `ran CHK-1: failed (evidence ${short})`,
    );
    expect(said('built', { task: 'TSK-1.1', component: 'CMP-1', files: 3, evidence: hash })).toBe(
      `recorded who wrote the 3 files of CMP-1 (evidence ${short})`,
    );
    const scan = { inputs: hash, evidence: hash, errors: 1, warnings: 2, differences: [] };
    expect(said('scanned', { ...scan, notRun: [] })).toBe(
      `scanned the files: 1 errors, 2 warnings (evidence ${short})`,
    );
    expect(said('scanned', { ...scan, notRun: ['tri\nvy', 'yamllint'] })).toBe(
      `scanned the files: 1 errors, 2 warnings, without tri vy, yamllint (evidence ${short})`,
    );
    expect(said('deviated', { id: 'DEV-1', designed: 'a\nb', delivered: 'c\nd', reason: 'e\nf' })).toBe(
      'recorded DEV-1: designed "a b", delivered "c d", because "e f"',
    );
  });

  it('tells a change from its opening to its end', () => {
    const opened = { n: 2, title: 'More\nhosts', base: [], requirements: {} };
    expect(said('change-opened', opened)).toBe('opened change 2: "More hosts"');
    expect(said('change-opened', { ...opened, because: hash })).toBe(
      `opened change 2: "More hosts", because of ${short}`,
    );
    expect(said('change-opened', { ...opened, rebases: hash })).toBe(
      'moved change 2 to the approved text as it is now',
    );
    const plan = { n: 2, change: hash, plan: hash, result: [], requirements: {}, paths: [] };
    expect(said('change-planned', { ...plan, tasks: ['TSK-1.1'], checks: ['CHK-1', 'CHK-2'] })).toBe(
      `planned change 2: 1 tasks, 2 checks (plan ${short})`,
    );
    const closed = { n: 2, change: hash, status: 'ABANDONED' as const, reason: '', checks: [], manifest: null };
    expect(said('change-closed', closed)).toBe('closed change 2: ABANDONED');
  });

  it('tells remarks and their answers', () => {
    expect(said('commented', { about: 'stage:design', anchor: 'CMP-1', text: 'why\nso' })).toBe(
      'commented on CMP-1 of stage:design: "why so"',
    );
    expect(said('replied', { comment: hash, text: 'be\ncause' })).toBe(`answered comment ${short}: "be cause"`);
  });

  it('tells looks at running systems', () => {
    expect(said('observed', { environment: 'prod', kind: 'observation', start: null, results: [] })).toBe(
      'observed prod: 0 of 0 failed',
    );
  });
});

describe('the history', () => {
  it('has each event with its time, id and actor, in the order of the graph', () => {
    const story = new LedgerBuilder();
    const actor = { kind: 'agent', name: 'cli\nent', via: 'm\ncp' } as const;
    const started = story.add('started', { task: 'TSK-1.1', component: 'CMP-1' }, { actor });
    expect(renderHistory(story.ledger(), 'A\ntitle', [], () => undefined)).toBe(
      [
        '---',
        'countersign: history/1',
        '---',
        '',
        '# History of A title',
        '',
        'Drawn from the ledger; edits here count for nothing.',
        '',
        `- 2026-01-05T09:01:00.000Z \`${story.created.id.slice(0, 12)}\` Ada (human, cli): started the delivery "VLAN provisioning" on track standard`,
        `- 2026-01-05T09:02:00.000Z \`${started.id.slice(0, 12)}\` cli ent (agent, m cp): started TSK-1.1 (CMP-1)`,
        '',
      ].join('\n'),
    );
  });
});
