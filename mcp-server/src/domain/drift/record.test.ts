import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { sha256 } from '../hash.ts';
import { acceptedBy, acceptedDrift } from './accepted.ts';
import { isDrift } from './demand.ts';
import {
  ABOUT_FILES,
  aboutLive,
  DRIFT_FILE,
  type DriftRecord,
  driftBytes,
  driftContent,
  liveHash,
  movement,
  readDrift,
} from './record.ts';

const hash = (text: string) => sha256(text);
const DEMAND = { track: 'standard', risk: 'low', level: 'recorded', approvers: 1, separation: false } as const;

const record = (more: Partial<DriftRecord> = {}): DriftRecord => ({
  schema: 'countersign/drift@1',
  delivery: 'vlan-provisioning',
  about: ABOUT_FILES,
  reason: 'the desk\nasked',
  files: [
    { path: 'a.yml', was: hash('one'), now: hash('two') },
    { path: 'b.yml', was: hash('one'), now: null },
    { path: 'c.yml', was: null, now: hash('two') },
  ],
  live: null,
  ...more,
});

const running = record({
  about: aboutLive('prod'),
  files: [],
  live: {
    environment: 'prod',
    start: hash('start'),
    difference: hash('difference'),
    items: [{ address: 'a\u001b[31m.b', action: 'destroy' }],
  },
});

describe('a record of drift', () => {
  it('is read back from its bytes, and nothing else is taken for one', () => {
    for (const one of [record(), running]) expect(readDrift(driftBytes(one))).toEqual(one);
    for (const text of ['', 'null', '{', '[]', driftBytes(record({ reason: '' })), '{"schema":"countersign/drift@1"}'])
      expect(readDrift(text)).toBeUndefined();
    expect(readDrift(driftBytes({ ...record(), more: 1 } as DriftRecord))).toBeUndefined();
  });

  it('shows people each file, how it moved, and the differences as they are', () => {
    const { page, frozen } = driftContent(record(), 'line one\nline two\n\n');
    expect(page).toBe(
      [
        '# Drift of vlan-provisioning to be accepted (drift:files)',
        '',
        'Reason: the desk asked',
        '',
        '## Files',
        '',
        `- a.yml: ${hash('one').slice(0, 12)} is now ${hash('two').slice(0, 12)}`,
        `- b.yml: gone, was ${hash('one').slice(0, 12)}`,
        `- c.yml: new, ${hash('two').slice(0, 12)}`,
        '',
        '## Differences',
        '',
        '    line one',
        '    line two',
        '',
      ].join('\n'),
    );
    expect(frozen).toEqual([
      { path: 'drift.md', sha256: sha256(page) },
      { path: DRIFT_FILE, sha256: sha256(driftBytes(record())) },
    ]);
  });

  it('shows what a running system differs in beside the deploy that it is held against', () => {
    const { page } = driftContent(running, '');
    expect(page.split('\n').slice(4)).toEqual([
      `## prod, beside the deploy ${hash('start').slice(0, 12)}`,
      '',
      expect.stringMatching(/^- destroy a.*\.b$/),
      '',
    ]);
    expect(page).not.toContain('\u001b');
  });

  it('says of a file without any content that it is gone', () => {
    expect(movement({ path: 'x', was: null, now: null })).toBe('gone, was ');
  });

  it('has another hash for any other difference of the running system', () => {
    const summary = { creates: 0, changes: 1, destroys: 0, hosts: null };
    const items = [{ address: 'a', action: 'change' as const }];
    const hashes = [
      liveHash({ summary, items, detail: 'x' }),
      liveHash({ summary, items, detail: 'y' }),
      liveHash({ summary, items: [], detail: 'x' }),
      liveHash({ summary: { ...summary, changes: 2 }, items, detail: 'x' }),
    ];
    expect(new Set(hashes).size).toBe(4);
    expect(liveHash({ detail: 'x', items, summary })).toBe(hashes[0]);
  });

  it('is about files or about one environment', () => {
    expect(['drift:files', 'drift:live/prod', 'drift:other', 'stage:build'].map(isDrift)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('accepted drift', () => {
  const now = Date.UTC(2026, 0, 6);
  const about = ABOUT_FILES;

  function told(one = record()) {
    const story = new LedgerBuilder();
    const { frozen } = driftContent(one, '');
    const submission = story.submit(about, { artifacts: frozen });
    const evidence = new Map([[sha256(driftBytes(one)), driftBytes(one)]]);
    const accepted = (demand: object = {}, kept: ReadonlyMap<string, string> = evidence) =>
      acceptedDrift(story.ledger(), about, (sha) => kept.get(sha), { demand: { ...DEMAND, ...demand }, now });
    return { story, submission, accepted };
  }

  it('is what a person approved, with who, at which level and when', () => {
    const { story, submission, accepted } = told();
    expect(accepted()).toEqual([]);
    const approval = story.approve(submission, { by: { name: 'Grace' }, level: 'signed' });
    const [one] = accepted();
    expect(one).toEqual({
      record: record(),
      digest: submission.body.digest,
      by: 'Grace',
      level: 'signed',
      at: approval.body.statement.at,
    });
    expect(acceptedBy(one!)).toBe('accepted by Grace (level signed): "the desk\\nasked"');
  });

  it('is nothing where it is taken back, asked for more strictly, or about something else', () => {
    const { story, submission, accepted } = told();
    story.approve(submission);
    expect(accepted({ level: 'signed' })).toEqual([]);
    expect(accepted({ approvers: 2 })).toEqual([]);
    expect(acceptedDrift(story.ledger(), aboutLive('prod'), () => undefined, { demand: DEMAND, now })).toEqual([]);
    story.revoke(submission);
    expect(accepted()).toEqual([]);
  });

  it('is nothing where its record is not there, or says it is about another subject', () => {
    const { story, submission, accepted } = told();
    story.approve(submission);
    expect(accepted({}, new Map())).toEqual([]);
    const other = told(record({ about: aboutLive('prod') }));
    other.story.approve(other.submission);
    expect(other.accepted()).toEqual([]);
  });
});
