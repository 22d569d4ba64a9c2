import { fromBase64 } from './base64.ts';
import { WireReader, wireStrings } from './wire.ts';

/** A signature as `ssh-keygen -Y sign` writes it (OpenSSH PROTOCOL.sshsig). */
export interface SshSignature {
  /** The public key's wire blob. */
  publicKey: Uint8Array;
  keyType: string;
  namespace: string;
  hash: 'sha256' | 'sha512';
  /** Signature algorithm, such as `ssh-ed25519` or `rsa-sha2-512`. */
  algorithm: string;
  /** The algorithm's own signature blob. */
  blob: Uint8Array;
  /** Security keys add flags and a counter. */
  sk: { flags: number; counter: number } | null;
}

const MAGIC = new TextEncoder().encode('SSHSIG');
const ARMOR = /^-----BEGIN SSH SIGNATURE-----\r?\n([A-Za-z0-9+/=\r\n]+)\r?\n-----END SSH SIGNATURE-----\s*$/;

/** Reads an armoured signature. Total: what is not one gives the reason. */
export function readSshSignature(armored: string): SshSignature | { problem: string } {
  if (armored.length > 16_384) return { problem: 'too long for a signature' };
  const body = ARMOR.exec(armored.trim())?.[1];
  const bytes = body === undefined ? undefined : fromBase64(body);
  if (bytes === undefined) return { problem: 'not an armoured SSH signature' };
  try {
    return readBlob(new WireReader(bytes));
  } catch (error) {
    return { problem: (error as Error).message };
  }
}

function readBlob(reader: WireReader): SshSignature | { problem: string } {
  if (!equal(reader.take(MAGIC.length), MAGIC)) return { problem: 'not an SSH signature' };
  const version = reader.uint32();
  if (version !== 1) return { problem: `signature version ${version} is not known` };
  const publicKey = reader.string();
  const namespace = reader.text();
  reader.string(); // reserved
  const hash = reader.text();
  const inner = new WireReader(reader.string());
  if (!reader.done) return { problem: 'there is more after the signature' };
  if (hash !== 'sha256' && hash !== 'sha512') return { problem: `hash ${hash} is not known` };
  const algorithm = inner.text();
  const blob = inner.string();
  const sk = algorithm.startsWith('sk-') ? { flags: inner.take(1)[0]!, counter: inner.uint32() } : null;
  if (!inner.done) return { problem: 'there is more inside the signature' };
  return { publicKey, keyType: new WireReader(publicKey).text(), namespace, hash, algorithm, blob, sk };
}

/** The bytes that were really signed: magic, namespace, reserved, hash name and the message's digest. */
export function signedData(signature: SshSignature, messageDigest: Uint8Array): Uint8Array {
  const rest = wireStrings(signature.namespace, '', signature.hash, messageDigest);
  const result = new Uint8Array(MAGIC.length + rest.length);
  result.set(MAGIC);
  result.set(rest, MAGIC.length);
  return result;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}
