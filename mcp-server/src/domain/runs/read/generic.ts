import { text } from './fields.ts';
import type { TranscriptFormat } from './format.ts';

/**
 * The documented form for everything else: `{session, step, tool, input, output, error, at}`, one use of a tool a record
 * (docs/extract-runs.md). A record without a tool says something about the session: `job`, `prompt`, `inputs`, `offered`,
 * or, with `human`, that a person stepped in.
 */
export const generic: TranscriptFormat = {
  name: 'generic',
  local: true,
  takes: (record) =>
    (typeof record['session'] === 'string' ||
      typeof record['session'] === 'number' ||
      typeof record['tool'] === 'string') &&
    record['category'] === undefined,
  sessionOf: (record) => text(record, 'session'),
  read(record, session, { at, here }) {
    const tool = text(record, 'tool');
    const human = text(record, 'human');
    const prompt = text(record, 'prompt');
    session.about({ job: text(record, 'job'), inputs: record['inputs'], failed: record['failed'] === true, at });
    session.offers(record['offered']);
    if (prompt !== undefined) session.said(prompt, at);
    if (human !== undefined) session.intervene('said', human, at);
    if (tool === undefined)
      return [human, prompt, record['job'], record['inputs'], record['offered'], record['failed']].some(
        (one) => one !== undefined,
      );
    const error = record['error'];
    const failed = error !== undefined && error !== null && error !== false && error !== '';
    session.call({ id: here, tool, input: record['input'], at, when: text(record, 'at') });
    session.answer({ id: here, output: record['output'], failed, error, at });
    return true;
  },
};
