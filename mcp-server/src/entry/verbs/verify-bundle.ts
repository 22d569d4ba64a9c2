import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { Answer } from '../../app/answer.ts';
import { type CheckedBundle, checkBundle } from '../../domain/attest/check.ts';
import { inputFault } from '../../domain/fault.ts';
import { looseSignatures } from '../compose.ts';
import type { VerbContext, VerbResult } from './verb.ts';

/** What a bundle may come to; a folder that somebody sent is not read without end. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Checks the bundle in a folder, wherever it lies: it needs no repository. */
export function verifyBundle(
  { cwd, env }: VerbContext,
  folder: string,
  signers: string | undefined,
): VerbResult & { answer: Answer<CheckedBundle> } {
  const files = readBundle(resolve(cwd, folder), folder);
  const { check } = looseSignatures(cwd, env);
  const text = signers === undefined ? undefined : readNamed(resolve(cwd, signers));
  const data = checkBundle(files, { signers: text, check, now: Date.now() });
  const levels = Object.entries(data.levels).map(([level, count]) => `${count} ${level}`);
  const whose = signers === undefined ? 'the signers that the bundle itself names' : signers;
  const said = `${data.delivery || folder}: ${data.events} events, decisions: ${levels.join(', ') || 'none'}; statement ${data.statement}; keys judged by ${whose}.`;
  const next = signers === undefined ? 'compare its allowed_signers with the list that you trust: --signers FILE' : '';
  return { answer: { said, blocks: data.faults, next, data }, exit: data.faults.length > 0 ? 3 : 0 };
}

function readBundle(root: string, shown: string): Map<string, string> {
  const files = new Map<string, string>();
  let bytes = 0;
  let names: string[];
  try {
    names = readdirSync(root, { recursive: true, encoding: 'utf8' });
  } catch (cause) {
    throw inputFault({ code: 'no-such-path', message: `${JSON.stringify(shown)} cannot be read`, cause });
  }
  for (const name of names) {
    const path = join(root, name);
    const found = lstatSync(path);
    if (!found.isFile()) continue;
    bytes += found.size;
    if (bytes > MAX_BYTES)
      throw inputFault({ code: 'too-large', message: `${shown} holds more than ${MAX_BYTES} bytes` });
    files.set(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
  }
  return files;
}

function readNamed(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw inputFault({ code: 'no-such-path', message: `${JSON.stringify(path)} cannot be read`, cause });
  }
}
