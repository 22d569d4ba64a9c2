import type { Tool } from '../tool.ts';

const KUBE_VALUED =
  '-n --namespace --context --kubeconfig --cluster --user -s --server --as --as-group --as-uid --token --request-timeout ' +
  '-f --filename -k --kustomize -l --selector -o --output -v --field-selector -c --container --cache-dir --image --replicas ' +
  '--certificate-authority --client-certificate --client-key --tls-server-name -p --patch --type --field-manager --timeout';

const KUBE_TARGETS = {
  context: '--context',
  kubeconfig: '--kubeconfig KUBECONFIG',
  namespace: '-n --namespace',
  cluster: '--cluster',
  server: '-s --server',
  user: '--user --as --token',
};

const KUBE_DRY = ['--dry-run', '--dry-run=client', '--dry-run=server', '--dry-run=true'];

const KUBECTL: Omit<Tool, 'tool'> = {
  valued: KUBE_VALUED,
  mutates: [
    'apply|create|delete|replace|patch|edit|scale|autoscale|set|label|annotate|taint|drain|cordon|uncordon|expose|run|debug',
    'cp * *:*',
    'rollout restart|undo|pause|resume',
    'certificate approve|deny',
    'auth reconcile',
    'argo rollouts promote|abort|restart|retry|undo|set|pause|terminate',
    'cnpg promote|restart|reload|destroy|hibernate|fencing',
    'cert-manager renew',
    'virt start|stop|restart|migrate|pause|unpause',
  ],
  runs: ['exec|rsh|attach'],
  dry: [...KUBE_DRY, '--local'],
  targets: KUBE_TARGETS,
};

/** Kubernetes and what deploys to it. */
export const KUBERNETES: readonly Tool[] = [
  { tool: 'kubectl', binaries: ['kubectl', 'k', 'kubecolor'], ...KUBECTL },
  {
    tool: 'oc',
    ...KUBECTL,
    mutates: [
      ...KUBECTL.mutates!,
      'adm !top|must-gather|inspect|node-logs|release',
      'new-app|new-project|new-build|start-build|tag|import-image|rollback|deploy|policy|rsync',
      'secrets link|unlink',
    ],
  },
  {
    tool: 'helm',
    valued: `${KUBE_VALUED.replace(' -f --filename', ' -f --values')} --kube-context --kube-apiserver --kube-token --set --set-string --set-file --version --repo --history-max --description`,
    mutates: ['install|upgrade|uninstall|delete|del|un|rollback|test|push', 'secrets install|upgrade|uninstall|delete'],
    dry: KUBE_DRY,
    targets: {
      context: '--kube-context HELM_KUBECONTEXT',
      kubeconfig: '--kubeconfig KUBECONFIG',
      namespace: '-n --namespace HELM_NAMESPACE',
      server: '--kube-apiserver',
    },
    operandTargets: { release: 1 },
  },
  {
    tool: 'helmfile',
    valued:
      '-e --environment -f --file -l --selector --kube-context -n --namespace --state-values-set --state-values-file',
    mutates: ['apply|sync|destroy|delete|charts|test'],
    targets: {
      environment: '-e --environment HELMFILE_ENVIRONMENT',
      context: '--kube-context',
      kubeconfig: 'KUBECONFIG',
      namespace: '-n --namespace',
    },
  },
  {
    tool: 'argocd',
    valued: '--server --auth-token --grpc-web-root-path --config --argocd-context -o --output --revision --project',
    targets: { server: '--server ARGOCD_SERVER', context: '--argocd-context' },
    operandTargets: { application: 2 },
    mutates: [
      'app create|delete|sync|set|unset|rollback|patch|patch-resource|delete-resource|edit|terminate-op|add-source|remove-source|actions',
      'appset create|delete',
      'cluster|repo|repocreds|cert|gpg add|rm|set|rotate-auth|add-tls|add-ssh',
      'proj create|delete|edit|set|add-*|remove-*|allow-*|deny-*|role|windows',
      'account update-password|generate-token|delete-token',
      'admin import',
    ],
    dry: ['--dry-run'],
  },
  {
    tool: 'flux',
    valued: `${KUBE_VALUED} --branch --path --owner --repository --url`,
    mutates: ['bootstrap|delete|reconcile|suspend|resume|install|uninstall|push|tag|create|migrate'],
    dry: ['--dry-run', '--export'],
    targets: { ...KUBE_TARGETS },
  },
  {
    tool: 'istioctl',
    valued: `${KUBE_VALUED} --set`,
    mutates: ['install|upgrade|uninstall|apply', 'operator init|remove', 'tag|x|experimental set|remove|uninstall'],
    dry: ['--dry-run'],
    targets: KUBE_TARGETS,
  },
  {
    tool: 'velero',
    valued: KUBE_VALUED,
    mutates: ['backup|restore|schedule create|delete', 'create|delete *', 'install|uninstall'],
    targets: KUBE_TARGETS,
  },
  {
    tool: 'kapp',
    valued: `${KUBE_VALUED} -a --app`,
    mutates: ['deploy|delete|app-group|rename'],
    dry: ['--diff-run'],
    targets: { ...KUBE_TARGETS, app: '-a --app' },
  },
  {
    tool: 'skaffold',
    valued: '-f --filename -p --profile -n --namespace --kube-context -t --tag',
    mutates: ['run|dev|deploy|delete|apply|debug'],
    targets: { context: '--kube-context', namespace: '-n --namespace' },
  },
  {
    tool: 'werf',
    valued: '--env --kube-context',
    mutates: ['converge|dismiss|bundle|helm|cleanup|purge'],
    targets: { context: '--kube-context', environment: '--env' },
  },
  {
    tool: 'tkn',
    valued: KUBE_VALUED,
    mutates: ['pipeline|task|clustertask start|delete', 'pipelinerun|taskrun cancel|delete'],
    targets: KUBE_TARGETS,
  },
  {
    tool: 'eksctl',
    valued: '-f --config-file -n --name -r --region -p --profile --cluster',
    mutates: [
      'create|delete|upgrade|scale|set|unset|enable|disable|drain|associate|disassociate|apply|register|deregister|update',
    ],
    dry: ['--dry-run'],
    targets: { profile: '-p --profile AWS_PROFILE', cluster: '-n --name --cluster', region: '-r --region' },
  },
  {
    tool: 'kops',
    valued: '--name --state -f',
    mutates: ['create|delete|replace|edit|update|upgrade|rolling-update'],
    targets: { cluster: '--name KOPS_CLUSTER_NAME', state: '--state KOPS_STATE_STORE' },
  },
  {
    tool: 'talosctl',
    valued: '-n --nodes -e --endpoints --context --talosconfig -f',
    mutates: [
      'apply-config|apply|bootstrap|edit|patch|reboot|reset|restart|rollback|shutdown|upgrade|upgrade-k8s',
      'etcd remove-member|leave|forfeit-leadership',
    ],
    dry: ['--dry-run'],
    targets: { nodes: '-n --nodes', context: '--context' },
  },
  {
    tool: 'kubeadm',
    mutates: ['init|join|reset', 'upgrade apply|node', 'token create|delete', 'certs renew'],
    dry: ['--dry-run'],
  },
];
