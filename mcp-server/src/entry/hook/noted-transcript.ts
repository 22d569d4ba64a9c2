import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HookInput } from './input.ts';
import { dataFolder } from './session.ts';

interface Note {
  /** The client's id of the tool call. */
  call: string;
  transcript: string;
}

const file = () => join(dataFolder(), 'extract-call.json');

/**
 * Keeps where the client writes the session that is about to ask for itself (`session:latest`): the server is told the id of the
 * call, and not the session. One file is enough: a call is handled before the same session makes the next, and a note of
 * another session's call is not taken.
 */
export function noteTranscript({ tool_use_id: call, transcript_path: transcript, tool_input: given }: HookInput): void {
  if (given?.['path'] !== 'session:latest' || call === undefined || transcript === undefined) return;
  mkdirSync(dataFolder(), { recursive: true });
  writeFileSync(file(), JSON.stringify({ call, transcript } satisfies Note));
}

/** The transcript that was noted for a call; undefined when there is none. */
export function notedTranscript(call: unknown): string | undefined {
  try {
    const note = JSON.parse(readFileSync(file(), 'utf8')) as Partial<Note>;
    return typeof call === 'string' && note.call === call && typeof note.transcript === 'string'
      ? note.transcript
      : undefined;
  } catch {
    return undefined;
  }
}
