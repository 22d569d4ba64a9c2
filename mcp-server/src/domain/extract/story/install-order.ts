/**
 * In which order Helm sends what a release renders, whatever files it stands in; kinds that are not listed come last, and what
 * is sent comes up on its own (Helm documentation, "Using Helm", resources by their kind).
 */
const kinds = [
  'PriorityClass',
  'Namespace',
  'NetworkPolicy',
  'ResourceQuota',
  'LimitRange',
  'PodSecurityPolicy',
  'PodDisruptionBudget',
  'ServiceAccount',
  'Secret',
  'ConfigMap',
  'StorageClass',
  'PersistentVolume',
  'PersistentVolumeClaim',
  'CustomResourceDefinition',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'Service',
  'DaemonSet',
  'Pod',
  'ReplicationController',
  'ReplicaSet',
  'Deployment',
  'HorizontalPodAutoscaler',
  'StatefulSet',
  'Job',
  'CronJob',
  'IngressClass',
  'Ingress',
  'APIService',
];
const turns: ReadonlyMap<string, number> = new Map(kinds.map((kind, at) => [kind, at + 1]));

/** Turn of an object of a release by its kind, from 1. */
export function installTurn(kind: unknown): number {
  return turns.get(String(kind)) ?? kinds.length + 1;
}
