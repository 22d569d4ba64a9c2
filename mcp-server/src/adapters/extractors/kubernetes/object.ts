import { childOf, entriesOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';

/** One API object of a manifest: what apiVersion, kind and metadata say, and where it stands. */
export interface KubeObject {
  /** API group; empty for the core group. */
  group: string;
  apiVersion: string;
  kind: string;
  /** metadata.name, else metadata.generateName; undefined when a template or nothing stands there. */
  name: string | undefined;
  namespace: string | undefined;
  root: YamlNode;
  line: number;
  endLine: number;
  /** `Deployment/web`, as kubectl spells it: what facts and references call the object. */
  title: string;
}

/** The API objects of one document; the items of a `kind: List` count each for itself. */
export function objectsOf(root: YamlNode | undefined): KubeObject[] {
  if (root?.kind === 'seq') return root.items.flatMap((item) => objectsOf(item));
  const apiVersion = textOf(childOf(root, 'apiVersion'));
  const kind = textOf(childOf(root, 'kind'));
  if (root === undefined || apiVersion === undefined || kind === undefined) return [];
  const items = childOf(root, 'items');
  if (/List$/.test(kind) && items?.kind === 'seq') return items.items.flatMap((item) => objectsOf(item));
  const metadata = childOf(root, 'metadata');
  const name = textOf(childOf(metadata, 'name')) ?? textOf(childOf(metadata, 'generateName'));
  return [
    {
      group: apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '',
      apiVersion,
      kind,
      name,
      namespace: textOf(childOf(metadata, 'namespace')),
      root,
      line: root.line,
      endLine: root.endLine,
      title: name === undefined ? kind : `${kind}/${name}`,
    },
  ];
}

/** Follows a path of keys. */
export function at(node: YamlNode | undefined, ...keys: readonly string[]): YamlNode | undefined {
  return keys.reduce<YamlNode | undefined>((inner, key) => childOf(inner, key), node);
}

/** A map of scalars as plain strings: labels, selectors, annotations. */
export function stringMap(node: YamlNode | undefined): Map<string, string> {
  return new Map(entriesOf(node).map((entry) => [entry.key, textOf(entry.value) ?? '']));
}

/** Texts under a key of every item of a list: `names(spec.volumes, 'name')`. */
export function names(node: YamlNode | undefined, key: string): string[] {
  return itemsOf(node).flatMap((item) => textOf(childOf(item, key)) ?? []);
}

/** A map of scalars for attributes, undefined when there is nothing to say. */
export function plainMap(node: YamlNode | undefined): { [key: string]: string } | undefined {
  const entries = entriesOf(node).flatMap((entry) => {
    const text = textOf(entry.value);
    return text === undefined ? [] : [[entry.key, text] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}
