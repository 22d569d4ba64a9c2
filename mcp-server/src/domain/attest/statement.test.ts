import { describe, expect, it } from 'vitest';
import { DeployStory, deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { frozen, human } from '../../../../test/helpers/ledger-builder.ts';
import { MANIFEST } from '../build/manifest.ts';
import { sha256 } from '../hash.ts';
import { attestation, PREDICATE } from './statement.ts';

const FILES = [
  { path: 'roles/web/main.yml', sha256: sha256('one') },
  { path: 'site.yml', sha256: sha256('two') },
];
const manifest = (files: object) =>
  JSON.stringify({ schema: 'countersign/build@1', components: [{ id: 'CMP-1', files }] });

interface Statement {
  _type: string;
  predicateType: string;
  subject: { name: string; digest: { sha256: string } }[];
  predicate: Record<string, unknown> & { subjects: Record<string, unknown>[] };
}

class Told extends DeployStory {
  statement(): Statement {
    return JSON.parse(attestation(this.ledger(), (hash) => this.evidence.get(hash))) as Statement;
  }

  build(text: string, about = 'stage:build', round = 1) {
    return this.submit(about, { artifacts: [{ path: MANIFEST, sha256: this.keep(text) }], round });
  }
}

describe('an attestation', () => {
  it('names the delivery, its first event and its heads', () => {
    const story = new Told();
    const [left, right] = [story.note({ after: [story.created] }), story.note({ after: [story.created] })];
    const { _type, predicateType, predicate, subject } = story.statement();
    expect([_type, predicateType, subject]).toEqual(['https://in-toto.io/Statement/v1', PREDICATE, []]);
    expect(predicate).toMatchObject({
      delivery: 'vlan-provisioning',
      title: 'VLAN provisioning',
      first: story.created.id,
      heads: [left.id, right.id].sort(),
      events: 3,
    });
  });

  it('has the files of the last Build that was approved for its subjects', () => {
    const story = new Told();
    const first = story.build(manifest(FILES));
    expect(story.statement().subject).toEqual([]);
    story.approve(first);
    const named = FILES.map((file) => ({ name: file.path, digest: { sha256: file.sha256 } }));
    expect(story.statement().subject).toEqual(named);
    const next = story.build(manifest([FILES[1]]), 'stage:as-built', 2);
    expect(story.statement().subject).toEqual(named);
    story.approve(next);
    expect(story.statement().subject).toEqual([named[1]]);
    story.revoke(next);
    expect(story.statement().subject).toEqual(named);
    story.evidence.delete(first.body.subject.artifacts[0]!.sha256);
    expect(story.statement().subject).toEqual([]);
  });

  it('takes no files from a submission that is no Build', () => {
    const story = new Told();
    story.approve(story.build(manifest(FILES), 'stage:design'));
    story.approve(story.submit('stage:build', { artifacts: [frozen('notes.md', manifest(FILES))] }));
    expect(story.statement().subject).toEqual([]);
  });

  it('tells of everything that was submitted how it was asked for and decided', () => {
    const story = new Told();
    const artifacts = [frozen('design.md', 'text')];
    const policy = { level: 'signed', approvers: 2, separation: true } as const;
    const agent = { kind: 'agent', name: 'client', via: 'mcp' } as const;
    const design = story.submit('stage:design', { artifacts, policy, round: 3, actor: agent });
    const approval = story.approve(design, { by: { name: 'Grace', email: 'g@example.org' } });
    const open = story.submit('stage:build', { actor: human('Ada') });
    expect(story.statement().predicate.subjects).toEqual([
      {
        about: 'stage:design',
        round: 3,
        digest: design.body.digest,
        artifacts,
        asked: policy,
        submitted: { event: design.id, at: design.at, by: 'client', kind: 'agent' },
        verdict: 'approved',
        decisions: [
          {
            event: approval.id,
            decision: 'approve',
            approver: { name: 'Grace', email: 'g@example.org' },
            at: approval.body.statement.at,
            level: 'recorded',
            signed: false,
          },
        ],
      },
      expect.objectContaining({
        about: 'stage:build',
        submitted: { event: open.id, at: open.at, by: 'Ada', kind: 'human' },
        verdict: 'undecided',
        decisions: [],
      }),
    ]);
  });

  it('has the last run of each check', () => {
    const story = new Told();
    const run = (check: string, result: 'passed' | 'failed') =>
      story.add('checked', {
        check,
        component: 'CMP-1',
        definition: sha256('d'),
        inputs: sha256('i'),
        result,
        exit: 0,
        durationMs: 1,
        evidence: sha256(`${check} ${result}`),
      });
    const [, second, third] = [run('CHK-1', 'failed'), run('CHK-2', 'passed'), run('CHK-1', 'passed')];
    const told = (event: typeof second) => ({
      check: event.body.check,
      result: event.body.result,
      evidence: event.body.evidence,
      event: event.id,
      at: event.at,
    });
    expect(story.statement().predicate['checks']).toEqual([told(third), told(second)]);
  });

  it('tells every deploy, and of one without an end that nobody knows', () => {
    const story = new Told();
    const done = story.deployed(deployPlan(), 'verified');
    const submission = story.plans(deployPlan({ environment: 'test' }));
    const begun = story.begins(submission, { sets: {} });
    const [first, second] = story.statement().predicate['deploys'] as Record<string, unknown>[];
    const finish = story.events.find((event) => event.type === 'deploy-finished')!;
    expect(first).toEqual({
      environment: 'prod',
      outcome: 'verified',
      at: done.at,
      build: done.body.build,
      plan: done.body.plan,
      digest: done.body.digest,
      basis: 'approval',
      start: done.id,
      finish: finish.id,
      checks: finish.body.checks,
    });
    expect(second).toMatchObject({
      environment: 'test',
      outcome: 'unknown',
      start: begun.id,
      finish: null,
      checks: [],
    });
  });

  it('tells changes that were closed, and what people declared', () => {
    const story = new Told();
    const opened = story.add('change-opened', { n: 1, title: 'Change', base: [], requirements: {} });
    const closed = story.add('change-closed', {
      n: 1,
      change: opened.id,
      status: 'APPLIED',
      reason: '',
      checks: [],
      manifest: null,
    });
    const declared = story.add('declared', {
      level: 'recorded',
      declaration: {
        v: 1,
        first: story.created.id,
        by: { name: 'Ada' },
        at: '2026-01-05T10:00:00.000Z',
        nonce: 'nonce-of-the-declaration',
        reason: 'it burns',
        act: 'withhold',
        evidence: sha256('secret'),
      },
      signature: 'armoured',
    });
    const { predicate } = story.statement();
    expect(predicate['changes']).toEqual([{ n: 1, status: 'APPLIED', at: closed.at, event: closed.id }]);
    expect(predicate['declarations']).toEqual([
      {
        act: 'withhold',
        by: { name: 'Ada' },
        at: '2026-01-05T10:00:00.000Z',
        reason: 'it burns',
        level: 'recorded',
        signed: true,
        event: declared.id,
      },
    ]);
  });
});
