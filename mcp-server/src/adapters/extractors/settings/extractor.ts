import { baseName, buildFile } from '../../../domain/extract/build.ts';
import type { Extractor, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';

/**
 * Settings of `NAME=value` lines (.env files), and key files: the places where secrets in clear lie most often. Values
 * are facts; what is secret among them is found for every format alike.
 */
export const settings: Extractor = {
  format: 'settings',
  matches: (path) => /^\.env(?:\..*)?$|\.env$|\.(?:pem|key)$|^id_(?:rsa|dsa|ecdsa|ed25519)$/.test(baseName(path)),
  extract,
};

function extract({ path, text }: SourceFile): FileExtraction {
  const file = buildFile('settings', { path });
  if (!/\.env/.test(baseName(path))) return file.done();
  text.split(/\r?\n/).forEach((line, at) => {
    const pair = /^\s*(?:export\s+)?([A-Za-z_][\w.-]*)\s*=(.*)$/.exec(line);
    if (pair === null) return;
    file.fact({
      kind: 'value',
      name: pair[1] as string,
      at: { line: at + 1 },
      attributes: { value: (pair[2] as string).trim().replace(/^(["'])(.*)\1$/, '$2') },
    });
  });
  return file.done();
}
