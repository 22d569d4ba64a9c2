// A TypeScript module with what it imports, for programs that Node 20 runs as they are.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { REQUIRE, shared } from './bundle.mjs';

/** @param {string} path from the checkout's root @returns {Promise<any>} the module */
export async function load(path) {
  const folder = await mkdtemp(join(tmpdir(), 'countersign-load-'));
  try {
    const outfile = join(folder, 'module.mjs');
    const absWorkingDir = fileURLToPath(new URL('..', import.meta.url));
    await build({ ...shared, absWorkingDir, banner: { js: REQUIRE }, entryPoints: [path], outfile });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
