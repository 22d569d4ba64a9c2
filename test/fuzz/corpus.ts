import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Text files of this repository below these folders whose path fits, by path from its root. */
export function textsOf(folders: readonly string[], fits: RegExp): Map<string, string> {
  const paths = folders.flatMap((folder) =>
    readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8', withFileTypes: true })
      .filter((entry) => entry.isFile() && fits.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  return new Map(
    paths.sort().map((path) => [path.slice(ROOT.length + 1), readFileSync(path, 'utf8').slice(0, 20_000)]),
  );
}
