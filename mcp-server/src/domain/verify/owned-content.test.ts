import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import type { DeliveryState } from '../delivery.ts';
import { movedFinding, recordedFiles, recordedSince, unlikeBaseline, unlikeRecorded } from './owned-content.ts';
import { found, VERIFY_RULES } from './rules.ts';
import { signatureFindings } from './signature-findings.ts';

const file = (path: string, sha256 = path) => ({ path, sha256 });

describe('what is recorded', () => {
  it('is every file of every component of the manifest', () => {
    const manifest = JSON.stringify({
      components: [
        { id: 'CMP-1', files: [file('a'), file('b')] },
        { id: 'CMP-2', files: [file('c')] },
      ],
    });
    expect(recordedFiles(manifest)).toEqual([file('a'), file('b'), file('c')]);
  });

  it('moves by an applied change at the paths of its plan, and nowhere else', () => {
    const built = [file('app/a', '1'), file('app/b', '1'), file('lib/c', '1')];
    const applied = [
      { files: [file('app/a', '2'), file('lib/c', '2')], paths: ['app/'] },
      { files: [file('app/a', '3'), file('lib/d', '3')], paths: ['lib/*'] },
    ];
    expect(recordedSince(built, applied)).toEqual([file('app/a', '2'), file('lib/d', '3')]);
    expect(recordedSince(built, [])).toEqual(built);
  });
});

describe('owned files that are not as recorded', () => {
  const recorded = [file('same'), file('moved', 'old'), file('gone')];
  const present = [file('same'), file('moved', 'new'), file('added')];
  const told = (finished: boolean) =>
    unlikeRecorded(recorded, present)
      .map((one) => movedFinding('dns', one, finished))
      .map(({ rule, severity, path, message, fix }) => [rule, severity, path, message, fix]);

  it('are drift of a finished delivery', () => {
    const fix =
      'bring the file back, have the change recorded: /spec-change dns, or have it accepted: countersign drift dns accept';
    expect(told(true)).toEqual([
      ['drift', 'error', 'moved', 'changed since dns recorded it', fix],
      ['drift', 'error', 'gone', 'recorded by dns and gone', fix],
      ['drift', 'error', 'added', 'in a path of dns and not in its record', fix],
    ]);
  });

  it('are not covered in an unfinished one', () => {
    const fix = 'bring the file back, or submit build of dns again';
    expect(told(false).map(([rule, , path, , how]) => [rule, path, how])).toEqual([
      ['ungated', 'moved', fix],
      ['ungated', 'gone', fix],
      ['ungated', 'added', fix],
    ]);
  });

  it('are none where all are', () => {
    expect(unlikeRecorded(recorded, recorded)).toEqual([]);
  });
});

describe('owned files that moved before any Build was approved', () => {
  const design = readDesign(
    '## Components\n\n### CMP-1: A\n\n- Action: build\n- Paths: app/, https://example.org/x.git@abc\n\n### CMP-2: B\n\n- Action: skip\n- Paths: skipped/\n',
  );
  const state = (approved: boolean, more: object = {}) =>
    ({
      id: 'dns',
      design,
      gates: [{ covers: ['design'], state: approved ? 'open' : 'blocked', reasons: [{ text: 'not yet' }] }],
      change: null,
      ...more,
    }) as unknown as DeliveryState;
  const changed = ['app/a', 'skipped/b', 'other/c', 'deliveries/dns/design.md'];

  it('are not covered while the design is not approved', () => {
    expect(unlikeBaseline(state(false), changed, false)).toEqual([
      {
        rule: 'ungated',
        severity: 'error',
        path: 'app/a',
        line: 1,
        message: 'in a path of dns, and changed although its design is not approved',
        fix: 'bring the file back, or have the design of dns approved first',
      },
    ]);
  });

  it.each([
    [false, 'warning'],
    [true, 'error'],
  ] as const)('are work in progress once it is, an error only where that is asked for: %s', (strict, severity) => {
    expect(unlikeBaseline(state(true), changed, strict)).toEqual([
      {
        rule: 'unapproved-build',
        severity,
        path: 'app/a',
        line: 1,
        message: 'changed for dns, and no approved Build covers it yet',
        fix: 'submit build of dns',
      },
    ]);
  });

  it('are none in deliveries, whatever a design says, nor without a design', () => {
    const greedy = readDesign('## Components\n\n### CMP-1: A\n\n- Action: build\n- Paths: deliveries/, "**"\n');
    expect(unlikeBaseline(state(false, { design: greedy }), ['deliveries/dns/design.md'], false)).toEqual([]);
    expect(unlikeBaseline(state(false, { design: undefined }), changed, false)).toEqual([]);
  });
});

describe('a finding of verify', () => {
  it('has the usual severity of its rule, and one place', () => {
    expect(found('drift', 'a', 'm', 'f')).toEqual({
      rule: 'drift',
      severity: 'error',
      path: 'a',
      line: 1,
      message: 'm',
      fix: 'f',
    });
    expect(found('clock', 'a', 'm', 'f').severity).toBe('warning');
    expect(found('clock', 'a', 'm', 'f', 'error').severity).toBe('error');
    expect(new Set(VERIFY_RULES.map(({ id }) => id)).size).toBe(VERIFY_RULES.length);
  });
});

describe('signatures', () => {
  const problem = (level: 'void' | 'recorded', event: string) => ({ event, level, message: `why ${event}` });

  it('that do not hold are errors, each where it stands', () => {
    expect(signatureFindings('dns', [problem('void', 'a'.repeat(64)), problem('void', 'b'.repeat(64))])).toEqual(
      ['a', 'b'].map((letter) => ({
        rule: 'signature',
        severity: 'error',
        path: `deliveries/dns/ledger/${letter.repeat(64)}.json`,
        line: 1,
        message: `event ${letter.repeat(12)} counts for nothing: why ${letter.repeat(64)}`,
        fix: 'have it signed again by somebody who may',
      })),
    );
  });

  it('that cannot be judged here are said once, as a warning', () => {
    const said = (...events: string[]) =>
      signatureFindings(
        'dns',
        events.map((event) => problem('recorded', event)),
      ).map(({ severity, path, message, fix }) => [severity, path, message, fix]);
    const fix = 'verify --trust-from REF, or accept the signers on this machine: countersign trust';
    const place = 'deliveries/dns/ledger/a.json';
    expect(said('a')).toEqual([
      ['warning', place, '1 signature cannot be judged here and count as recorded: why a', fix],
    ]);
    expect(said('a', 'b')).toEqual([
      ['warning', place, '2 signatures cannot be judged here and count as recorded: why a', fix],
    ]);
    expect(said()).toEqual([]);
  });
});
