import { childOf, entriesOf, itemsOf, spanOf, textOf, type YamlNode } from '../yaml/node.ts';
import type { Reading } from './context.ts';
import { systemOfCollection } from './modules.ts';

/** requirements.yml: roles and collections with their versions; a bare list holds roles. */
export function sayRequirements(reading: Reading, root: YamlNode): void {
  const roles = root.kind === 'seq' ? root : childOf(root, 'roles');
  for (const item of itemsOf(roles)) sayRequirement(reading, 'role', item);
  for (const item of itemsOf(childOf(root, 'collections'))) sayRequirement(reading, 'collection', item);
}

/** galaxy.yml: the collection, and the collections it depends on. */
export function sayGalaxy(reading: Reading, root: YamlNode): void {
  const { file } = reading;
  const [namespace, name] = [textOf(childOf(root, 'namespace')), textOf(childOf(root, 'name'))];
  if (namespace === undefined || name === undefined) return;
  file.fact({
    kind: 'module',
    name: `${namespace}.${name}`,
    at: { line: root.line, endLine: root.endLine },
    attributes: {
      type: 'collection',
      nameFrom: 'namespace and name',
      version: textOf(childOf(root, 'version')),
      description: textOf(childOf(root, 'description')),
    },
  });
  for (const entry of entriesOf(childOf(root, 'dependencies'))) {
    const constraint = textOf(entry.value) ?? '*';
    const made = file.fact({
      kind: 'provider',
      name: entry.key,
      at: spanOf(entry),
      attributes: { type: 'collection', constraint, pinned: isPinned(constraint) },
    });
    coupleCollection(reading, entry.key, spanOf(entry), made);
  }
}

function sayRequirement(reading: Reading, type: 'role' | 'collection', node: YamlNode): void {
  const { file } = reading;
  const source = textOf(childOf(node, 'src')) ?? textOf(childOf(node, 'source'));
  const name = textOf(node) ?? textOf(childOf(node, 'name')) ?? source;
  if (name === undefined || textOf(childOf(node, 'include')) !== undefined) return;
  const at = { line: node.line, endLine: node.endLine };
  const version = textOf(childOf(node, 'version'));
  const isLocal = /^(?:\.{0,2}\/|file:)/.test(source ?? name);
  const made = file.fact({
    kind: type === 'role' ? 'role' : 'provider',
    name,
    at,
    attributes: {
      type,
      external: true,
      source,
      version,
      scm: textOf(childOf(node, 'scm')),
      pinned: isLocal ? undefined : isPinned(version),
    },
  });
  if (type === 'collection') coupleCollection(reading, name, at, made);
  else if (!isLocal) file.couple({ system: name, class: 'role', swap: 'rewrite', at, consumers: [made] });
}

function coupleCollection(
  reading: Reading,
  name: string,
  at: { line: number; endLine: number },
  consumer: Parameters<Reading['file']['couple']>[0]['consumers'] extends readonly (infer F)[] | undefined ? F : never,
): void {
  const system = /^[\w]+\.[\w]+$/.test(name) ? systemOfCollection(name) : undefined;
  if (system !== undefined)
    reading.file.couple({ system, class: 'collection', swap: 'rewrite', at, consumers: [consumer] });
}

/** A version, a commit or an upper bound; branches and `>=` alone let anything newer in. */
function isPinned(version: string | undefined): boolean {
  if (version === undefined || /^(?:\*|latest|main|master|devel|develop|HEAD)?$/.test(version.trim())) return false;
  return !/^\s*>=?\s*[\w.]+\s*$/.test(version) && !/^\s*!=/.test(version);
}
