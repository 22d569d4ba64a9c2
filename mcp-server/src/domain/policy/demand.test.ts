import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEMANDED_LEVELS, LEVELS } from '../decision/level.ts';
import { TRACKS } from '../stage.ts';
import { type Demand, meets, RISKS, stricter, stricterTrack, trackDemand } from './demand.ts';

const PEOPLE = ['ada', 'grace'];

const optional = fc.record(
  {
    roles: fc.dictionary(fc.constantFrom('owner', 'network'), fc.subarray(PEOPLE), {
      maxKeys: 2,
      noNullPrototype: true,
    }),
    expires: fc.integer({ min: 1, max: 3 }),
  },
  { requiredKeys: [] },
);
const demand: fc.Arbitrary<Demand> = fc
  .record({
    track: fc.constantFrom(...TRACKS),
    risk: fc.constantFrom(...RISKS),
    level: fc.constantFrom(...DEMANDED_LEVELS),
    approvers: fc.integer({ min: 1, max: 3 }),
    separation: fc.boolean(),
  })
  .chain((always) => optional.map((sometimes) => ({ ...always, ...sometimes })));

describe('the stricter of two demands', () => {
  it('[R-RULE-12] is at least as strict as both in every field, and no stricter than needed', () => {
    fc.assert(
      fc.property(demand, demand, (a, b) => {
        const both = stricter(a, b);
        expect(both).toMatchObject({
          track: TRACKS[Math.max(TRACKS.indexOf(a.track), TRACKS.indexOf(b.track))],
          risk: RISKS[Math.max(RISKS.indexOf(a.risk), RISKS.indexOf(b.risk))],
          level: DEMANDED_LEVELS[Math.max(DEMANDED_LEVELS.indexOf(a.level), DEMANDED_LEVELS.indexOf(b.level))],
          approvers: Math.max(a.approvers, b.approvers),
          separation: a.separation || b.separation,
        });
        const days = [a.expires, b.expires].filter((one) => one !== undefined);
        expect(both.expires).toBe(days.length === 0 ? undefined : Math.min(...days));
        expect('expires' in both).toBe(days.length > 0);
        expect('roles' in both).toBe(a.roles !== undefined || b.roles !== undefined);
        expect(stricter(b, a)).toEqual(both);
        expect(stricter(both, a)).toEqual(both);
      }),
    );
  });

  it('[R-RULE-12] asks for every role of either, filled by who fills it in both', () => {
    fc.assert(
      fc.property(demand, demand, (a, b) => {
        const both = stricter(a, b).roles ?? {};
        for (const role of ['owner', 'network']) {
          const asked = [a.roles?.[role], b.roles?.[role]].filter((one) => one !== undefined);
          expect(role in both).toBe(asked.length > 0);
          if (asked.length > 0)
            expect(both[role]).toEqual(PEOPLE.filter((person) => asked.every((people) => people.includes(person))));
        }
      }),
    );
  });

  it('[R-TRACK-1] a track asks for a signed and separated decision where it is strict', () => {
    const rest = { risk: 'low', approvers: 1 } as const;
    expect(TRACKS.map((track) => trackDemand({ track, risk: 'low' }))).toEqual([
      { ...rest, track: 'light', level: 'recorded', separation: false },
      { ...rest, track: 'standard', level: 'recorded', separation: false },
      { ...rest, track: 'strict', level: 'signed', separation: true },
    ]);
  });

  it('[R-APPROVAL-4] levels meet what is at most as strong as they are', () => {
    for (const [has, level] of LEVELS.entries())
      for (const demanded of DEMANDED_LEVELS) expect(meets(level, demanded)).toBe(has >= LEVELS.indexOf(demanded));
    expect(meets('void', 'recorded')).toBe(false);
  });

  it('orders tracks', () => {
    expect(stricterTrack('light', 'standard')).toBe('standard');
    expect(stricterTrack('strict', 'standard')).toBe('strict');
  });
});
