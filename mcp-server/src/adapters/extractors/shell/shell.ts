import { baseName, buildFile, folderOf, lineFinder } from '../../../domain/extract/build.ts';
import type { Extractor } from '../../../domain/extract/contract.ts';
import { bannersOf } from './banners.ts';
import { isPure } from './purity.ts';
import { isShellInterpreter, readCommands, strictness } from './reading.ts';
import { sayShell } from './say.ts';

/** Shell scripts: by ending, or by the interpreter line. The scope is the script's path: one script, one run. */
export const shell: Extractor = {
  format: 'shell',
  matches(path, head) {
    if (/\.(?:sh|bash|ksh)$/.test(path)) return true;
    return head.startsWith('#!') && isShellInterpreter(head.slice(0, Math.max(0, head.indexOf('\n'))));
  },
  extract(source) {
    const file = buildFile('shell', source, source.path);
    const reading = readCommands(source.text);
    const { script, calls } = reading;
    const lineAt = lineFinder(source.text);
    const at = (from: number, to: number) => ({ line: lineAt(from), endLine: lineAt(Math.max(from, to - 1)) });
    for (const error of script.errors) file.skip('unparsed', lineAt(error));
    const { options, handlesErrors } = strictness(script, calls);
    const interpreter = /^#!\s*(.+)/.exec(source.text)?.[1]?.trim();
    file.fact({
      kind: 'entrypoint',
      name: baseName(source.path),
      at: { line: 1 },
      attributes: { interpreter, options, handlesErrors, pure: isPure(reading) || undefined, nameFrom: 'path' },
    });
    for (const found of script.functions)
      file.fact({
        kind: 'phase',
        name: found.name,
        at: at(found.at, found.end),
        attributes: { rule: 'shell-function' },
      });
    for (const banner of bannersOf(source.text))
      file.fact({
        kind: 'phase',
        name: banner.title,
        at: banner,
        status: 'inferred',
        attributes: { rule: 'shell-banner' },
      });
    const folder = folderOf(source.path);
    sayShell(file, reading, { at, folders: folder === '.' ? ['.'] : [folder, '.'] });
    return file.done();
  },
};
