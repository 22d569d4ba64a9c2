import { entryOf, itemsOf, textOf, truthOf } from '../../yaml/node.ts';
import { at, names } from '../object.ts';
import { checkFact, type DeliveryKind, folderIn, intervalFact, titleOf, titlesOf } from './delivery.ts';

/** A folder that Flux applies and keeps applied (fluxcd.io/flux/components/kustomize). */
export const fluxKustomization: DeliveryKind = {
  group: 'kustomize.toolkit.fluxcd.io',
  kinds: ['Kustomization'],
  attributes({ root, kind }) {
    const spec = at(root, 'spec');
    const text = (key: string) => textOf(at(spec, key));
    const interval = text('retryInterval') ?? text('interval');
    const substitutes = names(at(spec, 'postBuild', 'substituteFrom'), 'name');
    return {
      delivers: 'flux',
      path: folderIn(text('path')) ?? (spec === undefined ? undefined : '.'),
      source: titleOf(at(spec, 'sourceRef')),
      dependsOn: titlesOf(at(spec, 'dependsOn'), kind),
      interval: text('interval'),
      retries: interval === undefined ? undefined : `every ${interval}`,
      timeout: text('timeout'),
      prune: truthOf(at(spec, 'prune')),
      suspend: truthOf(at(spec, 'suspend')) === true || undefined,
      target: text('targetNamespace'),
      substitutesFrom: substitutes.length === 0 ? undefined : substitutes,
    };
  },
  say(file, { root }, fact) {
    const spec = at(root, 'spec');
    intervalFact(file, spec, fact);
    if (truthOf(at(spec, 'wait')) === true) checkFact(file, spec, 'wait', fact, 'waits-until-ready');
    // With wait, Flux looks at every object and leaves the list aside.
    else checkFact(file, spec, 'healthChecks', fact, 'health-checks');
    checkFact(file, spec, 'healthCheckExprs', fact, 'health-checks');
    const substitutes = entryOf(at(spec, 'postBuild'), 'substituteFrom');
    for (const item of itemsOf(substitutes?.value)) {
      const title = titleOf(item);
      if (title !== undefined) file.refer(fact, 'reads', { by: 'name', kinds: ['resource'], name: title }, item);
    }
  },
};
