import { fromBase64, toBase64 } from './base64.ts';

/** Keys that count for nothing any more, beside the signers in the user's repository. */
export const REVOKED_FILE = 'deliveries/revoked_keys';

/**
 * Reads a list of public keys, one a line, as `ssh-keygen -r` takes it. Every signature by such a key is void, whenever
 * it was made: whoever has the key can write any date. A line that cannot be read is a problem, never silence.
 */
export function readRevokedKeys(text: string): {
  /** Base64 of the keys' wire blobs. */
  keys: Set<string>;
  problems: { line: number; message: string }[];
} {
  const keys = new Set<string>();
  const problems: { line: number; message: string }[] = [];
  if (text.startsWith('SSHKRL'))
    return {
      keys,
      problems: [{ line: 1, message: 'a binary revocation list is not read: list public keys, one a line' }],
    };
  for (const [at, raw] of text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const blob = fromBase64(line.split(/\s+/)[1] ?? '');
    if (blob === undefined || blob.length === 0) problems.push({ line: at + 1, message: 'expected: key-type key' });
    else keys.add(toBase64(blob));
  }
  return { keys, problems };
}
