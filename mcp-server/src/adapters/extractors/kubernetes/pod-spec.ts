import { childOf, entriesOf, itemsOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';
import { at, type KubeObject } from './object.ts';

/** Where the kinds that run pods keep the pod's specification; any kind with `spec.template.spec.containers` counts too. */
export function podSpecOf(object: KubeObject): YamlNode | undefined {
  const { root, kind } = object;
  const found =
    kind === 'Pod'
      ? at(root, 'spec')
      : kind === 'CronJob'
        ? at(root, 'spec', 'jobTemplate', 'spec', 'template', 'spec')
        : kind === 'PodTemplate'
          ? at(root, 'template', 'spec')
          : at(root, 'spec', 'template', 'spec');
  return childOf(found, 'containers') === undefined ? undefined : found;
}

export interface PodReference {
  /** Title of the object that the pod needs: `Secret/db`, `ConfigMap/app`, `ServiceAccount/web`. */
  title: string;
  line: number;
  endLine: number;
}

/** Objects of the same namespace that a pod cannot start without: configuration, secrets, claims, its account. */
export function podReferences(pod: YamlNode): PodReference[] {
  const found: PodReference[] = [];
  const add = (kind: string, name: YamlNode | undefined) => {
    const text = textOf(name);
    if (text !== undefined)
      found.push({ title: `${kind}/${text}`, line: name?.line ?? 1, endLine: name?.endLine ?? 1 });
  };
  add('ServiceAccount', childOf(pod, 'serviceAccountName') ?? childOf(pod, 'serviceAccount'));
  for (const secret of itemsOf(childOf(pod, 'imagePullSecrets'))) add('Secret', childOf(secret, 'name'));
  for (const volume of itemsOf(childOf(pod, 'volumes'))) {
    for (const source of [volume, ...itemsOf(at(volume, 'projected', 'sources'))]) {
      add('Secret', at(source, 'secret', 'secretName') ?? at(source, 'secret', 'name'));
      add('ConfigMap', at(source, 'configMap', 'name'));
    }
    add('PersistentVolumeClaim', at(volume, 'persistentVolumeClaim', 'claimName'));
  }
  for (const container of containersOf(pod)) {
    for (const env of itemsOf(childOf(container, 'env'))) {
      add('Secret', at(env, 'valueFrom', 'secretKeyRef', 'name'));
      add('ConfigMap', at(env, 'valueFrom', 'configMapKeyRef', 'name'));
    }
    for (const source of itemsOf(childOf(container, 'envFrom'))) {
      add('Secret', at(source, 'secretRef', 'name'));
      add('ConfigMap', at(source, 'configMapRef', 'name'));
    }
  }
  return found;
}

/** Containers of a pod, those that run before it started first. */
export function containersOf(pod: YamlNode): YamlNode[] {
  return [...itemsOf(childOf(pod, 'initContainers')), ...itemsOf(childOf(pod, 'containers'))];
}

/** What a pod may do to its host; only what is said. */
export function hostRights(pod: YamlNode): string[] {
  const pairs = ['hostNetwork', 'hostPID', 'hostIPC'].filter((key) => truthOf(childOf(pod, key)) === true);
  const mounts = itemsOf(childOf(pod, 'volumes')).flatMap((volume) => {
    const path = textOf(at(volume, 'hostPath', 'path'));
    return path === undefined ? [] : [`hostPath ${path}`];
  });
  return [...pairs, ...mounts];
}

/** A container that may act as the host: privileged, or with the kernel's own capabilities. */
export function isPrivileged(container: YamlNode): boolean {
  const context = childOf(container, 'securityContext');
  const added = itemsOf(at(context, 'capabilities', 'add')).flatMap((item) => textOf(item) ?? []);
  return (
    truthOf(childOf(context, 'privileged')) === true || added.some((name) => /^(?:CAP_)?(?:SYS_ADMIN|ALL)$/.test(name))
  );
}

/** `memory: 64Mi` of the limits is what keeps a container from its neighbours. */
export function hasLimits(container: YamlNode): boolean {
  return entriesOf(at(container, 'resources', 'limits')).length > 0;
}
