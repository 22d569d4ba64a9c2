import { deny, type HookInput, type HookOutput, projectDir } from './input.ts';
import { judgeWrites } from './judge-write.ts';
import { absolute } from './real-path.ts';
import { scenes } from './scene.ts';
import { bind } from './session.ts';
import { settingsReason } from './settings.ts';

const SERVER = 'mcp__plugin_countersign_countersign__';
const READS = /status|read|validate|review/;

/** PreToolUse: denies what would run ahead of a gate, touch the record or decide for a person (design.md section 6). */
export async function guard(input: HookInput): Promise<HookOutput> {
  const tool = input.tool_name ?? '';
  const given = input.tool_input ?? {};
  if (tool.startsWith(SERVER)) return bindByTool(input, tool, given);
  // Loaded for command lines alone: reading a shell is most of the program.
  if (typeof given['command'] === 'string')
    return (await import('./judge-command.ts')).judgeCommand(input, given['command']);
  const target = given['file_path'] ?? given['notebook_path'];
  if (typeof target !== 'string') return {};
  if (target.includes('\0')) return deny('A path with a NUL byte is none. Nothing was written.');
  const path = absolute(target, input.cwd ?? projectDir(input));
  const settings = (file: string) => settingsReason(file, given);
  return judgeWrites(input, [{ path, tree: false, restores: false, settings }], scenes(input));
}

/** The first writing tool that names a delivery binds the session to it. */
function bindByTool(input: HookInput, tool: string, given: Record<string, unknown>): HookOutput {
  const named = given['delivery'] ?? (tool.endsWith('delivery_new') ? given['id'] : undefined);
  if (typeof named === 'string' && !READS.test(tool)) bind(input.session_id, named);
  return {};
}
