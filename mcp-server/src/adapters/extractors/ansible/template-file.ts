import { baseName, lineFinder } from '../../../domain/extract/build.ts';
import { scanTemplate } from '../jinja/template.ts';
import type { Reading } from './context.ts';
import { tidy } from './context.ts';
import { referToFile } from './paths.ts';

/** A Jinja2 template: the variables it reads, the templates it includes, its decisions. */
export function sayTemplate(reading: Reading, text: string): void {
  const { file, wanted } = reading;
  const lineAt = lineFinder(text);
  const last = lineAt(Math.max(0, text.trimEnd().length - 1));
  const template = file.fact({
    kind: 'data',
    name: baseName(reading.path),
    at: { line: 1, endLine: last },
    attributes: { type: 'template', nameFrom: 'path' },
  });
  const scan = scanTemplate(text);
  for (const use of scan.uses) wanted.use(use, { line: lineAt(use.at) }, template);
  for (const lookup of scan.lookups) wanted.lookUp(lookup, { line: lineAt(lookup.at) }, template);
  for (const include of scan.includes)
    if (include.target !== undefined)
      referToFile(reading, template, 'includes', 'templates', include.target, { line: lineAt(include.at) }, ['data']);
  for (const condition of scan.conditions) {
    const at = { line: lineAt(condition.at), endLine: lineAt(condition.at + condition.text.length) };
    file.fact({ kind: 'decision', name: tidy(condition.text), at, attributes: { rule: 'jinja-if' } });
  }
}
