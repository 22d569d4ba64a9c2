// The three bundles a marketplace install runs as they are: no build, no node_modules.
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
  // Some bundled CommonJS packages call require at run time.
  banner: {
    js: "#!/usr/bin/env node\nimport{createRequire as __cr}from'node:module';const require=__cr(import.meta.url);",
  },
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

/** @param {string} outdir folder that receives server.mjs, cli.mjs and hook.mjs */
export async function bundle(outdir) {
  await Promise.all(
    ['server', 'cli', 'hook'].map((name) =>
      build({
        ...shared,
        plugins: [withoutAjv],
        // The hook runs at every guarded tool call: no banner work, Node built-ins only.
        ...(name === 'hook' ? { banner: { js: '#!/usr/bin/env node' } } : {}),
        entryPoints: [`mcp-server/src/entry/${name}.ts`],
        outfile: `${outdir}/${name}.mjs`,
      }),
    ),
  );
}
