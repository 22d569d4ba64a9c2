import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { picture, Reader } from './browser.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SITE = join(ROOT, '.cache', 'docs');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

let reader: Reader;
let server: Server;
let origin: string;

beforeAll(async () => {
  // `npm run docs` takes half a minute: what it left is good enough to be looked at.
  if (!existsSync(SITE)) spawnSync('npm', ['run', 'docs'], { cwd: ROOT, stdio: 'ignore' });
  server = createServer((request, response) => {
    const path = join(SITE, new URL(request.url ?? '/', 'http://localhost').pathname);
    // The site has no icon, and browsers ask for one.
    if (!existsSync(path)) return response.writeHead(path.endsWith('.ico') ? 204 : 404).end();
    return response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'text/plain' }).end(readFileSync(path));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  reader = await Reader.start();
}, 120_000);

afterAll(async () => {
  await reader?.stop();
  server?.close();
});

it('plays the recorded session in the guide, and fetches nothing from elsewhere', async () => {
  const { page, complaints } = await reader.open(`${origin}/guide-first-delivery.html`);
  const player = page.locator('terminal-cast .ap-player');
  await player.waitFor();
  await player.click();
  const terminal = player.locator('.ap-term-text');
  await expect.poll(() => terminal.innerText()).toMatch(/^\$ claude plugin/);
  // A digit leads to that tenth of the session.
  await page.keyboard.press('9');
  await expect.poll(() => terminal.innerText()).toMatch(/\/approve [0-9a-f]{12}/);
  await expect.poll(() => terminal.innerText(), { timeout: 10_000 }).toMatch(/Approved stage:requirements of greeter/);
  await picture(page, 'guide-with-recording', false);
  expect(complaints.filter((one) => !one.startsWith(`request: ${origin}/`))).toEqual([]);
});
