import type { Skipped } from '../../extract/contract.ts';
import type { Cleaner } from '../leaves.ts';
import { pseudonyms } from '../personal-data.ts';
import { documentRecords, lineRecords, type RecordReader, type TranscriptRecord } from '../records.ts';
import type { Reading } from '../run.ts';
import { claudeCode } from './claude-code.ts';
import { type Fields, fieldsOf } from './fields.ts';
import { flowAgent } from './flow-agent.ts';
import type { TranscriptFormat } from './format.ts';
import { generic } from './generic.ts';
import { type Budget, Session } from './session.ts';

/** Every kind of transcript, one line each; the first that takes a record reads it. */
const formats: readonly TranscriptFormat[] = [flowAgent, claudeCode, generic];

const mostSessions = 1000;
const mostSkips = 20;
const mostCallsTogether = 50_000;

/** Reads transcripts piece by piece; keeps redacted, bounded calls and nothing of the text itself. */
export class RunsReader {
  private readonly sessions = new Map<string, Session>();
  private readonly skipped: Skipped[] = [];
  private readonly clean: Cleaner = pseudonyms();
  private readonly budget: Budget = { calls: mostCallsTogether };

  /** A reader for one file: lines by the file's name, else one document. */
  file(path: string): RecordReader {
    let skips = 0;
    const skip = (line: number, reason: Skipped['reason']) => {
      if (skips++ < mostSkips) this.skipped.push({ path, reason, line });
    };
    // Messages of a list come before the session around them says who it is.
    const unnamed = new Map<string, { records: TranscriptRecord[]; format: TranscriptFormat }>();
    const readAs = (format: TranscriptFormat, record: TranscriptRecord, id: string) => {
      const session = this.sessionOf(id, format.local === true ? path : '');
      if (session === undefined) return;
      const at = { path, line: record.line, endLine: record.endLine };
      session.see(at);
      const here = `${path}:${record.line}:${record.id ?? ''}`;
      const known = format.read(record.value as Fields, session, { at, here });
      if (!known) skip(record.line, 'unparsed');
    };
    const settle = (container: number, id: string) => {
      const waiting = unnamed.get(String(container));
      if (waiting === undefined) return;
      unnamed.delete(String(container));
      for (const record of waiting.records) readAs(waiting.format, record, id);
    };
    const names = new Map<number, string>();
    const sink = {
      bad: skip,
      opens: ({ id, value }: TranscriptRecord) => {
        const fields = fieldsOf(value);
        const named = fields === undefined ? undefined : headerId(fields);
        if (id !== undefined && named !== undefined) names.set(id, named);
      },
      record: (record: TranscriptRecord) => {
        const fields = fieldsOf(record.value);
        const format = fields === undefined ? undefined : formats.find((one) => one.takes(fields));
        const own = fields === undefined ? undefined : (format?.sessionOf(fields) ?? headerId(fields));
        const outer = own ?? (record.container === undefined ? undefined : names.get(record.container));
        const holds = record.id !== undefined && unnamed.has(String(record.id));
        // What holds messages is their session, also where nothing says its id.
        const named = outer ?? (holds ? `${path}#${record.id}` : undefined);
        if (record.id !== undefined && named !== undefined) settle(record.id, named);
        if (fields === undefined || format === undefined) {
          // An envelope around lists says nothing itself.
          if (fields === undefined || !isEnvelope(fields)) skip(record.line, 'unparsed');
        } else if (named !== undefined) readAs(format, record, named);
        else if (record.container === undefined) readAs(format, record, path);
        else {
          const key = String(record.container);
          const waiting = unnamed.get(key) ?? { records: [], format };
          if (waiting.records.length < mostWaiting) waiting.records.push(record);
          else skip(record.line, 'too-large');
          unnamed.set(key, waiting);
        }
      },
    };
    const reader = /\.json$/i.test(path) ? documentRecords(sink) : lineRecords(sink);
    return {
      push: reader.push,
      end: () => {
        reader.end();
        for (const key of [...unnamed.keys()]) settle(Number(key), `${path}#${key}`);
      },
    };
  }

  done(): Reading {
    const all = [...this.sessions.values()].map((session) => session.done());
    return {
      runs: all.map(({ run }) => run).filter((run) => run.calls.length > 0),
      skipped: [...this.skipped, ...all.flatMap(({ skipped }) => skipped)],
    };
  }

  private sessionOf(id: string, file: string): Session | undefined {
    const key = `${file}\n${id}`;
    let session = this.sessions.get(key);
    if (session === undefined && this.sessions.size < mostSessions) {
      session = new Session(id.slice(0, 200), this.clean, this.budget);
      this.sessions.set(key, session);
    }
    return session;
  }
}

/** Messages that wait for their session's id, whole: they are small, and this bounds them. */
const mostWaiting = 20_000;

function headerId(fields: Fields): string | undefined {
  const id = fields['sessionId'] ?? fields['session_id'] ?? fields['session'];
  return typeof id === 'string' || typeof id === 'number' ? String(id) : undefined;
}

function isEnvelope(fields: Fields): boolean {
  return Object.values(fields).some((value) => Array.isArray(value) && value.length === 0);
}
