// A terminal that is filmed while somebody types in it.
import { setTimeout as sleep } from 'node:timers/promises';
import { openTerminal } from '../harness/terminal.mjs';

const FRAME_MS = 120;
const KEY_MS = 35;

/**
 * @param {Parameters<typeof openTerminal>[0] & { scrub: readonly (readonly [string | RegExp, string])[] }} options
 *   `scrub`: texts of this machine and what is shown for them
 */
export function film({ scrub, ...options }) {
  const terminal = openTerminal(options);
  const start = Date.now();
  /** @type {import('./cast.mjs').Frame[]} */
  const frames = [];
  const shoot = () => {
    const screen = scrub.reduce((text, [from, to]) => text.replaceAll(from, to), terminal.painted());
    if (screen !== frames.at(-1)?.screen) frames.push({ at: (Date.now() - start) / 1000, screen });
  };
  const timer = setInterval(shoot, FRAME_MS);
  return {
    ...terminal,
    frames,
    /** Begins a chapter at the next screen. @param {string} label */
    chapter(label) {
      frames.push({ at: (Date.now() - start) / 1000, screen: frames.at(-1)?.screen ?? '', chapter: label });
    },
    /** Lets the present screen stand. @param {number} seconds */
    hold(seconds) {
      shoot();
      const last = frames.at(-1);
      if (last) last.hold = seconds;
    },
    /** Types as a person does, and presses Enter. @param {string} text */
    async enter(text) {
      for (const key of text) {
        terminal.type(key);
        await sleep(KEY_MS);
      }
      await sleep(5 * KEY_MS);
      await terminal.keys('Enter');
    },
    close() {
      clearInterval(timer);
      terminal.close();
    },
  };
}
