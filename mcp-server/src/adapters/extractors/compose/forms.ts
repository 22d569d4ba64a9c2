import { childOf, entriesOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';

/** The Compose Specification lets most lists be written in several forms; these read all of them. */

/** The names in a list of texts or of `source: name` mappings, or the keys of a mapping. */
export function namesOf(node: YamlNode | undefined): string[] {
  if (node?.kind === 'map') return node.entries.map((entry) => entry.key);
  return itemsOf(node).flatMap((item) => textOf(item) ?? textOf(childOf(item, 'source')) ?? []);
}

/** Short forms as written; long ones as `published:target` or `source:target`. */
export function pairsOf(node: YamlNode | undefined): string[] {
  return itemsOf(node).flatMap((item) => {
    const short = textOf(item);
    if (short !== undefined) return [short];
    const from = textOf(childOf(item, 'published')) ?? textOf(childOf(item, 'source'));
    const target = textOf(childOf(item, 'target'));
    return target === undefined ? [] : [from === undefined ? target : `${from}:${target}`];
  });
}

/** One path, a list of paths, or a list of mappings with a path each. */
export function pathsOf(node: YamlNode | undefined): { path: string; at: { line: number; endLine: number } }[] {
  return (node?.kind === 'seq' ? node.items : node === undefined ? [] : [node]).flatMap((item) => {
    const given = item.kind === 'map' ? childOf(item, 'path') : item;
    const paths = given?.kind === 'seq' ? given.items : given === undefined ? [] : [given];
    return paths.flatMap((path) => {
      const text = textOf(path);
      return text === undefined ? [] : [{ path: text, at: { line: path.line, endLine: path.endLine } }];
    });
  });
}

/** `NAME=value` items or `NAME: value` members; a name without a value is taken from whoever starts the services. */
export function settingsOf(
  node: YamlNode | undefined,
): { name: string; value: string | undefined; at: { line: number; endLine: number } }[] {
  const members = entriesOf(node).map(({ key, keyLine, value }) => ({
    name: key,
    value: textOf(value),
    at: { line: keyLine, endLine: Math.max(keyLine, value.endLine) },
  }));
  const items = itemsOf(node).flatMap((item) => {
    const pair = textOf(item) ?? '';
    const equals = pair.indexOf('=');
    const at = { line: item.line, endLine: item.endLine };
    if (pair === '') return [];
    return [
      equals < 0
        ? { name: pair, value: undefined, at }
        : { name: pair.slice(0, equals), value: pair.slice(equals + 1), at },
    ];
  });
  return [...members, ...items];
}
