import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { eventsOf } from '../ledger/ledger.ts';
import type { AllowedSigner } from '../signing/allowed-signers.ts';
import { NAMESPACE } from '../signing/namespace.ts';
import { assured, type CheckedSignature, levelOf, type Trust } from './assurance.ts';

const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAIA==';
const holds: CheckedSignature = { key: KEY, namespace: NAMESPACE, holds: true };

const signer = (change: Partial<AllowedSigner> = {}): AllowedSigner => ({
  principals: ['grace@example.org'],
  keyType: 'ssh-ed25519',
  key: KEY,
  namespaces: null,
  validAfter: null,
  validBefore: null,
  authority: false,
  line: 1,
  ...change,
});
const trust = (change: Partial<Trust> = {}): Trust => ({ signers: [signer()], from: 'pinned', ...change });

const story = new LedgerBuilder();
const submission = story.submit('stage:design');
const grace = { by: { name: 'Grace', email: 'Grace@example.org' } };
const signed = story.approve(submission, { ...grace, level: 'signed' });
const hosted = story.approve(submission, { ...grace, level: 'hosted' });
const recorded = story.approve(submission, grace);
const now = Date.parse(signed.body.statement.at) + 1000;

describe('what a decision is worth', () => {
  it('[R-APPROVAL-4] is signed by a key that a person accepted, external by one the change cannot alter', () => {
    expect(levelOf(signed, holds, trust(), now)).toEqual({ level: 'signed' });
    expect(levelOf(signed, holds, trust({ from: 'base' }), now)).toEqual({ level: 'external' });
  });

  it('[R-APPROVAL-4] is no more than recorded without a signature, whatever it claims', () => {
    expect(levelOf(recorded, holds, trust(), now)).toEqual({ level: 'recorded' });
    expect(levelOf(hosted, undefined, trust(), now)).toEqual({ level: 'recorded' });
    expect(levelOf(signed, holds, trust({ from: 'nowhere' }), now)).toMatchObject({ level: 'recorded' });
  });

  it.each([
    ['is missing', undefined, {}, 'it claims a signature and has none'],
    ['cannot be read', { problem: 'no armour' }, {}, 'no armour'],
    ['does not hold', { ...holds, holds: false }, {}, 'the signature is not over this statement'],
    ['was made for something else', { ...holds, namespace: 'git' }, {}, 'it was signed for git'],
    ['is of an unknown key', { ...holds, key: 'AAAA' }, {}, 'the key is not among the allowed signers'],
    ['is of someone else', holds, { principals: ['ada@example.org'] }, 'the key does not sign for grace@example.org'],
  ])('is void where the signature %s', (_name, checked, change, problem) => {
    const result = levelOf(signed, checked, trust({ signers: [signer(change)] }), now);
    expect(result).toEqual({ level: 'void', problem });
  });

  it('is void where the key was revoked, whenever it signed', () => {
    const revoked = levelOf(signed, holds, trust({ revoked: new Set([KEY]) }), now);
    expect(revoked.level).toBe('void');
    expect(levelOf(signed, holds, trust({ revoked: new Set(['AAAA']) }), now).level).toBe('signed');
  });

  it('[R-RULE-2] judges a key by the time of the decision only where that time can be believed', () => {
    const given = Date.parse(signed.body.statement.at);
    const expired = [signer({ validBefore: given + 1 })];
    const judged = (held?: ReadonlySet<string>) =>
      levelOf(signed, holds, trust({ signers: expired, ...(held === undefined ? {} : { held }) }), now).level;
    expect(judged()).toBe('signed');
    expect(judged(new Set([signed.id]))).toBe('signed');
    expect(judged(new Set())).toBe('void');
  });

  it('is written into the ledger that the rules then read, and leaves the rest as it is', () => {
    const ledger = story.ledger();
    const { ledger: judged, problems } = assured(ledger, trust(), () => undefined, now);
    expect(problems).toEqual([{ event: signed.id, message: 'it claims a signature and has none', level: 'void' }]);
    expect(eventsOf(judged, 'decided').map((event) => event.body.level)).toEqual(['void', 'recorded', 'recorded']);
    expect(eventsOf(ledger, 'decided').map((event) => event.body.level)).toEqual(['signed', 'hosted', 'recorded']);
    expect(judged.graph.heads).toEqual(ledger.graph.heads);
    expect(judged.first).toBe(ledger.first);
    const fine = new LedgerBuilder();
    fine.approve(fine.submit('stage:design'));
    const plain = fine.ledger();
    expect(assured(plain, trust(), () => undefined, now)).toEqual({ ledger: plain, problems: [] });
  });
});
