/** What the client sends to a hook, as far as it is used. */
export interface HookInput {
  session_id?: string;
  /** Where the client writes the session. */
  transcript_path?: string;
  /** PreToolUse: the client's id of the call. */
  tool_use_id?: string;
  cwd?: string;
  tool_name?: string;
  tool_input?: Record<string, unknown>;
  agent_type?: string;
  command_name?: string;
  command_args?: string;
  command_source?: string;
  /** ConfigChange: the settings file. */
  file_path?: string;
}

/** What a hook answers. */
export interface HookOutput {
  decision?: 'block';
  reason?: string;
  /** Shown to the person. */
  systemMessage?: string;
  hookSpecificOutput?: {
    hookEventName: string;
    permissionDecision?: 'deny';
    permissionDecisionReason?: string;
    additionalContext?: string;
  };
}

export const deny = (reason: string): HookOutput => ({
  hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason },
});

/** Lets the call pass and says something to the person and the model. */
export const annotate = (text: string): HookOutput => ({
  systemMessage: text,
  hookSpecificOutput: { hookEventName: 'PreToolUse', additionalContext: text },
});

export const projectDir = (input: HookInput) => process.env['CLAUDE_PROJECT_DIR'] || input.cwd || process.cwd();
