// The bundles a marketplace install runs as they are: no build, no node_modules.
import { mkdir, rm, writeFile } from 'node:fs/promises';
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
 * does not start. What it loads on demand lies beside it under names of its own.
 */
const besideIt = {
  name: 'beside-it',
  /** @param {import('esbuild').PluginBuild} builder */
  setup(builder) {
    builder.onResolve({ filter: /^\.\/(?:api|judge-command)\.ts$/ }, ({ path, kind }) =>
      kind === 'dynamic-import' ? { path: `./hook-${path.slice(2, -3)}.mjs`, external: true } : undefined,
    );
  },
};

/**
 * The three programs, and beside them the parts that they load when they need them: a start compiles only what it uses.
 * A part is named by its content, so that equal sources give equal files.
 *
 * @param {string} outdir folder that receives server.mjs, cli.mjs, hook.mjs and their parts; emptied first
 */
export async function bundle(outdir) {
  const entry = 'mcp-server/src/entry';
  const written = /** @type {const} */ ({ ...shared, outdir, outExtension: { '.js': '.mjs' }, write: false });
  const builds = await Promise.all([
    build({
      ...written,
      splitting: true,
      // In one folder with the programs: what is found relative to a module stays where it is.
      chunkNames: '[name]-[hash]',
      plugins: [withoutAjv],
      entryPoints: { server: `${entry}/server.ts`, cli: `${entry}/cli.ts`, 'hook-api': `${entry}/hook/api.ts` },
    }),
    build({
      ...written,
      plugins: [besideIt],
      entryPoints: { hook: `${entry}/hook.ts`, 'hook-judge-command': `${entry}/hook/judge-command.ts` },
    }),
  ]);
  await rm(outdir, { recursive: true, force: true });
  await mkdir(outdir, { recursive: true });
  const files = builds.flatMap((one) => one.outputFiles);
  await Promise.all(files.map(({ path, text }) => writeFile(join(outdir, basename(path)), withHead(path, text))));
}

const PROGRAMS = ['server.mjs', 'cli.mjs', 'hook.mjs'];
/** Gives a module what esbuild's helper for CommonJS packages looks for. */
export const REQUIRE = "import{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);\n";

/** Bundled CommonJS packages call require at run time; the part that has esbuild's helper for it needs one, no other. */
function withHead(/** @type {string} */ path, /** @type {string} */ text) {
  const body = text.includes('typeof require') ? REQUIRE + text : text;
  return PROGRAMS.includes(basename(path)) ? `#!/usr/bin/env node\n${body}` : body;
}
