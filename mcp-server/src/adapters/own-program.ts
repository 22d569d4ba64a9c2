import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, relative, resolve } from 'node:path';

/**
 * Where a program lies that the search path finds inside a project.
 *
 * @param root real path of the project, from where relative folders of the search path count
 * @returns relative to the project; undefined where the program lies elsewhere or is not there
 */
export function ownProgram(root: string, searchPath: string | undefined, name: string): string | undefined {
  for (const folder of (searchPath ?? '').split(delimiter)) {
    const real = programAt(join(resolve(root, folder === '' ? '.' : folder), name));
    if (real === undefined) continue;
    const own = relative(root, real);
    return own.startsWith('..') || isAbsolute(own) ? undefined : own;
  }
  return undefined;
}

function programAt(file: string): string | undefined {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile() ? realpathSync(file) : undefined;
  } catch {
    return undefined;
  }
}
