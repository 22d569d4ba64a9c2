import type { ShellReading } from '../shell/reading.ts';
import { childOf, textsOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { effectOfText } from './command-effect.ts';
import { effectOfModule, isSteering, runsOther, type TaskEffect } from './effects.ts';
import type { ModuleCall } from './module.ts';

/**
 * Whether a task writes or reads: by `check_mode`, by the text it runs, by its arguments, then by its module.
 * `changed_when: false` counts where a task runs something that is not known, not where a module is known to write:
 * `file` with it changes the host all the same, and only says nothing of it.
 *
 * @param onlyChecks it, or a block or play around it, says `check_mode: true`
 */
export function effectOfTask(
  task: YamlNode,
  module: ModuleCall,
  shell: ShellReading | undefined,
  onlyChecks: boolean,
): TaskEffect {
  if (isSteering(module.name)) return {};
  if (onlyChecks) return { effect: 'read' };
  const changed = truthOf(childOf(task, 'changed_when'));
  const unchanged = changed === false;
  if (shell !== undefined)
    return module.argument('creates') === undefined ? effectOfText(shell, changed) : { effect: 'write' };
  if (runsOther(module.name)) return unchanged || onlyAsks(module) ? { effect: 'read' } : { effect: 'write' };
  if (module.name === 'uri' || module.name === 'win_uri') {
    const isGet = /^(?:GET|HEAD|OPTIONS)$/i.test(module.argument('method') ?? 'GET');
    return { effect: isGet || unchanged ? 'read' : 'write' };
  }
  const state = module.argument('state');
  if (state !== undefined && /^(?:query|gathered|parsed|rendered)$/.test(state)) return { effect: 'read' };
  const known = effectOfModule(module.full);
  if (known !== undefined) return { effect: known };
  if (state !== undefined || changed === true) return { effect: 'write' };
  return unchanged ? { effect: 'read' } : { effect: 'write', assumed: true };
}

/** Commands of network devices that show, and queries that select. */
function onlyAsks(module: ModuleCall): boolean {
  const texts = [...textsOf(module.node('commands')), ...textsOf(module.node('query'))];
  const one = module.argument('command') ?? module.argument('cmd');
  if (one !== undefined) texts.push(one);
  return (
    texts.length > 0 &&
    texts.every((text) => /^\s*(?:show|display|get|ping|dir|more|select|describe|explain)\b/i.test(text))
  );
}
