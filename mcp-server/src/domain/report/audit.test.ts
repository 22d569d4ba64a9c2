import { describe, expect, it } from 'vitest';
import { Tale } from '../../../../test/helpers/report-samples.ts';
import { REQUIREMENTS } from '../../entry/demo/artifacts.ts';
import type { Declaration } from '../decision/declaration.ts';
import { assess } from '../delivery.ts';
import { sha256 } from '../hash.ts';
import { auditRows } from './audit.ts';
import { environmentOf, timeline } from './timeline.ts';

const AT = Date.UTC(2026, 0, 5, 9);
const HOUR = 3_600_000;
const iso = (time: number) => new Date(time).toISOString();

function told() {
  const tale = new Tale();
  tale.write('requirements.md', REQUIREMENTS);
  return tale;
}
function rowsOf(tale: Tale) {
  const read = tale.read();
  return auditRows(read, assess(read));
}

/** Declares that glass is broken, or that evidence is withheld. */
function declares(tale: Tale, more: object) {
  const declaration = {
    v: 1,
    first: tale.story.created.id,
    by: { name: 'Ada', email: 'ada@example.org' },
    at: iso(AT + HOUR),
    nonce: 'nonce-of-the-declaration',
    reason: 'it burns',
    ...more,
  } as Declaration;
  return tale.story.add('declared', { level: 'signed', declaration, signature: 'armoured' }, tale.later(1));
}
const broken = { act: 'break-glass', number: 3, until: iso(AT + 3 * HOUR), due: iso(AT + 9 * HOUR) };

describe('the audit of a delivery', () => {
  it('has declarations with who made them and why', () => {
    const tale = told();
    const glass = declares(tale, broken);
    const gone = declares(tale, { act: 'withhold', evidence: sha256('secret'), by: { name: 'Grace' } });
    const common = {
      delivery: 'zone-file',
      environment: '',
      authors: [],
      submittedAt: '',
      at: iso(AT + HOUR),
      level: 'signed',
      levelAsked: '',
      separated: null,
      separationAsked: false,
      round: 0,
      comment: 'it burns',
    };
    const rows = rowsOf(tale).map(({ title: _title, tickets: _tickets, ...row }) => row);
    expect(rows).toEqual([
      {
        ...common,
        subject: 'break-glass:3',
        decision: 'break-glass',
        approver: 'Ada',
        email: 'ada@example.org',
        breakGlass: 3,
        digest: '',
        event: glass.id,
      },
      {
        ...common,
        subject: '',
        decision: 'withhold',
        approver: 'Grace',
        email: '',
        breakGlass: null,
        digest: sha256('secret'),
        event: gone.id,
      },
    ]);
  });

  it('says which glass was broken at the time of a decision, its bounds included', () => {
    const tale = told();
    declares(tale, broken);
    const submission = tale.submit('requirements');
    const decided = [AT + HOUR - 1, AT + HOUR, AT + 3 * HOUR, AT + 3 * HOUR + 1];
    for (const at of decided)
      tale.story.add('decided', {
        level: 'recorded',
        statement: {
          v: 1,
          subject: submission.body.digest,
          decision: 'approve',
          approver: { name: 'Grace' },
          seen: [],
          nonce: `nonce-of-the-decision-${at}`,
          at: iso(at),
          comment: '',
        },
      });
    expect(rowsOf(tale).map((row) => row.breakGlass)).toEqual([3, null, 3, 3, null]);
  });

  it('has decisions with what was asked, and without a submission only what they say themselves', () => {
    const tale = told();
    const policy = { level: 'signed', separation: true } as const;
    const submission = tale.story.submit('deploy:prod', { policy, round: 4, ...tale.later(1) });
    tale.story.approve(submission, { by: { name: 'Ada' }, comment: 'go' });
    tale.story.approve(submission, { by: { name: 'Grace' } });
    tale.story.decide(sha256('unknown'), 'reject');
    expect(rowsOf(tale)).toMatchObject([
      {
        subject: 'deploy:prod',
        environment: 'prod',
        decision: 'approve',
        authors: ['Ada'.toLowerCase()],
        submittedAt: submission.at,
        email: '',
        levelAsked: 'signed',
        separated: false,
        separationAsked: true,
        round: 4,
        digest: submission.body.digest,
        comment: 'go',
      },
      { separated: true },
      {
        subject: '',
        environment: '',
        decision: 'reject',
        authors: [],
        submittedAt: '',
        levelAsked: '',
        separated: null,
        separationAsked: false,
        round: 0,
        digest: sha256('unknown'),
      },
    ]);
  });

  it('has no tickets where the requirements are not there or name none', () => {
    for (const text of [undefined, '', '## Goal\n']) {
      const tale = new Tale();
      if (text !== undefined) tale.write('requirements.md', text);
      declares(tale, broken);
      expect(rowsOf(tale)[0]!.tickets).toEqual([]);
    }
  });
});

describe('the timeline of a delivery', () => {
  it('says what kind of moment each event is, what it is worth, and whether it went wrong', () => {
    const tale = told();
    const submission = tale.submit('requirements');
    tale.story.reject(submission);
    tale.story.approve(submission, { level: 'signed' });
    declares(tale, broken);
    const look = (result: 'passed' | 'failed') =>
      tale.story.add('observed', {
        environment: 'prod',
        kind: 'observation',
        start: null,
        results: [{ name: 'up', result, criteria: [], said: '', evidence: sha256('up') }],
      });
    look('passed');
    look('failed');
    expect(timeline(tale.ledger).map((one) => [one.type, one.moment, one.level, one.alarming])).toEqual([
      ['created', 'other', null, false],
      ['submitted', 'submission', null, false],
      ['decided', 'decision', 'recorded', true],
      ['decided', 'decision', 'signed', false],
      ['declared', 'decision', 'signed', true],
      ['observed', 'check', null, false],
      ['observed', 'check', null, true],
    ]);
  });

  it.each([
    ['deploy:prod', 'prod'],
    ['drift:live/prod', 'prod'],
    ['drift:files', ''],
    ['stage:design', ''],
  ])('%s is about the environment %j', (about, environment) => expect(environmentOf(about)).toBe(environment));
});

describe('the report', () => {
  it('has each change with who agreed, and what the open one waits for', () => {
    const tale = told();
    const opened = (n: number, title: string) =>
      tale.story.add('change-opened', { n, title, base: [], requirements: { 'REQ-1': '' } }, tale.later(1));
    const first = opened(1, 'First');
    const closed = { change: first.id, status: 'ABANDONED' as const, reason: '', checks: [], manifest: null };
    tale.story.add('change-closed', { n: 1, ...closed }, tale.later(1));
    const second = opened(2, 'Second');
    const [one, two] = tale.report().cycles;
    const by = second.actor.name;
    expect(one).toEqual({
      n: 1,
      title: 'First',
      status: 'ABANDONED',
      openedAt: first.at,
      openedBy: by,
      requirements: ['REQ-1'],
      approvedBy: [],
      waitsFor: [],
    });
    expect(two).toMatchObject({ n: 2, status: 'PROPOSED', openedAt: second.at });
  });

  it('has the facts of the last probe where feasibility cites none, and only what is a fact', () => {
    const tale = told();
    const facts = [{ id: 'tool/git', outcome: 'present' }, { id: 'x', outcome: 'maybe' }, { id: 1 }, null];
    const probes = ['{"facts":[]}', JSON.stringify({ facts })].map((text) =>
      tale.story.add(
        'probed',
        { snapshot: tale.keep(text), present: 1, absent: 0, denied: 0, notProbed: 0 },
        tale.later(1),
      ),
    );
    expect(tale.report().platform).toMatchObject({
      snapshot: probes[1]!.body.snapshot,
      at: probes[1]!.at,
      facts: [facts[0]],
      decision: '',
      needs: [],
    });
    tale.write(
      'feasibility.md',
      `---\ncountersign: feasibility/1\ndecision: undetermined\nplatform: sha256:${probes[0]!.body.snapshot}\n---\n`,
    );
    expect(tale.report().platform).toMatchObject({ snapshot: probes[0]!.body.snapshot, at: probes[0]!.at, facts: [] });
    tale.write('feasibility.md', '## Findings\n');
    expect(tale.report().platform.snapshot).toBe(probes[1]!.body.snapshot);
    expect(told().report().platform).toMatchObject({ snapshot: null, at: '', facts: [] });
  });
});
