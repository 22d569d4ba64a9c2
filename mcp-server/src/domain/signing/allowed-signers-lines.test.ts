import { describe, expect, it } from 'vitest';
import { type AllowedSigner, readAllowedSigners, signerFor } from './allowed-signers.ts';
import { toBase64 } from './base64.ts';
import { wireStrings } from './wire.ts';

/** A key of a type as its line has it: no signature is made with it here. */
const keyOf = (type: string, name = 'ada') => toBase64(wireStrings(type, name));
const ADA = keyOf('ssh-ed25519');
const BOB = keyOf('ssh-ed25519', 'bob');
const LINE = `ssh-ed25519 ${ADA}`;

const signer = (more: Partial<AllowedSigner> = {}): AllowedSigner => ({
  principals: ['ada@example.org'],
  keyType: 'ssh-ed25519',
  key: ADA,
  namespaces: null,
  validAfter: null,
  validBefore: null,
  authority: false,
  line: 1,
  ...more,
});

describe('a line of allowed signers', () => {
  it.each<[string, Partial<AllowedSigner>]>([
    [`ada@example.org ${LINE}`, {}],
    [`\ufeff \tada@example.org\t${LINE} Ada "of the\tnetworks"  `, {}],
    [`,ada@example.org,,*@b,!c?, ${LINE}`, { principals: ['ada@example.org', '*@b', '!c?'] }],
    [`"Ada Lovelace,b" ${LINE}`, { principals: ['Ada Lovelace', 'b'] }],
    [`"a\\"d\\\\a" ${LINE}`, { principals: ['a"d\\a'] }],
    [`ada@example.org cert-authority ${LINE}`, { authority: true }],
    [`ada@example.org CERT-Authority ${LINE}`, { authority: true }],
    [`ada@example.org namespaces=git ${LINE}`, { namespaces: ['git'] }],
    [`ada@example.org namespaces="git,a=b, c\\"d" ${LINE}`, { namespaces: ['git', 'a=b', ' c"d'] }],
    [`ada@example.org valid-after=20260102 ${LINE}`, { validAfter: Date.UTC(2026, 0, 2) }],
    [`ada@example.org valid-before=202601020304Z ${LINE}`, { validBefore: Date.UTC(2026, 0, 2, 3, 4) }],
    [`ada@example.org VALID-After=20260102030405z ${LINE}`, { validAfter: Date.UTC(2026, 0, 2, 3, 4, 5) }],
    [
      `ada@example.org cert-authority,namespaces="git,ssh",valid-after="20260101Z",valid-before="20260101Z" ${LINE}`,
      {
        authority: true,
        namespaces: ['git', 'ssh'],
        validAfter: Date.UTC(2026, 0, 1),
        validBefore: Date.UTC(2026, 0, 1),
      },
    ],
    ...[
      'ssh-rsa',
      'ssh-dss',
      'ecdsa-sha2-nistp256',
      'ecdsa-sha2-nistp521',
      'sk-ssh-ed25519@openssh.com',
      'sk-ecdsa-sha2-nistp256@openssh.com',
    ].map((keyType): [string, Partial<AllowedSigner>] => [
      `ada@example.org ${keyType} ${keyOf(keyType)}`,
      { keyType, key: keyOf(keyType) },
    ]),
  ])('[R-SIGN-3] is read whole: %j', (text, more) => {
    expect(readAllowedSigners(text)).toEqual({ signers: [signer(more)], problems: [] });
  });

  const shape = 'expected: principals [options] key-type key';
  it.each<[string, string]>([
    ['nonsense', shape],
    ['ada@example.org ssh-ed25519', shape],
    [`"" ${LINE}`, shape],
    [`,, ${LINE}`, shape],
    [`ada@example.org git what ${LINE}`, shape],
    [`ada@example.org x-ssh-ed25519 ${ADA}`, shape],
    [`ada@example.org ssh-ed25519-x ${ADA}`, shape],
    [`ada@example.org ecdsa-sha2-nistp ${ADA}`, shape],
    ['ada@example.org ssh-ed25519 AAAA!', 'the key is not base64'],
    ['ada@example.org ssh-ed25519 AAAAC3Nz', 'the key is not of type ssh-ed25519'],
    [`ada@example.org ssh-rsa ${ADA}`, 'the key is not of type ssh-rsa'],
    [`ada@example.org no-pty ${LINE}`, 'option no-pty is not known'],
    [`ada@example.org git,Other=x,cert-authority ${LINE}`, 'option git is not known'],
    [`ada@example.org namespaces=a,cert-authority,Namespaces=b ${LINE}`, 'option namespaces is given twice'],
    [`ada@example.org valid-after=2026 ${LINE}`, 'valid-after is not YYYYMMDD[HHMM[SS]][Z]'],
    [`ada@example.org valid-before ${LINE}`, 'valid-before is not YYYYMMDD[HHMM[SS]][Z]'],
    ...['x20260101', '20260101x', '2026010112', '20260230', '20260101250000', '202601011260', '20260101120060'].map(
      (time): [string, string] => [
        `ada@example.org Valid-Before="${time}" ${LINE}`,
        'Valid-Before is not YYYYMMDD[HHMM[SS]][Z]',
      ],
    ),
    [`ada@example.org valid-after=20260102,valid-before=20260101 ${LINE}`, 'valid-after is later than valid-before'],
  ])('[R-SIGN-3] counts for nothing and says why: %j', (text, message) => {
    // The lines around it are read all the same, and comments are counted.
    expect(readAllowedSigners(`# who\r\n  # more\r\n${text}\nada@example.org ${LINE}`)).toEqual({
      signers: [signer({ line: 4 })],
      problems: [{ line: 3, message }],
    });
  });
});

describe('the line that lets a key sign', () => {
  const FROM = Date.UTC(2026, 0, 1);
  const TO = Date.UTC(2026, 0, 2);
  const all = [
    signer({ key: BOB, principals: ['bob@*', '!bob@evil.org'], line: 2 }),
    signer({ authority: true, line: 3 }),
    signer({ namespaces: ['git*', '!git-x'], validAfter: FROM, validBefore: TO, line: 4 }),
    signer({ namespaces: ['git'], validAfter: TO + 1, line: 5 }),
  ];
  const asked = (more: Partial<Parameters<typeof signerFor>[1]>, signers = all) => {
    const found = signerFor(signers, { key: ADA, principal: 'ADA@Example.org', namespace: 'git', at: FROM, ...more });
    return 'problem' in found ? found.problem : found.line;
  };

  it.each<[string, number | string, Partial<Parameters<typeof signerFor>[1]>]>([
    ['at the first moment', 4, {}],
    ['at the last moment', 4, { at: TO }],
    ['by a later line once the first is over', 5, { at: TO + 1 }],
    ['before its time', 'the key was not valid at that time', { at: FROM - 1 }],
    ['in a namespace that only one line names', 4, { namespace: 'git-y', at: TO }],
    ['too late in that namespace', 'the key was not valid at that time', { namespace: 'git-y', at: TO + 1 }],
    ['in an excluded namespace', 'the key is not allowed in the namespace git-x', { namespace: 'git-x' }],
    ['in another namespace', 'the key is not allowed in the namespace ssh', { namespace: 'ssh' }],
    ['in a namespace of other letters', 'the key is not allowed in the namespace GIT', { namespace: 'GIT' }],
    ['for somebody else', 'the key does not sign for bob@example.org', { principal: 'bob@example.org' }],
    ['for whom a pattern names', 2, { key: BOB, principal: 'Bob@example.org' }],
    ['for whom it excludes', 'the key does not sign for bob@EVIL.org', { key: BOB, principal: 'bob@EVIL.org' }],
    ['by a key nobody listed', 'the key is not among the allowed signers', { key: keyOf('ssh-rsa') }],
  ])('[R-SIGN-3] is found or says why not: %s', (_, expected, more) => expect(asked(more)).toBe(expected));

  it('[R-SIGN-3] is never the line of a certificate authority', () => {
    expect(asked({}, all.slice(0, 2))).toBe('the key is not among the allowed signers');
  });

  it.each<[pattern: string, name: string, boolean]>([
    ['', '', true],
    ['', 'a', false],
    ['a', '', false],
    ['*', '', true],
    ['**', 'ab', true],
    ['?', '', false],
    ['?', 'ab', false],
    ['a*', 'a', true],
    ['*a', 'ba', true],
    ['*a', 'ab', false],
    ['a*b*c', 'a1b2bc', true],
    ['a*b*c', 'acb', false],
    ['a*?c', 'abc', true],
    ['a*?c', 'ac', false],
    ['*ab', 'aab', true],
    ['ab', 'abc', false],
    ['abc', 'ab', false],
  ])('[R-SIGN-3] a pattern %j names %j: %s', (pattern, principal, named) => {
    expect(asked({ principal }, [signer({ principals: [pattern] })]) === 1).toBe(named);
  });
});
