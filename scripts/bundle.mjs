// The bundles a marketplace install runs as they are: no build, no node_modules.
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** What every bundle of the sources needs. */
export const shared = {
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifyWhitespace: true,
  minifySyntax: true,
  legalComments: 'none',
  charset: 'utf8',
  loader: { '.wasm': 'binary', '.md': 'text' },
  logLevel: 'warning',
};

/**
 * The SDK's server makes a JSON Schema validator by default, for answers to elicitInput. Ours checks its answers itself
 * (entry/dialog.ts), and Ajv is a fifth of the bundle, compiled at each start.
 */
const withoutAjv = {
  name: 'without-ajv',
  /** @param {import('esbuild').PluginBuild} builder */
  setup(builder) {
    builder.onLoad(
      { filter: /[\\/]@modelcontextprotocol[\\/]sdk[\\/]dist[\\/]esm[\\/]validation[\\/]ajv-provider\.js$/ },
      () => ({
        contents: `export class AjvJsonSchemaValidator {
        getValidator() { throw new Error('Ajv is not bundled (scripts/bundle.mjs)'); }
      }`,
      }),
    );
  },
};

/**
 * The hook program is one file, so that it can say no where others are missing: the client lets a call pass when a hook
 * does not start. What it loads on demand lies beside it under names of its own. It is CommonJS, because Node needs 9 ms
 * to start its loader of modules, which is as much as the guard may take in all; so is the part that reads command lines.
 */
const besideIt = {
  name: 'beside-it',
  /** @param {import('esbuild').PluginBuild} builder */
  setup(builder) {
    builder.onResolve({ filter: /^\.\/(?:api|judge-command)\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: BESIDE[path.slice(2, -3)], external: true } : undefined,
    );
  },
};

/** @type {Record<string, string>} */
const BESIDE = { api: './hook-api.mjs', 'judge-command': './hook-judge-command.cjs' };

/** An import() would start the loader after all. @param {string} text */
function required(text) {
  const part = JSON.stringify(BESIDE['judge-command']);
  return text.replaceAll(`import(${part})`, `Promise.resolve().then(()=>require(${part}))`);
}

/** For whoever calls the hook by the name that the other programs have. */
const BY_MODULE =
  "#!/usr/bin/env node\nimport{createRequire}from'node:module';createRequire(import.meta.url)('./hook.cjs');\n";

/**
 * The three programs, and beside them the parts that they load when they need them: a start compiles only what it uses.
 * A part is named by its content, so that equal sources give equal files.
 *
 * @param {string} outdir folder that receives server.mjs, cli.mjs, hook.cjs and their parts; what is left of older ones goes
 * @returns {Promise<string[]>} paths of the modules that something of is in them, from the repository's root
 */
export async function bundle(outdir) {
  const entry = 'mcp-server/src/entry';
  const written = /** @type {const} */ ({
    ...shared,
    outdir,
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
  });
  const builds = await Promise.all([
    build({
      ...written,
      splitting: true,
      // In one folder with the programs: what is found relative to a module stays where it is.
      chunkNames: '[name]-[hash]',
      plugins: [withoutAjv],
      entryPoints: {
        server: `${entry}/server.ts`,
        cli: `${entry}/cli.ts`,
        'hook-api': `${entry}/hook/api.ts`,
        'validate-thread': `${entry}/validate-thread.ts`,
        'verify-thread': `${entry}/verify-thread.ts`,
      },
    }),
    build({
      ...written,
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
      plugins: [besideIt],
      entryPoints: { hook: `${entry}/hook.ts`, 'hook-judge-command': `${entry}/hook/judge-command.ts` },
    }),
  ]);
  await mkdir(outdir, { recursive: true });
  const files = builds.flatMap((one) => one.outputFiles);
  // New parts first, the programs that load them next, old parts last: a hook that starts meanwhile finds what it needs.
  for (const programs of [false, true]) {
    const some = files.filter(({ path }) => PROGRAMS.includes(basename(path)) === programs);
    await Promise.all(some.map(({ path, text }) => writeFile(join(outdir, basename(path)), withHead(path, text))));
  }
  await writeFile(join(outdir, 'hook.mjs'), BY_MODULE);
  const names = new Set(['hook.mjs', ...files.map(({ path }) => basename(path))]);
  const old = (await readdir(outdir)).filter((name) => /\.[cm]js$/.test(name) && !names.has(name));
  await Promise.all(old.map((name) => rm(join(outdir, name))));
  const inputs = builds.flatMap((one) => Object.values(one.metafile.outputs).map((output) => output.inputs));
  const used = inputs.flatMap((all) =>
    Object.entries(all).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return [...new Set(used)].sort();
}

const PROGRAMS = ['server.mjs', 'cli.mjs', 'hook.cjs'];
/** Gives a module what esbuild's helper for CommonJS packages looks for. */
export const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);\n";

/** Bundled CommonJS packages call require at run time; the part that has esbuild's helper for it needs one, no other. */
function withHead(/** @type {string} */ path, /** @type {string} */ text) {
  if (path.endsWith('.cjs'))
    return `${PROGRAMS.includes(basename(path)) ? '#!/usr/bin/env node\n' : ''}${required(text)}`;
  const body = text.includes('typeof require') ? REQUIRE + text : text;
  return PROGRAMS.includes(basename(path)) ? `#!/usr/bin/env node\n${body}` : body;
}
