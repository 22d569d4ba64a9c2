import { describe, expect, it } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';
import { readRevokedKeys } from './revoked-keys.ts';
import { readSshSignature, signedData } from './sshsig.ts';
import { WireReader, wireStrings } from './wire.ts';

const bytes = (...numbers: number[]) => Uint8Array.from(numbers);
const ascii = (text: string) => new TextEncoder().encode(text);

describe('base64', () => {
  it.each([
    ['', []],
    ['AAEC/w==', [0, 1, 2, 255]],
    ['AA\nEC /w==\t', [0, 1, 2, 255]],
  ])('%j is read as %j', (text, expected) => {
    expect(fromBase64(text)).toEqual(bytes(...expected));
    expect(toBase64(bytes(...expected))).toBe(text.replace(/\s/g, ''));
  });

  it.each(['A', 'AA=', 'AA===', 'A-_A', '=AAA', 'AA=A', 'é==='])('%j is none', (text) =>
    expect(fromBase64(text)).toBeUndefined(),
  );
});

describe('SSH wire format', () => {
  it('has strings with their lengths before them', () => {
    expect(wireStrings('ab', '', bytes(7))).toEqual(bytes(0, 0, 0, 2, 97, 98, 0, 0, 0, 0, 0, 0, 0, 1, 7));
    expect(wireStrings()).toEqual(bytes());
  });

  it('is read in order, to its end', () => {
    const reader = new WireReader(bytes(0x80, 1, 2, 3, 0, 0, 0, 1, 65, 9));
    expect(reader.uint32()).toBe(0x80010203);
    expect(reader.text()).toBe('A');
    expect(reader.done).toBe(false);
    expect(reader.take(1)).toEqual(bytes(9));
    expect(reader.done).toBe(true);
    expect(reader.take(0)).toEqual(bytes());
  });

  it('refuses data that ends early, a negative length, and text that is no UTF-8', () => {
    expect(() => new WireReader(bytes(1)).take(2)).toThrow(new RangeError('the data ends early'));
    expect(() => new WireReader(bytes(1)).take(-1)).toThrow('the data ends early');
    expect(() => new WireReader(bytes(0, 0, 0, 2, 65)).string()).toThrow('the data ends early');
    expect(() => new WireReader(bytes(0, 0, 0, 1, 255)).text()).toThrow();
  });
});

describe('an SSH signature', () => {
  const key = wireStrings('ssh-ed25519', bytes(1, 2));
  const inner = (algorithm: string, ...rest: number[]) => {
    const head = wireStrings(algorithm, bytes(3, 4));
    return Uint8Array.from([...head, ...rest]);
  };
  const blob = (parts: {
    magic?: string;
    version?: number;
    hash?: string;
    signature?: Uint8Array;
    rest?: number[];
  }): Uint8Array => {
    const { magic = 'SSHSIG', version = 1, hash = 'sha512', signature = inner('ssh-ed25519'), rest = [] } = parts;
    const strings = wireStrings(key, 'countersign-approval-v1', '', hash, signature);
    return Uint8Array.from([...ascii(magic), 0, 0, 0, version, ...strings, ...rest]);
  };
  const armour = (data: Uint8Array, eol = '\n') => {
    const lines = toBase64(data).replace(/.{70}/g, `$&${eol}`);
    return `-----BEGIN SSH SIGNATURE-----${eol}${lines}${eol}-----END SSH SIGNATURE-----${eol}`;
  };
  const expected = {
    publicKey: key,
    keyType: 'ssh-ed25519',
    namespace: 'countersign-approval-v1',
    hash: 'sha512',
    algorithm: 'ssh-ed25519',
    blob: bytes(3, 4),
    sk: null,
  };

  it('is read with its key, namespace, hash and blob, whatever its line ends', () => {
    expect(readSshSignature(armour(blob({})))).toEqual(expected);
    expect(readSshSignature(`\n ${armour(blob({}), '\r\n')}\n`)).toEqual(expected);
    expect(readSshSignature(armour(blob({ hash: 'sha256' })))).toEqual({ ...expected, hash: 'sha256' });
  });

  it('of a security key has flags and a counter', () => {
    const algorithm = 'sk-ssh-ed25519@openssh.com';
    expect(readSshSignature(armour(blob({ signature: inner(algorithm, 5, 0, 0, 1, 2) })))).toEqual({
      ...expected,
      algorithm,
      sk: { flags: 5, counter: 258 },
    });
  });

  it.each([
    ['not an armoured SSH signature', ''],
    ['not an armoured SSH signature', armour(blob({})).replace('-----END', '----END')],
    ['not an armoured SSH signature', `x${armour(blob({}))}`],
    ['not an armoured SSH signature', '-----BEGIN SSH SIGNATURE-----\nABC\n-----END SSH SIGNATURE-----'],
    ['too long for a signature', 'x'.repeat(16_385)],
    ['not an armoured SSH signature', 'x'.repeat(16_384)],
    ['not an SSH signature', armour(blob({ magic: 'SSHSIX' }))],
    ['signature version 2 is not known', armour(blob({ version: 2 }))],
    ['hash md5 is not known', armour(blob({ hash: 'md5' }))],
    ['there is more after the signature', armour(blob({ rest: [1] }))],
    ['there is more inside the signature', armour(blob({ signature: inner('ssh-ed25519', 1) }))],
    ['the data ends early', armour(blob({ signature: inner('sk-x', 1) }))],
    ['the data ends early', armour(ascii('SSHSIG'))],
  ])('is none, because %s', (problem, text) => expect(readSshSignature(text)).toEqual({ problem }));

  it('signs the magic, the namespace, the name of the hash, and the digest', () => {
    const signature = readSshSignature(armour(blob({})));
    if ('problem' in signature) throw new Error(signature.problem);
    expect(signedData(signature, bytes(9))).toEqual(
      Uint8Array.from([...ascii('SSHSIG'), ...wireStrings('countersign-approval-v1', '', 'sha512', bytes(9))]),
    );
  });
});

describe('revoked keys', () => {
  it('are read one a line, whatever stands behind them', () => {
    expect(readRevokedKeys('\ufeff# left\r\n\r\nssh-ed25519 AAEC ann@example.org\n  ssh-rsa  AAED\n')).toEqual({
      keys: new Set(['AAEC', 'AAED']),
      problems: [],
    });
  });

  it('that cannot be read are problems, never silence', () => {
    const message = 'expected: key-type key';
    expect(readRevokedKeys('ssh-ed25519\nssh-ed25519 A\nssh-ed25519 AAEC\nAAEC')).toEqual({
      keys: new Set(['AAEC']),
      problems: [
        { line: 1, message },
        { line: 2, message },
        { line: 4, message },
      ],
    });
    expect(readRevokedKeys('SSHKRL\n\0')).toEqual({
      keys: new Set(),
      problems: [{ line: 1, message: 'a binary revocation list is not read: list public keys, one a line' }],
    });
  });
});
