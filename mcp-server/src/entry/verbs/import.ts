import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ImportedUnit, importWork, previewImport, readSources } from '../../app/import.ts';
import { inputFault } from '../../domain/fault.ts';
import { IMPORTERS } from '../../domain/import/catalogue.ts';
import { placeInProject, sourceTree } from '../compose.ts';
import { personAtCli } from '../person.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

const formats = IMPORTERS.map((importer) => importer.format).join(', ');

export const importVerb: Verb = {
  usage: 'import <path> [--out ID] [--from FORMAT] [--only NAME] [--title TEXT]',
  options: {
    out: { type: 'string', takes: 'ID', summary: 'start a delivery with drafts; without it, only say what would come' },
    from: { type: 'string', takes: 'FORMAT', summary: `one of ${formats}; else whatever is found` },
    only: { type: 'string', takes: 'NAME', summary: 'one unit of work, where the folder holds several' },
    title: { type: 'string', takes: 'TEXT', summary: 'title of that delivery' },
  },
  examples: [
    'import .kiro/specs',
    'import .kiro/specs/photo-albums --out photo-albums',
    'import openspec --from openspec',
  ],
  arity: [1, 1],
  async run({ args, options }, context) {
    const root = resolve(context.cwd, args[0]!);
    if (!existsSync(root))
      throw inputFault({ code: 'no-such-path', message: `${args[0]} is not there`, expected: 'a folder, or a file' });
    const id = options['out'] as string | undefined;
    const sources = await readSources(await sourceTree(), root);
    const request = {
      sources,
      format: options['from'] as string | undefined,
      only: options['only'] as string | undefined,
      prefix: '',
      owner: 'Unassigned',
    };
    if (id === undefined) {
      const answer = previewImport(request);
      return { answer, text: [...answer.data.units.map(unitText), answer.said, `next: ${answer.next}`].join('\n') };
    }
    const ports = context.ports();
    const actor = await personAtCli(ports);
    const place = placeInProject(root, context.cwd);
    const answer = importWork(ports, {
      ...request,
      id,
      title: options['title'] as string | undefined,
      actor,
      owner: actor.name,
      prefix: 'prefix' in place ? place.prefix : place.elsewhere,
    });
    const lines = [
      ...answer.data.units.map(unitText),
      answer.said,
      ...answer.blocks.map((block) => `  blocked ${block}`),
      ...answer.data.artifacts.map((path) => `  ${path}`),
      `  next ${answer.next}`,
    ];
    return { answer, text: lines.join('\n') };
  },
};

function unitText(unit: ImportedUnit): string {
  const mapped = Object.entries(unit.mapped).flatMap(([what, count]) => (count === 0 ? [] : [`${count} ${what}`]));
  const { all, leftOver } = unit.lines;
  const secrets = unit.redacted === 0 ? [] : [`  ${unit.redacted} lines held a secret, which was left out`];
  const places = unit.leftOver.slice(0, 5).map(({ path, line, endLine }) => `    ${path}:${line}-${endLine}`);
  const more = unit.leftOver.length > 5 ? [`    and ${unit.leftOver.length - 5} more`] : [];
  return printable(
    [
      `${unit.unit} (${unit.format}): ${unit.title}`,
      `  mapped: ${mapped.join(', ') || 'nothing'}${unit.design ? '; with a design' : ''}`,
      `  left over: ${leftOver} of ${all} lines, kept under Imported text`,
      ...places,
      ...more,
      ...secrets,
    ].join('\n'),
  );
}
