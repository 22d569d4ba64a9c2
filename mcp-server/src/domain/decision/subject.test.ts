import { describe, expect, it } from 'vitest';
import { laxDemand } from '../../../../test/helpers/ledger-builder.ts';
import { naiveContentDigest } from '../../../../test/helpers/naive-gate.ts';
import { sha256 } from '../hash.ts';
import { ABOUT, contentDigest, DIGEST_PREFIX, type Subject, short, subjectDigest, subjectSchema } from './subject.ts';

const subject: Subject = {
  v: 1,
  first: '1'.repeat(64),
  about: 'stage:design',
  artifacts: [{ path: 'design.md', sha256: '2'.repeat(64) }],
  upstream: ['3'.repeat(64), '4'.repeat(64)],
  policy: laxDemand,
  round: 2,
};

describe('a subject', () => {
  it('[R-APPROVAL-1] has the digest of its canonical bytes, in a format that does not change', () => {
    const bytes =
      `{"about":"stage:design","artifacts":[{"path":"design.md","sha256":"${'2'.repeat(64)}"}],` +
      `"first":"${'1'.repeat(64)}",` +
      '"policy":{"approvers":1,"level":"recorded","risk":"low","separation":false,"track":"standard"},' +
      `"round":2,"upstream":["${'3'.repeat(64)}","${'4'.repeat(64)}"],"v":1}`;
    expect(subjectDigest(subject)).toBe(sha256(bytes));
    expect(subjectDigest(subject)).toBe('ff3605bee37ebaaeaa15fdf5501993c97c5e58b9d2ed71e339f4f83315faae00');
  });

  it('[R-RULE-6] has a content digest that leaves out round and policy, in a format that does not change', () => {
    expect(contentDigest(subject)).toBe('c0fb94fafc410811e382dba243d208a5e09b22a408a1db86d8c23939c7866a3a');
    expect(contentDigest(subject)).toBe(
      naiveContentDigest(subject.first, subject.about, subject.artifacts, subject.upstream),
    );
    const again = { ...subject, round: 7, policy: { ...laxDemand, approvers: 3 } };
    expect(contentDigest(again)).toBe(contentDigest(subject));
    expect(subjectDigest(again)).not.toBe(subjectDigest(subject));
  });

  it('[R-APPROVAL-1] gets another digest when anything in it changes', () => {
    const changed: Subject[] = [
      { ...subject, first: '0'.repeat(64) },
      { ...subject, about: 'stage:build' },
      { ...subject, artifacts: [] },
      { ...subject, artifacts: [{ path: 'design.txt', sha256: '2'.repeat(64) }] },
      { ...subject, artifacts: [{ path: 'design.md', sha256: '5'.repeat(64) }] },
      { ...subject, upstream: [...subject.upstream].reverse() },
      { ...subject, upstream: [] },
    ];
    expect(new Set([subject, ...changed].map(contentDigest)).size).toBe(changed.length + 1);
    expect(new Set([subject, ...changed].map(subjectDigest)).size).toBe(changed.length + 1);
  });

  it.each([
    'stage:design',
    'change:3',
    'deploy:prod',
    'deviation:DEV-1',
    'drift:modules/vpc/main.tf',
    'track:light',
    'risk:low',
    'policy:gates.default',
    'check:CHK-1',
    'break-glass:2026-01-05',
    `stage:${'a'.repeat(128)}`,
  ])('may be about %s', (about) => {
    expect(ABOUT.test(about)).toBe(true);
    expect(subjectSchema.safeParse({ ...subject, about }).success).toBe(true);
  });

  it.each([
    'design',
    'stage:',
    'stage:-x',
    'xstage:design',
    'stage:a b',
    'stage:a\n',
    `stage:${'a'.repeat(129)}`,
    'Stage:a',
  ])('is never about %j', (about) => {
    expect(subjectSchema.safeParse({ ...subject, about }).success).toBe(false);
  });

  it.each([
    ['another version', { v: 2 }],
    ['no identity', { first: 'vlan' }],
    ['round zero', { round: 0 }],
    ['half a round', { round: 1.5 }],
    ['an artifact without a path', { artifacts: [{ path: '', sha256: '2'.repeat(64) }] }],
    ['an artifact without a hash', { artifacts: [{ path: 'a', sha256: 'x' }] }],
    ['an artifact with more', { artifacts: [{ path: 'a', sha256: '2'.repeat(64), size: 1 }] }],
    ['upstream that is no digest', { upstream: ['x'] }],
    ['nobody to approve', { policy: { ...laxDemand, approvers: 0 } }],
    ['more than a demand', { policy: { ...laxDemand, note: '' } }],
    ['more members', { note: 'x' }],
  ])('with %s is none', (_name, change) => {
    expect(subjectSchema.safeParse(subject).success).toBe(true);
    expect(subjectSchema.safeParse({ ...subject, ...change }).success).toBe(false);
  });

  it('[R-APPROVAL-2] can be named by any prefix of 12 to 64 hex digits', () => {
    const digest = subjectDigest(subject);
    for (const length of [12, 13, 40, 64]) expect(DIGEST_PREFIX.test(digest.slice(0, length))).toBe(true);
    for (const text of [digest.slice(0, 11), `${digest}0`, digest.slice(0, 12).toUpperCase().replace(/\d/g, 'A'), ''])
      expect(DIGEST_PREFIX.test(text)).toBe(false);
    expect(short(digest)).toBe(digest.slice(0, 12));
  });
});
