import { type Attributes, type FileBuilder, resolveFrom } from '../../../../domain/extract/build.ts';
import type { Fact } from '../../../../domain/extract/contract.ts';
import { remoteBase } from '../../remote-source.ts';
import { childOf, entryOf, itemsOf, spanOf, textOf, type YamlNode } from '../../yaml/node.ts';
import type { KubeObject } from '../object.ts';

/**
 * A kind of object by which a controller keeps a cluster as a repository says. Its attributes tell where from, what and in
 * which version; `settle` ties `path`, `source` and `dependsOn` to what the same repository holds.
 */
export interface DeliveryKind {
  group: string;
  kinds: readonly string[];
  attributes(object: KubeObject): Attributes;
  /** Checks, ways back, values, and ties to systems. */
  say(file: FileBuilder, object: KubeObject, fact: Fact): void;
}

/** `GitRepository/fleet`: the object that a reference of kind and name means. */
export function titleOf(reference: YamlNode | undefined, kind?: string): string | undefined {
  const name = textOf(childOf(reference, 'name'));
  const named = textOf(childOf(reference, 'kind')) ?? kind;
  return name === undefined || named === undefined ? undefined : `${named}/${name}`;
}

/** Titles of a list of references, undefined for none. */
export function titlesOf(list: YamlNode | undefined, kind?: string): string[] | undefined {
  const found = itemsOf(list).flatMap((item) => titleOf(item, kind) ?? []);
  return found.length === 0 ? undefined : found;
}

/** The host that something is fetched from. */
export function sourceCoupling(file: FileBuilder, fact: Fact, url: YamlNode | undefined, tie: string): void {
  const host = remoteBase(textOf(url) ?? '')?.host;
  if (url === undefined || host === undefined || /[${}]/.test(host)) return;
  file.couple({ system: host, class: tie, swap: 're-parameterise', at: url, consumers: [fact] });
}

/** A check of the object, under the key that asks for it. */
export function checkFact(file: FileBuilder, spec: YamlNode | undefined, key: string, fact: Fact, rule: string): void {
  const entry = entryOf(spec, key);
  if (entry === undefined) return;
  const objects = titlesOf(entry.value);
  const check = file.fact({
    kind: 'check',
    name: key,
    at: spanOf(entry),
    attributes: { rule, of: fact.name, objects },
  });
  file.refer(check, 'reads', { by: 'name', kinds: ['resource'], name: fact.name, scope: file.scope }, spanOf(entry));
}

/** What starts a delivery without anybody: the controller looks at its source time and again. */
export function intervalFact(file: FileBuilder, spec: YamlNode | undefined, fact: Fact): void {
  const entry = entryOf(spec, 'interval');
  const text = textOf(entry?.value);
  if (entry === undefined || text === undefined) return;
  const trigger = file.fact({
    kind: 'entrypoint',
    name: `every ${text}`,
    at: spanOf(entry),
    attributes: { event: 'interval', of: fact.name, nameFrom: 'interval' },
  });
  file.refer(trigger, 'calls', { by: 'name', kinds: ['resource'], name: fact.name, scope: file.scope }, spanOf(entry));
}

const mostValues = 300;

/** What is set for a chart: one `value` fact a leaf, named by its path of keys. */
export function valueFacts(file: FileBuilder, values: YamlNode | undefined, of: string): void {
  let left = mostValues;
  const walk = (node: YamlNode | undefined, parent: string): void => {
    if (node?.kind !== 'map') return;
    for (const entry of node.entries) {
      const name = parent === '' ? entry.key : `${parent}.${entry.key}`;
      if (entry.value.kind === 'map' && entry.value.entries.length > 0) walk(entry.value, name);
      else if (left-- > 0)
        file.fact({
          kind: 'value',
          name,
          at: spanOf(entry),
          attributes: {
            of,
            value:
              textOf(entry.value) ?? (entry.value.kind === 'seq' ? `${entry.value.items.length} items` : undefined),
            nameFrom: parent === '' ? undefined : 'path of keys',
          },
        });
    }
  };
  walk(values, '');
}

/** A folder of a source, as seen from the source's root. */
export function folderIn(text: string | undefined): string | undefined {
  return text === undefined ? undefined : resolveFrom('.', text.replace(/^\/+/, '') || '.');
}
