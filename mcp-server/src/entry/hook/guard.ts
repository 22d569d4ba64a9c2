import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { workTreeOf } from '../../adapters/work-tree.ts';
import { DELIVERY_ID } from '../../domain/ids.ts';
import { deny, type HookInput, type HookOutput, projectDir } from './input.ts';
import { judgeWrites } from './judge-write.ts';
import { noteWrite } from './note-write.ts';
import { noteTranscript } from './noted-transcript.ts';
import { absolute, realOf } from './real-path.ts';
import { scenes } from './scene.ts';
import { bind, sessionOf } from './session.ts';
import { settingsReason } from './settings.ts';

const SERVER = 'mcp__plugin_countersign_countersign__';
const READS = /status|read|validate|review|extract/;

/** PreToolUse: denies what would run ahead of a gate, touch the record or decide for a person (SECURITY.md). */
export async function guard(input: HookInput): Promise<HookOutput> {
  const tool = input.tool_name;
  if (typeof tool !== 'string') throw new Error('the input names no tool');
  const given = input.tool_input ?? {};
  if (tool.startsWith(SERVER)) return bindByTool(input, tool, given);
  // Loaded for command lines alone: reading a shell is most of the program.
  if (typeof given['command'] === 'string')
    return (await import('./judge-command.ts')).judgeCommand(input, given['command']);
  const target = given['file_path'] ?? given['notebook_path'];
  if (typeof target !== 'string') {
    // A tool that is known to write a file and names none cannot be judged; another server's tool is not ours to judge.
    if (/^(?:Write|Edit|MultiEdit|NotebookEdit)$/.test(tool)) throw new Error(`${tool} names no file`);
    return {};
  }
  if (target.includes('\0')) return deny('A path with a NUL byte is none. Nothing was written.');
  const path = absolute(target, input.cwd ?? projectDir(input));
  const settings = (file: string) => settingsReason(file, given);
  const answer = await judgeWrites(input, [{ path, tree: false, restores: false, settings }], scenes(input));
  if (answer.hookSpecificOutput?.permissionDecision !== 'deny') noteWrite(input, path);
  return answer;
}

/** Naming a delivery binds the session to it. A name that is none binds nothing, or it would be a way out of the guard. */
function bindByTool(input: HookInput, tool: string, given: Record<string, unknown>): HookOutput {
  if (tool.endsWith('extract')) noteTranscript(input);
  const project = workTreeOf(realOf(projectDir(input)));
  if (project === undefined || READS.test(tool)) return {};
  const isDelivery = (id: string) => DELIVERY_ID.test(id) && existsSync(join(project.root, 'deliveries', id, 'ledger'));
  const starting = tool.endsWith('delivery_new');
  const named = given[starting ? 'id' : 'delivery'];
  if (typeof named !== 'string') return {};
  const bound = sessionOf(input.session_id).delivery;
  const free = bound === undefined || !isDelivery(bound);
  // One that is being started is not there yet; it takes over when it is, and a call names it again.
  if (isDelivery(named) || (starting && free && DELIVERY_ID.test(named))) bind(input.session_id, named);
  return {};
}
