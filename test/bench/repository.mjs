// Repositories with a number of deliveries, each with a draft design that owns a path of its own.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bareEnvironment, startServer, timeNode } from './processes.mjs';

const design = (/** @type {string} */ id) => `---
countersign: design/1
---

## Components

### CMP-1: The only one

- Kind: program
- Action: build
- Depends on: none
- Realises: REQ-1
- Paths: src/${id}/
`;

/**
 * @param {string} base @param {string} dist @param {number} count
 * @returns {Promise<{ cwd: string, home: string }>}
 */
export async function repositoryWith(base, dist, count) {
  const home = join(base, `home-${count}`);
  const cwd = join(base, `work-${count}`);
  mkdirSync(home);
  mkdirSync(cwd);
  execFileSync('git', ['init', '--quiet'], { cwd, env: bareEnvironment(home) });
  const place = { cwd, home };
  const server = startServer(join(dist, 'server.mjs'), place);
  await server.initialize();
  for (let at = 0; at < count; at++) {
    const id = `delivery-${at}`;
    await server.request('tools/call', { name: 'delivery_new', arguments: { id, title: `Delivery ${at}` } });
    writeFileSync(join(cwd, 'deliveries', id, 'design.md'), design(id));
  }
  await server.end();
  // Compiles the guard index, as the start of a session does.
  timeNode([join(dist, 'hook.cjs'), 'session-start'], { ...place, input: JSON.stringify({ cwd }) });
  return place;
}
