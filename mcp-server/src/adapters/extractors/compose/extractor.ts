import { LineCounter, parseDocument } from 'yaml';
import { baseName, buildFile, type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Extractor, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';
import { inputs } from './inputs.ts';
import { NodeReader } from './nodes.ts';
import { service } from './service.ts';

/** Compose files (Compose Specification). The scope is the file's folder. */
export const compose: Extractor = {
  format: 'compose',
  matches(path, head) {
    if (!/\.ya?ml$/.test(path)) return false;
    if (/^(?:docker-)?compose(?:[._-].*)?\.ya?ml$/i.test(baseName(path))) return true;
    // Under any other name: services at the top, each with an image or a build, and nothing of other formats.
    return (
      /^services:[ \t]*\r?\n(?:[ \t]*(?:#.*)?\r?\n)*[ \t]+[\w.-]+:/m.test(head) &&
      /^[ \t]+(?:image|build):/m.test(head) &&
      !/^(?:apiVersion|stages|jobs|on|hosts|- ).*/m.test(head)
    );
  },
  extract,
};

function extract({ path, text }: SourceFile): FileExtraction {
  const file = buildFile('compose', { path });
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, strict: false, logLevel: 'error' });
  for (const error of document.errors) file.skip('unparsed', lines.linePos(error.pos[0]).line);
  const reader = new NodeReader(document, lines);
  inputs(file, text);
  for (const section of reader.members(document.contents)) {
    if (section.key === 'services') for (const member of reader.members(section.value)) service(file, reader, member);
    else if (section.key === 'include') included(file, reader, section.value);
    else if (/^(?:volumes|networks|secrets|configs)$/.test(section.key))
      for (const { key, line, endLine, value } of reader.members(section.value))
        file.fact({
          kind: 'resource',
          name: key,
          at: { line, endLine },
          attributes: {
            type: section.key.slice(0, -1),
            external: reader.text(reader.member(value, 'external')?.value) === 'true' ? true : undefined,
            file: reader.text(reader.member(value, 'file')?.value),
            driver: reader.text(reader.member(value, 'driver')?.value),
          },
        });
  }
  return file.done();
}

/** Other Compose files that this one takes in. */
function included(file: FileBuilder, reader: NodeReader, node: unknown): void {
  for (const { value, line, endLine } of reader.items(node)) {
    const paths = reader.text(value) ?? reader.text(reader.member(value, 'path')?.value);
    const path = paths === undefined ? undefined : resolveFrom(file.scope, paths);
    if (paths === undefined || path === undefined) continue;
    const fact = file.fact({ kind: 'module', name: paths, at: { line, endLine }, attributes: { source: paths } });
    file.refer(fact, 'includes', { by: 'path', path, kinds: ['service'] }, { line });
  }
}
