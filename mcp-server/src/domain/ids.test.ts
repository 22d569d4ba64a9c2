import { describe, expect, it } from 'vitest';
import { byId, DELIVERY_ID, ENTRY_ID, idsIn, requirementOf, SHA256 } from './ids.ts';

describe('ids', () => {
  it.each([
    'REQ-3',
    'AC-3.1',
    'CAP-2',
    'SYS-1',
    'CON-4',
    'Q-2',
    'DEC-1',
    'CMP-5',
    'CHK-7',
    'TSK-5.2',
    'DEV-1',
    'FC-10',
    'RSK-1',
  ])('[R-ART-2] %s names an entry', (id) => {
    expect(ENTRY_ID.test(id)).toBe(true);
    expect(idsIn(`before ${id}, after`)).toEqual([id]);
  });

  it.each([
    'REQ-0',
    'REQ-03',
    'REQ-3.1',
    'AC-3',
    'AC-3.0',
    'TSK-1',
    'req-3',
    'REQ3',
    'REQ-3 ',
    ' REQ-3',
    'XX-1',
    'REQ-',
    'AC-0.1',
  ])('[R-ART-2] %j names none', (id) => {
    expect(ENTRY_ID.test(id)).toBe(false);
  });

  it('are found in running text, in order, whole words only', () => {
    expect(idsIn('CMP-10, CMP-2; see AC-1.2 (REQ-1)')).toEqual(['CMP-10', 'CMP-2', 'AC-1.2', 'REQ-1']);
    expect(idsIn('XREQ-1 REQ-1x and nothing')).toEqual([]);
    expect(idsIn('none')).toEqual([]);
  });

  it('of deliveries are folder names that no file system can misread', () => {
    for (const id of ['a', '0', 'vlan-provisioning', 'a'.repeat(64)]) expect(DELIVERY_ID.test(id)).toBe(true);
    for (const id of ['', '-a', 'A', 'a/b', '..', 'a.b', 'a_b', 'a'.repeat(65), 'a\n', '\u00e4'])
      expect(DELIVERY_ID.test(id)).toBe(false);
  });

  it('of events are 64 lower-case hex digits', () => {
    expect(SHA256.test('0'.repeat(64))).toBe(true);
    for (const text of ['0'.repeat(63), '0'.repeat(65), 'A'.repeat(64), 'g'.repeat(64)])
      expect(SHA256.test(text)).toBe(false);
  });

  it('of criteria name their requirement', () => {
    expect(requirementOf('AC-3.1')).toBe('REQ-3');
    expect(requirementOf('AC-12.30')).toBe('REQ-12');
  });

  it('sort by number, not as text', () => {
    const sorted = ['AC-1.2', 'AC-1.10', 'AC-2.1', 'CMP-2', 'CMP-10', 'REQ-1'];
    expect([...sorted].reverse().sort(byId)).toEqual(sorted);
    expect(byId('REQ-2', 'REQ-2')).toBe(0);
    expect(byId('AC-1', 'AC-1.1')).toBeLessThan(0);
    expect(byId('AC-1.1', 'AC-1')).toBeGreaterThan(0);
    expect(byId('CMP-9', 'REQ-1')).toBeLessThan(0);
    expect(byId('REQ-1', 'CMP-9')).toBeGreaterThan(0);
  });
});
