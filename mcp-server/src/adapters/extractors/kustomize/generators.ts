import { type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, itemsOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';

const kinds = { configMapGenerator: 'ConfigMap', secretGenerator: 'Secret' } as const;

/** ConfigMaps and Secrets that are made when the kustomization is built, and the files they are made from. */
export function generatedFacts(file: FileBuilder, from: Fact, root: YamlNode): void {
  for (const [key, kind] of Object.entries(kinds)) {
    for (const item of itemsOf(childOf(root, key))) {
      const name = textOf(childOf(item, 'name'));
      if (name === undefined) continue;
      const literals = [...textsOf(childOf(item, 'literals'))];
      const files = [
        ...textsOf(childOf(item, 'files')),
        ...textsOf(childOf(item, 'envs')),
        ...textsOf(childOf(item, 'env')),
      ];
      const fact = file.fact({
        kind: 'resource',
        name: `${kind}/${name}`,
        at: item,
        attributes: {
          kind,
          nameFrom: 'generator and name',
          generated: true,
          keys: [...literals, ...files].map((text) => text.split('=')[0] ?? text),
        },
      });
      file.refer(from, 'writes', { by: 'name', kinds: ['resource'], name: fact.name, scope: file.scope }, item);
      for (const text of files) {
        const path = resolveFrom(file.scope, text.slice(text.indexOf('=') + 1));
        if (path !== undefined) file.refer(fact, 'reads', { by: 'path', path }, item);
      }
      if (kind === 'Secret') secretLiterals(file, item);
    }
  }
}

function secretLiterals(file: FileBuilder, item: YamlNode): void {
  for (const literal of itemsOf(childOf(item, 'literals'))) {
    const text = textOf(literal) ?? '';
    const equals = text.indexOf('=');
    const value = text.slice(equals + 1);
    if (equals <= 0 || value === '' || /\$\{|\{\{/.test(value)) continue;
    file.secret({
      name: text.slice(0, equals),
      class: 'password',
      line: literal.line,
      endLine: literal.endLine,
      value,
    });
  }
}
