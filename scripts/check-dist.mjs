// Fails when the committed bundles are not what the sources build: users run the committed ones.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';

const fresh = await mkdtemp(join(tmpdir(), 'countersign-dist-'));
try {
  await bundle(fresh);
  const stale = [];
  for (const name of ['server.mjs', 'cli.mjs', 'hook.mjs']) {
    const [built, committed] = await Promise.all([
      readFile(join(fresh, name)),
      readFile(join('mcp-server/dist', name)).catch(() => Buffer.alloc(0)),
    ]);
    if (!built.equals(committed)) stale.push(name);
  }
  if (stale.length > 0) {
    console.error(`mcp-server/dist is not what the sources build: ${stale.join(', ')}. Run npm run build and commit.`);
    process.exitCode = 1;
  } else console.log('mcp-server/dist matches the sources.');
} finally {
  await rm(fresh, { recursive: true, force: true });
}
