import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../domain/hash.ts';
import { keptReport } from './kept-report.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-report-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const hash = sha256('tree');
const json = ['{"a":"', 'ä€😀'.repeat(400_000), '"}'];
const path = () => join(folder, readdirSync(folder)[0] as string);
const found = (root = '/root', version = '1') => {
  const text = keptReport(folder, version, root).find(hash);
  return text === undefined ? undefined : Buffer.concat(text).toString();
};

describe('the answer that is kept of a folder', () => {
  it('comes back as it was, whatever its characters, and only for the same tree, folder and version', () => {
    const reports = keptReport(folder, '1', '/root');
    expect(found()).toBeUndefined();
    const kept = reports.keep(hash, json) ?? [];
    expect(Buffer.concat(kept).toString() === json.join('')).toBe(true);
    expect(found() === json.join('')).toBe(true);
    expect(keptReport(folder, '1', '/root').find(sha256('another'))).toBeUndefined();
    expect(found('/other')).toBeUndefined();
    expect(found('/root', '2')).toBeUndefined();
  });

  it('is one file for its owner alone, the newest', () => {
    keptReport(folder, '1', '/root').keep(sha256('before'), ['{}']);
    keptReport(folder, '1', '/root').keep(hash, json);
    expect(readdirSync(folder)).toHaveLength(1);
    expect(statSync(path()).mode & 0o077).toBe(0);
  });

  it.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, -5)],
    ['emptied', () => Buffer.alloc(0)],
    ['altered', (bytes: Buffer) => Buffer.from(bytes.toString().replace('"a"', '"b"'))],
    ['kept under another hash by hand', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -128), Buffer.from(hash)])],
  ])('is no answer when its file is %s', (_how, damage) => {
    keptReport(folder, '1', '/root').keep(hash, json);
    writeFileSync(path(), damage(readFileSync(path())));
    expect(found()).toBeUndefined();
  });

  it('keeps nothing and fails nothing where it cannot write, and lets go of the oldest folders', () => {
    expect(keptReport('/dev/null/nowhere', '1', '/root').keep(hash, json)).toBeUndefined();
    for (let n = 0; n < 10; n++) keptReport(folder, '1', `/root-${n}`).keep(hash, ['{}']);
    expect(readdirSync(folder)).toHaveLength(8);
  });
});
