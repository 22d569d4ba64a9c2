// The interactive client, driven as a person would: typed text and keys go in, the screen and the requests come out.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApi } from './api.mjs';
import { cleanEnvironment, prepareHome } from './environment.mjs';
import { commonArguments } from './headless.mjs';
import { openTerminal } from './terminal.mjs';

const SETTLE_MS = 3_000;
// 2.1.330 drops keys that come right after a dialog appears: 0 ms lost, 300 ms taken.
const DIALOG_MS = 600;

/** What stands in the client's input box (between its two rules), or undefined while a dialog replaces it. @param {string} screen */
function inputBox(screen) {
  const lines = screen.split('\n');
  const bottom = lines.findLastIndex((line) => /^─{20}/.test(line));
  const top = lines.slice(0, Math.max(bottom, 0)).findLastIndex((line) => /^─{20}/.test(line));
  const box = top < 0 ? '' : lines.slice(top + 1, bottom).join('\n');
  return box.startsWith('❯') ? box.slice(1) : undefined;
}

/** @param {string} text */
const squeeze = (text) => text.replaceAll(/\s/g, '');

/**
 * Starts the client and waits for its input box. Close the session in any case.
 * @param {import('./headless.mjs').RunOptions & { columns?: number, rows?: number }} options
 */
export async function interactive(options) {
  const { claude, project, home, logs, script, mode = 'bypassPermissions', env, columns, rows } = options;
  mkdirSync(logs, { recursive: true });
  prepareHome(home, [project]);
  const api = await startApi({ script, log: join(logs, 'requests.jsonl') });
  const terminal = openTerminal({
    command: [claude, ...commonArguments(options, mode)],
    cwd: project,
    env: cleanEnvironment(home, { api: api.url, extra: env }),
    ...(columns && { columns }),
    ...(rows && { rows }),
  });
  const { screen, type, keys, waitFor } = terminal;

  /** Waits for the screen, but goes on without it. @param {(screen: string) => boolean} condition */
  const settle = (condition) =>
    waitFor(condition, SETTLE_MS).then(
      () => true,
      () => false,
    );

  /**
   * Types one line and sends it. A slash command is typed name first, until the client offers it: commands of plugins can
   * be loaded later than the box is drawn. The blank after the name closes that list, in which Enter would run the line
   * that is marked (`/spec-change` perhaps, for a typed `/spec`).
   * @param {string} text
   */
  const submit = async (text) => {
    await waitFor((now) => inputBox(now) !== undefined);
    const [name, rest] = /^(\/\S+)\s*(.*)$/.exec(text)?.slice(1) ?? [];
    if (name) {
      type(name);
      await settle((now) => offers(now, name));
      type(` ${rest}`);
    } else {
      type(text);
    }
    // A long line is shown folded or as [Pasted text]: its end is enough.
    const end = squeeze(text).slice(-20);
    const shown = (/** @type {string} */ now) => {
      const box = squeeze(inputBox(now) ?? '');
      return box.endsWith(end) || box.includes('[Pastedtext');
    };
    await settle(shown);
    for (let press = 0; press < 3; press++) {
      await keys('Enter');
      if (await settle((now) => !shown(now))) return;
    }
    throw new Error(`the client did not take ${JSON.stringify(text)}; screen:\n${screen()}`);
  };

  const session = {
    requests: api.requests,
    problems: api.problems,
    /** @param {import('./player.mjs').Kind} kind */
    requestsOf: (kind) => api.requests.filter((request) => request.kind === kind),
    screen,
    type,
    keys,
    waitFor,
    submit,
    /** Waits for a dialog and presses keys in it. @param {RegExp} dialog @param {string[]} names tmux's names of keys */
    answer: async (dialog, ...names) => {
      await waitFor(dialog);
      await sleep(DIALOG_MS);
      await keys(...names);
    },
    /** Keeps the last screen in `logs`, ends the client, its terminal and the API. Safe to call twice. */
    close: once(async () => {
      writeFileSync(join(logs, 'screen.txt'), `${screen()}\n`);
      terminal.close();
      await api.close();
    }),
  };
  try {
    await waitFor((now) => inputBox(now) !== undefined);
  } catch (error) {
    await session.close();
    throw error;
  }
  return session;
}

/** Is the command in the list of completions? There it stands with or without its plugin. @param {string} screen @param {string} name with its slash */
function offers(screen, name) {
  const bare = name
    .slice(1)
    .split(':')
    .at(-1)
    ?.replaceAll(/[^\w-]/g, '.');
  // A line of the list has a description behind the name; the input box and the conversation have not.
  return new RegExp(`^\\s*(?:❯ )?/(?:\\S+:)?${bare}(?: \\(\\S+\\))?\\s{2,}\\S`, 'm').test(screen);
}

/** @template T @param {() => Promise<T>} action */
function once(action) {
  /** @type {Promise<T> | undefined} */
  let result;
  return () => {
    result ??= action();
    return result;
  };
}
