import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import axe from 'axe-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { picture, Reader } from './browser.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const SITE = join(ROOT, '.cache', 'docs');
const TYPES: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

/** When a file below the folder was written last; folders move with every build. */
const newest = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map((path) => statSync(join(folder, String(path))))
    .reduce((last, one) => (one.isFile() ? Math.max(last, one.mtimeMs) : last), 0);

let reader: Reader;
let server: Server;
let origin: string;

beforeAll(async () => {
  // `npm run docs` takes half a minute: what it left is looked at, unless a page has moved since.
  if (!existsSync(SITE) || newest(join(ROOT, 'docs')) > statSync(join(SITE, 'index.html')).mtimeMs)
    spawnSync('npm', ['run', 'docs'], { cwd: ROOT, stdio: 'ignore' });
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

it.each(['index', 'guide-first-delivery', 'guide-terminal', 'policy'])(
  '%s fits a phone, and axe finds nothing serious',
  async (name) => {
    const { page } = await reader.open(`${origin}/${name}.html`, {
      viewport: { width: 360, height: 740 },
      isMobile: true,
    });
    await page.waitForLoadState('networkidle');
    await picture(page, `site-${name}-phone`, false);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360);
    await page.evaluate(axe.source);
    const { violations } = (await page.evaluate(
      'axe.run(document, { resultTypes: ["violations"] })',
    )) as axe.AxeResults;
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 120)}`)).toEqual([]);
  },
);
