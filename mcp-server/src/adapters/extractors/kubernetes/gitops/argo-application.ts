import { isPinnedRange } from '../../helm/version-range.ts';
import { childOf, entryOf, itemsOf, textOf, truthOf, type YamlNode } from '../../yaml/node.ts';
import { at, type KubeObject, names } from '../object.ts';
import { type DeliveryKind, folderIn, sourceCoupling, valueFacts } from './delivery.ts';

/** What Argo CD keeps as a repository says (argo-cd.readthedocs.io, "Application Specification"); a set makes many from one template. */
export const argoApplication: DeliveryKind = {
  group: 'argoproj.io',
  kinds: ['Application', 'ApplicationSet'],
  attributes(object) {
    const spec = specOf(object);
    const sources = sourcesOf(spec);
    const one = (key: string) => sources.flatMap((source) => textOf(childOf(source, key)) ?? []);
    const charts = sources.filter((source) => childOf(source, 'chart') !== undefined);
    const sync = at(spec, 'syncPolicy', 'automated');
    const paths = one('path').flatMap((path) => folderIn(path) ?? []);
    const generators = itemsOf(at(object.root, 'spec', 'generators')).flatMap((item) =>
      item.kind === 'map' ? item.entries.map((entry) => entry.key) : [],
    );
    return {
      delivers: 'argocd',
      path: paths.length === 1 ? paths[0] : undefined,
      paths: paths.length > 1 ? paths : undefined,
      source: first(one('repoURL')),
      version: first(one('targetRevision')),
      chart: first(one('chart')),
      pinned:
        charts.length === 0
          ? undefined
          : charts.every((source) => isPinnedRange(textOf(childOf(source, 'targetRevision')))),
      valueFiles: listed(sources.flatMap((source) => textList(at(source, 'helm', 'valueFiles')))),
      project: textOf(at(spec, 'project')),
      target: textOf(at(spec, 'destination', 'namespace')),
      server: textOf(at(spec, 'destination', 'name')) ?? textOf(at(spec, 'destination', 'server')),
      automated: sync !== undefined || undefined,
      prune: truthOf(childOf(sync, 'prune')),
      selfHeal: truthOf(childOf(sync, 'selfHeal')),
      retries: retriesOf(spec),
      generators: listed(generators),
      wave: textOf(at(object.root, 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave')),
    };
  },
  say(file, object, fact) {
    const spec = specOf(object);
    for (const source of sourcesOf(spec)) {
      sourceCoupling(
        file,
        fact,
        childOf(source, 'repoURL'),
        childOf(source, 'chart') ? 'helm-repository' : 'git-repository',
      );
      valueFacts(file, at(source, 'helm', 'valuesObject'), fact.name);
      for (const item of itemsOf(at(source, 'helm', 'parameters'))) {
        const name = textOf(childOf(item, 'name'));
        if (name !== undefined)
          file.fact({
            kind: 'value',
            name,
            at: item,
            attributes: { of: fact.name, value: textOf(childOf(item, 'value')) },
          });
      }
    }
    const automated = entryOf(at(spec, 'syncPolicy'), 'automated');
    // Without it a person, or a pipeline, starts every change.
    if (automated === undefined && spec !== undefined && object.kind === 'Application')
      file.fact({
        kind: 'approval',
        name: object.title,
        at: object,
        status: 'inferred',
        attributes: { rule: 'argocd-no-automated-sync', of: fact.name, nameFrom: 'kind and metadata.name' },
      });
  },
};

function specOf({ root, kind }: KubeObject): YamlNode | undefined {
  return kind === 'Application' ? at(root, 'spec') : at(root, 'spec', 'template', 'spec');
}

function sourcesOf(spec: YamlNode | undefined): YamlNode[] {
  const source = childOf(spec, 'source');
  return [...(source === undefined ? [] : [source]), ...itemsOf(childOf(spec, 'sources'))];
}

function retriesOf(spec: YamlNode | undefined): string | undefined {
  const limit = textOf(at(spec, 'syncPolicy', 'retry', 'limit'));
  return limit === undefined || limit === '0' ? undefined : limit.startsWith('-') ? 'until it works' : `${limit} times`;
}

const textList = (node: YamlNode | undefined) => itemsOf(node).flatMap((item) => textOf(item) ?? []);
/** One as it is, several as a list. */
const first = (texts: readonly string[]) => (texts.length > 1 ? texts : texts[0]);
const listed = (texts: readonly string[]) => (texts.length === 0 ? undefined : texts);

/** What applications of a project may take from where to where. */
export const argoProject: DeliveryKind = {
  group: 'argoproj.io',
  kinds: ['AppProject'],
  attributes({ root }) {
    return {
      sources: listed(textList(at(root, 'spec', 'sourceRepos'))),
      namespaces: listed(names(at(root, 'spec', 'destinations'), 'namespace')),
    };
  },
  say() {},
};
