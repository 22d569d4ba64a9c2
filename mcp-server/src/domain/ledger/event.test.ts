import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { canonical, type Json } from '../canonical.ts';
import { sha256 } from '../hash.ts';
import { type LedgerEvent, readEvent, writeEvent } from './event.ts';
import { MAX_EVENT_BYTES } from './limits.ts';

const story = new LedgerBuilder();
const { id: createdId, ...created } = story.created;
const { id: _, ...stated } = story.note();

const problemOf = (content: string) => {
  const read = readEvent(content);
  return 'problem' in read ? read.problem : undefined;
};
const problemOfEvent = (value: object) => problemOf(canonical(value as Json));

/** The event with a fact that makes its file this many bytes long; `unit` is what the fact is made of. */
function ofSize(bytes: number, unit = 'x'): LedgerEvent {
  const event = (fact: string) => ({ ...stated, body: { ...stated.body, fact } }) as LedgerEvent;
  const room = bytes - Buffer.byteLength(canonical(event('') as unknown as Json));
  const units = Math.floor(room / Buffer.byteLength(unit));
  return event(unit.repeat(units) + 'x'.repeat(room - units * Buffer.byteLength(unit)));
}

describe('an event', () => {
  it('[R-LEDGER-1] is canonical JSON, named by the hash of its bytes', () => {
    const { id, content } = writeEvent(created as LedgerEvent);
    expect(id).toBe(createdId);
    expect(id).toBe(sha256(content));
    expect(content).toBe(
      '{"actor":{"kind":"human","name":"Ada","via":"cli"},"at":"2026-01-05T09:01:00.000Z",' +
        '"body":{"nonce":"nonce-of-the-first-event","title":"VLAN provisioning","track":"standard"},' +
        '"delivery":"vlan-provisioning","parents":[],"type":"created","v":1}',
    );
    expect(id).toBe('2dbeec32130d913ca014a6cf8bfb60b862c28f9de5b18d8153e51acdefd27e69');
  });

  it('[R-LEDGER-1] reads back as it was written, with its id', () => {
    const { id, content } = writeEvent(stated as LedgerEvent);
    expect(readEvent(content)).toEqual({ event: { ...stated, id } });
  });

  it.each([
    ['white space', (text: string) => `${text}\n`],
    [
      'another order of members',
      (text: string) =>
        text
          .replace(/^\{"actor":(\{.*?\}),/, '{')
          .replace(/\}$/, ',"actor":{"kind":"human","name":"Ada","via":"cli"}}'),
    ],
    [
      'another order of members further in',
      (text: string) => text.replace('"kind":"human","name":"Ada"', '"name":"Ada","kind":"human"'),
    ],
    ['a member given twice', (text: string) => text.replace('"v":1', '"v":1,"v":1')],
    ['another way to write a letter', (text: string) => text.replace('"Ada"', '"\\u0041da"')],
  ])('[R-LEDGER-1] with %s is not canonical', (_name, change) => {
    const { content } = writeEvent(stated as LedgerEvent);
    const changed = change(content);
    expect(changed).not.toBe(content);
    expect(readEvent(changed)).toEqual({ problem: 'not-canonical', detail: 'bytes are not RFC 8785' });
  });

  it('[R-LEDGER-1] with another order of members in a list is not canonical', () => {
    const checks = ['CHK-1', 'CHK-2'].map((check) => ({ check, evidence: null, result: 'passed' }));
    const body = { change: 'a'.repeat(64), checks, manifest: null, n: 1, reason: '', status: 'APPLIED' };
    const closed = { ...stated, type: 'change-closed', body };
    const content = canonical(closed as Json);
    expect(problemOf(content)).toBeUndefined();
    const swapped = content.replace('"check":"CHK-2","evidence":null', '"evidence":null,"check":"CHK-2"');
    expect(swapped).not.toBe(content);
    expect(problemOf(swapped)).toBe('not-canonical');
  });

  it('[R-LEDGER-1] with half a surrogate pair is not canonical', () => {
    const { content } = writeEvent(stated as LedgerEvent);
    expect(problemOf(content.replace('"Ada"', '"\\ud800"'))).toBe('not-canonical');
  });

  it.each([
    ['an unknown member', { ...stated, extra: 1 }],
    ['an unknown member in the body', { ...stated, body: { ...stated.body, extra: 1 } }],
    ['an unknown member in the actor', { ...stated, actor: { ...stated.actor, extra: 1 } }],
    ['a body of another type', { ...stated, type: 'deviated' }],
    ['a delivery id that is a path', { ...stated, delivery: '../vlan' }],
    ['a parent that is no hash', { ...stated, parents: ['abc'] }],
    ['a time without a zone', { ...stated, at: '2026-01-05T09:01:00.000' }],
    ['a time in another zone', { ...stated, at: '2026-01-05T09:01:00.000+01:00' }],
    ['a time without seconds', { ...stated, at: '2026-01-05T09:01Z' }],
    ['an actor without a name', { ...stated, actor: { ...stated.actor, name: '' } }],
    ['an actor without a door', { ...stated, actor: { ...stated.actor, via: '' } }],
    ['an actor of no kind', { ...stated, actor: { ...stated.actor, kind: 'robot' } }],
    ['an empty fact', { ...stated, body: { ...stated.body, fact: '' } }],
    ['a fact by nobody', { ...stated, body: { ...stated.body, by: '' } }],
    ['a short nonce', { ...created, body: { ...created.body, nonce: 'x'.repeat(15) } }],
    ['no version', { ...stated, v: undefined }],
    ['version zero', { ...stated, v: 0 }],
    ['no type', { ...stated, type: undefined }],
    ['a type that every object has', { ...stated, v: 0, type: 'toString' }],
  ])('with %s has the wrong shape', (_name, value) => {
    expect(problemOfEvent(value)).toBe('wrong-shape');
  });

  it('says which member is wrong', () => {
    const read = readEvent(canonical({ ...stated, actor: { ...stated.actor, name: '' } } as unknown as Json));
    expect('detail' in read && read.detail).toMatch(/^actor\.name: \S/);
    expect(readEvent('7')).toEqual({ problem: 'wrong-shape', detail: 'no known event type' });
  });

  it.each(['null', '[]', '"text"', '7', '{}'])('%s has the wrong shape', (content) => {
    expect(problemOf(content)).toBe('wrong-shape');
  });

  it.each(['', '{', 'v: 1', '{"v":1,}'])('%j is not JSON', (content) => {
    expect(problemOf(content)).toBe('not-json');
  });

  it('[R-LEDGER-8] of a newer format is told apart from a broken one', () => {
    expect(problemOfEvent({ ...stated, v: 2, entirely: 'new' })).toBe('newer-format');
    expect(problemOfEvent({ ...stated, type: 'merged' })).toBe('newer-format');
    expect(problemOfEvent({ v: 2 })).toBe('newer-format');
    expect(problemOfEvent({ v: '2', type: 'stated' })).toBe('wrong-shape');
  });

  it('[R-LEDGER-9] is at most 64 KiB, counted in bytes', () => {
    for (const unit of ['x', '\u20ac', '\u{1f600}']) {
      const fits = writeEvent(ofSize(MAX_EVENT_BYTES, unit)).content;
      expect(Buffer.byteLength(fits)).toBe(64 * 1024);
      expect(problemOf(fits)).toBeUndefined();
      const over = canonical(ofSize(MAX_EVENT_BYTES + 1, unit) as unknown as Json);
      const read = readEvent(over);
      expect(['problem' in read && read.problem, 'detail' in read && read.detail]).toEqual([
        'too-large',
        'more than 65536 bytes',
      ]);
    }
  });

  it('[R-LEDGER-12] that no reader would accept is refused at writing, with what is wrong', () => {
    expect(() => writeEvent(ofSize(MAX_EVENT_BYTES + 1))).toThrow(
      expect.objectContaining({
        kind: 'input',
        code: 'unwritable-event',
        message: 'this stated event cannot be recorded: too-large: more than 65536 bytes',
        expected: 'an event of at most 65536 bytes with the members of its type',
      }),
    );
    expect(() => writeEvent({ ...stated, at: 'yesterday' } as LedgerEvent)).toThrow(/wrong-shape: at/);
    expect(() => writeEvent({ ...stated, body: { ...stated.body, by: '\ud800' } } as LedgerEvent)).toThrow();
  });

  it('reading is total: any text is an event or a problem', () => {
    const { content } = writeEvent(stated as LedgerEvent);
    const mutated = fc
      .tuple(fc.nat(content.length), fc.nat(8), fc.constantFrom('', '"', '{', '}', '\\ud800', '0', 'null', ',', ':'))
      .map(([at, cut, put]) => content.slice(0, at) + put + content.slice(at + cut));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), mutated), (text) => {
        const read = readEvent(text);
        if ('event' in read) expect(sha256(text)).toBe(read.event.id);
        else expect(read.detail).not.toBe('');
      }),
      { numRuns: 300 },
    );
  });
});
