import { type Answer, type Platform, platform, type Request } from './platform.ts';

type Document = Record<string, unknown>;

/** What a platform holds; each kind in the form of its own interface. */
export interface Stock {
  adapters?: Document[];
  workflows?: Document[];
  /** With their components, as their export has them. */
  projects?: Document[];
  automations?: Document[];
  triggers?: Document[];
  templates?: Document[];
  transformations?: Document[];
  forms?: Document[];
  'command-templates'?: Document[];
  'analytic-templates'?: Document[];
  'golden-configs'?: Document[];
  /** Projects of agents, with their agents. */
  agents?: Document[];
}

export interface Setting extends Stock {
  /** Of the user, and of the client. */
  password: string;
  /** How many requests a token lives. */
  life?: number;
  /** Without it, only a log-in as a user. */
  oauth?: boolean;
  /** An answer of its own, before everything else that needs a token. */
  override?: (request: Request) => Answer | undefined;
}

const refused: Answer = { status: 401, body: { message: 'Unauthorized' } };
/** The longest page that it gives, whatever is asked for. */
const MOST = 100;

/** Itential Platform as its interface answers: log-in, health, lists in their different envelopes, exports. */
export function itentialPlatform(setting: Setting): Promise<Platform> {
  const { password, life = Number.POSITIVE_INFINITY, oauth = true, override } = setting;
  let handed = 0;
  let used = 0;
  const hand = () => {
    used = 0;
    return `itential-token-${++handed}-0123456789`;
  };
  return platform((request) => {
    const { path, query, headers, body } = request;
    if (path === '/oauth/token') {
      if (!oauth) return { status: 404 };
      if (headers['content-type'] !== 'application/x-www-form-urlencoded') return { status: 415 };
      return new URLSearchParams(body).get('client_secret') === password ? { body: { access_token: hand() } } : refused;
    }
    if (path === '/login')
      return JSON.parse(body).password === password
        ? { headers: { 'content-type': 'text/plain' }, body: hand() }
        : refused;
    const given = oauth ? headers.authorization?.replace('Bearer ', '') : query.get('token');
    if (given !== `itential-token-${handed}-0123456789` || ++used > life) return refused;
    return override?.(request) ?? answer(request, setting) ?? { status: 404, body: { message: 'Not Found' } };
  });
}

function answer(request: Request, stock: Setting): Answer | undefined {
  const { method, path, query, body } = request;
  const page = (all: readonly Document[]) => {
    const skip = Number(query.get('skip') ?? 0);
    const limit = Math.min(MOST, Number(query.get('limit') ?? 25));
    const order =
      query.get('sort') === '_id' ? [...all].sort((a, b) => (String(a['_id']) < String(b['_id']) ? -1 : 1)) : all;
    return { some: order.slice(skip, skip + limit), skip, limit, total: all.length };
  };
  const named = (all: readonly Document[], id: string, key = '_id') => all.find((one) => String(one[key]) === id);
  const found = (body: unknown): Answer => (body === undefined ? { status: 404 } : { body });
  const { workflows = [], projects = [], agents = [], forms = [] } = stock;
  const part = (prefix: string, suffix = '') =>
    path.startsWith(prefix) && path.endsWith(suffix)
      ? decodeURIComponent(path.slice(prefix.length, path.length - suffix.length))
      : undefined;
  if (method === 'POST') {
    if (path === '/configuration_manager/devices') return { body: { list: [{ name: 'core-sw-1' }], total: 42 } };
    if (path !== '/configuration_manager/export/goldenconfigs') return undefined;
    const tree = named(stock['golden-configs'] ?? [], JSON.parse(body).treeId);
    return found(tree === undefined ? undefined : { status: 'success', data: [tree] });
  }
  switch (path) {
    case '/health/adapters':
      return { body: { results: stock.adapters ?? [], total: stock.adapters?.length ?? 0 } };
    case '/health/applications':
      return { body: { results: [{ id: 'WorkFlowEngine', state: 'RUNNING' }], total: 1 } };
    case '/automation-studio/apps/list':
      return { body: [{ name: 'NetboxV33', type: 'Adapter' }] };
    case '/automation-studio/workflows': {
      const fields = query.get('include')?.split(',');
      const { some, ...rest } = page(workflows);
      const items = fields === undefined ? some : some.map((one) => only(one, fields));
      return { body: { items, ...rest } };
    }
    case '/automation-studio/projects': {
      const { some, ...rest } = page(projects);
      const data = some.map(({ components: _, ...one }) => one);
      return { body: { message: 'Successfully retrieved projects', data, metadata: rest } };
    }
    case '/operations-manager/automations': {
      const { some, ...metadata } = page(stock.automations ?? []);
      return { body: { message: 'ok', data: some, metadata } };
    }
    case '/operations-manager/triggers': {
      const { some, ...metadata } = page(stock.triggers ?? []);
      return { body: { message: 'ok', data: some, metadata } };
    }
    case '/automation-studio/templates': {
      const { some, ...rest } = page(stock.templates ?? []);
      return { body: { items: some, ...rest } };
    }
    case '/transformations': {
      const { some, total } = page(stock.transformations ?? []);
      return { body: { results: some, total } };
    }
    case '/json-forms/forms':
      return { body: forms.map((one) => only(one, ['id', 'name'])) };
    case '/mop/listTemplates':
      return { body: stock['command-templates'] ?? [] };
    case '/mop/listAnalyticTemplates':
      return { body: stock['analytic-templates'] ?? [] };
    case '/configuration_manager/configs':
      return {
        body: (stock['golden-configs'] ?? []).map(({ _id, name, deviceType }) => ({ id: _id, name, deviceType })),
      };
    case '/agent-project-service/projects': {
      const { some, ...rest } = page(agents);
      return { body: { message: 'ok', data: { items: some.map((one) => only(one, ['_id', 'name'])), ...rest } } };
    }
  }
  const project = part('/automation-studio/projects/', '/export');
  if (project !== undefined) {
    const data = named(projects, project);
    return found(data === undefined ? undefined : { message: 'Successfully exported', data, metadata: {} });
  }
  const workflow = part('/automation-studio/workflows/detailed/');
  if (workflow !== undefined) return found(named(workflows, workflow, 'name'));
  const form = part('/json-forms/forms/');
  if (form !== undefined) return found(named(forms, form, 'id'));
  const bundle = part('/agent-project-service/project-bundles/', '/export');
  if (bundle === undefined) return undefined;
  const data = named(agents, bundle);
  return found(data === undefined ? undefined : { message: 'ok', data });
}

const only = (document: Document, fields: readonly string[]) =>
  Object.fromEntries(Object.entries(document).filter(([key]) => fields.includes(key)));
