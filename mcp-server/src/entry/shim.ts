import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { inputFault } from '../domain/fault.ts';

/**
 * Writes a program where a person asked for it. Never over another program.
 *
 * @returns the path
 * @throws Fault `file-exists`
 */
export function writeExecutable(path: string, content: string, cwd: string): string {
  const full = resolve(cwd, path);
  if (existsSync(full) && !readFileSync(full, 'utf8').includes('# countersign:'))
    throw inputFault({ code: 'file-exists', message: `${full} is something else`, next: 'choose another path' });
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content, { mode: 0o755 });
  return full;
}
