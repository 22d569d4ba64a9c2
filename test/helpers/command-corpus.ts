import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../fixtures/commands');

/** The commands of a corpus below `test/fixtures/commands`, by its name: one a line, several lines between fences; `## ` begins a section. */
export function corpus(name: string): { section: string; command: string }[] {
  const found: { section: string; command: string }[] = [];
  let section = '';
  let block: string[] | undefined;
  for (const line of readFileSync(join(folder, `${name}.txt`), 'utf8').split('\n')) {
    if (line === '```') {
      if (block !== undefined) found.push({ section, command: block.join('\n') });
      block = block === undefined ? [] : undefined;
    } else if (block !== undefined) block.push(line);
    else if (line.startsWith('## ')) section = line.slice(3);
    else if (line !== '') found.push({ section, command: line });
  }
  return found;
}
