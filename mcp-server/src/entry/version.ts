import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../../../package.json' with { type: 'json' };

export const VERSION: string = manifest.version;

/**
 * Says which program this is, so that what one program kept is not taken for the work of another. A bundled part is
 * named by its content and by that of the parts it loads; unbundled, the file's date has to do.
 *
 * @param url `import.meta.url` of the module that asks
 */
export function programVersion(url: string): string {
  const self = fileURLToPath(url);
  return `${VERSION}-${basename(self)}-${Math.round(statSync(self).mtimeMs)}`;
}
