import { describe, expect, it } from 'vitest';
import { sha256 } from '../hash.ts';
import { LEVELS } from './level.ts';
import { type Statement, statementBytes, statementSchema } from './statement.ts';

const statement: Statement = {
  v: 1,
  subject: 'a'.repeat(64),
  decision: 'approve',
  approver: { name: 'Grace', email: 'grace@example.org' },
  seen: ['b'.repeat(64)],
  nonce: '0123456789abcdef',
  at: '2026-01-05T09:00:00.000Z',
  comment: 'two reviewers, \u20ac 200 at most',
};

describe('a statement', () => {
  it('[R-APPROVAL-3] has exact bytes in a format that does not change', () => {
    const bytes =
      '{"approver":{"email":"grace@example.org","name":"Grace"},"at":"2026-01-05T09:00:00.000Z",' +
      '"comment":"two reviewers, \u20ac 200 at most","decision":"approve","nonce":"0123456789abcdef",' +
      `"seen":["${'b'.repeat(64)}"],"subject":"${'a'.repeat(64)}","v":1}`;
    expect(statementBytes(statement)).toBe(bytes);
    expect(sha256(statementBytes(statement))).toBe('c63d63033fb840e90f53a904e10bf02f48593d3e54d5081fb630e1ab4dc3f31d');
  });

  it('[R-APPROVAL-3] needs no e-mail address', () => {
    const { email: _, ...approver } = statement.approver;
    expect(statementSchema.parse({ ...statement, approver })).toEqual({ ...statement, approver });
  });

  it.each([
    ['another version', { v: 2 }],
    ['no subject', { subject: 'design' }],
    ['no decision', { decision: 'maybe' }],
    ['nobody', { approver: { name: '' } }],
    ['an approver with more', { approver: { name: 'G', key: 'x' } }],
    ['a guessable nonce', { nonce: '0123456789abcde' }],
    ['what was seen not being events', { seen: ['x'] }],
    ['no time', { at: 'today' }],
    ['more members', { level: 'signed' }],
  ])('with %s is none', (_name, change) => {
    expect(statementSchema.safeParse(statement).success).toBe(true);
    expect(statementSchema.safeParse({ ...statement, ...change }).success).toBe(false);
  });
});

it('[R-APPROVAL-4] levels are ordered, weakest first', () => {
  expect(LEVELS).toEqual(['void', 'recorded', 'hosted', 'signed', 'external']);
});
