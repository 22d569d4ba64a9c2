import { childOf, entriesOf, entryOf, spanOf, textOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import type { Reading } from './context.ts';
import { systemOfCollection } from './modules.ts';
import { sayValue } from './values.ts';
import { scanNode } from './variables.ts';

interface Group {
  name: string;
  line: number;
  endLine: number;
  hosts: Set<string>;
  children: string[];
}

/** What an inventory says of one host wins over what it says of a group. */
const ofHost = { precedence: 8 };

/** INI inventory: groups with how many hosts they list, children, and the names of variables. Values are not kept. */
export function sayIniInventory(reading: Reading, text: string): void {
  const groups = new Map<string, Group>();
  let group = groupOf(groups, 'ungrouped', 1);
  let section: 'hosts' | 'vars' | 'children' = 'hosts';
  text.split('\n').forEach((full, index) => {
    const line = index + 1;
    const content = full.replace(/\s[#;].*$/, '').trim();
    if (content === '' || /^[#;]/.test(content)) return;
    const header = /^\[([^\]:]+)(?::(hosts|vars|children))?\]/.exec(content);
    if (header?.[1] !== undefined) {
      group = groupOf(groups, header[1], line);
      section = (header[2] as typeof section | undefined) ?? 'hosts';
      return;
    }
    group.endLine = Math.max(group.endLine, line);
    const name = /^[^\s=]+/.exec(content)?.[0] ?? '';
    if (section === 'children') group.children.push(name);
    else if (section === 'vars') sayValue(reading.file, reading.wanted, name, 'inventory', { line });
    else {
      group.hosts.add(name);
      for (const [, variable] of content.slice(name.length).matchAll(/\s([A-Za-z_]\w*)=/g))
        if (variable !== undefined)
          sayValue(reading.file, reading.wanted, variable, 'inventory', { line }, undefined, ofHost);
    }
  });
  sayGroups(reading, groups);
}

/** YAML inventory, or the settings of an inventory plug-in. */
export function sayYamlInventory(reading: Reading, root: YamlNode): void {
  const { file } = reading;
  const plugin = entryOf(root, 'plugin');
  const name = textOf(plugin?.value);
  if (plugin !== undefined && name !== undefined) {
    const source = file.fact({
      kind: 'data',
      name,
      at: spanOf(plugin),
      attributes: { type: 'inventory-plugin', effect: 'read' },
    });
    const system = systemOfCollection(name.split('.').slice(0, 2).join('.')) ?? name;
    file.couple({ system, class: 'inventory', swap: 're-parameterise', at: spanOf(plugin), consumers: [source] });
    scanNode(root, reading.wanted, source);
    return;
  }
  const groups = new Map<string, Group>();
  for (const entry of entriesOf(root)) addGroup(reading, groups, entry);
  sayGroups(reading, groups);
}

function addGroup(reading: Reading, groups: Map<string, Group>, entry: YamlEntry): void {
  const group = groupOf(groups, entry.key, entry.keyLine);
  group.endLine = Math.max(group.endLine, spanOf(entry).endLine);
  for (const host of entriesOf(childOf(entry.value, 'hosts'))) {
    group.hosts.add(host.key);
    for (const variable of entriesOf(host.value))
      sayValue(reading.file, reading.wanted, variable.key, 'inventory', spanOf(variable), undefined, ofHost);
  }
  for (const variable of entriesOf(childOf(entry.value, 'vars')))
    sayValue(reading.file, reading.wanted, variable.key, 'inventory', spanOf(variable));
  for (const child of entriesOf(childOf(entry.value, 'children'))) {
    group.children.push(child.key);
    addGroup(reading, groups, child);
  }
}

function groupOf(groups: Map<string, Group>, name: string, line: number): Group {
  const known = groups.get(name);
  if (known !== undefined) return known;
  const made = { name, line, endLine: line, hosts: new Set<string>(), children: [] };
  groups.set(name, made);
  return made;
}

function sayGroups(reading: Reading, groups: ReadonlyMap<string, Group>): void {
  for (const { name, line, endLine, hosts, children } of groups.values()) {
    if (name === 'ungrouped' && hosts.size === 0 && children.length === 0) continue;
    // host[01:50] stands for many; how many is not worked out.
    const isRange = [...hosts].some((host) => host.includes('[')) || undefined;
    reading.file.fact({
      kind: 'data',
      name,
      at: { line, endLine },
      attributes: {
        type: 'inventory-group',
        hosts: hosts.size,
        ranges: isRange,
        children: children.length > 0 ? children : undefined,
        nameFrom: name === 'ungrouped' ? 'hosts outside groups' : undefined,
      },
    });
  }
}
