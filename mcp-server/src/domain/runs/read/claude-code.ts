import { type Fields, fieldsOf, list, text } from './fields.ts';
import type { ReadContext, TranscriptFormat } from './format.ts';
import { type Session, textOf } from './session.ts';

/** Records of the client that say nothing about what was done. */
const silent =
  /^(?:summary|system|result|progress|file-history-snapshot|queue-operation|attachment|custom-title|ai-title|tag|last-prompt|permission-mode|mode|agent-name|agent-setting|pr-link|stream_event|worktree-state|rate_limit_event|atis-latch|tools-used|cost-state|api-request.*|ai-.*|hook_.*)$/;
const refused =
  /^The user doesn't want to (?:proceed|take this action)|^\[?(?:Permission|Tool use) (?:denied|rejected)|was rejected by the user/i;
const interrupted = /^\[Request interrupted by user/;
/** What the client itself puts into the person's mouth. */
const notAPerson =
  /^\s*<(?:command-|local-command|system-reminder|task-notification|bash-|user-memory|ide_)|^Caveat: The messages below|^This session is being continued/;

/** Session transcripts of Claude Code: one JSON object a line, as under ~/.claude/projects, or as `--output-format stream-json` prints them. */
export const claudeCode: TranscriptFormat = {
  name: 'claude-code',
  takes: (record) =>
    typeof record['type'] === 'string' &&
    (text(record, 'sessionId', 'session_id', 'leafUuid', 'parentUuid', 'messageId') !== undefined ||
      fieldsOf(record['message']) !== undefined ||
      silent.test(record['type'])) &&
    record['category'] === undefined &&
    record['tool'] === undefined,
  sessionOf: (record) => text(record, 'sessionId', 'session_id'),
  read(record, session, context) {
    const type = text(record, 'type') ?? '';
    if (type === 'assistant') assistant(record, session, context);
    else if (type === 'user') user(record, session, context);
    else if (type === 'system' && record['subtype'] === 'init') session.offers(record['tools']);
    else if (type === 'result') session.about({ failed: record['is_error'] === true });
    else return silent.test(type);
    return true;
  },
};

function assistant(record: Fields, session: Session, { at, here }: ReadContext): void {
  const message = fieldsOf(record['message']);
  list(message?.['content']).forEach((one, index) => {
    const block = fieldsOf(one);
    if (block?.['type'] !== 'tool_use') return;
    const tool = text(block, 'name') ?? 'unknown';
    const id = text(block, 'id') ?? `${here}.${index}`;
    if (tool === 'AskUserQuestion') {
      const question = fieldsOf(list(fieldsOf(block['input'])?.['questions'])[0]);
      session.intervene('asked', text(question, 'question', 'header') ?? 'a question', at);
    }
    if (bookkeeping.test(tool)) return;
    const agent = record['isSidechain'] === true ? (text(record, 'agentId') ?? 'below') : undefined;
    session.call({
      id,
      tool,
      input: block['input'],
      at,
      when: text(record, 'timestamp'),
      ...(agent === undefined ? {} : { agent }),
    });
  });
}

/** How the agent keeps its own books, asks, and works on the delivery itself: no step of the work. */
const bookkeeping =
  /^(?:TodoWrite|TodoRead|AskUserQuestion|ToolSearch|EnterPlanMode|ExitPlanMode|Task|Agent|TaskCreate|TaskUpdate|TaskList|TaskGet|TaskOutput|TaskStop|KillShell|SendMessage|Skill|SlashCommand|BashOutput|StructuredOutput|mcp__(?:plugin_)?countersign_.*)$/;

function user(record: Fields, session: Session, { at }: ReadContext): void {
  const message = fieldsOf(record['message']);
  const content = message?.['content'];
  const blocks = typeof content === 'string' ? [{ type: 'text', text: content }] : list(content);
  for (const one of blocks) {
    const block = fieldsOf(one);
    if (block?.['type'] === 'tool_result') result(block, session, at);
    else if (block?.['type'] === 'text' && record['isMeta'] !== true && record['isSidechain'] !== true) {
      const said = text(block, 'text') ?? '';
      if (interrupted.test(said)) session.intervene('stopped', 'the person interrupted', at);
      else if (said.trim() !== '' && !notAPerson.test(said)) session.said(said, at);
    }
  }
}

function result(block: Fields, session: Session, at: ReadContext['at']): void {
  const id = text(block, 'tool_use_id') ?? '';
  const output = contentText(block['content']);
  const failed = block['is_error'] === true;
  if (failed && refused.test(output)) session.intervene('refused', 'the person did not allow a call', at);
  session.answer({ id, output, failed, at });
}

/** Text blocks joined; pictures and the like by their kind alone. */
function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return textOf(content ?? '');
  return content
    .map((one) => {
      const block = fieldsOf(one);
      return text(block, 'text') ?? `(${text(block, 'type') ?? 'something'})`;
    })
    .join('\n');
}
