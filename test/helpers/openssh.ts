import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The real OpenSSH, as the judge of what is written here a second time. */

export interface KeyPair {
  path: string;
  /** `type base64`, without comment. */
  public: string;
}

export function makeKey(folder: string, name: string, type: string, bits?: number, passphrase = ''): KeyPair {
  const path = join(folder, name);
  const size = bits === undefined ? [] : ['-b', String(bits)];
  execFileSync('ssh-keygen', ['-q', '-t', type, ...size, '-N', passphrase, '-C', name, '-f', path]);
  return { path, public: publicOf(path) };
}

export const publicOf = (path: string) => readFileSync(`${path}.pub`, 'utf8').trim().split(' ').slice(0, 2).join(' ');

/** An armoured signature over a message. */
export function signWith(key: KeyPair, message: string, namespace: string, hash = 'sha512'): string {
  return execFileSync('ssh-keygen', ['-Y', 'sign', '-n', namespace, '-O', `hashalg=${hash}`, '-f', key.path], {
    input: message,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'ignore'],
  });
}

/** Whether the signature is over the message, whoever made it. */
export function openSshHolds(folder: string, armored: string, message: string, namespace: string): boolean {
  const file = join(folder, 'checked.sig');
  writeFileSync(file, armored);
  const args = ['-Y', 'check-novalidate', '-n', namespace, '-s', file];
  return spawnSync('ssh-keygen', args, { input: message }).status === 0;
}

export interface Question {
  armored: string;
  message: string;
  namespace: string;
  principal: string;
  signers: string;
  /** Milliseconds since the epoch. */
  at: number;
  revoked?: string;
}

/** Whether OpenSSH takes the signature for this principal's, by these signers at that time. */
export function openSshAccepts(folder: string, question: Question): boolean {
  const write = (name: string, text: string) => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const time = `${new Date(question.at).toISOString().replace(/\D/g, '').slice(0, 14)}Z`;
  const args = ['-Y', 'verify', '-n', question.namespace, '-I', question.principal, '-O', `verify-time=${time}`];
  args.push('-s', write('asked.sig', question.armored), '-f', write('asked.signers', question.signers));
  if (question.revoked !== undefined) args.push('-r', write('asked.revoked', question.revoked));
  const env = { ...process.env, TZ: 'UTC' };
  return spawnSync('ssh-keygen', args, { input: question.message, env }).status === 0;
}
