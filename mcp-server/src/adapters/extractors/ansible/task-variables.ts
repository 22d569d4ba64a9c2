import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, entryOf, spanOf, textOf, type YamlNode } from '../yaml/node.ts';
import type { Reading } from './context.ts';
import type { ModuleCall } from './module.ts';
import { isGathered, type Level, sayValue } from './values.ts';
import { scanNode } from './variables.ts';

/** Read elsewhere: conditions, loops, and what holds tasks of its own. */
const readElsewhere = new Set(
  'block rescue always when failed_when changed_when until loop vars name notify tags register'.split(' '),
);

/** What a task, block or role entry sets, and what its other keywords and arguments read. @param role that is called */
export function sayTaskVariables(
  reading: Reading,
  node: YamlNode,
  level: Level,
  owner: Fact | undefined,
  module?: ModuleCall,
  role = roleOf(module),
): void {
  const { file, wanted } = reading;
  const passedTo = role?.includes('{{') === true ? undefined : role;
  for (const entry of entriesOf(childOf(node, 'vars'))) {
    sayValue(file, wanted, entry.key, level, spanOf(entry), entry.value, { passedTo });
    scanNode(entry.value, wanted, owner);
  }
  for (const entry of entriesOf(childOf(node, 'loop_control'))) {
    const name = textOf(entry.value);
    if ((entry.key === 'loop_var' || entry.key === 'index_var') && name !== undefined)
      sayValue(file, wanted, name, 'loop', spanOf(entry));
  }
  const register = entryOf(node, 'register');
  const registered = textOf(register?.value);
  if (register !== undefined && registered !== undefined)
    sayValue(file, wanted, registered, 'register', spanOf(register));
  if (module !== undefined) saySetByModule(reading, module, loops(node));
  for (const entry of entriesOf(node)) {
    if (readElsewhere.has(entry.key) || entry.key.startsWith('with_')) continue;
    scanNode(
      module?.name === 'assert' && entry === module.entry ? childOf(entry.value, 'fail_msg') : entry.value,
      wanted,
      owner,
    );
  }
  scanNode(childOf(node, 'name'), wanted, owner);
}

/** The role that a task includes or imports. */
function roleOf(module: ModuleCall | undefined): string | undefined {
  return /^(?:include|import)_role$/.test(module?.name ?? '') ? module?.argument('name') : undefined;
}

function loops(task: YamlNode): boolean {
  return entriesOf(task).some(({ key }) => key === 'loop' || key.startsWith('with_'));
}

/** Facts that modules set under names of their own, without the prefix `ansible_`. */
const factNames: { readonly [module: string]: readonly string[] } = {
  getent: [],
  package_facts: ['packages'],
  service_facts: ['services'],
  listen_ports_facts: ['tcp_listen', 'udp_listen'],
  mount_facts: ['mount_points'],
};

/** set_fact, set_stats, include_vars and the like set variables by their arguments. */
function saySetByModule(reading: Reading, module: ModuleCall, inLoop: boolean): void {
  const { file, wanted } = reading;
  const { value } = module.entry;
  if (module.name === 'set_fact') {
    if (value.kind !== 'map') {
      for (const [, name] of (module.freeForm === undefined ? (textOf(value) ?? '') : '').matchAll(
        /(?:^|\s)([a-z_]\w*)=/gi,
      ))
        if (name !== undefined) sayValue(file, wanted, name, 'set_fact', value);
      return;
    }
    for (const entry of value.entries)
      if (entry.key !== 'cacheable' && !entry.key.includes('{{'))
        sayValue(file, wanted, entry.key, 'set_fact', spanOf(entry), entry.value, {
          gathered: isGathered(entry.key, entry.value, inLoop),
        });
  } else if (Object.hasOwn(factNames, module.name)) {
    const names =
      module.name === 'getent' ? [`getent_${module.argument('database') ?? 'passwd'}`] : factNames[module.name];
    for (const name of names ?? []) {
      wanted.declare(name);
      file.fact({
        kind: 'value',
        name,
        at: spanOf(module.entry),
        attributes: { level: 'set_fact', nameFrom: 'module' },
      });
    }
  } else if (module.name === 'set_stats') {
    for (const entry of entriesOf(module.node('data')))
      file.fact({ kind: 'output', name: entry.key, at: spanOf(entry), attributes: { rule: 'ansible-set-stats' } });
  } else if (module.name === 'include_vars') {
    const name = module.argument('name');
    if (name !== undefined) sayValue(file, wanted, name, 'include-vars', spanOf(module.entry));
  }
}
