// Screens of a terminal as an asciicast v2 text: https://docs.asciinema.org/manual/asciicast/v2/

/**
 * @typedef {object} Frame
 * @property {number} at  seconds since the recording began
 * @property {string} screen  rows as `tmux capture-pane -e` gives them
 * @property {string} [chapter]  a marker's label
 * @property {number} [hold]  seconds that a reader needs for this screen
 */

/** Longer waits are cut to this: nobody learns from a spinner. Seconds. */
const LONGEST_WAIT = 1.2;

const ESC = '\x1b';
// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences begin with one
const LINK = /\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const STYLE = /\x1b\[([\d;]*)m/g;

/**
 * The frames as events that draw only rows that changed; waits are shortened, screens to be read are held.
 * @param {{ columns: number, rows: number, title: string }} terminal @param {Frame[]} frames
 * @returns {string} one JSON value a line: the header, then `[time, "o", output]` and `[time, "m", label]`
 */
export function toCast({ columns, rows, title }, frames) {
  const header = { version: 2, width: columns, height: rows, title, env: { TERM: 'xterm-256color' } };
  const lines = [JSON.stringify(header)];
  /** @type {string[]} */
  let shown = [];
  let time = 0;
  let last = frames[0]?.at ?? 0;
  let hold = 0;
  for (const frame of frames) {
    time += Math.max(Math.min(frame.at - last, LONGEST_WAIT), hold);
    last = frame.at;
    hold = frame.hold ?? 0;
    const now = rowsOf(frame.screen, rows);
    const output = shown.length === 0 ? `${ESC}[?25l${ESC}[2J${difference([], now)}` : difference(shown, now);
    shown = now;
    const at = Number(time.toFixed(2));
    if (frame.chapter !== undefined) lines.push(JSON.stringify([at, 'm', frame.chapter]));
    if (output !== '') lines.push(JSON.stringify([at, 'o', output]));
  }
  // Players stop at the last event: one that draws nothing keeps the last screen for its time.
  lines.push(JSON.stringify([Number((time + hold).toFixed(2)), 'o', '']));
  return `${lines.join('\n')}\n`;
}

/** @param {string[]} before @param {string[]} after */
function difference(before, after) {
  return after
    .map((row, at) => (row === (before[at] ?? '') ? '' : `${ESC}[${at + 1};1H${row}${ESC}[0m${ESC}[K`))
    .join('');
}

/** Rows that can be drawn alone: tmux writes only changes of style, also from one row to the next. @param {string} screen @param {number} count */
function rowsOf(screen, count) {
  /** @type {Map<string, string>} */
  const style = new Map();
  const rows = screen
    // Links of a terminal (OSC 8) lead to files of the machine that recorded.
    .replace(LINK, '')
    .split('\n')
    .map((row) => {
      const start = [...style.values()].join(';');
      for (const [, codes] of row.matchAll(STYLE)) restyle(style, (codes || '0').split(';'));
      return `${start === '' ? '' : `${ESC}[${start}m`}${row}`.trimEnd();
    });
  return Array.from({ length: count }, (_, at) => rows[at] ?? '');
}

/** @param {Map<string, string>} style by what a code sets @param {string[]} codes of one SGR sequence (ECMA-48) */
function restyle(style, codes) {
  for (let at = 0; at < codes.length; at++) {
    const code = Number(codes[at]);
    if (code === 0) style.clear();
    else if (code === 38 || code === 48) {
      const length = codes[at + 1] === '5' ? 3 : 5;
      style.set(code === 38 ? 'colour' : 'ground', codes.slice(at, at + length).join(';'));
      at += length - 1;
    } else if (code === 39) style.delete('colour');
    else if (code === 49) style.delete('ground');
    else if (code >= 30 && code < 50) style.set(code < 40 ? 'colour' : 'ground', String(code));
    else if (code >= 90) style.set(code < 100 ? 'colour' : 'ground', String(code));
    else if (code >= 21) for (const off of code === 22 ? [1, 2] : [code - 20]) style.delete(String(off));
    else style.set(String(code), String(code));
  }
}
