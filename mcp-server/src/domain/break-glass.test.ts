import { describe, expect, it } from 'vitest';
import { LedgerBuilder, laxDemand } from '../../../test/helpers/ledger-builder.ts';
import {
  aboutBreakGlass,
  type BrokenGlass,
  brokenGlass,
  FOLLOW_UP_MS,
  glassFindings,
  glassLines,
  inGrace,
  MAX_OPEN_MS,
  openUntil,
  withheld,
} from './break-glass.ts';
import { type Declaration, declarationBytes } from './decision/declaration.ts';
import { sha256 } from './hash.ts';
import type { Demand } from './policy/demand.ts';
import { steadyUntil } from './steady.ts';
import { DAY_MS, HOUR_MS } from './time.ts';

const AT = Date.UTC(2026, 0, 5, 12);
const iso = (time: number) => new Date(time).toISOString();

type Act<T extends Declaration['act']> = Extract<Declaration, { act: T }>;

/** A ledger in which glass was broken at noon for an hour, to be approved within two days. */
class Broken extends LedgerBuilder {
  breaks(more: Partial<Act<'break-glass'>> = {}, level: 'recorded' | 'signed' = 'signed') {
    const declaration: Declaration = {
      v: 1,
      act: 'break-glass',
      first: this.created.id,
      by: { name: 'Ada' },
      at: iso(AT),
      nonce: 'nonce-of-the-declaration',
      reason: 'it burns',
      number: 1,
      until: iso(AT + HOUR_MS),
      due: iso(AT + 2 * DAY_MS),
      ...more,
    };
    return { declaration, event: this.add('declared', { level, declaration, signature: 'armoured' }) };
  }

  glass(demand: Partial<Demand> = {}): BrokenGlass[] {
    return brokenGlass(this.ledger(), () => ({ ...laxDemand, ...demand }));
  }

  /** Submits what was done under a declaration. */
  follows(declaration: Declaration) {
    const content = declarationBytes(declaration);
    return this.submit(aboutBreakGlass(1), { artifacts: [{ path: 'break-glass.json', sha256: sha256(content) }] });
  }
}

describe('broken glass', () => {
  it('is told with who, why, and until when', () => {
    const story = new Broken();
    const { declaration, event } = story.breaks();
    expect(story.glass()).toEqual([
      {
        event: event.id,
        number: 1,
        by: 'Ada',
        reason: 'it burns',
        level: 'signed',
        since: AT,
        until: AT + HOUR_MS,
        due: AT + 2 * DAY_MS,
        counts: true,
        closed: false,
        content: declarationBytes(declaration),
      },
    ]);
  });

  it('is never open or to be approved for longer than is allowed, whatever it claims', () => {
    const story = new Broken();
    story.breaks({ until: iso(AT + 30 * DAY_MS), due: iso(AT + 90 * DAY_MS) });
    expect(story.glass()).toMatchObject([{ until: AT + MAX_OPEN_MS, due: AT + MAX_OPEN_MS + FOLLOW_UP_MS }]);
    expect([MAX_OPEN_MS, FOLLOW_UP_MS]).toEqual([24 * HOUR_MS, 72 * HOUR_MS]);
  });

  it('counts where its level is what policy asks of this very subject', () => {
    const story = new Broken();
    story.breaks({}, 'recorded');
    expect(story.glass()).toMatchObject([{ counts: true }]);
    expect(story.glass({ level: 'signed' })).toMatchObject([{ counts: false }]);
    const asked: string[] = [];
    brokenGlass(story.ledger(), (about) => {
      asked.push(about);
      return laxDemand;
    });
    expect(asked).toEqual(['break-glass:1']);
  });

  it('is none where it names another delivery, or is another declaration', () => {
    const story = new Broken();
    story.breaks({ first: sha256('other') });
    const { number: _number, until: _until, due: _due, ...rest } = story.breaks().declaration as Act<'break-glass'>;
    story.add('declared', { level: 'signed', declaration: { ...rest, act: 'withhold', evidence: sha256('e') } });
    expect(story.glass()).toHaveLength(1);
  });

  it('is closed once exactly what was declared is approved, as strictly as is asked', () => {
    const story = new Broken();
    const { declaration } = story.breaks();
    story.approve(story.submit(aboutBreakGlass(1)));
    expect(story.glass()).toMatchObject([{ closed: false }]);
    const follow = story.follows(declaration);
    expect(story.glass()).toMatchObject([{ closed: false }]);
    story.approve(follow);
    expect(story.glass()).toMatchObject([{ closed: true }]);
    expect(story.glass({ level: 'signed' })).toMatchObject([{ closed: false }]);
  });

  it('lets pass until the latest that is open and counts', () => {
    const story = new Broken();
    story.breaks();
    story.breaks({ number: 2, until: iso(AT + 3 * HOUR_MS), nonce: 'nonce-of-the-second-one' });
    const all = story.glass();
    expect(openUntil(all, AT)).toBe(AT + 3 * HOUR_MS);
    expect(openUntil(all, AT + 3 * HOUR_MS - 1)).toBe(AT + 3 * HOUR_MS);
    expect(openUntil(all, AT + 3 * HOUR_MS)).toBeUndefined();
    expect(openUntil(story.glass({ level: 'external' }), AT)).toBeUndefined();
    expect(openUntil(all.map(closed), AT)).toBeUndefined();
  });

  it('leaves time for its approval until it is due', () => {
    const story = new Broken();
    story.breaks();
    const all = story.glass();
    expect([inGrace(all, AT + 2 * DAY_MS), inGrace(all, AT + 2 * DAY_MS + 1)]).toEqual([true, false]);
    expect(inGrace(story.glass({ level: 'external' }), AT)).toBe(false);
    expect(inGrace(all.map(closed), AT)).toBe(false);
  });

  it('is said with what has to be done next', () => {
    const story = new Broken();
    const { event } = story.breaks();
    const all = story.glass();
    const line = (now: number, given = all) => glassLines('d', given, now);
    const who = 'break-glass:1 by Ada (level signed): "it burns"';
    const [until, due] = ['2026-01-05T13:00:00.000Z', '2026-01-07T12:00:00.000Z'];
    const todo = `what was done has to be approved by ${due}`;
    expect(line(AT)).toEqual([`GLASS IS BROKEN until ${until}, ${who}; ${todo}`]);
    const after = [`glass was broken, ${who}; ${todo}: countersign submit d break-glass:1`];
    expect([line(AT + HOUR_MS), line(AT + 2 * DAY_MS)]).toEqual([after, after]);
    const overdue = [`OVERDUE since ${due}: ${who} was never approved`];
    expect(line(AT + 2 * DAY_MS + 1)).toEqual(overdue);
    const weak = [`${who} opens nothing: policy asks for a higher level`];
    expect(line(AT, story.glass({ level: 'external' }))).toEqual(weak);
    expect(line(AT, all.map(closed))).toEqual([]);
    const found = (now: number, given = all) => glassFindings('d', given, now);
    expect(found(AT + 2 * DAY_MS + 1)).toEqual([
      {
        rule: 'break-glass',
        severity: 'error',
        path: `deliveries/d/ledger/${event.id}.json`,
        line: 1,
        message: overdue[0],
        fix: 'countersign submit d break-glass:1, and have it approved',
      },
    ]);
    expect(found(AT + 2 * DAY_MS)).toMatchObject([{ severity: 'warning', message: after[0] }]);
    expect(found(AT + 3 * DAY_MS, story.glass({ level: 'external' }))).toMatchObject([
      { severity: 'warning', message: weak[0] },
    ]);
    expect(found(AT, [closed(all[0]!), ...all])).toHaveLength(1);
  });
});

const closed = (one: BrokenGlass): BrokenGlass => ({ ...one, closed: true });

describe('withheld evidence', () => {
  it('may be absent by a declaration that is signed, with the event that says why', () => {
    const story = new Broken();
    const { number: _number, until: _until, due: _due, ...rest } = story.breaks().declaration as Act<'break-glass'>;
    const declares = (text: string, signature?: string) =>
      story.add('declared', {
        level: 'recorded',
        declaration: { ...rest, act: 'withhold', evidence: sha256(text), reason: text },
        ...(signature === undefined ? {} : { signature }),
      });
    declares('unsigned');
    const event = declares('secret', 'armoured');
    expect([...withheld(story.ledger())]).toEqual([
      [sha256('secret'), { event: event.id.slice(0, 12), reason: 'secret' }],
    ]);
  });
});

describe('a delivery in which nothing but time moves', () => {
  const policy = { gates: { default: { expires: 2 }, build: { approvers: 1 } }, note: null, expires: 'never' };

  it('stands until an event no longer lies in the future', () => {
    const story = new LedgerBuilder();
    story.note({ at: AT });
    const given = { ledger: story.ledger(), glass: [], policy: {} };
    expect(steadyUntil(given, AT - HOUR_MS)).toBe(AT - 5 * 60_000);
    expect(steadyUntil(given, AT - 5 * 60_000 - 1)).toBe(AT - 5 * 60_000);
    expect(steadyUntil(given, AT - 5 * 60_000)).toBeNull();
  });

  it('stands until broken glass closes, and until its approval is overdue', () => {
    const story = new Broken();
    story.breaks();
    const given = { ledger: story.ledger(), glass: story.glass(), policy: undefined };
    expect(steadyUntil(given, AT)).toBe(AT + HOUR_MS);
    expect(steadyUntil(given, AT + HOUR_MS)).toBe(AT + 2 * DAY_MS + 1);
    expect(steadyUntil(given, AT + 2 * DAY_MS + 1)).toBeNull();
  });

  it('stands until an approval expires, by what policy asks now or asked when it was submitted', () => {
    const story = new LedgerBuilder();
    const submission = story.submit('stage:design', { policy: { expires: 5 } });
    const decided = Date.parse(story.approve(submission, { at: AT }).body.statement.at);
    const next = (given: unknown, now: number) =>
      steadyUntil({ ledger: story.ledger(), glass: [], policy: given }, now);
    expect(next(policy, AT)).toBe(decided + 2 * DAY_MS + 1);
    expect(next(policy, decided + 2 * DAY_MS + 1)).toBe(decided + 5 * DAY_MS + 1);
    expect(next({}, AT)).toBe(decided + 5 * DAY_MS + 1);
    expect(next([{ expires: 3 }], AT)).toBe(decided + 3 * DAY_MS + 1);
    expect(next(policy, decided + 5 * DAY_MS + 1)).toBeNull();
  });
});
