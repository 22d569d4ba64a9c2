// A TypeScript module with what it imports, for programs that Node 20 runs as they are.
import { build } from 'esbuild';

/** @param {string} path from the checkout's root @param {string} [root] @returns {Promise<any>} the module */
export async function load(path, root = process.cwd()) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  const [{ text }] = outputFiles;
  return import(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
}
