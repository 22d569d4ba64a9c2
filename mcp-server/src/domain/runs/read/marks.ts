/** What the first piece of a file has that holds runs of agents, by the kind of transcript. */
export const marks = {
  'claude-code':
    /"(?:parentUuid|isSidechain|leafUuid)"\s*:|"type"\s*:\s*"(?:assistant|user|summary|file-history-snapshot|queue-operation)"[^\n]{0,4000}"(?:sessionId|session_id|leafUuid|message)"\s*:|"subtype"\s*:\s*"init"/,
  'flow-agent':
    /"category"\s*:\s*"(?:AGENT_|TOOL_)|"totalToolCallCount"\s*:|"toolName"\s*:[^\n]{0,4000}"(?:input|output|status)"\s*:/,
  generic:
    /"session"\s*:[^\n]{0,4000}"(?:tool|human|inputs|offered|prompt|job)"\s*:|"(?:tool|inputs|offered|prompt|job)"\s*:[^\n]{0,4000}"session"\s*:|"session"\s*:\s*"[^"]{1,200}"\s*,\s*"step"\s*:/,
} as const satisfies Record<string, RegExp>;

/** Whether a file with this name and first piece holds runs of agents. */
export function looksLikeRuns(path: string, head: string): boolean {
  if (!/\.(?:jsonl|ndjson|json)$/i.test(path)) return false;
  return Object.values(marks).some((mark) => mark.test(head));
}
