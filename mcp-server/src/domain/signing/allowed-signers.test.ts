import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, makeKey, openSshAccepts, signWith } from '../../../../test/helpers/openssh.ts';
import { readAllowedSigners, signerFor } from './allowed-signers.ts';
import { readRevokedKeys } from './revoked-keys.ts';

const MESSAGE = '{"decision":"approve"}';
const NAMESPACE = 'countersign-approval-v1';
const NOON = Date.UTC(2026, 5, 15, 12);
let folder: string;
let ada: KeyPair;
let other: KeyPair;
let signature: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-signers-'));
  ada = makeKey(folder, 'ada', 'ed25519');
  other = makeKey(folder, 'other', 'ed25519');
  signature = signWith(ada, MESSAGE, NAMESPACE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Case {
  signers: string;
  principal?: string;
  at?: number;
}

const ours = ({ signers, principal = 'ada@example.org', at = NOON }: Case) =>
  !(
    'problem' in
    signerFor(readAllowedSigners(signers).signers, {
      key: ada.public.split(' ')[1]!,
      principal,
      namespace: NAMESPACE,
      at,
    })
  );

const theirs = ({ signers, principal = 'ada@example.org', at = NOON }: Case) =>
  openSshAccepts(folder, { armored: signature, message: MESSAGE, namespace: NAMESPACE, principal, signers, at });

/** A line with the key in place of KEY, and of OTHER another person's. */
const filled = (line: string) => line.replaceAll('KEY', ada.public).replaceAll('OTHER', other.public);

describe('allowed signers, beside ssh-keygen -Y verify', () => {
  it.each<[string, string, boolean, Partial<Case>?]>([
    ['a plain line', 'ada@example.org KEY\n', true],
    ['a comment after the key', 'ada@example.org KEY Ada of the networks\n', true],
    ['comments and empty lines around', '# who\n\n  # more\nada@example.org KEY\n', true],
    ['carriage returns', '# who\r\nada@example.org namespaces="countersign-approval-v1" KEY ada\r\n', true],
    ['no line feed at the end', 'ada@example.org KEY', true],
    ['somebody else\u2019s line', 'bob@example.org KEY\n', false],
    ["another key on the person's line", 'ada@example.org OTHER\n', false],
    ['several principals', 'bob@example.org,ada@example.org KEY\n', true],
    ['a wildcard', '*@example.org KEY\n', true],
    ['a question mark', 'a?a@example.org KEY\n', true],
    ['a wildcard of another domain', '*@example.com KEY\n', false],
    ['an excluded principal after a wildcard', '*@example.org,!ada@example.org KEY\n', false],
    ['an excluded principal before a wildcard', '!ada@example.org,*@example.org KEY\n', false],
    ['only an exclusion', '!bob@example.org KEY\n', false],
    ['quoted principals', '"ada@example.org,bob@example.org" KEY\n', true],
    ['our namespace', 'ada@example.org namespaces="countersign-approval-v1" KEY\n', true],
    ['our namespace among others', 'ada@example.org namespaces="git,countersign-approval-v1" KEY\n', true],
    ['a namespace by wildcard', 'ada@example.org namespaces="countersign-*" KEY\n', true],
    ['another namespace', 'ada@example.org namespaces="git" KEY\n', false],
    ['an excluded namespace', 'ada@example.org namespaces="*,!countersign-approval-v1" KEY\n', false],
    ['an option in capitals', 'ada@example.org NAMESPACES="countersign-approval-v1" KEY\n', true],
    ['an option given twice', 'ada@example.org namespaces="git",namespaces="countersign-approval-v1" KEY\n', false],
    ['an option nobody knows', 'ada@example.org no-port-forwarding KEY\n', false],
    ['valid before a later day', 'ada@example.org valid-before="20260616Z" KEY\n', true],
    ['valid before that day', 'ada@example.org valid-before="20260615Z" KEY\n', false],
    ['valid before that very second', 'ada@example.org valid-before="20260615120000Z" KEY\n', true],
    ['valid before the second before', 'ada@example.org valid-before="20260615115959Z" KEY\n', false],
    ['valid after that very second', 'ada@example.org valid-after="20260615120000Z" KEY\n', true],
    ['valid after the next second', 'ada@example.org valid-after="20260615120001Z" KEY\n', false],
    ['a time without seconds', 'ada@example.org valid-after="202606151200" KEY\n', true],
    ['a span', 'ada@example.org valid-after="20260101Z",valid-before="20261231Z" KEY\n', true],
    ['a span turned round', 'ada@example.org valid-after="20261231Z",valid-before="20260101Z" KEY\n', false],
    ['a month that does not exist', 'ada@example.org valid-before="20261399Z" KEY\n', false],
    ['a time that is none', 'ada@example.org valid-before="tomorrow" KEY\n', false],
    ['a certificate authority', 'ada@example.org cert-authority KEY\n', false],
    ['a type that is not the key\u2019s', `ada@example.org KEY\n`.replace('KEY', 'ssh-rsa BLOB'), false],
    ['no key', 'ada@example.org\n', false],
    ['a broken line before a good one', 'ada@example.org what ever KEY\nada@example.org KEY\n', true],
    [
      'rotation: the old key expired, the new one is there',
      'ada@example.org valid-before="20260101Z" KEY\nada@example.org OTHER\n',
      false,
    ],
    [
      'two lines for one key, one of them expired',
      'ada@example.org valid-before="20260101Z" KEY\nada@example.org KEY\n',
      true,
    ],
  ])('[R-SIGN-3] %s', (_, line, expected, more = {}) => {
    const signers = filled(line).replace('BLOB', ada.public.split(' ')[1]!);
    expect({ ours: ours({ signers, ...more }), ssh: theirs({ signers, ...more }) }).toEqual({
      ours: expected,
      ssh: expected,
    });
  });

  it.each<[string, string, boolean]>([
    ['the key', 'KEY', true],
    ['the key among others, with comments and carriage returns', '# gone\r\nOTHER bob\r\nKEY ada\r\n', true],
    ['only another key', 'OTHER\n', false],
    ['nothing', '\n', false],
  ])('[R-SIGN-4] a list of revoked keys with %s', (_, list, gone) => {
    const revoked = filled(list);
    const asked = {
      armored: signature,
      message: MESSAGE,
      namespace: NAMESPACE,
      principal: 'ada@example.org',
      at: NOON,
    };
    expect(readRevokedKeys(revoked).keys.has(ada.public.split(' ')[1]!)).toBe(gone);
    expect(openSshAccepts(folder, { ...asked, signers: filled('ada@example.org KEY\n'), revoked })).toBe(!gone);
  });

  it('[R-SIGN-4] a line of that list that cannot be read, or a binary list, is a problem', () => {
    expect(readRevokedKeys('SSHKRL\n\u0000').problems).toHaveLength(1);
    expect(readRevokedKeys(filled('KEY\nssh-ed25519\n')).problems).toEqual([
      { line: 2, message: 'expected: key-type key' },
    ]);
  });

  it('[R-SIGN-3] any mix of patterns is judged as ssh-keygen judges it', () => {
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '@', '*', '?', '.'), minLength: 1, maxLength: 6 });
    const list = fc.array(fc.tuple(fc.boolean(), pattern), { minLength: 1, maxLength: 3 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '@', '.'), minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(list, name, (patterns, principal) => {
        const named = patterns.map(([not, one]) => `${not ? '!' : ''}${one}`).join(',');
        const signers = `${named} ${ada.public}\n`;
        expect([signers, principal, ours({ signers, principal })]).toEqual([
          signers,
          principal,
          theirs({ signers, principal }),
        ]);
      }),
      { numRuns: 60 },
    );
  });

  it('[R-SIGN-3] capital letters in an address make no other person', () => {
    expect(ours({ signers: filled('Ada@Example.org KEY\n') })).toBe(true);
  });

  it('[R-SIGN-3] a line that makes no sense is reported with its number', () => {
    const { signers, problems } = readAllowedSigners(
      filled('ada@example.org KEY\nnonsense\nbob@example.org x=y KEY\n'),
    );
    expect(signers).toHaveLength(1);
    expect(problems).toEqual([
      { line: 2, message: 'expected: principals [options] key-type key' },
      { line: 3, message: 'option x is not known' },
    ]);
  });

  it('[R-SIGN-3] a pattern of many stars against a long name is judged at once', () => {
    const signers = `${'*a'.repeat(2000)}b ${ada.public}\n`;
    expect(ours({ signers, principal: 'a'.repeat(5000) })).toBe(false);
  });
});
