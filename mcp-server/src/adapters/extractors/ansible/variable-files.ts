import { entriesOf, spanOf, type YamlNode } from '../yaml/node.ts';
import type { Reading } from './context.ts';
import { sayConnection } from './ties.ts';
import { type Level, sayValue } from './values.ts';
import { scanNode } from './variables.ts';

/** Every variable of defaults, vars, group_vars or host_vars, and what their values read in turn. */
export function sayVariableFile(reading: Reading, root: YamlNode, level: Level): void {
  const { file, wanted } = reading;
  for (const entry of entriesOf(root)) {
    sayValue(file, wanted, entry.key, level, spanOf(entry), entry.value);
    scanNode(entry.value, wanted);
  }
  sayConnection(reading, root);
}
