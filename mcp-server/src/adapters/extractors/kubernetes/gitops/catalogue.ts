import type { KubeObject } from '../object.ts';
import { argoApplication, argoProject } from './argo-application.ts';
import type { DeliveryKind } from './delivery.ts';
import { fluxKustomization } from './flux-kustomization.ts';
import { fluxRelease } from './flux-release.ts';
import { artifactGenerator, fluxSource } from './flux-source.ts';

/** Every kind of object that delivers from a repository, one line each. */
const deliveryKinds: readonly DeliveryKind[] = [
  argoApplication,
  argoProject,
  artifactGenerator,
  fluxKustomization,
  fluxRelease,
  fluxSource,
];

const byKind = new Map(deliveryKinds.flatMap((one) => one.kinds.map((kind) => [`${one.group}/${kind}`, one] as const)));

/** How an object delivers; undefined for all others. */
export function deliveryOf({ group, kind }: KubeObject): DeliveryKind | undefined {
  return byKind.get(`${group}/${kind}`);
}
