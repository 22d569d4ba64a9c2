/** What the client sends to a hook, as far as it is used. */
export interface HookInput {
  session_id?: string;
  cwd?: string;
  tool_name?: string;
  tool_input?: Record<string, unknown>;
  agent_type?: string;
  command_name?: string;
  command_args?: string;
  command_source?: string;
}

/** What a hook answers. */
export interface HookOutput {
  decision?: 'block';
  reason?: string;
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

export const projectDir = (input: HookInput) => process.env['CLAUDE_PROJECT_DIR'] || input.cwd || process.cwd();
