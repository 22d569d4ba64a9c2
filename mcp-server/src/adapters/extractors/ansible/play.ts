import { baseName } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, textsOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { type Reading, tidy } from './context.ts';
import { inherit } from './inherited.ts';
import { sayControl } from './intent.ts';
import { referToFile, referToRole } from './paths.ts';
import { sayHandlers, sayTasks } from './task.ts';
import { sayTaskVariables } from './task-variables.ts';
import { connectionSystem, sayConnection } from './ties.ts';
import { sayValue, shortText } from './values.ts';
import { scanNode } from './variables.ts';

/** Plays and imported playbooks of a playbook, in order. */
export function sayPlaybook(reading: Reading, root: YamlNode): void {
  const { file } = reading;
  const entry = file.fact({
    kind: 'entrypoint',
    name: baseName(reading.path),
    at: { line: root.line, endLine: root.endLine },
    attributes: { nameFrom: 'path' },
  });
  for (const item of itemsOf(root)) {
    const imported = entriesOf(item).find(({ key }) =>
      /^(?:ansible\.builtin\.)?(?:import_playbook|include)$/.test(key),
    );
    const path = textOf(imported?.value);
    if (imported !== undefined && path !== undefined) {
      const file_ = /^\S+/.exec(path.trim())?.[0] ?? '';
      referToFile(
        reading,
        entry,
        'includes',
        'tasks',
        path.includes('{{') ? path : file_,
        spanOf(imported),
        path.includes('{{') ? undefined : ['entrypoint', 'play'],
      );
      sayControl(reading, item, entry);
      sayTaskVariables(reading, item, 'play-vars', entry);
    } else if (entryOf(item, 'hosts') !== undefined) sayPlay(reading, item);
  }
  file.refer(entry, 'calls', { by: 'path', path: reading.path, kinds: ['play'] }, { line: root.line });
}

function sayPlay(reading: Reading, node: YamlNode): void {
  const { file, wanted } = reading;
  const hosts = entryOf(node, 'hosts');
  const title = textOf(childOf(node, 'name'));
  const pattern = textsOf(hosts?.value).join(',');
  const at = { line: node.line, endLine: node.endLine };
  const name = tidy(title ?? pattern) || 'hosts';
  const nameFrom = title === undefined ? 'hosts' : undefined;
  const text = (key: string) => textOf(childOf(node, key));
  const runs = inherit(undefined, node);
  const play = file.fact({
    kind: 'play',
    name,
    at,
    attributes: {
      nameFrom,
      hosts: tidy(pattern),
      serial: textsOf(childOf(node, 'serial')).join(',') || undefined,
      strategy: text('strategy'),
      maxFailPercentage: text('max_fail_percentage'),
      gatherFacts: truthOf(childOf(node, 'gather_facts')),
      anyErrorsFatal: truthOf(childOf(node, 'any_errors_fatal')),
      ignoresErrors: truthOf(childOf(node, 'ignore_errors')) || undefined,
      become: runs.become,
      becomeUser: runs.becomeUser,
      checkMode: runs.checkMode,
      noLog: runs.noLog,
      runOnce: runs.runOnce,
      environment: runs.environment,
      connection: text('connection'),
      tags: textsOf(childOf(node, 'tags')).length > 0 ? textsOf(childOf(node, 'tags')) : undefined,
    },
  });
  file.fact({ kind: 'phase', name, at, attributes: { rule: 'ansible-play', nameFrom } });
  sayPlayBatches(reading, node);
  scanNode(hosts?.value, wanted, play);
  sayPlayVariables(reading, node, play);
  sayConnection(reading, childOf(node, 'vars'), play);
  const system = connectionSystem(text('connection') ?? 'ssh');
  const connection = entryOf(node, 'connection');
  if (system !== undefined && connection !== undefined && !system.includes('{{'))
    file.couple({ system, class: 'connection', swap: 're-parameterise', at: spanOf(connection), consumers: [play] });
  for (const { key, value } of entriesOf(node)) if (!readApart.has(key)) scanNode(value, wanted, play);
  // What else the play says of them stands with the play.
  const inherited = {
    ...(runs.checkMode === true && { checkMode: true }),
    ...(runs.noLog === true && { noLog: true }),
  };
  // Listed in the order of the file; Ansible runs pre_tasks, roles, tasks, post_tasks whatever the order is.
  for (const { key, value } of entriesOf(node)) {
    if (key === 'pre_tasks' || key === 'tasks' || key === 'post_tasks')
      sayTasks(reading, value, { section: key, play, inherited });
    else if (key === 'handlers') sayHandlers(reading, value, { play, inherited });
    else if (key === 'roles') for (const role of itemsOf(value)) sayRoleUse(reading, role, play);
  }
}

/** Keywords of a play that are read on their own, and those that hold no template. */
const readApart = new Set(
  'hosts vars vars_prompt vars_files pre_tasks roles tasks post_tasks handlers serial max_fail_percentage throttle tags collections'.split(
    ' ',
  ),
);

function sayPlayBatches(reading: Reading, node: YamlNode): void {
  for (const key of ['serial', 'max_fail_percentage', 'throttle']) {
    const entry = entryOf(node, key);
    if (entry === undefined) continue;
    const size = textsOf(entry.value).join(',');
    reading.file.fact({
      kind: 'batch',
      name: key,
      at: spanOf(entry),
      attributes: { rule: `ansible-${key.replace(/_/g, '-')}`, size },
    });
    scanNode(entry.value, reading.wanted);
  }
}

function sayPlayVariables(reading: Reading, node: YamlNode, play: Fact): void {
  const { file, wanted } = reading;
  for (const entry of entriesOf(childOf(node, 'vars'))) {
    sayValue(file, wanted, entry.key, 'play-vars', spanOf(entry), entry.value);
    scanNode(entry.value, wanted, play);
  }
  for (const prompt of itemsOf(childOf(node, 'vars_prompt'))) {
    const name = textOf(childOf(prompt, 'name'));
    if (name === undefined) continue;
    wanted.declare(name);
    const at = { line: prompt.line, endLine: prompt.endLine };
    const isPrivate = truthOf(childOf(prompt, 'private')) ?? true;
    file.fact({
      kind: 'input',
      name,
      at,
      attributes: {
        level: 'vars_prompt',
        rule: 'ansible-vars-prompt',
        description: textOf(childOf(prompt, 'prompt')),
        required: entryOf(prompt, 'default') === undefined,
        sensitive: isPrivate,
        default: isPrivate ? undefined : shortText(childOf(prompt, 'default')),
      },
    });
    file.fact({ kind: 'approval', name, at, status: 'inferred', attributes: { rule: 'ansible-vars-prompt' } });
  }
  const files = childOf(node, 'vars_files');
  for (const item of itemsOf(files)) {
    // A list inside the list: the first of these files that exists.
    for (const path of textsOf(item))
      referToFile(reading, play, 'reads', 'vars', path, item, ['value', 'input', 'data']);
    scanNode(item, wanted, play);
  }
}

/** A role in a play: a phase of its own, in the order of the listing. */
function sayRoleUse(reading: Reading, node: YamlNode, play: Fact): void {
  const { file, wanted } = reading;
  const role =
    textOf(node) ?? textOf(childOf(node, 'role')) ?? textOf(childOf(node, 'name')) ?? textOf(childOf(node, 'src'));
  if (role === undefined) return;
  const at = { line: node.line, endLine: node.endLine };
  const isDynamic = role.includes('{{');
  const phase = file.fact({
    kind: 'phase',
    name: tidy(role),
    at,
    status: isDynamic ? 'unresolved' : 'observed',
    attributes: { rule: 'ansible-role', play: play.name, candidates: isDynamic ? [] : undefined },
  });
  referToRole(reading, play, 'calls', role, at);
  referToRole(reading, phase, 'calls', role, at);
  if (node.kind !== 'map') return scanNode(node, wanted, play);
  sayControl(reading, node, phase);
  sayTaskVariables(reading, node, 'role-params', phase, undefined, role);
  for (const entry of node.entries)
    if (!roleKeywords.has(entry.key))
      sayValue(file, wanted, entry.key, 'role-params', spanOf(entry), entry.value, {
        passedTo: isDynamic ? undefined : role,
      });
}

const roleKeywords = new Set(
  'any_errors_fatal become become_exe become_flags become_method become_user check_mode collections connection debugger delegate_facts delegate_to diff environment ignore_errors ignore_unreachable module_defaults name no_log port remote_user role run_once src tags throttle timeout vars version when'.split(
    ' ',
  ),
);
