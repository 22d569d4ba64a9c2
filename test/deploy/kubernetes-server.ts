import { parse } from 'yaml';
import { type Answer, type Platform, platform, type Request } from '../probes/platform.ts';
import { secretIn } from './protobuf.ts';
import { applied, type Fields, isFields, merged, type Value } from './strategic-merge.ts';

const KINDS: Readonly<Record<string, { kind: string; namespaced: boolean }>> = {
  'v1/configmaps': { kind: 'ConfigMap', namespaced: true },
  'v1/secrets': { kind: 'Secret', namespaced: true },
  'v1/services': { kind: 'Service', namespaced: true },
  'v1/pods': { kind: 'Pod', namespaced: true },
  'v1/namespaces': { kind: 'Namespace', namespaced: false },
  'apps/v1/deployments': { kind: 'Deployment', namespaced: true },
  'apps/v1/replicasets': { kind: 'ReplicaSet', namespaced: true },
};
const VERSIONS = ['v1', 'apps/v1'];
const rootOf = (version: string) => (version === 'v1' ? '/api/v1' : `/apis/${version}`);
/** How long until the controller has rolled a Deployment out. */
const ROLLOUT_MS = 300;

export interface KubernetesServer extends Platform {
  /** Objects by `kind/namespace/name`. */
  objects: Map<string, Fields>;
  /** What somebody does by hand; ends when the controller has seen it. */
  edit(name: string, patch: Fields): Promise<void>;
}

/**
 * A Kubernetes API server as far as `diff`, `apply`, `rollout` and Helm go: discovery, OpenAPI 3 with the parameters that clients look
 * for, create, the four kinds of patch, dry runs, defaults, generations, and a controller that rolls Deployments out unless
 * an image is called `broken`. Shapes are those of the API reference of 1.32.
 */
export async function kubernetesServer(token: string): Promise<KubernetesServer> {
  const store = new Store();
  const served = await platform(
    (request) =>
      request.headers.authorization === `Bearer ${token}`
        ? (discovery(request) ?? store.answer(request))
        : failure(401, 'Unauthorized', 'Unauthorized'),
    { tls: true },
  );
  return { ...served, objects: store.objects, edit: (name, patch) => store.edit(name, patch) };
}

const failure = (code: number, reason: string, message: string): Answer => ({
  status: code,
  body: { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code },
});

function discovery({ path }: Request): Answer | undefined {
  if (path === '/version') return { body: { major: '1', minor: '32', gitVersion: 'v1.32.4', platform: 'linux/amd64' } };
  if (path === '/api') return { body: { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] } };
  if (path === '/apis') {
    const version = { groupVersion: 'apps/v1', version: 'v1' };
    const groups = [{ name: 'apps', versions: [version], preferredVersion: version }];
    return { body: { kind: 'APIGroupList', apiVersion: 'v1', groups } };
  }
  if (path === '/openapi/v3') {
    const url = (version: string) => ({ serverRelativeURL: `/openapi/v3${rootOf(version)}` });
    return { body: { paths: Object.fromEntries(VERSIONS.map((one) => [rootOf(one).slice(1), url(one)])) } };
  }
  for (const version of VERSIONS) {
    const found = Object.entries(KINDS).filter(([key]) => key.slice(0, key.lastIndexOf('/')) === version);
    if (path === rootOf(version)) {
      const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
      const resources = found.map(([key, one]) => ({ name: key.split('/').at(-1), singularName: '', verbs, ...one }));
      return { body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: version, resources } };
    }
    if (path === `/openapi/v3${rootOf(version)}`) return { body: openApi(version, found) };
  }
  return undefined;
}

/** Clients ask it whether a kind takes `dryRun` and `fieldValidation`. */
function openApi(version: string, kinds: readonly (readonly [string, { kind: string; namespaced: boolean }])[]) {
  const [of, group] = [...version.split('/').reverse(), ''];
  const parameters = ['dryRun', 'fieldManager', 'fieldValidation'].map((name) => ({
    name,
    in: 'query',
    schema: { type: 'string', uniqueItems: true },
  }));
  const paths = kinds.map(([key, { kind, namespaced }]) => {
    const place = `${rootOf(version)}${namespaced ? '/namespaces/{namespace}' : ''}/${key.split('/').at(-1)}/{name}`;
    const patch = { parameters, 'x-kubernetes-group-version-kind': { group, kind, version: of }, responses: {} };
    return [place, { patch }];
  });
  return { openapi: '3.0.0', info: { title: 'Kubernetes', version: 'v1.32.4' }, paths: Object.fromEntries(paths) };
}

interface Place {
  kind: string;
  version: string;
  namespace: string;
  name: string | undefined;
}

function placeOf(path: string): Place | undefined {
  const read = /^\/(?:api|apis\/(apps))\/(v1)(?:\/namespaces\/([^/]+))?\/([a-z]+)(?:\/([^/]+))?$/.exec(path);
  const space = /^\/api\/v1\/namespaces(?:\/([^/]+))?$/.exec(path);
  if (space !== null) return { kind: 'Namespace', version: 'v1', namespace: '', name: space[1] };
  if (read === null) return undefined;
  const version = read[1] === undefined ? 'v1' : 'apps/v1';
  const found = Object.hasOwn(KINDS, `${version}/${read[4]}`) ? KINDS[`${version}/${read[4]}`] : undefined;
  return found && { kind: found.kind, version, namespace: read[3] ?? '', name: read[5] };
}

const keyOf = ({ kind, namespace }: Place, name: string) => `${kind}/${namespace}/${name}`;

class Store {
  readonly objects = new Map<string, Fields>([['Namespace//web', { metadata: { name: 'web' } }]]);
  /** What an owner applied last on the server's side, by object and owner. */
  private readonly given = new Map<string, Fields>();
  private version = 1;

  async answer(request: Request): Promise<Answer> {
    const place = placeOf(request.path);
    if (place === undefined) return failure(404, 'NotFound', 'the server could not find the requested resource');
    const { name } = place;
    if (request.method === 'GET') return name === undefined ? this.list(place, request) : this.get(place, name);
    const dry = request.query.get('dryRun') === 'All';
    if (request.method === 'POST') return this.create(place, objectIn(request), dry);
    if (request.method === 'DELETE' && name !== undefined) {
      const answer = this.get(place, name);
      if (!dry) this.objects.delete(keyOf(place, name));
      return answer;
    }
    if (name !== undefined && request.method === 'PUT') return { body: this.keep(place, name, objectIn(request), dry) };
    return name !== undefined && request.method === 'PATCH'
      ? this.patch(place, name, request, dry)
      : failure(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource');
  }

  async edit(name: string, patch: Fields): Promise<void> {
    const [kind = '', namespace = '', last = ''] = name.split('/');
    const version = kind === 'Deployment' ? 'apps/v1' : 'v1';
    this.keep({ kind, namespace, version, name: last }, last, merged(this.objects.get(name), patch), false);
    await new Promise((resolve) => setTimeout(resolve, ROLLOUT_MS + 50));
  }

  private get(place: Place, name: string): Answer {
    const found = this.objects.get(keyOf(place, name));
    if (found !== undefined) return { body: found };
    return failure(404, 'NotFound', `${place.kind.toLowerCase()}s "${name}" not found`);
  }

  private async list(place: Place, { query }: Request): Promise<Answer> {
    if (query.get('sendInitialEvents') === 'true')
      return failure(
        422,
        'Invalid',
        'sendInitialEvents is forbidden for watch unless the WatchList feature gate is enabled',
      );
    const wanted = (query.get('fieldSelector') ?? '').replace('metadata.name=', '');
    const labels = (query.get('labelSelector') ?? '').split(',').filter(Boolean);
    const found = () =>
      [...this.objects].flatMap(([key, object]) => {
        const [kind, namespace, name] = key.split('/');
        const own = labelsOf(object);
        const fits = kind === place.kind && (place.namespace === '' || place.namespace === namespace);
        if (!fits || (wanted !== '' && wanted !== name)) return [];
        return labels.every((one) => own[one.split('=')[0]!] === one.split('=')[1]) ? [object] : [];
      });
    if (query.get('watch') !== 'true' && query.get('watch') !== '1')
      return {
        body: {
          kind: `${place.kind}List`,
          apiVersion: place.version,
          metadata: { resourceVersion: String(this.version) },
          items: found(),
        },
      };
    const since = Number(query.get('resourceVersion') ?? 0);
    const newer = () => found().filter((one) => Number((one['metadata'] as Fields)['resourceVersion']) > since);
    for (let waited = 0; waited < 20 && newer().length === 0; waited++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    return {
      body: newer()
        .map((object) => `${JSON.stringify({ type: 'MODIFIED', object })}\n`)
        .join(''),
    };
  }

  private create(place: Place, object: Fields, dry: boolean): Answer {
    const name = String((object['metadata'] as Fields)['name']);
    if (this.objects.has(keyOf(place, name)))
      return failure(409, 'AlreadyExists', `${place.kind.toLowerCase()}s "${name}" already exists`);
    return { status: 201, body: this.keep(place, name, object, dry) };
  }

  private patch(place: Place, name: string, request: Request, dry: boolean): Answer {
    const type = request.headers['content-type'] ?? '';
    const key = keyOf(place, name);
    const before = this.objects.get(key);
    if (type.startsWith('application/apply-patch')) {
      const wanted = parse(request.body) as Fields;
      const owner = `${key} ${request.query.get('fieldManager')}`;
      const body = this.keep(place, name, merged(before, applied(this.given.get(owner) ?? {}, wanted)), dry);
      if (!dry) this.given.set(owner, wanted);
      return { status: before === undefined ? 201 : 200, body };
    }
    if (before === undefined) return this.get(place, name);
    const lists = type.startsWith('application/strategic-merge-patch') ? 'merge' : 'replace';
    return { body: this.keep(place, name, merged(before, JSON.parse(request.body) as Fields, lists), dry) };
  }

  /** Stores an object as the server completes it; a dry run only answers with it. */
  private keep(place: Place, name: string, given: Fields, dry: boolean): Fields {
    const key = keyOf(place, name);
    const before = this.objects.get(key);
    const own = isFields(before?.['metadata']) ? before['metadata'] : undefined;
    const spec = defaults(place.kind, given['spec']);
    const metadata: Fields = {
      ...(given['metadata'] as Fields),
      name,
      ...(place.namespace === '' ? {} : { namespace: place.namespace }),
      uid: own?.['uid'] ?? crypto.randomUUID(),
      creationTimestamp: own?.['creationTimestamp'] ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    };
    const object: Fields = { ...given, kind: place.kind, apiVersion: place.version, metadata };
    if (spec !== undefined) {
      object['spec'] = spec;
      const moved = JSON.stringify(spec) !== JSON.stringify(before?.['spec']);
      metadata['generation'] = Number(own?.['generation'] ?? 0) + (moved ? 1 : 0);
    }
    if (isFields(given['stringData'])) {
      const coded = Object.entries(given['stringData']).map(([one, text]) => [one, btoa(String(text))]);
      object['data'] = { ...(given['data'] as Fields), ...Object.fromEntries(coded) };
      delete object['stringData'];
    }
    metadata['resourceVersion'] = own?.['resourceVersion'] ?? '0';
    if (before !== undefined && JSON.stringify(object) === JSON.stringify(before)) return before;
    if (dry) return object;
    metadata['resourceVersion'] = String(++this.version);
    this.objects.set(key, object);
    if (place.kind === 'Deployment') setTimeout(() => this.rollOut(key), ROLLOUT_MS).unref();
    return object;
  }

  private rollOut(key: string): void {
    const object = this.objects.get(key);
    if (object === undefined || JSON.stringify(object['spec']).includes('broken')) return;
    const metadata = object['metadata'] as Fields;
    const replicas = (object['spec'] as Fields)['replicas']!;
    const counts = { replicas, updatedReplicas: replicas, readyReplicas: replicas, availableReplicas: replicas };
    const at = { status: 'True', lastTransitionTime: new Date().toISOString() };
    const conditions = [
      { ...at, type: 'Available', reason: 'MinimumReplicasAvailable' },
      { ...at, type: 'Progressing', reason: 'NewReplicaSetAvailable' },
    ];
    const status: Fields = { ...counts, conditions, observedGeneration: metadata['generation']! };
    const next = { ...object, metadata: { ...metadata, resourceVersion: String(++this.version) }, status };
    this.objects.set(key, next);
  }
}

/** The object of a request: JSON, or the protobuf that Go clients send for built-in kinds. */
function objectIn({ body, bytes, headers }: Request): Fields {
  const isProtobuf = headers['content-type']?.includes('protobuf') === true;
  return isProtobuf ? secretIn(bytes) : (JSON.parse(body) as Fields);
}

function labelsOf(object: Fields): Fields {
  const { metadata } = object;
  const labels = isFields(metadata) ? metadata['labels'] : undefined;
  return isFields(labels) ? labels : {};
}

/** What the server sets where nothing is said. */
function defaults(kind: string, spec: Value | undefined): Value | undefined {
  if (!isFields(spec)) return spec;
  if (kind === 'Service') return { type: 'ClusterIP', sessionAffinity: 'None', ...spec };
  if (kind !== 'Deployment') return spec;
  const template = spec['template'] as Fields;
  const pod = { restartPolicy: 'Always', terminationGracePeriodSeconds: 30, ...(template['spec'] as Fields) };
  const strategy = { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } };
  const rest = { replicas: 1, revisionHistoryLimit: 10, progressDeadlineSeconds: 600, strategy };
  return { ...rest, ...spec, template: { ...template, spec: pod } };
}
