import { lineDifference } from '../../domain/drift/line-difference.ts';
import type { Moved } from '../../domain/drift/record.ts';
import { contentHash } from '../../domain/hash.ts';
import type { Ports } from '../ports.ts';

/** Commits in which the recorded text is looked for. */
const LOOKED_AT = 50;

/** How files differ from what was recorded, as far as git still has that; for the page that a person decides on. */
export async function differencesOf(ports: Ports, files: readonly Moved[]): Promise<string> {
  const parts: string[] = [];
  for (const file of files) {
    const before = await recordedText(ports, file);
    const after = file.now === null ? '' : ports.files.read(file.path);
    if (before === undefined || after === undefined) parts.push(`${file.path}: git does not have what was recorded`);
    else parts.push(file.path, ...lineDifference(before, after));
  }
  return parts.join('\n');
}

async function recordedText(ports: Ports, { path, was }: Moved): Promise<string | undefined> {
  if (was === null) return '';
  const commits = await ports.repository.commits(path);
  for (const { hash } of commits.slice(0, LOOKED_AT)) {
    const text = ports.history.read(hash, path);
    if (text !== undefined && contentHash(text) === was) return text;
  }
  return undefined;
}
