import { join } from 'node:path';
import { plants } from '../../domain/guard/planted.ts';
import { type HookInput, projectDir } from './input.ts';
import { clientConfig } from './places.ts';
import { readText } from './settings.ts';

/**
 * ConfigChange: why settings that changed during the session are not to be taken over; undefined when they may. The next
 * start of the client loads them all the same, which the reason says.
 */
export function configReason(input: HookInput): string | undefined {
  const project = join(projectDir(input), '.claude');
  const all = [project, clientConfig()].flatMap((folder) => [
    join(folder, 'settings.json'),
    join(folder, 'settings.local.json'),
  ]);
  for (const file of input.file_path === undefined ? all : [input.file_path]) {
    const text = readText(file);
    const found = text === undefined ? [] : inFile(file, text);
    if (found.length > 0)
      return `Countersign: ${file} has ${found.join(', ')}, which would answer for the person or take the guard away. It is not loaded into this session. A person looks at that file; at the next start the client loads it without asking.`;
  }
  return undefined;
}

/** A skill brings its hooks in its front matter. */
function inFile(file: string, text: string): string[] {
  if (file.endsWith('.json')) return plants(text).map((one) => one.split(' = ')[0]!);
  return [...new Set(text.match(/^\s*Elicitation(?:Result)?(?=\s*:)/gm) ?? [])].map((one) => one.trim());
}
