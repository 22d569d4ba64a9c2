import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** Debian's Chromium, or the one that is named. */
const PROGRAM = process.env['CHROMIUM'] ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find(existsSync);

/** A headless Chromium that opens pages from files, as a reader does who got one by mail. */
export class Reader {
  readonly folder = mkdtempSync(join(tmpdir(), 'countersign-browser-'));
  readonly #browser: Browser;

  private constructor(browser: Browser) {
    this.#browser = browser;
  }

  static async start(): Promise<Reader> {
    if (PROGRAM === undefined) throw new Error('there is no Chromium: apt-get install -y chromium, or set CHROMIUM');
    // Root, as in a container, has no sandbox to start.
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return new Reader(await chromium.launch({ executablePath: PROGRAM, args }));
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  write(name: string, html: string): string {
    const path = join(this.folder, name);
    writeFileSync(path, html);
    return pathToFileURL(path).href;
  }

  /** Opens an address, and keeps what must not happen: messages of the console, errors, requests for anything else. */
  async open(address: string, options: BrowserContextOptions = {}): Promise<Sheet> {
    const context = await this.#browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(`console: ${message.text()}`));
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const own = address.split('#')[0];
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== own) complaints.push(`request: ${request.url()}`);
    });
    await page.goto(address, { waitUntil: 'load' });
    return { page, complaints };
  }
}

export interface Sheet {
  page: Page;
  complaints: string[];
}

/** Keeps a picture where SCREENSHOTS names a folder, for people to look at. */
export async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage });
}
