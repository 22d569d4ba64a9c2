import { describe, expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import type { Projection, Summary } from '../deploy/plan.ts';
import { foundNothing, weighItems } from './live.ts';

const projection = (summary: Partial<Summary>, more: Partial<Projection> = {}): Projection => ({
  summary: { creates: 0, changes: 0, destroys: 0, hosts: null, ...summary },
  items: [],
  detail: null,
  ...more,
});

describe('a rehearsal', () => {
  it.each([
    ['counts nothing', projection({}), true],
    ['counts nothing and prints something', projection({}, { detail: 'all is well' }), true],
    ['would create', projection({ creates: 1 }), false],
    ['would change', projection({ changes: 2 }), false],
    ['would destroy', projection({ destroys: 1 }), false],
    ['names an item', projection({}, { items: [{ address: 'a', action: 'change' }] }), false],
    ['would change a host', projection({ hosts: { changed: 1, all: 3 } }), false],
    ['would change no host', projection({ hosts: { changed: 0, all: 3 } }), true],
    ['cannot count and prints nothing', projection({ creates: null }), true],
    ['cannot count and prints an empty text', projection({ creates: null }, { detail: '' }), true],
    ['cannot count and prints something', projection({ creates: null }, { detail: 'diff' }), null],
    ['cannot count all, but some', projection({ creates: null, destroys: 1 }, { detail: 'diff' }), false],
  ])('that %s is read so', (_, given, expected) => expect(foundNothing(given)).toBe(expected));
});

describe('an item of a rehearsal', () => {
  const requirements = readRequirements(
    '## Requirements\n\n### REQ-1: A\n\n- Drift: info\n\n### REQ-2: B\n\n- Drift: warning\n',
  );
  const items = [
    { match: 'tags.*', requirements: ['REQ-1'] },
    { match: 'tags.size', requirements: ['REQ-2', 'REQ-1'] },
  ];

  it('is as bad as the requirements say that the environment gives it, each named once', () => {
    const given = [
      { address: 'tags.owner', action: 'change' },
      { address: 'tags.size', action: 'replace' },
      { address: 'disk', action: 'destroy' },
    ] as const;
    expect(weighItems(given, { items }, requirements)).toEqual([
      { address: 'tags.owner', action: 'change', severity: 'info', requirements: ['REQ-1'] },
      { address: 'tags.size', action: 'replace', severity: 'warning', requirements: ['REQ-1', 'REQ-2'] },
      { address: 'disk', action: 'destroy', severity: 'error', requirements: [] },
    ]);
  });

  it('is an error where the environment gives it to nothing', () => {
    expect(weighItems([{ address: 'a', action: 'create' }], {}, requirements)).toMatchObject([{ severity: 'error' }]);
  });
});
