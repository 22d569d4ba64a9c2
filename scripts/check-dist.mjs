// Fails when the committed bundles are not what the sources build: users run the committed ones.
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';

const fresh = await mkdtemp(join(tmpdir(), 'countersign-dist-'));
try {
  await bundle(fresh);
  const stale = [];
  const names = await Promise.all([fresh, 'mcp-server/dist'].map((folder) => readdir(folder)));
  for (const name of new Set(names.flat())) {
    const [built, committed] = await Promise.all(
      [fresh, 'mcp-server/dist'].map((folder) => readFile(join(folder, name)).catch(() => null)),
    );
    if (built === null || committed === null || !built.equals(committed)) stale.push(name);
  }
  if (stale.length > 0) {
    console.error(`mcp-server/dist is not what the sources build: ${stale.join(', ')}. Run npm run build and commit.`);
    process.exitCode = 1;
  } else console.log('mcp-server/dist matches the sources.');
} finally {
  await rm(fresh, { recursive: true, force: true });
}
