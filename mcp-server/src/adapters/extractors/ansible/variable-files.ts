import { entriesOf, spanOf, type YamlNode } from '../yaml/node.ts';
import type { Reading } from './context.ts';
import { sayConnection } from './ties.ts';
import { type Level, precedence, sayValue } from './values.ts';
import { scanNode } from './variables.ts';

/** Every variable of defaults, vars, group_vars or host_vars, and what their values read in turn. */
export function sayVariableFile(reading: Reading, root: YamlNode, level: Level): void {
  const { file, wanted } = reading;
  const rank = precedenceOfFile(level, reading.path);
  for (const entry of entriesOf(root)) {
    sayValue(file, wanted, entry.key, level, spanOf(entry), entry.value, { precedence: rank });
    scanNode(entry.value, wanted);
  }
  sayConnection(reading, root);
}

/**
 * Variables of groups and hosts beside a playbook win over those beside an inventory, and those of one group over those of
 * all (Ansible user guide, "Understanding variable precedence", 4 to 10).
 */
function precedenceOfFile(level: Level, path: string): number {
  const isInventory = /(?:^|\/)(?:inventor(?:y|ies)|environments?)(?:\/)/.test(path);
  if (level === 'host_vars') return isInventory ? 9 : 10;
  if (level !== 'group_vars') return precedence[level];
  const isAll = /(?:^|\/)group_vars\/all(?:\/|\.\w+$|$)/.test(path);
  return (isAll ? 4 : 6) + (isInventory ? 0 : 1);
}
