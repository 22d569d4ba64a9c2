import { gzipSync } from 'node:zlib';
import { type Answer, type Platform, platform, type Request } from './platform.ts';

const list = (kind: string, apiVersion: string, items: object[]) => ({
  body: { kind, apiVersion, metadata: {}, items },
});
const resource = (name: string, kind: string, namespaced = true) => ({
  name,
  singularName: '',
  namespaced,
  kind,
  verbs: ['get', 'list', 'create'],
});

const GROUPS: Record<string, object[]> = {
  'apps/v1': [resource('deployments', 'Deployment')],
  'storage.k8s.io/v1': [resource('storageclasses', 'StorageClass', false)],
  'networking.k8s.io/v1': [resource('ingressclasses', 'IngressClass', false), resource('ingresses', 'Ingress')],
  'apiextensions.k8s.io/v1': [resource('customresourcedefinitions', 'CustomResourceDefinition', false)],
  'authorization.k8s.io/v1': [resource('selfsubjectrulesreviews', 'SelfSubjectRulesReview', false)],
};
const CORE = [
  resource('pods', 'Pod'),
  resource('namespaces', 'Namespace', false),
  resource('resourcequotas', 'ResourceQuota'),
  resource('secrets', 'Secret'),
];

const status = (code: number, reason: string, message: string): Answer => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
});

/** Helm's own form of a release: JSON, gzip, base64, and base64 again as every secret. */
const releaseData = (release: object) =>
  Buffer.from(gzipSync(JSON.stringify(release)).toString('base64')).toString('base64');

/** A Kubernetes API server as far as kubectl and helm ask it (API reference of 1.29), with planted secrets. */
export function cluster(
  options: {
    token?: string;
    secret?: string;
    forbid?: readonly string[];
    override?: (request: Request) => Answer | undefined;
  } = {},
): Promise<Platform> {
  const { token, secret = 'none', forbid = [], override } = options;
  return platform(
    (request) => {
      const own = override?.(request);
      if (own !== undefined) return own;
      if (token !== undefined && request.headers.authorization !== `Bearer ${token}`)
        return status(401, 'Unauthorized', 'Unauthorized');
      const plural = request.path.split('/').at(-1)!;
      if (forbid.includes(plural))
        return status(403, 'Forbidden', `${plural} is forbidden: User "lab" cannot list resource "${plural}"`);
      return cluster200(request, secret) ?? status(404, 'NotFound', 'the server could not find the requested resource');
      // Clients send credentials over TLS alone.
    },
    { tls: true },
  );
}

function cluster200({ path }: Request, secret: string): Answer | undefined {
  const meta = (name: string, namespace?: string) => ({ metadata: { name, namespace, annotations: { note: secret } } });
  if (path === '/version') return { body: { major: '1', minor: '29', gitVersion: 'v1.29.4', platform: 'linux/amd64' } };
  if (path === '/api') return { body: { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] } };
  if (path === '/api/v1') return { body: { kind: 'APIResourceList', groupVersion: 'v1', resources: CORE } };
  if (path === '/apis')
    return {
      body: {
        kind: 'APIGroupList',
        apiVersion: 'v1',
        groups: Object.keys(GROUPS).map((groupVersion) => {
          const [name, version] = groupVersion.split('/');
          return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
        }),
      },
    };
  const group = GROUPS[path.replace('/apis/', '')];
  if (group !== undefined)
    return {
      body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: path.replace('/apis/', ''), resources: group },
    };
  switch (path) {
    case '/apis/apiextensions.k8s.io/v1/customresourcedefinitions':
      return list('CustomResourceDefinitionList', 'apiextensions.k8s.io/v1', [
        {
          kind: 'CustomResourceDefinition',
          apiVersion: 'apiextensions.k8s.io/v1',
          ...meta('certificates.cert-manager.io'),
        },
      ]);
    case '/apis/storage.k8s.io/v1/storageclasses':
      return list('StorageClassList', 'storage.k8s.io/v1', [
        {
          kind: 'StorageClass',
          apiVersion: 'storage.k8s.io/v1',
          ...meta('fast'),
          provisioner: 'x',
          parameters: { secret },
        },
      ]);
    case '/apis/networking.k8s.io/v1/ingressclasses':
      return list('IngressClassList', 'networking.k8s.io/v1', []);
    case '/api/v1/namespaces':
      return list('NamespaceList', 'v1', [{ kind: 'Namespace', apiVersion: 'v1', ...meta('web') }]);
    case '/api/v1/resourcequotas':
      return list('ResourceQuotaList', 'v1', [
        {
          kind: 'ResourceQuota',
          apiVersion: 'v1',
          ...meta('small', 'web'),
          spec: { hard: { pods: '10' } },
          status: { hard: { pods: '10' }, used: { pods: '7' } },
        },
      ]);
    case '/apis/authorization.k8s.io/v1/selfsubjectrulesreviews':
      return {
        status: 201,
        body: {
          kind: 'SelfSubjectRulesReview',
          apiVersion: 'authorization.k8s.io/v1',
          metadata: {},
          spec: {},
          status: {
            incomplete: false,
            nonResourceRules: [{ verbs: ['get'], nonResourceURLs: ['/healthz'] }],
            resourceRules: [{ verbs: ['get', 'list'], apiGroups: ['apps'], resources: ['deployments'] }],
          },
        },
      };
    case '/api/v1/secrets':
      return list('SecretList', 'v1', [
        {
          kind: 'Secret',
          apiVersion: 'v1',
          type: 'helm.sh/release.v1',
          metadata: {
            name: 'sh.helm.release.v1.shop.v1',
            namespace: 'web',
            labels: { name: 'shop', owner: 'helm', status: 'deployed', version: '1' },
          },
          data: {
            release: releaseData({
              name: 'shop',
              namespace: 'web',
              version: 1,
              info: { status: 'deployed', last_deployed: '2026-01-01T00:00:00Z' },
              chart: { metadata: { name: 'web-shop', version: '1.4.2', appVersion: '9' } },
              config: { password: secret },
            }),
          },
        },
      ]);
    default:
      return undefined;
  }
}

/** A kubeconfig with one user for each way to log in. */
export const kubeconfig = (
  { url, certificate }: Pick<Platform, 'url' | 'certificate'>,
  user: object,
  context = 'lab',
) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': context,
    clusters: [
      {
        name: 'c',
        cluster: { server: url, 'certificate-authority-data': Buffer.from(certificate).toString('base64') },
      },
    ],
    users: [{ name: 'u', user }],
    contexts: [
      { name: context, context: { cluster: 'c', user: 'u', namespace: 'web' } },
      { name: 'other', context: { cluster: 'c', user: 'u' } },
    ],
  });
