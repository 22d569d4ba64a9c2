import * as crypto from 'node:crypto';

/** Without an object for each hash, where the engine has it (Node 20.12): ledgers have thousands of events. */
const oneShot: ((algorithm: string, data: string | Uint8Array, encoding: 'hex') => string) | undefined = crypto.hash;

/** SHA-256 of bytes, or of a text's UTF-8 bytes, as 64 lower-case hex digits (FIPS 180-4). */
export function sha256(data: string | Uint8Array): string {
  return oneShot?.('sha256', data, 'hex') ?? crypto.createHash('sha256').update(data).digest('hex');
}

/**
 * The hash of an artifact or a delivered text file: SHA-256 of its UTF-8 text without a byte order mark and with LF
 * line ends, so that no checkout setting changes it (docs/ledger.md).
 */
export function contentHash(text: string): string {
  return sha256(normaliseText(text));
}

/** The text that is hashed: no byte order mark, LF line ends. */
export function normaliseText(text: string): string {
  const bare = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return bare.includes('\r') ? bare.replace(/\r\n?/g, '\n') : bare;
}

/** As hashes are printed. */
export const short = (hash: string) => hash.slice(0, 12);
