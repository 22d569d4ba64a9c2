import { isPinnedRange } from '../../helm/version-range.ts';
import { childOf, entryOf, itemsOf, spanOf, textOf, truthOf } from '../../yaml/node.ts';
import { at } from '../object.ts';
import { type DeliveryKind, folderIn, titleOf, titlesOf, valueFacts } from './delivery.ts';

/** A chart that Flux installs and upgrades (fluxcd.io/flux/components/helm). */
export const fluxRelease: DeliveryKind = {
  group: 'helm.toolkit.fluxcd.io',
  kinds: ['HelmRelease'],
  attributes({ root, kind }) {
    const spec = at(root, 'spec');
    const chart = at(spec, 'chart', 'spec');
    const name = textOf(childOf(chart, 'chart'));
    const source = titleOf(childOf(chart, 'sourceRef'));
    // A chart of a repository is a folder in it; of a Helm repository, a name.
    const isFolder = name !== undefined && /^(?:GitRepository|Bucket)\//.test(source ?? '');
    const version = textOf(childOf(chart, 'version'));
    const retries = textOf(at(spec, 'upgrade', 'remediation', 'retries'));
    const again = textOf(at(spec, 'upgrade', 'strategy', 'name')) === 'RetryOnFailure';
    return {
      delivers: 'flux',
      chart: name,
      path: isFolder ? folderIn(name) : undefined,
      source: source ?? titleOf(at(spec, 'chartRef')),
      version,
      pinned: name === undefined || isFolder ? undefined : isPinnedRange(version),
      release: textOf(at(spec, 'releaseName')),
      dependsOn: titlesOf(at(spec, 'dependsOn'), kind),
      valuesFrom: titlesOf(at(spec, 'valuesFrom')),
      interval: textOf(at(spec, 'interval')),
      timeout: textOf(at(spec, 'timeout')),
      retries: again ? 'until it works' : retries === undefined ? undefined : `${retries} times`,
      suspend: truthOf(at(spec, 'suspend')) === true || undefined,
      target: textOf(at(spec, 'targetNamespace')),
    };
  },
  say(file, { root }, fact) {
    const spec = at(root, 'spec');
    valueFacts(file, at(spec, 'values'), fact.name);
    for (const item of itemsOf(at(spec, 'valuesFrom'))) {
      const name = titleOf(item);
      if (name !== undefined) file.refer(fact, 'reads', { by: 'name', kinds: ['resource'], name }, item);
    }
    const test = entryOf(spec, 'test');
    if (test !== undefined && truthOf(childOf(test.value, 'enable')) === true)
      file.fact({ kind: 'check', name: 'test', at: spanOf(test), attributes: { rule: 'helm-test', of: fact.name } });
    for (const action of ['install', 'upgrade']) {
      const remediation = entryOf(at(spec, action), 'remediation');
      if (remediation === undefined || !/^-?[1-9]/.test(textOf(childOf(remediation.value, 'retries')) ?? '')) continue;
      const strategy = textOf(childOf(remediation.value, 'strategy'));
      file.fact({
        kind: 'rollback',
        name: 'remediation',
        at: spanOf(remediation),
        attributes: {
          rule: 'flux-remediation',
          of: fact.name,
          after: action,
          strategy: action === 'install' ? 'uninstall' : (strategy ?? 'rollback'),
        },
      });
    }
  },
};
