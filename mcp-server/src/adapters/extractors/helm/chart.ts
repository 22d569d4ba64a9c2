import { type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { remoteBase } from '../remote-source.ts';
import { documentsIn } from '../yaml/documents.ts';
import { childOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';
import { isPinnedRange } from './version-range.ts';

/** Chart.yaml, and what Helm 2 kept beside it in requirements.yaml: the chart and the charts it is made of. */
export function chartFacts(file: FileBuilder, text: string): void {
  const documents = documentsIn(file, text);
  for (const { root } of documents) {
    if (root?.kind !== 'map') continue;
    const name = textOf(childOf(root, 'name'));
    const chart = name === undefined ? undefined : chartFact(file, root, name);
    for (const item of itemsOf(childOf(root, 'dependencies'))) dependency(file, chart, item);
  }
}

function chartFact(file: FileBuilder, root: YamlNode, name: string): Fact {
  const chart = file.fact({
    kind: 'module',
    name,
    at: root,
    attributes: {
      kind: 'chart',
      type: textOf(childOf(root, 'type')) ?? 'application',
      version: textOf(childOf(root, 'version')),
      appVersion: textOf(childOf(root, 'appVersion')),
      kubeVersion: textOf(childOf(root, 'kubeVersion')),
      description: textOf(childOf(root, 'description')),
      deprecated: textOf(childOf(root, 'deprecated')) === 'true' || undefined,
    },
  });
  file.couple({ system: 'helm', class: 'cli', swap: 'rewrite', at: root, consumers: [chart] });
  return chart;
}

function dependency(file: FileBuilder, chart: Fact | undefined, item: YamlNode): void {
  const name = textOf(childOf(item, 'name'));
  if (name === undefined) return;
  const repository = textOf(childOf(item, 'repository'));
  const version = textOf(childOf(item, 'version'));
  const local = repository?.startsWith('file://') === true ? repository.slice('file://'.length) : undefined;
  const fact = file.fact({
    kind: 'module',
    name,
    at: item,
    attributes: {
      kind: 'dependency',
      source: repository,
      version,
      alias: textOf(childOf(item, 'alias')),
      condition: textOf(childOf(item, 'condition')),
      tags: itemsOf(childOf(item, 'tags')).flatMap((tag) => textOf(tag) ?? []),
      pinned: local === undefined && repository ? isPinnedRange(version) : undefined,
    },
  });
  if (chart !== undefined)
    file.refer(chart, 'depends-on', { by: 'name', format: 'helm', kinds: ['module'], name, scope: file.scope }, item);
  const path = local === undefined ? resolveFrom(file.scope, `charts/${name}`) : resolveFrom(file.scope, local);
  if (path !== undefined)
    file.refer(fact, 'includes', { by: 'path', path: `${path}/Chart.yaml`, kinds: ['module'] }, item);
  const condition = childOf(item, 'condition');
  for (const value of (textOf(condition) ?? '').split(',').filter((part) => part !== ''))
    file.refer(
      fact,
      'reads',
      { by: 'name', kinds: ['input'], name: value.trim(), scope: file.scope },
      condition ?? item,
    );
  const host = repository === undefined ? undefined : (remoteBase(repository)?.host ?? repositoryAlias(repository));
  if (host !== undefined)
    file.couple({ system: host, class: 'helm-repository', swap: 're-parameterise', at: item, consumers: [fact] });
}

/** `@name` and `alias:name` mean a repository that whoever runs Helm has added. */
function repositoryAlias(text: string): string | undefined {
  return /^(?:@|alias:)(.+)$/.exec(text)?.[1];
}
