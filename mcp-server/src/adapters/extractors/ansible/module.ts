import { entriesOf, textOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { fullModuleName, isModuleName } from './modules.ts';

/** The module that a task calls. */
export interface ModuleCall {
  /** As written. */
  written: string;
  /** With its collection, where that is known. */
  full: string;
  /** Without its collection. */
  name: string;
  entry: YamlEntry;
  /** Text of an argument, of a map, of `key=value` pairs or of `args`. */
  argument(name: string): string | undefined;
  /** Node of an argument given as a map. */
  node(name: string): YamlNode | undefined;
  /** The text that is no argument: the command of `command`, the file of `include_tasks`. */
  freeForm: string | undefined;
  isLocal: boolean;
}

/** Keywords of tasks, blocks and roles (Ansible reference, "Playbook keywords"). */
export const taskKeywords: ReadonlySet<string> = new Set(
  'action always any_errors_fatal args async become become_exe become_flags become_method become_user block changed_when check_mode collections connection debugger delay delegate_facts delegate_to diff environment failed_when first_available_file ignore_errors ignore_unreachable listen local_action loop loop_control module_defaults name no_log notify poll port register remote_user rescue retries run_once sudo sudo_user tags throttle timeout until vars when'.split(
    ' ',
  ),
);

/** The module call of a task: the one key that is no keyword, `action:` or `local_action:`. */
export function moduleOf(task: YamlNode): ModuleCall | undefined {
  const entries = entriesOf(task);
  const args = entries.find((entry) => entry.key === 'args')?.value;
  const action = entries.find((entry) => entry.key === 'action' || entry.key === 'local_action');
  if (action !== undefined) return actionOf(action, args);
  const candidates = entries.filter((entry) => !taskKeywords.has(entry.key) && !entry.key.startsWith('with_'));
  const entry = candidates.find((candidate) => isModuleName(candidate.key)) ?? candidates[0];
  return entry === undefined ? undefined : call(entry.key, entry, textOf(entry.value), entry.value, args, false);
}

function actionOf(entry: YamlEntry, args: YamlNode | undefined): ModuleCall | undefined {
  const isLocal = entry.key === 'local_action';
  if (entry.value.kind === 'map') {
    const name = textOf(entry.value.entries.find((inner) => inner.key === 'module')?.value);
    return name === undefined ? undefined : call(name, entry, undefined, entry.value, args, isLocal);
  }
  const [, name, rest] = /^\s*(\S+)\s*([\s\S]*)$/.exec(textOf(entry.value) ?? '') ?? [];
  return name === undefined ? undefined : call(name, entry, rest, undefined, args, isLocal);
}

function call(
  written: string,
  entry: YamlEntry,
  text: string | undefined,
  node: YamlNode | undefined,
  args: YamlNode | undefined,
  isLocal: boolean,
): ModuleCall {
  const full = fullModuleName(written) ?? written;
  const pairs = keyValues(text ?? '');
  const named = (name: string) =>
    entriesOf(node).find((inner) => inner.key === name)?.value ??
    entriesOf(args).find((inner) => inner.key === name)?.value;
  return {
    written,
    full,
    name: full.slice(full.lastIndexOf('.') + 1),
    entry,
    argument: (name) => textOf(named(name)) ?? pairs.named.get(name),
    node: named,
    freeForm: pairs.rest === '' ? undefined : pairs.rest,
    isLocal,
  };
}

/** `src=a dest="b c" some words` -> named values, and the words that are none. Templates and quotes hold together. */
function keyValues(text: string): { named: Map<string, string>; rest: string } {
  const named = new Map<string, string>();
  const rest: string[] = [];
  for (const [word] of text.matchAll(/(?:\{\{[^}]{0,2000}\}\}|"[^"]*"|'[^']*'|[^\s"'{]|[{"'])+/g)) {
    const pair = /^([a-z_]\w*)=([\s\S]*)$/.exec(word);
    if (pair?.[1] === undefined) rest.push(word);
    else named.set(pair[1], (pair[2] ?? '').replace(/^(["'])([\s\S]*)\1$/, '$2'));
  }
  return { named, rest: rest.join(' ') };
}
