// The platforms of the probes' own tests, for scenarios that run outside of the test runner: the same answers, written once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const CONTENTS = `export { cluster, kubeconfig } from './test/probes/cluster.ts';
export { platform } from './test/probes/platform.ts';
export { ends } from 'vitest';`;
/** What the fakes ask of the test runner: to be ended with the test. */
const RUNNER = 'export const ends = []; export const onTestFinished = (end) => ends.push(end);';

/** @typedef {typeof import('../../probes/platform.ts') & typeof import('../../probes/cluster.ts')} Fakes */

/** @returns {Promise<Fakes & { close: () => void }>} */
export async function loadPlatforms() {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-e2e-platforms-'));
  const outfile = join(folder, 'platforms.mjs');
  await build({
    stdin: { contents: CONTENTS, resolveDir: ROOT },
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    plugins: [
      {
        name: 'runner',
        setup(on) {
          on.onResolve({ filter: /^vitest$/ }, () => ({ path: 'vitest', namespace: 'runner' }));
          on.onLoad({ filter: /.*/, namespace: 'runner' }, () => ({ contents: RUNNER }));
        },
      },
    ],
  });
  const fakes = await import(pathToFileURL(outfile).href);
  return {
    ...fakes,
    close: () => {
      for (const end of fakes.ends) end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
