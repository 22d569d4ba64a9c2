import { baseName, buildFile, type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Extractor, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';
import { documentsIn } from '../yaml/documents.ts';
import { childOf, entriesOf, spanOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { pathsOf } from './forms.ts';
import { inputs } from './inputs.ts';
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
  const documents = documentsIn(file, text);
  inputs(file, text);
  for (const section of documents.flatMap(({ root }) => entriesOf(root))) {
    if (section.key === 'services') for (const entry of entriesOf(section.value)) service(file, entry);
    else if (section.key === 'include') included(file, section.value);
    else if (/^(?:volumes|networks|secrets|configs)$/.test(section.key))
      for (const entry of entriesOf(section.value))
        file.fact({
          kind: 'resource',
          name: entry.key,
          at: spanOf(entry),
          attributes: {
            type: section.key.slice(0, -1),
            external: truthOf(childOf(entry.value, 'external')) === true ? true : undefined,
            file: textOf(childOf(entry.value, 'file')),
            driver: textOf(childOf(entry.value, 'driver')),
          },
        });
  }
  return file.done();
}

/** Other Compose files that this one takes in. */
function included(file: FileBuilder, node: YamlNode): void {
  for (const { path: source, at } of pathsOf(node)) {
    const path = resolveFrom(file.scope, source);
    if (path === undefined) continue;
    const fact = file.fact({ kind: 'module', name: source, at, attributes: { source } });
    file.refer(fact, 'includes', { by: 'path', path, kinds: ['service'] }, { line: at.line });
  }
}
