import type { Attributes, FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, itemsOf, textOf } from '../yaml/node.ts';
import { accessAttributes } from './access.ts';
import { deliveryOf } from './gitops/catalogue.ts';
import { at, type KubeObject, names, plainMap } from './object.ts';

/** An object that runs no pods itself. */
export function resourceFact(file: FileBuilder, object: KubeObject): Fact {
  return file.fact({
    kind: 'resource',
    name: object.title,
    at: object,
    attributes: {
      kind: object.kind,
      apiVersion: object.apiVersion,
      namespace: object.namespace,
      effect: 'write',
      object: object.title,
      nameFrom: object.name === undefined ? 'kind' : 'kind and metadata.name',
      ...(deliveryOf(object)?.attributes(object) ?? ofKind(object)),
    },
  });
}

function ofKind(object: KubeObject): Attributes {
  const { root, kind } = object;
  switch (kind) {
    case 'Service':
      return {
        type: textOf(at(root, 'spec', 'type')),
        ports: listed(itemsOf(at(root, 'spec', 'ports')).flatMap((port) => textOf(childOf(port, 'port')) ?? [])),
        selector: plainMap(at(root, 'spec', 'selector')),
      };
    case 'Ingress':
      return {
        hosts: listed(names(at(root, 'spec', 'rules'), 'host')),
        class: textOf(at(root, 'spec', 'ingressClassName')),
        tls: itemsOf(at(root, 'spec', 'tls')).length > 0,
      };
    case 'Secret':
    case 'ConfigMap':
      // Keys alone: what stands behind them may be a secret.
      return {
        type: textOf(childOf(root, 'type')),
        keys: listed(
          ['data', 'stringData', 'binaryData'].flatMap((key) =>
            entriesOf(childOf(root, key)).map((entry) => entry.key),
          ),
        ),
      };
    case 'HorizontalPodAutoscaler':
      return {
        minReplicas: textOf(at(root, 'spec', 'minReplicas')),
        maxReplicas: textOf(at(root, 'spec', 'maxReplicas')),
      };
    case 'PodDisruptionBudget':
      return {
        minAvailable: textOf(at(root, 'spec', 'minAvailable')),
        maxUnavailable: textOf(at(root, 'spec', 'maxUnavailable')),
      };
    case 'PersistentVolumeClaim':
      return {
        storageClass: textOf(at(root, 'spec', 'storageClassName')),
        size: textOf(at(root, 'spec', 'resources', 'requests', 'storage')),
      };
    case 'StorageClass':
      return { provisioner: textOf(childOf(root, 'provisioner')) };
    case 'Role':
    case 'ClusterRole':
      return accessAttributes(object);
    case 'CustomResourceDefinition':
      return {
        group: textOf(at(root, 'spec', 'group')),
        defines: textOf(at(root, 'spec', 'names', 'kind')),
        versions: listed(names(at(root, 'spec', 'versions'), 'name')),
      };
    default:
      return {};
  }
}

function listed(texts: readonly string[]): readonly string[] | undefined {
  return texts.length === 0 ? undefined : texts;
}
