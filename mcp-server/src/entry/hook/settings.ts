import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { planted } from '../../domain/guard/planted.ts';
import { clientConfig } from './places.ts';
import { realOf } from './real-path.ts';

/** Whether a path is one of the client's settings files, of any project or of the person. */
export function isSettings(path: string): boolean {
  const folder = dirname(path);
  return (
    /^settings(?:\.local)?\.json$/i.test(basename(path)) &&
    (basename(folder).toLowerCase() === '.claude' || folder === realOf(clientConfig()))
  );
}

/** Why a settings file may not get this content; undefined when it may. */
export function settingsReason(path: string, input: Record<string, unknown>): string | undefined {
  const before = readText(path);
  const found = planted(before, written(before ?? '', input));
  return found.length === 0
    ? undefined
    : `${path}: ${found.join(', ')} would answer for the person or take the guard away. Leave it out, or ask the person to edit that file themselves.`;
}

export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** The file's text after the call: whole for Write, spliced for Edit and MultiEdit. */
function written(before: string, input: Record<string, unknown>): string {
  if (typeof input['content'] === 'string') return input['content'];
  const edits = Array.isArray(input['edits']) ? (input['edits'] as Record<string, unknown>[]) : [input];
  return edits.reduce((text, edit) => {
    const [from, to] = [edit['old_string'], edit['new_string']];
    if (typeof from !== 'string' || typeof to !== 'string') return text;
    if (from === '') return text === '' ? to : text + to;
    return edit['replace_all'] === true ? text.split(from).join(to) : text.replace(from, () => to);
  }, before);
}
