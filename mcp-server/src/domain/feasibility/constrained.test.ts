import { describe, expect, it } from 'vitest';
import { readFeasibility } from '../artifact/feasibility.ts';
import { answeredNeeds, constrainedNeeds } from './constrained.ts';
import { citationsOf, samePerson } from './evidence.ts';

const read = (...body: string[]) => readFeasibility(['## Feasibility constraints', '', ...body, ''].join('\n'));

describe('constraints', () => {
  it('[R-FEAS-1] answer the needs that a list item names, nested items included', () => {
    const feasibility = read('- **FC-1** SYS-1 by hand, REQ-2 waits', '  - CAP-3 too', '- **FC-2** nothing');
    expect(feasibility.constraints.map(answeredNeeds)).toEqual([['SYS-1', 'CAP-3'], []]);
    expect(constrainedNeeds(feasibility)).toEqual(new Set(['SYS-1', 'CAP-3']));
  });

  it('[R-FEAS-1] answer what their block says they answer, else what its text names', () => {
    const feasibility = read(
      '### FC-1: Sheet for SYS-9',
      '',
      '- Answers: SYS-1, FC-2',
      '  - CAP-2',
      '',
      'Unlike CAP-8.',
      '',
      '### FC-2: Sheet for SYS-3',
      '',
      'And for CAP-4.',
      '',
      '- Until: SYS-5',
      '  - or SYS-6',
    );
    expect(feasibility.constraints.map(answeredNeeds)).toEqual([
      ['SYS-1', 'CAP-2'],
      ['SYS-3', 'CAP-4', 'SYS-5', 'SYS-6'],
    ]);
  });
});

describe('evidence', () => {
  it('cites facts and people', () => {
    expect(citationsOf('probe:tool/python3, Stated: Ada Lovelace <ada@example.org> (by phone); see notes')).toEqual([
      { kind: 'probe', ref: 'tool/python3' },
      { kind: 'stated', ref: 'Ada Lovelace <ada@example.org>' },
    ]);
    expect(citationsOf('probe:a probe:b stated:C')).toEqual([
      { kind: 'probe', ref: 'a' },
      { kind: 'probe', ref: 'b' },
      { kind: 'stated', ref: 'C' },
    ]);
    expect(citationsOf('')).toEqual([]);
    expect(citationsOf('seen it, unstated: x, not-probe:y')).toEqual([]);
  });

  it('knows one person in several spellings', () => {
    expect(samePerson('Ada Lovelace <ada@example.org>', ' ada  LOVELACE ')).toBe(true);
    expect(samePerson('Ada', 'Adam')).toBe(false);
    expect(samePerson('Ada Lovelace', 'AdaLovelace')).toBe(false);
  });
});
