// The arrows of ARCHITECTURE.md as an allow-list: what is not listed here is refused.
const src = '^mcp-server/src';
const domainLibraries = '^(mdast$|node_modules/(zod|yaml|@types/mdast|mdast-util-[^/]+|micromark[^/]*)(/|$))';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-tests-in-product',
      severity: 'error',
      from: { path: src, pathNot: '\\.test\\.ts$' },
      to: { path: ['\\.test\\.ts$', '^test/'] },
    },
  ],
  allowedSeverity: 'error',
  allowed: [
    // Unit tests beside the source may use vitest, fast-check, Node and the test helpers.
    { from: { path: ['\\.test\\.ts$', '^test/'] }, to: {} },
    // domain: itself and parsers. Hashing is a pure function, so one file may use node:crypto.
    { from: { path: `${src}/domain` }, to: { path: `${src}/domain` } },
    { from: { path: `${src}/domain` }, to: { path: domainLibraries } },
    { from: { path: `${src}/domain/hash\\.ts$` }, to: { path: '^(node:)?crypto$' } },
    // app: the domain and its own ports.
    { from: { path: `${src}/app` }, to: { path: `${src}/(app|domain)` } },
    // adapters: ports, domain, themselves, Node and libraries. Never app use cases, never entry.
    { from: { path: `${src}/adapters` }, to: { path: `${src}/(adapters|domain)` } },
    { from: { path: `${src}/adapters` }, to: { path: `${src}/app/ports(?:/|\\.ts$)` } },
    { from: { path: `${src}/adapters` }, to: { dependencyTypes: ['core', 'npm', 'npm-dev'] } },
    // entry: app and domain; only compose.ts reaches the adapters.
    { from: { path: `${src}/entry` }, to: { path: `${src}/(entry|app|domain)` } },
    { from: { path: `${src}/entry/compose\\.ts$` }, to: { path: `${src}/adapters` } },
    { from: { path: `${src}/entry/version\\.ts$` }, to: { path: '^package\\.json$' } },
    // The hook program cannot afford compose.ts: adapter files that import nothing but Node.
    {
      from: { path: `${src}/entry/hook/` },
      to: { path: `${src}/adapters/(work-tree|guard-index|real-path)\\.ts$` },
    },
    { from: { path: `${src}/entry` }, to: { dependencyTypes: ['core', 'npm', 'npm-dev'] } },
  ],
  options: {
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js'],
    },
  },
};
