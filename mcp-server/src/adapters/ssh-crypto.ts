import { createHash, createPublicKey, type JsonWebKey, type KeyObject, verify } from 'node:crypto';
import { type SshSignature, signedData } from '../domain/signing/sshsig.ts';
import { WireReader } from '../domain/signing/wire.ts';

/**
 * Checks an SSH signature's mathematics with Node's own cryptography: a process for each of hundreds of signatures would
 * cost seconds. Held to ssh-keygen's answers by a differential test. Returns undefined for key types it does not know.
 */
export function signatureHolds(signature: SshSignature, message: string): boolean | undefined {
  const digest = createHash(signature.hash).update(message).digest();
  const data = signedData(signature, digest);
  try {
    return checkers[signature.keyType]?.(signature, data);
  } catch {
    // A malformed key or signature blob is a signature that does not hold.
    return false;
  }
}

type Checker = (signature: SshSignature, data: Uint8Array) => boolean;

const checkers: Record<string, Checker> = {
  'ssh-ed25519': (signature, data) =>
    signature.algorithm === 'ssh-ed25519' && verify(null, data, ed25519(signature), signature.blob),
  'ssh-rsa': rsa,
  'ecdsa-sha2-nistp256': ecdsa('P-256', 'sha256', 32),
  'ecdsa-sha2-nistp384': ecdsa('P-384', 'sha384', 48),
  'ecdsa-sha2-nistp521': ecdsa('P-521', 'sha512', 66),
  'sk-ssh-ed25519@openssh.com': (signature, data) =>
    signature.algorithm === signature.keyType &&
    present(signature) &&
    verify(null, skData(signature, data), ed25519(signature), signature.blob),
  'sk-ecdsa-sha2-nistp256@openssh.com': (signature, data) =>
    present(signature) && ecdsa('P-256', 'sha256', 32)(signature, skData(signature, data)),
};

function keyReader(signature: SshSignature): WireReader {
  const reader = new WireReader(signature.publicKey);
  reader.text();
  return reader;
}

function ed25519(signature: SshSignature): KeyObject {
  return key({ kty: 'OKP', crv: 'Ed25519', x: base64url(keyReader(signature).string()) });
}

function ecdsa(curve: string, hash: string, size: number): Checker {
  return (signature, data) => {
    if (signature.algorithm !== signature.keyType) return false;
    const reader = keyReader(signature);
    if (reader.text() !== `nistp${curve.slice('P-'.length)}`) return false;
    const point = reader.string();
    if (point[0] !== 4 || point.length !== 1 + 2 * size) return false;
    const x = base64url(point.subarray(1, 1 + size));
    const y = base64url(point.subarray(1 + size));
    const parts = new WireReader(signature.blob);
    const pair = Buffer.concat([fixed(parts.string(), size), fixed(parts.string(), size)]);
    if (!parts.done) return false;
    return verify(hash, data, { key: key({ kty: 'EC', crv: curve, x, y }), dsaEncoding: 'ieee-p1363' }, pair);
  };
}

function rsa(signature: SshSignature, data: Uint8Array): boolean {
  const hash = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }[signature.algorithm];
  if (hash === undefined) return false;
  const reader = keyReader(signature);
  const e = base64url(bare(reader.string()));
  const n = bare(reader.string());
  // Some signers leave leading zero bytes of the number away.
  return verify(hash, data, key({ kty: 'RSA', e, n: base64url(n) }), fixed(signature.blob, n.length));
}

/** A security key signs the hashes of its application and of the data, with its flags and counter between. */
function skData(signature: SshSignature, data: Uint8Array): Buffer {
  const reader = keyReader(signature);
  if (signature.keyType.startsWith('sk-ecdsa')) reader.text();
  reader.string();
  const application = reader.string();
  const middle = Buffer.alloc(5);
  middle[0] = signature.sk?.flags ?? 0;
  middle.writeUInt32BE(signature.sk?.counter ?? 0, 1);
  return Buffer.concat([
    createHash('sha256').update(application).digest(),
    middle,
    createHash('sha256').update(data).digest(),
  ]);
}

/** The user-present flag: somebody touched the key. */
const present = (signature: SshSignature) => ((signature.sk?.flags ?? 0) & 1) === 1;
/** Few people sign many decisions: a key is made into an object once. */
const keys = new Map<string, KeyObject>();

function key(jwk: JsonWebKey): KeyObject {
  const name = JSON.stringify(jwk);
  let made = keys.get(name);
  if (made === undefined) {
    made = createPublicKey({ key: jwk, format: 'jwk' });
    keys.set(name, made);
  }
  return made;
}

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
/** A number without its leading zero bytes. */
const bare = (bytes: Uint8Array) => bytes.subarray(bytes.findIndex((byte) => byte !== 0));

/** A number in exactly `size` bytes. */
function fixed(bytes: Uint8Array, size: number): Buffer {
  const digits = bare(bytes);
  if (digits.length > size) throw new RangeError('the number is too long');
  return Buffer.concat([Buffer.alloc(size - digits.length), digits]);
}
