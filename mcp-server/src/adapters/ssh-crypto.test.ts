import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type KeyPair, makeKey, openSshHolds, signWith } from '../../../test/helpers/openssh.ts';
import { fromBase64, toBase64 } from '../domain/signing/base64.ts';
import { readSshSignature, type SshSignature, signedData } from '../domain/signing/sshsig.ts';
import { wireStrings } from '../domain/signing/wire.ts';
import { signatureHolds } from './ssh-crypto.ts';

const MESSAGE = '{"decision":"approve"}';
const NAMESPACE = 'countersign-approval-v1';
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-crypto-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What this program says of an armoured signature. */
function holds(armored: string, message: string): boolean | undefined {
  const signature = readSshSignature(armored);
  return 'problem' in signature ? false : signatureHolds(signature, message);
}

const armor = (bytes: Uint8Array) =>
  `-----BEGIN SSH SIGNATURE-----\n${toBase64(bytes).replace(/(.{70})/g, '$1\n')}\n-----END SSH SIGNATURE-----\n`;
const bytesOf = (armored: string) => fromBase64(armored.replace(/-----[A-Z ]+-----/g, ''))!;

const KINDS = [
  ['ed25519', undefined],
  ['ecdsa', 256],
  ['ecdsa', 384],
  ['ecdsa', 521],
  ['rsa', 2048],
  ['rsa', 3072],
] as const;

describe.each(KINDS)('a signature by %s %s', (type, bits) => {
  let key: KeyPair;
  beforeAll(() => {
    key = makeKey(folder, `${type}-${bits ?? 0}`, type, bits);
  });

  it.each(['sha256', 'sha512'])('[R-SIGN-1] holds over its message hashed with %s, as for ssh-keygen', (hash) => {
    const armored = signWith(key, MESSAGE, NAMESPACE, hash);
    expect(holds(armored, MESSAGE)).toBe(true);
    expect(openSshHolds(folder, armored, MESSAGE, NAMESPACE)).toBe(true);
    expect(holds(armored, `${MESSAGE} `)).toBe(false);
  });

  it('[R-SIGN-2] holds for nobody when a byte of it was changed, as for ssh-keygen', () => {
    const bytes = bytesOf(signWith(key, MESSAGE, NAMESPACE));
    const places = Array.from({ length: 12 }, (_, step) => Math.floor((step * (bytes.length - 1)) / 11));
    for (const place of places) {
      const tampered = armor(bytes.map((byte, at) => (at === place ? byte ^ 0x01 : byte)));
      const ours = readSshSignature(tampered);
      // Another namespace in the bytes is a signature for another purpose: who asks compares it.
      const ourAnswer = !('problem' in ours) && ours.namespace === NAMESPACE && signatureHolds(ours, MESSAGE) === true;
      expect([place, ourAnswer]).toEqual([place, openSshHolds(folder, tampered, MESSAGE, NAMESPACE)]);
      expect(ourAnswer).toBe(false);
    }
  });

  it('[R-SIGN-2] made for another namespace says so', () => {
    const signature = readSshSignature(signWith(key, MESSAGE, 'git')) as SshSignature;
    expect(signature.namespace).toBe('git');
    expect(signatureHolds(signature, MESSAGE)).toBe(true);
    expect(signatureHolds({ ...signature, namespace: NAMESPACE }, MESSAGE)).toBe(false);
  });
});

describe('a signature that is put together here', () => {
  /** As `ssh-keygen -Y sign` does it (OpenSSH PROTOCOL.sshsig). */
  function made(kind: 'ed25519' | 'rsa', hash: 'sha256' | 'sha512'): string {
    const digest = createHash(hash).update(MESSAGE).digest();
    const data = signedData({ namespace: NAMESPACE, hash } as SshSignature, digest);
    const outer = (publicKey: Uint8Array, algorithm: string, blob: Uint8Array) =>
      armor(
        Buffer.concat([
          Buffer.from('SSHSIG\0\0\0\x01', 'latin1'),
          wireStrings(publicKey, NAMESPACE, '', hash, wireStrings(algorithm, blob)),
        ]),
      );
    if (kind === 'ed25519') {
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const point = Buffer.from(publicKey.export({ format: 'jwk' }).x!, 'base64url');
      return outer(wireStrings('ssh-ed25519', point), 'ssh-ed25519', sign(null, data, privateKey));
    }
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const { n, e } = publicKey.export({ format: 'jwk' });
    const modulus = Buffer.concat([Buffer.from([0]), Buffer.from(n!, 'base64url')]);
    return outer(
      wireStrings('ssh-rsa', Buffer.from(e!, 'base64url'), modulus),
      `rsa-sha2-${hash.slice(3)}`,
      sign(hash, data, privateKey),
    );
  }

  it.each([
    ['ed25519', 'sha256'],
    ['ed25519', 'sha512'],
    ['rsa', 'sha256'],
    ['rsa', 'sha512'],
  ] as const)('[R-SIGN-1] by %s over %s holds for ssh-keygen, as it does here', (kind, hash) => {
    const armored = made(kind, hash);
    expect(openSshHolds(folder, armored, MESSAGE, NAMESPACE)).toBe(true);
    expect(holds(armored, MESSAGE)).toBe(true);
    expect(openSshHolds(folder, armored, `${MESSAGE} `, NAMESPACE)).toBe(false);
    expect(holds(armored, `${MESSAGE} `)).toBe(false);
  });
});

describe('a security key', () => {
  /** A signature as a FIDO authenticator and OpenSSH make it (OpenSSH PROTOCOL.u2f), with the key in software. */
  function synthesise(kind: 'ed25519' | 'ecdsa', flags: number): string {
    const application = 'ssh:';
    let keyType: string;
    let publicKey: Uint8Array;
    let privateKey: KeyObject;
    if (kind === 'ed25519') {
      const pair = generateKeyPairSync('ed25519');
      keyType = 'sk-ssh-ed25519@openssh.com';
      publicKey = wireStrings(
        keyType,
        Buffer.from(pair.publicKey.export({ format: 'jwk' }).x!, 'base64url'),
        application,
      );
      privateKey = pair.privateKey;
    } else {
      const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x, y } = pair.publicKey.export({ format: 'jwk' });
      const point = Buffer.concat([Buffer.from([4]), Buffer.from(x!, 'base64url'), Buffer.from(y!, 'base64url')]);
      keyType = 'sk-ecdsa-sha2-nistp256@openssh.com';
      publicKey = wireStrings(keyType, 'nistp256', point, application);
      privateKey = pair.privateKey;
    }
    const middle = Buffer.from([flags, 0, 0, 0, 7]);
    const sha = (data: string | Uint8Array) => createHash('sha256').update(data).digest();
    const digest = createHash('sha512').update(MESSAGE).digest();
    const data = signedData({ namespace: NAMESPACE, hash: 'sha512' } as SshSignature, digest);
    const covered = Buffer.concat([sha(application), middle, sha(data)]);
    const blob =
      kind === 'ed25519'
        ? sign(null, covered, privateKey)
        : integers(sign('sha256', covered, { key: privateKey, dsaEncoding: 'ieee-p1363' }));
    const inner = Buffer.concat([wireStrings(keyType, blob), middle]);
    const version = Buffer.from([0, 0, 0, 1]);
    return armor(
      Buffer.concat([Buffer.from('SSHSIG'), version, wireStrings(publicKey, NAMESPACE, '', 'sha512', inner)]),
    );
  }

  /** r and s as SSH integers: a zero byte before a set top bit (RFC 4251 section 5). */
  function integers(pair: Buffer): Uint8Array {
    const positive = (part: Buffer) => {
      const digits = part.subarray(part.findIndex((byte) => byte !== 0));
      return digits[0]! >= 0x80 ? Buffer.concat([Buffer.from([0]), digits]) : digits;
    };
    return wireStrings(positive(pair.subarray(0, 32)), positive(pair.subarray(32)));
  }

  it.each(['ed25519', 'ecdsa'] as const)(
    '[R-SIGN-1] of kind %s holds when it was touched, as for ssh-keygen',
    (kind) => {
      const armored = synthesise(kind, 1);
      expect(openSshHolds(folder, armored, MESSAGE, NAMESPACE)).toBe(true);
      expect(holds(armored, MESSAGE)).toBe(true);
      expect(holds(armored, 'something else')).toBe(false);
    },
  );

  it.each(['ed25519', 'ecdsa'] as const)('[R-SIGN-2] of kind %s proves no person when nobody touched it', (kind) => {
    expect(holds(synthesise(kind, 0), MESSAGE)).toBe(false);
  });
});

describe('what is no signature', () => {
  it.each([
    ['nothing', ''],
    ['an empty armour', '-----BEGIN SSH SIGNATURE-----\n\n-----END SSH SIGNATURE-----'],
    ['a PGP signature', '-----BEGIN PGP SIGNATURE-----\niQ==\n-----END PGP SIGNATURE-----'],
    ['bytes of something else', armor(Buffer.from('SSHKEY and more'))],
    ['a length that points beyond the end', armor(Buffer.from('SSHSIG\0\0\0\x01\xff\xff\xff\xff', 'latin1'))],
    ['a megabyte', `-----BEGIN SSH SIGNATURE-----\n${'A'.repeat(1 << 20)}\n-----END SSH SIGNATURE-----`],
  ])('[R-SIGN-2] %s is a problem, not an exception', (_, text) => {
    expect(readSshSignature(text)).toHaveProperty('problem');
  });

  it('[R-SIGN-1] carriage returns in the armour change nothing', () => {
    const key = makeKey(folder, 'crlf', 'ed25519');
    const armored = signWith(key, MESSAGE, NAMESPACE).replace(/\n/g, '\r\n');
    expect(holds(armored, MESSAGE)).toBe(true);
  });

  it('[R-SIGN-2] a hash that is not known, or more behind the signature, is refused', () => {
    const key = makeKey(folder, 'odd', 'ed25519');
    const bytes = Buffer.from(bytesOf(signWith(key, MESSAGE, NAMESPACE)));
    const at = bytes.indexOf('sha512');
    bytes.write('sha384', at);
    expect(readSshSignature(armor(bytes))).toEqual({ problem: 'hash sha384 is not known' });
    bytes.write('sha512', at);
    expect(readSshSignature(armor(Buffer.concat([bytes, Buffer.from([0])])))).toHaveProperty('problem');
  });
});
