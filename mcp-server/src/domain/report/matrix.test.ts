import { expect, it } from 'vitest';
import { readRequirements } from '../artifact/requirements.ts';
import type { DeliveryState } from '../delivery.ts';
import { Trace, type TraceKind } from '../trace/trace.ts';
import { matrix, type Proof } from './matrix.ts';

/** The requirements as they are read, and whether there is a design. */
const stateOf = (text: string | undefined, designed = true) =>
  ({
    requirements: text === undefined ? undefined : readRequirements(text),
    design: designed ? {} : undefined,
  }) as DeliveryState;

/** A trace of links `REQ-1 > AC-1.1 > CHK-1=passed`; each thing is called after its id. */
function traceOf(...chains: string[]) {
  const trace = new Trace();
  const kinds: Record<string, TraceKind> = {
    REQ: 'requirement',
    AC: 'criterion',
    CHK: 'check',
    CMP: 'component',
    DEC: 'decision',
    TSK: 'task',
  };
  for (const chain of chains) {
    const ids = chain.split(' > ').map((one) => {
      const [id, state = ''] = one.split('=') as [string, string?];
      trace.add({ id, kind: kinds[id.split('-')[0]!]!, title: `the ${id}`, state });
      return id;
    });
    ids.slice(1).forEach((id, at) => {
      trace.link(ids[at]!, id);
    });
  }
  return trace;
}

const TEXT = `## Requirements

### REQ-2: Zone file

The system shall write the zone.

The system shall keep it.

### REQ-1: Backup (inferred: from the old script)

### REQ-2: Zone file again
`;

it('has a row a requirement in their order, once, with what realises and what proves it', () => {
  const trace = traceOf(
    'REQ-2 > AC-2.1 > CHK-1=passed',
    'AC-2.1 > CHK-2=stale',
    'REQ-2 > AC-2.2',
    'AC-2.2 > TSK-1',
    'REQ-2 > CMP-1',
    'REQ-2 > CMP-2',
    'REQ-2 > DEC-1',
    'REQ-1 > DEC-2',
  );
  expect(matrix(stateOf(TEXT), trace)).toEqual([
    {
      id: 'REQ-2',
      title: 'Zone file',
      statements: ['The system shall write the zone.', 'The system shall keep it.'],
      inferred: null,
      proof: 'stale',
      criteria: [
        {
          id: 'AC-2.1',
          text: 'the AC-2.1',
          proof: 'stale',
          checks: [
            { id: 'CHK-1', state: 'passed' },
            { id: 'CHK-2', state: 'stale' },
          ],
        },
        { id: 'AC-2.2', text: 'the AC-2.2', proof: 'no-check', checks: [] },
      ],
      components: [
        { id: 'CMP-1', title: 'the CMP-1' },
        { id: 'CMP-2', title: 'the CMP-2' },
      ],
      decisions: [{ id: 'DEC-1', title: 'the DEC-1' }],
    },
    {
      id: 'REQ-1',
      title: 'Backup (inferred: from the old script)',
      statements: [],
      inferred: 'from the old script',
      proof: 'no-check',
      criteria: [],
      components: [],
      decisions: [{ id: 'DEC-2', title: 'the DEC-2' }],
    },
  ]);
});

it.each([[true, 'no-check'] as const, [false, 'not-designed'] as const])(
  'nobody is at fault for a missing check before there is a design: designed is %s',
  (designed, proof) => {
    const rows = matrix(stateOf(TEXT, designed), traceOf('REQ-2 > AC-2.1'));
    expect(rows.map((row) => [row.proof, ...row.criteria.map((one) => one.proof)])).toEqual([[proof, proof], [proof]]);
  },
);

it('is empty without requirements', () => {
  expect(matrix(stateOf(undefined), new Trace())).toEqual([]);
  expect(matrix(stateOf(''), new Trace())).toEqual([]);
});

// Each proves less than all that follow it.
const ORDER: Proof[] = ['failed', 'stale', 'not-run', 'no-check', 'to-confirm', 'not-testable', 'passed'];
const PAIRS = ORDER.flatMap((worse, at) => ORDER.slice(at + 1).map((better) => [worse, better] as const));

it.each(PAIRS)('a requirement is only as proven as its least proven criterion: %s before %s', (worse, better) => {
  const check = (id: string, proof: Proof) =>
    proof === 'no-check' ? id : `${id} > ${id.replace('AC', 'CHK')}=${proof}`;
  const chains = [check('AC-2.1', better), check('AC-2.2', worse)].map((one) => `REQ-2 > ${one}`);
  for (const order of [chains, chains.toReversed()])
    expect(matrix(stateOf(TEXT), traceOf(...order))[0]!.proof).toBe(worse);
});

it.each(PAIRS.filter((pair) => !pair.includes('no-check')))(
  'a criterion is only as proven as its least proven check: %s before %s',
  (worse, better) => {
    const chains = [`REQ-2 > AC-2.1 > CHK-1=${better}`, `AC-2.1 > CHK-2=${worse}`];
    expect(matrix(stateOf(TEXT), traceOf(...chains))[0]!.criteria[0]!.proof).toBe(worse);
  },
);
