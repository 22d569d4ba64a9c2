// The three bundles a marketplace install runs as they are: no build, no node_modules.
import { build } from 'esbuild';

const shared = {
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

/** @param {string} outdir folder that receives server.mjs, cli.mjs and hook.mjs */
export async function bundle(outdir) {
  await Promise.all(
    ['server', 'cli', 'hook'].map((name) =>
      build({
        ...shared,
        // The hook runs at every guarded tool call: no banner work, Node built-ins only.
        ...(name === 'hook' ? { banner: { js: '#!/usr/bin/env node' } } : {}),
        entryPoints: [`mcp-server/src/entry/${name}.ts`],
        outfile: `${outdir}/${name}.mjs`,
      }),
    ),
  );
}
