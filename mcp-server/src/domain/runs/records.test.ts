import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentRecords, lineRecords, type RecordReader, type RecordSink, type TranscriptRecord } from './records.ts';

function read(make: (sink: RecordSink) => RecordReader, text: string, size = text.length || 1) {
  const records: TranscriptRecord[] = [];
  const bad: string[] = [];
  const reader = make({ record: (one) => records.push(one), bad: (line, reason) => bad.push(`${line} ${reason}`) });
  for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
  reader.end();
  return { records, bad, values: records.map((one) => one.value) };
}

describe('records of lines', () => {
  it('come with their lines, whatever the pieces; a broken line costs itself', () => {
    const text = '{"a":1}\r\n\n{"b":\n{"c":3}';
    for (const size of [1, 2, 3, 100]) {
      const { records, bad } = read(lineRecords, text, size);
      expect(records.map(({ value, line }) => [value, line])).toEqual([
        [{ a: 1 }, 1],
        [{ c: 3 }, 4],
      ]);
      expect(bad).toEqual(['3 unparsed']);
    }
  });

  it('leave out a line that is too long and go on behind it', () => {
    const { values, bad } = read((sink) => lineRecords(sink, 20), `{"a":"${'x'.repeat(50)}"}\n{"b":1}\n`, 7);
    expect(values).toEqual([{ b: 1 }]);
    expect(bad).toEqual(['1 too-large']);
  });
});

describe('records of a document', () => {
  const leaf = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const member = fc.dictionary(
    fc.constantFrom('tool', 'a', 'x"y', 'b\\'),
    fc.oneof(leaf, fc.array(leaf), fc.dictionary(fc.string(), leaf)),
  );

  it('are the members of its lists and the rest of what holds them, in pieces of any size', () => {
    fc.assert(
      fc.property(fc.array(member), fc.integer({ min: 1, max: 9 }), fc.constantFrom(0, 2), (members, size, indent) => {
        const clean = JSON.parse(JSON.stringify(members)) as unknown[];
        const list = read(documentRecords, JSON.stringify(clean, undefined, indent), size);
        expect(list.values).toEqual(clean);
        const held = read(
          documentRecords,
          JSON.stringify({ sessionId: 's', messages: clean, n: 1 }, undefined, indent),
          size,
        );
        expect(held.values).toEqual([...clean, { sessionId: 's', messages: [], n: 1 }]);
        expect(new Set(held.records.slice(0, -1).map((one) => one.container))).toEqual(
          new Set(clean.length > 0 ? [held.records.at(-1)?.id] : []),
        );
      }),
    );
  });

  it('of sessions within sessions name the one they stand in', () => {
    const { records } = read(
      documentRecords,
      '{"sessions":[{"id":"a","messages":[{"m":1}]},{"id":"b","messages":[{"m":2}]}]}',
    );
    expect(records.map((one) => [JSON.stringify(one.value), one.container])).toEqual([
      ['{"m":1}', 2],
      ['{"id":"a","messages":[]}', 1],
      ['{"m":2}', 4],
      ['{"id":"b","messages":[]}', 1],
      ['{"sessions":[]}', undefined],
    ]);
  });

  it('of a file that was cut off keep what was whole, and the session around it', () => {
    const { values, bad } = read(documentRecords, '{"sessionId":"s",\n"messages":[{"m":1},\n{"m":');
    expect(values).toEqual([{ m: 1 }, { sessionId: 's', messages: [] }]);
    expect(bad).toEqual(['3 unparsed']);
  });

  it('stand on their lines, each with the number of what holds it, and what holds them is announced', () => {
    const text =
      '{\n"n": {"messages": [1]},\n"messages": [\n{"a": "]}\\" {",\n"messages": [{}]},\n2, [3], {"b": 1}\n],\n"x": 7 }\n{"c": 1}';
    for (const size of [1, 3, 1000]) {
      const found: unknown[] = [];
      const sink = (kind: string) => (one: TranscriptRecord) =>
        found.push([kind, JSON.stringify(one.value), one.line, one.endLine, one.id, one.container]);
      const bad: string[] = [];
      const reader = documentRecords({
        record: sink('record'),
        opens: sink('opens'),
        bad: (line, reason) => bad.push(`${line} ${reason}`),
      });
      for (let at = 0; at < text.length; at += size) reader.push(text.slice(at, at + size));
      reader.end();
      expect(found).toEqual([
        ['opens', '{"n":{"messages":[1]},"messages":[]}', 1, 3, 1, undefined],
        ['opens', '{"a":"]}\\" {","messages":[]}', 4, 5, 2, undefined],
        ['record', '{}', 5, 5, 3, 2],
        ['record', '{"a":"]}\\" {","messages":[]}', 4, 5, 2, 1],
        ['record', '{"b":1}', 6, 6, 4, 1],
        ['record', '{"n":{"messages":[1]},"messages":[],"x":7}', 1, 8, 1, undefined],
        ['record', '{"c":1}', 9, 9, 5, undefined],
      ]);
      expect(bad).toEqual([]);
    }
  });

  it('are looked for in lists of known names, and within objects two lists deep', () => {
    const deep = '{"runs":[{"steps":[{"calls":[{"events":[{"items":[{"x":1}]}]}]}]}]}';
    expect(read(documentRecords, deep).values.map((one) => JSON.stringify(one))).toEqual([
      '{"calls":[{"events":[{"items":[{"x":1}]}]}]}',
      '{"steps":[]}',
      '{"runs":[]}',
    ]);
    expect(read(documentRecords, '[[[[[{"x":1}]]]]]').values).toEqual([{ x: 1 }]);
    const other = '{"messagesandmanyothers":[{"x":1}],"k":"messages","l":[{"y":1}]}';
    expect(read(documentRecords, other).values).toEqual([JSON.parse(other)]);
  });

  it('of a file that was cut off within a list keep what each session around it says', () => {
    const { records, bad } = read(
      documentRecords,
      '{"a":1,"sessions":[\n{"id":"s","messages":[{"m":1}], "n": 2, "runs": [',
    );
    expect(records.map((one) => [JSON.stringify(one.value), one.line, one.endLine, one.container])).toEqual([
      ['{"m":1}', 2, 2, 2],
      ['{"id":"s","messages":[],"n":2,"runs":[]}', 2, 2, 1],
      ['{"a":1,"sessions":[]}', 1, 2, undefined],
    ]);
    expect(bad).toEqual(['2 unparsed']);
    expect(read(documentRecords, '"open').bad).toEqual(['1 unparsed']);
    expect(read(documentRecords, '[').bad).toEqual(['1 unparsed']);
    expect(read(documentRecords, '{"a":1}').bad).toEqual([]);
    expect(read(documentRecords, '{"a":}').bad).toEqual(['1 unparsed']);
  });

  it('may begin with a byte order mark', () => {
    expect(read(documentRecords, '\ufeff{"a":1}').values).toEqual([{ a: 1 }]);
    expect(read(lineRecords, '\ufeff{"a":1}\n\ufeff\n{"b":"\ufeff"}').values).toEqual([{ a: 1 }, { b: '\ufeff' }]);
    expect(read(lineRecords, '\ufeff').bad).toEqual([]);
  });

  it('may be exactly as long as is allowed', () => {
    const exact = '{"a":"12345"}';
    expect(read((sink) => documentRecords(sink, exact.length), `[${exact},{"b":1}]`, 3)).toMatchObject({
      values: [{ a: '12345' }, { b: 1 }],
      bad: [],
    });
    expect(read((sink) => documentRecords(sink, exact.length - 1), `[${exact},{"b":1}]`, 3)).toMatchObject({
      values: [{ b: 1 }],
      bad: ['1 too-large'],
    });
    expect(read((sink) => lineRecords(sink, exact.length), `${exact}\n`, 3).values).toEqual([{ a: '12345' }]);
    expect(read((sink) => lineRecords(sink, exact.length - 1), `${exact}\n{"b":1}`, 3)).toMatchObject({
      values: [{ b: 1 }],
      bad: ['1 too-large'],
    });
  });

  it('leave out a member that is too large', () => {
    const { values, bad } = read((sink) => documentRecords(sink, 30), `[{"a":"${'x'.repeat(99)}"},{"b":1}]`, 5);
    expect(values).toEqual([{ b: 1 }]);
    expect(bad).toEqual(['1 too-large']);
  });
});
