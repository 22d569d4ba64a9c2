import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { environmentFault } from '../domain/fault.ts';

/** Older locks of another host are taken for left behind. */
const STALE_MS = 60_000;
const WAIT_MS = 20_000;

interface Owner {
  pid: number;
  host: string;
  at: number;
  token: string;
}

/**
 * Runs `work` while holding a lock file. The lock keeps history straight; it is not what keeps it safe: two writers
 * without it would leave two heads, and lose nothing.
 *
 * @param waitMs how long another process may hold it: 20 s
 * @throws Fault `locked` when it does so longer
 */
export function withLock<T>(path: string, work: () => T, waitMs = WAIT_MS): T {
  const token = acquire(path, waitMs);
  if (token === undefined) throw held(path);
  try {
    return work();
  } finally {
    release(path, token);
  }
}

/**
 * Takes a lock file for work that takes long; nobody waits for it.
 *
 * @returns what releases it, or who holds it
 */
export function tryLock(path: string): (() => void) | string {
  const token = acquire(path, 0);
  return token === undefined ? holder(path) : () => release(path, token);
}

/** @returns undefined when it is still held after the time to wait */
function acquire(path: string, waitMs: number): string | undefined {
  mkdirSync(dirname(path), { recursive: true });
  const token = randomBytes(8).toString('hex');
  const owner: Owner = { pid: process.pid, host: hostname(), at: Date.now(), token };
  const mine = `${path}.${token}`;
  // link(2) of a complete file: the lock never exists half-written, and link fails when it is there (as O_EXCL does).
  writeFileSync(mine, JSON.stringify(owner));
  try {
    const end = Date.now() + waitMs;
    for (let wait = 1; ; wait = Math.min(wait * 2, 50)) {
      try {
        linkSync(mine, path);
        return token;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (breakStale(path)) continue;
      if (Date.now() >= end) return undefined;
      sleep(wait + Math.random() * wait);
    }
  } finally {
    unlinkSync(mine);
  }
}

/** Takes a dead owner's lock away. Renaming first makes sure that only one process removes it. */
function breakStale(path: string): boolean {
  const owner = ownerOf(path);
  if (owner === 'gone') return true;
  if (owner !== 'unreadable' && !isStale(owner)) return false;
  const aside = `${path}.stale-${randomBytes(6).toString('hex')}`;
  try {
    renameSync(path, aside);
  } catch {
    return true;
  }
  const taken = ownerOf(aside);
  // Between looking and renaming, the stale lock may have gone and a live one come: give that one back.
  const live = taken !== 'gone' && taken !== 'unreadable' && !isStale(taken);
  if (live) {
    try {
      linkSync(aside, path);
    } catch {
      // Somebody else holds it now; the owner we disturbed will find its token missing and still have written safely.
    }
  }
  unlinkSync(aside);
  return true;
}

function ownerOf(path: string): Owner | 'gone' | 'unreadable' {
  try {
    const owner = JSON.parse(readFileSync(path, 'utf8')) as Partial<Owner> | null;
    // A file that names nobody, left by a full disk or another program, must not hold the ledger for ever.
    const names = Number.isInteger(owner?.pid) && owner!.pid! > 0 && typeof owner?.host === 'string';
    return names && typeof owner?.at === 'number' ? (owner as Owner) : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function isStale(owner: Owner): boolean {
  if (owner.host !== hostname()) return Date.now() - owner.at > STALE_MS;
  try {
    process.kill(owner.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function release(path: string, token: string): void {
  const owner = ownerOf(path);
  if (owner !== 'gone' && owner !== 'unreadable' && owner.token === token) unlinkSync(path);
}

function holder(path: string): string {
  const owner = ownerOf(path);
  return typeof owner === 'string' ? 'another process' : `process ${owner.pid} on ${owner.host}`;
}

function held(path: string) {
  return environmentFault({
    code: 'locked',
    message: `${holder(path)} has been writing to this delivery for ${WAIT_MS / 1000} s`,
    next: `wait for it to end; if it is gone, remove ${path}`,
  });
}

function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
