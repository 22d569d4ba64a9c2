// What a scenario is given: the client of one version, folders of its own, and every way to drive the client in them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { headless } from './headless.mjs';
import { interactive } from './interactive.mjs';
import { install, publish, validate } from './marketplace.mjs';

const CHECKOUT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * @typedef {ReturnType<typeof createContext>['ctx']} Context
 * @typedef {{ name: string, run: (ctx: Context) => Promise<void> }} Scenario
 * @typedef {Omit<import('./headless.mjs').RunOptions, 'claude' | 'home' | 'logs'> & { home?: string }} ContextRun
 */

/** @param {{ version: string, claude: string }} client */
export function createContext({ version, claude }) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), `countersign-e2e-${version}-`)));
  let serial = 0;
  /** A new folder under the scenario's root. @param {string} name */
  const temp = (name) => {
    const folder = join(root, `${String(++serial).padStart(2, '0')}-${name}`);
    mkdirSync(folder);
    return folder;
  };
  const home = temp('home');
  /** @type {Awaited<ReturnType<typeof interactive>>[]} */
  const sessions = [];

  const ctx = {
    version,
    claude,
    assert,
    /** Root of the checkout these scenarios belong to. */
    checkout: CHECKOUT,
    /** A HOME without any plugin, the default of the runs. */
    home,
    temp,
    /** @param {ContextRun & { prompt: string, timeoutMs?: number }} options */
    headless: (options) => headless({ claude, home, logs: temp('headless'), ...options }),
    /** Closed at the scenario's end at the latest. @param {ContextRun & { columns?: number, rows?: number }} options */
    interactive: async (options) => {
      const session = await interactive({ claude, home, logs: temp('interactive'), ...options });
      sessions.push(session);
      return session;
    },
    /**
     * Publishes a plugin's folder in a git marketplace and installs it from there.
     * @param {{ source?: string, state?: 'head' | 'working-tree', name?: string }} [options]
     * @returns {Promise<string>} the HOME that has it
     */
    install: async ({ source = CHECKOUT, state = 'head', name } = {}) => {
      const target = { home: temp('home'), bare: join(temp('marketplace'), 'plugin.git') };
      await publish({ source, state, ...target });
      await install({ claude, ...target, ...(name && { name }) });
      return target.home;
    },
    /** @param {string} [folder] */
    validate: (folder = CHECKOUT) => validate({ claude, folder, home }),
  };

  return {
    ctx,
    root,
    /** Ends what the scenario left running. @returns {Promise<string[]>} where a script did not fit its session */
    close: async () => {
      await Promise.all(sessions.map((session) => session.close()));
      return sessions.flatMap((session) => session.problems);
    },
    /** The client may write to its HOME for a moment after it was ended, hence the retries. */
    remove: () => rmSync(root, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }),
  };
}
