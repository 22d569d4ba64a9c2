import type { ShellReading } from '../shell/reading.ts';
import { childOf, itemsOf, textOf, textsOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { effectOfText } from './command-effect.ts';
import { effectOfModule, isSteering, runsOther, type TaskEffect } from './effects.ts';
import type { ModuleCall } from './module.ts';
import { fullModuleName, isModuleName } from './modules.ts';

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
  if (shell !== undefined)
    return module.argument('creates') === undefined ? effectOfText(shell, changed) : { effect: 'write' };
  return effectOfCall(wrapped(module) ?? module, changed);
}

type Call = Pick<ModuleCall, 'name' | 'full' | 'argument' | 'node'>;

function effectOfCall(module: Call, changed: boolean | undefined): TaskEffect {
  const unchanged = changed === false;
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

/** The module that another one runs by its name, as those do that call modules inside a container. */
function wrapped(module: ModuleCall): Call | undefined {
  const written = module.argument('module_name');
  if (written === undefined || !isModuleName(written)) return undefined;
  const full = fullModuleName(written) ?? written;
  const node = (name: string) => childOf(module.node('module_args'), name);
  return { full, name: full.slice(full.lastIndexOf('.') + 1), node, argument: (name) => textOf(node(name)) };
}

/** Commands of network devices that show, and queries that select. */
function onlyAsks(module: Call): boolean {
  const answered = itemsOf(module.node('commands')).map((item) => childOf(item, 'command'));
  const texts = [module.node('commands'), module.node('query'), ...answered].flatMap(textsOf);
  const one = module.argument('command') ?? module.argument('cmd');
  if (one !== undefined) texts.push(one);
  return (
    texts.length > 0 &&
    texts.every((text) => /^\s*(?:show|display|get|ping|dir|more|select|describe|explain)\b/i.test(text))
  );
}
