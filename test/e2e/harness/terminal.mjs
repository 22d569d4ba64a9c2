// A program in a terminal of its own: tmux on a private socket, so nothing of the user's tmux is seen or ended.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { killGroup } from './processes.mjs';

const POLL_MS = 100;

/**
 * @param {object} options
 * @param {string[]} options.command  program and arguments
 * @param {string} options.cwd
 * @param {Record<string, string>} options.env  the whole environment
 * @param {number} [options.columns] @param {number} [options.rows]
 */
export function openTerminal({ command, cwd, env, columns = 140, rows = 50 }) {
  // Directly in the temp folder: the path of a socket may have about 100 characters.
  const room = mkdtempSync(join(tmpdir(), 'cs-tmux-'));
  /** @param {string[]} args */
  const tmux = (...args) =>
    execFileSync('tmux', ['-S', join(room, 's'), '-f', '/dev/null', ...args], { encoding: 'utf8', env, stdio: 'pipe' });
  // With exec the pane's pid is the program's; remain-on-exit lets it show its last words.
  const line = `exec ${command.map(quoteForShell).join(' ')}`;
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('new-session', '-d', '-s', 'e2e', ...size, '-c', cwd, line, ';', 'set-option', 'remain-on-exit', 'on');
  const pid = Number(tmux('display-message', '-p', '-t', 'e2e', '#{pane_pid}'));

  const screen = () => tmux('capture-pane', '-p', '-t', 'e2e').trimEnd();

  const close = () => {
    process.off('exit', close);
    killGroup(pid);
    try {
      tmux('kill-server');
    } catch {
      // Ended already.
    }
    rmSync(room, { recursive: true, force: true });
  };
  process.once('exit', close);

  return {
    screen,
    close,
    /** The screen with its colours, as SGR sequences. */
    painted: () => tmux('capture-pane', '-p', '-e', '-t', 'e2e'),
    /** Sends text as it is, without Enter. @param {string} text */
    type: (text) => {
      tmux('send-keys', '-t', 'e2e', '-l', '--', text);
    },
    /** Presses keys by tmux's names, one after the other: Enter, Escape, Tab, Down, C-c ... @param {string[]} names */
    keys: async (...names) => {
      for (const name of names) {
        tmux('send-keys', '-t', 'e2e', name);
        await sleep(POLL_MS);
      }
    },
    /**
     * Waits until the screen matches (or the condition holds for it) and returns it.
     * @param {RegExp | ((screen: string) => unknown)} condition @param {number} [timeoutMs]
     * @throws with the screen, when the time is up or the program has ended without it
     */
    waitFor: async (condition, timeoutMs = 30_000) => {
      for (const end = Date.now() + timeoutMs; ; await sleep(POLL_MS)) {
        const now = screen();
        if (condition instanceof RegExp ? condition.test(now) : condition(now)) return now;
        const ended = tmux('display-message', '-p', '-t', 'e2e', '#{pane_dead}').trim() === '1';
        if (!ended && Date.now() < end) continue;
        throw new Error(
          `${ended ? 'the program ended' : `${timeoutMs} ms passed`} before ${condition}; screen:\n${now}`,
        );
      }
    },
  };
}

/** @param {string} text */
function quoteForShell(text) {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
