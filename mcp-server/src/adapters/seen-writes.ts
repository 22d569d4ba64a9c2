import { closeSync, fstatSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SeenWrite, SeenWrites } from '../app/ports/guard.ts';
import { type Project, writeLog } from './work-tree.ts';

/** How much of a transcript's end is looked at for the model's name. */
const TAIL = 512 * 1024;

/** Writes by agents' tools that the guard let pass. */
export function seenWrites(project: Project): SeenWrites {
  return {
    last(paths) {
      const wanted = new Set(paths);
      const found = new Map<string, SeenWrite>();
      const models = new Map<string, string>();
      for (const line of linesOf(writeLog(project))) {
        const write = readLine(line);
        if (write === undefined || !wanted.has(write.path)) continue;
        const { path, agent, transcript, at } = write;
        if (!isOf(join(project.root, path), at)) {
          found.delete(path);
          continue;
        }
        if (!models.has(transcript)) models.set(transcript, modelIn(transcript));
        found.set(path, { agent, model: models.get(transcript)! });
      }
      return found;
    },
    under(delivery) {
      const writes = linesOf(writeLog(project)).flatMap((line) => readLine(line) ?? []);
      const own = writes.filter(
        (write) => write.delivery === delivery && isOf(join(project.root, write.path), write.at),
      );
      return [...new Set(own.map((write) => write.path))];
    },
  };
}

function linesOf(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}

interface Line {
  path: string;
  agent: string;
  transcript: string;
  /** The delivery that the session was on; empty where it was on none. */
  delivery: string;
  at: number;
}

function readLine(line: string): Line | undefined {
  try {
    const { path, agent, transcript, delivery, at } = JSON.parse(line) as Record<string, unknown>;
    if (typeof path !== 'string') return undefined;
    const text = (value: unknown) => (typeof value === 'string' ? value.slice(0, 1000) : '');
    return { path, agent: text(agent), transcript: text(transcript), delivery: text(delivery), at: Number(at) };
  } catch {
    return undefined;
  }
}

/** A person may be asked before a write that the guard let pass; what is older or younger was written by somebody else. */
const SOON_MS = 10 * 60_000;

/** Whether a file as it is can be what was written then. */
function isOf(file: string, at: number): boolean {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0 };
  return mtimeMs > at - 1000 && mtimeMs < at + SOON_MS;
}

/** The model that answered last in a transcript of the client; empty where it cannot be told. */
function modelIn(transcript: string): string {
  try {
    const file = openSync(transcript, 'r');
    try {
      const { size } = fstatSync(file);
      const bytes = Buffer.alloc(Math.min(size, TAIL));
      readSync(file, bytes, 0, bytes.length, size - bytes.length);
      const named = [...bytes.toString('utf8').matchAll(/"model":"([A-Za-z0-9][\w.:@/-]{0,100})"/g)];
      return named.at(-1)?.[1] ?? '';
    } finally {
      closeSync(file);
    }
  } catch {
    return '';
  }
}
