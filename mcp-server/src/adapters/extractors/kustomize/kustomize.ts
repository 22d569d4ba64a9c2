import { baseName, buildFile, type FileBuilder, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Extractor, Fact } from '../../../domain/extract/contract.ts';
import { usedImage } from '../images.ts';
import { remoteBase } from '../remote-source.ts';
import { documentsIn } from '../yaml/documents.ts';
import { childOf, entriesOf, entryOf, itemsOf, spanOf, textOf, type YamlNode } from '../yaml/node.ts';
import { generatedFacts } from './generators.ts';

/** Keys that list files or folders which the kustomization takes in. */
const includes = [
  'resources',
  'bases',
  'components',
  'crds',
  'configurations',
  'generators',
  'transformers',
  'validators',
];

/** Kustomizations: what they include and change, as references; images, generated objects and charts as facts. */
export const kustomize: Extractor = {
  format: 'kustomize',
  matches: (path) => /(?:^|\/)(?:kustomization\.ya?ml|Kustomization)$/.test(path),
  extract(source) {
    const file = buildFile('kustomize', source);
    const documents = documentsIn(file, source.text);
    for (const { root } of documents) {
      // Flux has a kind of its own that goes by the same file name.
      const apiVersion = textOf(childOf(root, 'apiVersion'));
      if (root?.kind !== 'map' || (apiVersion !== undefined && !apiVersion.startsWith('kustomize.config.k8s.io')))
        continue;
      kustomization(file, root);
    }
    return file.done();
  },
};

function kustomization(file: FileBuilder, root: YamlNode): void {
  const listed = includes.flatMap((key) => itemsOf(childOf(root, key)));
  const fact = file.fact({
    kind: 'module',
    name: file.scope === '.' ? 'kustomization' : baseName(file.scope),
    at: root,
    attributes: {
      nameFrom: 'folder name',
      kind: textOf(childOf(root, 'kind')) ?? 'Kustomization',
      namespace: textOf(childOf(root, 'namespace')),
      namePrefix: textOf(childOf(root, 'namePrefix')),
      nameSuffix: textOf(childOf(root, 'nameSuffix')),
      includes: listed.flatMap((item) => textOf(item) ?? []),
    },
  });
  for (const item of listed) include(file, fact, item);
  for (const key of ['patches', 'patchesStrategicMerge', 'patchesJson6902', 'replacements'])
    for (const item of itemsOf(childOf(root, key))) patch(file, fact, item);
  for (const item of itemsOf(childOf(root, 'images'))) image(file, fact, item);
  for (const item of itemsOf(childOf(root, 'replicas'))) replicas(file, item);
  generatedFacts(file, fact, root);
  charts(file, fact, root);
  const version = entryOf(root, 'apiVersion') ?? entriesOf(root)[0];
  file.couple({
    system: 'kustomize',
    class: 'cli',
    swap: 'rewrite',
    at: version === undefined ? root : spanOf(version),
    consumers: [fact],
  });
}

function include(file: FileBuilder, from: Fact, item: YamlNode): void {
  const text = textOf(item);
  if (text === undefined) return;
  const remote = remoteBase(text);
  if (remote !== undefined) {
    const base = file.fact({
      kind: 'module',
      name: text,
      at: item,
      attributes: { source: remote.source, version: remote.ref, pinned: remote.ref !== undefined, remote: true },
    });
    file.refer(from, 'includes', { by: 'name', kinds: ['module'], name: text, scope: file.scope }, item);
    file.couple({ system: remote.host, class: 'module', swap: 're-parameterise', at: item, consumers: [base] });
    return;
  }
  // Inline text (several lines) is no path.
  if (!text.includes('\n')) referPath(file, from, 'includes', text, item);
}

function patch(file: FileBuilder, from: Fact, item: YamlNode): void {
  const path = item.kind === 'scalar' ? item : childOf(item, 'path');
  const text = textOf(path);
  if (path !== undefined && text !== undefined && !text.includes('\n')) referPath(file, from, 'includes', text, path);
  const target = childOf(item, 'target');
  const kind = textOf(childOf(target, 'kind'));
  const name = textOf(childOf(target, 'name'));
  if (target === undefined || kind === undefined || name === undefined) return;
  const wanted = {
    by: 'name',
    format: 'kubernetes',
    kinds: ['resource', 'service', 'job'],
    name: `${kind}/${name}`,
  } as const;
  file.refer(from, 'writes', wanted, target);
}

function referPath(file: FileBuilder, from: Fact, kind: 'includes' | 'reads', text: string, at: Span): void {
  const path = resolveFrom(file.scope, text);
  if (path !== undefined) file.refer(from, kind, { by: 'path', path }, at);
}

function image(file: FileBuilder, from: Fact, item: YamlNode): void {
  const name = textOf(childOf(item, 'name'));
  if (name === undefined) return;
  const bare = textOf(childOf(item, 'newName')) ?? name;
  const tag = textOf(childOf(item, 'newTag'));
  const digest = textOf(childOf(item, 'digest'));
  const reference = `${bare}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  usedImage(file, {
    reference,
    at: item,
    owner: from,
    attributes: {
      nameFrom: 'newName or name, newTag, digest',
      replaces: name,
      // Without tag and digest the override keeps what the base says.
      ...(tag === undefined && digest === undefined ? { pinned: undefined } : {}),
    },
  });
}

function replicas(file: FileBuilder, item: YamlNode): void {
  const name = textOf(childOf(item, 'name'));
  const count = textOf(childOf(item, 'count'));
  if (name !== undefined) file.fact({ kind: 'value', name, at: item, attributes: { of: 'replicas', value: count } });
}

function charts(file: FileBuilder, from: Fact, root: YamlNode): void {
  for (const item of [
    ...itemsOf(childOf(root, 'helmCharts')),
    ...itemsOf(childOf(root, 'helmChartInflationGenerator')),
  ]) {
    const name = textOf(childOf(item, 'name')) ?? textOf(childOf(item, 'chartName'));
    if (name === undefined) continue;
    const repository = textOf(childOf(item, 'repo')) ?? textOf(childOf(item, 'chartRepo'));
    const version = textOf(childOf(item, 'version')) ?? textOf(childOf(item, 'chartVersion'));
    const chart = file.fact({
      kind: 'module',
      name,
      at: item,
      attributes: { source: repository, version, pinned: repository === undefined ? undefined : version !== undefined },
    });
    file.refer(from, 'includes', { by: 'name', kinds: ['module'], name, scope: file.scope }, item);
    const values = childOf(item, 'valuesFile');
    const text = textOf(values);
    if (values !== undefined && text !== undefined) referPath(file, chart, 'reads', text, values);
    const host = repository === undefined ? undefined : remoteBase(repository)?.host;
    if (host !== undefined)
      file.couple({ system: host, class: 'helm-repository', swap: 're-parameterise', at: item, consumers: [chart] });
  }
}
