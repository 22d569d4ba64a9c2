import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { workTreeOf, writeLog } from '../../adapters/work-tree.ts';
import type { HookInput } from './input.ts';
import { inside, realOf } from './real-path.ts';
import { sessionOf } from './session.ts';

/** Beyond this the log starts anew; bytes. */
const FULL = 1024 * 1024;

/**
 * Notes that an agent's tool is about to write a file, for the record of who wrote what. Never in the way: what cannot be
 * noted is not.
 */
export function noteWrite(input: HookInput, path: string): void {
  try {
    const real = realOf(path);
    // The project whose file it is: in a monorepo the nearest.
    const project = workTreeOf(dirname(real));
    const own = project === undefined ? undefined : inside(project.root, real);
    if (project === undefined || own === undefined || own.startsWith('deliveries/')) return;
    const log = writeLog(project);
    const { agent_type: agent = '', transcript_path: transcript = '', session_id: session = '' } = input;
    mkdirSync(dirname(log), { recursive: true });
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > FULL) renameSync(log, `${log}.1`);
    const { delivery = '' } = sessionOf(session);
    appendFileSync(log, `${JSON.stringify({ path: own, agent, session, delivery, transcript, at: Date.now() })}\n`);
  } catch {
    // The record then names who started the task.
  }
}
