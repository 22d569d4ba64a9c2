import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siteValuesIn } from './site-values.ts';

const found = (text: string, named: Parameters<typeof siteValuesIn>[1] = []) =>
  siteValuesIn(text, named).map(({ kind, value }) => `${kind} ${value}`);

describe('values of one site', () => {
  it.each([
    ['It writes 10.20.0.0/16 and 10.20.0.1.', ['prefix 10.20.0.0/16', 'address 10.20.0.1']],
    ['See https://netbox.corp.acme.io/api/, now.', ['URL https://netbox.corp.acme.io/api/']],
    ['Mail noc@acme.io or ask dns1.lab.acme.io.', ['e-mail address noc@acme.io', 'host name dns1.lab.acme.io']],
    [
      'The zone acme.io since 2026-03-01 (CHG0041234).',
      ['host name acme.io', 'date 2026-03-01', 'reference CHG0041234'],
    ],
    ['On fd00:1:2::1 and 00:1b:44:11:3a:b7.', ['address fd00:1:2::1', 'address 00:1b:44:11:3a:b7']],
    ['Of fd00:1::/48.', ['prefix fd00:1::/48']],
  ])('are found in %j', (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it.each([
    'It reads zones/main.tf, roles/dns/tasks/main.yml and group_vars.all.yml.',
    'At 12:30:45, in version 1.2.3 of 4.10, for PT30M, e.g. at most 20% of them.',
    'Hosts such as www.example.org, 192.0.2.10, 203.0.113.0/24, 2001:db8::1 and 127.0.0.1 are examples.',
    'REQ-1, AC-1.2 and CHK-3 stay; section 4.6.1 says so.',
  ])('are not seen in %j', (text) => {
    expect(found(text)).toEqual([]);
  });

  it('are those that the spec itself names, too', () => {
    const named = [{ kind: 'person' as const, value: 'Ada Lovelace' }];
    expect(found('Ada Lovelace decides; Ada Lovelaces do not.', named)).toEqual(['person Ada Lovelace']);
    expect(
      found('(a+b)* (a+b) and x-y/z.', [
        { kind: 'reference', value: '(a+b)' },
        { kind: 'reference', value: 'x-y/z' },
      ]),
    ).toHaveLength(3);
  });

  it('stand where they are said to stand, in any text', () => {
    const piece = fc.constantFrom('10.1.2.3', 'a', '.', ' ', 'x.acme.io', '::', '/', '-', '\u00e9', 'CHG12345', '@');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        let last = 0;
        for (const { value, start, end } of siteValuesIn(text)) {
          expect(text.slice(start, end)).toBe(value);
          expect(start).toBeGreaterThanOrEqual(last);
          last = end;
        }
      }),
    );
  });

  it('are looked for in linear time', () => {
    for (const piece of ['a.', '1.', '1:', 'a@', 'https://', 'a-', '10.1.1.1/'])
      expect(siteValuesIn(piece.repeat(40_000)).length).toBeGreaterThanOrEqual(0);
  }, 5_000);
});
