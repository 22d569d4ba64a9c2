import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { toCast } from './e2e/record/cast.mjs';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const GUIDE = read('docs/guide-first-delivery.md');

// biome-ignore lint/suspicious/noControlCharactersInRegex: a terminal's sequences begin with one
const ROW = /\x1b\[(\d+);1H(.*?)\x1b\[0m\x1b\[K/gs;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const STYLE = /\x1b\[[\d;]*m/g;

type Event = [time: number, type: string, data: string];

function parse(cast: string): { header: Record<string, unknown>; events: Event[] } {
  const [header, ...events] = cast
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { header, events };
}

/** Every state of the screen as plain rows: what `toCast` writes places a whole row, or clears all. */
function screens(events: Event[]): string[] {
  const rows: string[] = [];
  return events.map(([, type, data]) => {
    if (type === 'o') {
      for (const [, row, text] of data.matchAll(ROW)) {
        rows[Number(row) - 1] = text!.replace(STYLE, '');
      }
    }
    return rows.join('\n');
  });
}

describe('the recorded session of the guide', () => {
  const cast = read('docs/public/first-gate.cast');
  const { header, events } = parse(cast);
  const seen = screens(events);
  const all = seen.join('\n').replace(/\s+/g, ' ');

  it('is an asciicast of version 2, small, and about a minute long', () => {
    expect(header).toMatchObject({ version: 2, width: expect.any(Number), height: expect.any(Number) });
    expect(cast.length).toBeLessThan(200_000);
    const times = events.map(([time]) => time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThan(30);
    expect(times.at(-1)).toBeLessThan(120);
    for (const event of events)
      expect(event).toEqual([expect.any(Number), expect.stringMatching(/^[om]$/), expect.any(String)]);
    for (const screen of seen) {
      expect(screen.split('\n').length).toBeLessThanOrEqual(header['height'] as number);
      for (const row of screen.split('\n')) expect([...row].length).toBeLessThanOrEqual(header['width'] as number);
    }
  });

  it('says nothing of the machine, the person and the hour of its making', () => {
    const own = /\/tmp\/|\/root|\/home\/|\/Users\/|\d:\d\d ?[AP]M|20\d\d-\d\d|sk-ant|127\.0\.0\.1|@(?!example\.)\w+\./g;
    expect([cast, all].flatMap((text) => text.match(own) ?? [])).toEqual([]);
  });

  it('types the commands that the guide prints, and those are there', () => {
    const [, block = ''] = /```sh\n(.*?)```/s.exec(GUIDE)!;
    for (const command of block.trim().split('\n')) {
      const typed = command.replace(/"Your Name"|you@|<git URL.*$/g, '\0').split('\0')[0]!;
      expect(all).toContain(`$ ${typed.trim()}`);
    }
    for (const name of ['spec', 'approve']) {
      expect(all).toMatch(new RegExp(`❯ /${name} `));
      expect(existsSync(join(ROOT, `commands/${name}.md`))).toBe(true);
    }
  });

  it('ends at a gate that the typed digest opened, after the guard refused a write', () => {
    const digest = /\/approve ([0-9a-f]{12})/.exec(seen.at(-1)!)![1];
    expect(seen.at(-1)!.replace(/\s+/g, ' ')).toContain(
      `Approved stage:requirements of greeter (${digest}) as Ada Example, level recorded. The gate is open.`,
    );
    expect(all).toContain('Build of greeter is not open');
  });
});

describe('a recording', () => {
  const size = { columns: 20, rows: 3, title: 'T' };
  const record = (...frames: Parameters<typeof toCast>[1]) => parse(toCast(size, frames)).events;

  it('draws the rows that changed, and no other', () => {
    const [first, second] = record({ at: 0, screen: 'one\ntwo' }, { at: 0.5, screen: 'one\nthree' });
    expect(first).toEqual([0, 'o', '\x1b[?25l\x1b[2J\x1b[1;1Hone\x1b[0m\x1b[K\x1b[2;1Htwo\x1b[0m\x1b[K']);
    expect(second).toEqual([0.5, 'o', '\x1b[2;1Hthree\x1b[0m\x1b[K']);
  });

  it('gives each row the style that began above it', () => {
    const [event] = record({ at: 0, screen: '\x1b[1;38;5;9mred\nstill\x1b[39m bold\nbold\x1b[0m' });
    expect(event![2]).toContain('\x1b[2;1H\x1b[1;38;5;9mstill\x1b[39m bold\x1b[0m');
    expect(event![2]).toContain('\x1b[3;1H\x1b[1mbold\x1b[0m\x1b[0m');
  });

  it('drops the addresses of links, cuts waits and holds what is to be read', () => {
    const linked = '\x1b]8;;file:///somewhere\x1b\\text\x1b]8;;\x1b\\';
    const events = record(
      { at: 0, screen: linked, hold: 4 },
      { at: 1, screen: 'b', chapter: 'Two' },
      { at: 60, screen: 'c' },
    );
    expect(events[0]![2]).not.toContain('somewhere');
    expect(events.slice(1).map(([time, type]) => [time, type])).toEqual([
      [4, 'm'],
      [4, 'o'],
      [5.2, 'o'],
      [5.2, 'o'],
    ]);
  });
});
