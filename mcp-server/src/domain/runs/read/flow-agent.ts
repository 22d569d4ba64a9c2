import { type Fields, fieldsOf, list, text } from './fields.ts';
import type { ReadContext, TranscriptFormat } from './format.ts';
import { type Session, textOf } from './session.ts';

const failedStatus = /^(?:error|errored|failed|failure|rejected|denied|timeout|timed[_ ]?out)$/i;
const waiting = /wait|approv|human|input[_ ]?required|paused|question/i;

/** Sessions and messages of FlowAgent: tool calls with their answers in one message each. */
export const flowAgent: TranscriptFormat = {
  name: 'flow-agent',
  takes: (record) =>
    typeof record['category'] === 'string' ||
    record['totalToolCallCount'] !== undefined ||
    (text(record, 'sessionId') !== undefined &&
      (record['status'] !== undefined || Array.isArray(record['messages'])) &&
      record['type'] === undefined),
  sessionOf: (record) => text(record, 'sessionId', 'session_id'),
  read(record, session, context) {
    const category = text(record, 'category');
    const data = fieldsOf(record['data']) ?? {};
    if (category === undefined) {
      header(record, session, context);
      return true;
    }
    if (category === 'TOOL_CALLED') called(record, data, session, context);
    else if (category === 'AGENT_STATUS') {
      const status = text(data, 'status', 'state') ?? text(record, 'type') ?? '';
      if (failedStatus.test(status)) session.about({ failed: true });
      else if (waiting.test(status))
        session.intervene('asked', text(data, 'message', 'question') ?? status, context.at);
    } else if (/^(?:USER|HUMAN)/.test(category))
      session.said(text(data, 'message', 'input', 'text') ?? category, context.at);
    else return category === 'AGENT_REASONING';
    return true;
  },
};

function header(record: Fields, session: Session, { at }: ReadContext): void {
  session.about({
    job: text(record, 'agentName', 'name', 'agentId'),
    inputs: record['inputs'],
    at,
    failed: failedStatus.test(text(record, 'status') ?? '') || text(record, 'errorMessage') !== undefined,
  });
  session.offers(record['tools']);
  for (const offered of list(record['availableTools'])) session.offers([offered]);
}

function called(record: Fields, data: Fields, session: Session, { at, here }: ReadContext): void {
  const tool = text(data, 'toolName', 'name', 'tool') ?? 'unknown';
  const id = text(data, 'toolCallId', 'callId', 'id') ?? text(record, 'messageId', '_id', 'id') ?? here;
  session.call({ id, tool, input: parsed(data['input']), at, when: text(record, 'timestamp') });
  const failed = failedStatus.test(text(data, 'status') ?? '') || (data['error'] ?? null) !== null;
  if (data['output'] !== undefined || failed)
    session.answer({ id, output: data['output'], failed, error: data['error'] ?? data['output'], at });
}

/** Input is an object, or JSON in a text. */
function parsed(input: unknown): unknown {
  if (typeof input !== 'string' || !/^\s*[[{]/.test(input)) return input;
  try {
    return JSON.parse(input) as unknown;
  } catch {
    return textOf(input);
  }
}
