import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import type { AuditRow } from './audit.ts';
import { within } from './audit.ts';
import { sampleCsv, spanOf } from './audit-sample.ts';
import { componentGraph } from './component-graph.ts';
import { deviationRows } from './deviations.ts';
import { parse, runOutput } from './evidence.ts';
import { environmentOf, timeline } from './timeline.ts';

describe('components as a graph', () => {
  const graph = (...components: [id: number, dependsOn: string][]) =>
    componentGraph(
      readDesign(
        `## Components\n\n${components.map(([id, on]) => `### CMP-${id}: C${id}\n\n- Action: ${id === 1 ? 'adopt' : 'later'}\n- Depends on: ${on}\n`).join('\n')}`,
      ).components,
    );
  const places = ({ nodes }: ReturnType<typeof graph>) =>
    nodes.map(({ id, column, row, cyclic }) => `${id} ${column},${row}${cyclic ? ' cyclic' : ''}`);

  it('have columns by the longest way from what depends on nothing, and rows near their neighbours', () => {
    const found = graph([1, 'none'], [2, 'none'], [3, 'CMP-2'], [4, 'CMP-1'], [5, 'CMP-1, CMP-3, CMP-3, CMP-9']);
    expect(places(found)).toEqual(['CMP-1 0,0', 'CMP-2 0,1', 'CMP-4 1,0', 'CMP-3 1,1', 'CMP-5 2,0']);
    expect(found.nodes[0]).toEqual({ id: 'CMP-1', title: 'C1', action: 'adopt', column: 0, row: 0, cyclic: false });
    expect(found.nodes[1]!.action).toBe('later');
    expect([found.columns, found.rows]).toEqual([3, 2]);
    expect(found.edges).toEqual([
      { from: 'CMP-2', to: 'CMP-3' },
      { from: 'CMP-1', to: 'CMP-4' },
      { from: 'CMP-1', to: 'CMP-5' },
      { from: 'CMP-3', to: 'CMP-5' },
    ]);
  });

  it('have a last column of those on a cycle', () => {
    const found = graph([1, 'CMP-2'], [2, 'CMP-1'], [3, 'none'], [4, 'CMP-4']);
    expect(places(found)).toEqual(['CMP-3 0,0', 'CMP-1 1,0 cyclic', 'CMP-2 1,1 cyclic', 'CMP-4 1,2 cyclic']);
    expect(found.edges).toEqual([
      { from: 'CMP-2', to: 'CMP-1' },
      { from: 'CMP-1', to: 'CMP-2' },
    ]);
    expect(graph()).toEqual({ columns: 0, rows: 0, nodes: [], edges: [] });
  });
});

describe('the span of a sample', () => {
  it('has whole days, both inclusive, and times as they are', () => {
    expect(spanOf({ since: '2026-01-31', until: '2026-01-31', env: 'prod' })).toEqual({
      since: Date.UTC(2026, 0, 31),
      until: Date.UTC(2026, 0, 31, 23, 59, 59, 999),
      environment: 'prod',
    });
    expect(spanOf({ since: '2026-01-31T10:00+02:00', until: '2026-01-31T10:00:00.5Z' })).toEqual({
      since: Date.UTC(2026, 0, 31, 8),
      until: Date.UTC(2026, 0, 31, 10, 0, 0, 500),
    });
    expect(spanOf({})).toEqual({});
  });

  it.each([
    '',
    'yesterday',
    '2026',
    '2026-13-01',
    '2026-01-31T10:00',
    '2026-01-31 10:00Z',
    'Jan 1 2026',
    '2026-01-31T25:00Z',
  ])('cannot be read from %j', (since) =>
    expect(() => spanOf({ since })).toThrow(`${JSON.stringify(since)} is no time`),
  );

  it('holds rows at its bounds, of its environment, and those whose time nobody can read', () => {
    const row = (at: string, environment = 'prod') => ({ at, environment }) as AuditRow;
    const rows = [
      row('2026-01-01T00:00:00Z'),
      row('2026-01-02T00:00:00Z'),
      row('soon'),
      row('2026-01-02T00:00:00Z', ''),
    ];
    const days = (more: object) =>
      within(rows, more).map(({ at, environment }) => `${at.slice(0, 10)} ${environment}`.trim());
    const second = Date.UTC(2026, 0, 2);
    expect(days({})).toHaveLength(4);
    expect(days({ since: second, environment: 'prod' })).toEqual(['2026-01-02 prod', 'soon prod']);
    expect(days({ since: second + 1 })).toEqual(['soon prod']);
    expect(days({ until: second - 1 })).toEqual(['2026-01-01 prod', 'soon prod']);
    expect(days({ until: second, environment: '' })).toEqual(['2026-01-02']);
  });
});

it('the sample has a row for a delivery that could not be read: what is missing must not look like nothing', () => {
  const problems = [
    { file: 'a.json', message: 'is gone' },
    { file: 'b.json', message: 'is another' },
  ] as unknown as Parameters<typeof sampleCsv>[0]['broken'][number]['problems'];
  const [head, fault, end] = sampleCsv({ rows: [], broken: [{ delivery: 'dns', problems }] }).split('\r\n');
  expect(head!.split(',')).toHaveLength(20);
  expect(fault!.split(',').filter((cell) => cell !== '""')).toEqual([
    '"dns"',
    '"integrity-fault"',
    '"a.json is gone; b.json is another"',
  ]);
  expect(fault!.split(',')).toHaveLength(20);
  expect(end).toBe('');
});

describe('the output of a run', () => {
  const run = (more: object) =>
    runOutput(
      JSON.stringify({
        schema: 'countersign/check-run@1',
        script: 's',
        unmet: [],
        stdout: { text: 'o' },
        stderr: { text: 'e' },
        ...more,
      }),
    );

  it('is quoted as far as a page needs it', () => {
    expect(run({ unmet: ['exit 0', 7] })).toEqual({
      script: 's',
      unmet: ['exit 0', ''],
      stdout: 'o',
      stderr: 'e',
      cut: false,
    });
    expect(run({ stdout: { text: 'x'.repeat(1200) } })).toMatchObject({ stdout: 'x'.repeat(1200), cut: false });
    expect(run({ stderr: { text: 'x'.repeat(1201) } })).toMatchObject({ stderr: 'x'.repeat(1200), cut: true });
    expect(run({ script: 'x'.repeat(1201), unmet: ['y'.repeat(1201)] })).toMatchObject({
      unmet: ['y'.repeat(1200)],
      cut: true,
    });
    expect(run({ script: 1, unmet: 'x', stdout: null, stderr: 'x' })).toEqual({
      script: '',
      unmet: [],
      stdout: '',
      stderr: '',
      cut: false,
    });
  });

  it.each([undefined, '', 'text', '[]', 'null', '7', '{}', '{"schema":"other"}'])('is none in %j', (text) => {
    expect(runOutput(text)).toBeUndefined();
  });

  it('is a JSON object, and nothing else', () => {
    expect(parse('{"a":1}')).toEqual({ a: 1 });
    for (const text of [undefined, '', '[1]', 'null', '"a"']) expect(parse(text)).toBeUndefined();
  });
});

describe('events in a report', () => {
  it('are alarming where they went the wrong way', () => {
    const story = new LedgerBuilder();
    const submission = story.submit('stage:design');
    story.reject(submission);
    story.approve(submission, { level: 'hosted' });
    story.note();
    const found = timeline(story.ledger());
    expect(found.map(({ type, moment, level, alarming }) => [type, moment, level, alarming])).toEqual([
      ['created', 'other', null, false],
      ['submitted', 'submission', null, false],
      ['decided', 'decision', 'recorded', true],
      ['decided', 'decision', 'hosted', false],
      ['stated', 'other', null, false],
    ]);
    expect(found[2]).toMatchObject({ by: 'Grace', kind: 'human', via: 'cli', at: expect.stringMatching(/^2026-/) });
  });

  it.each([
    ['deploy:prod', 'prod'],
    ['stage:design', ''],
    ['', ''],
  ])('are about an environment: %s', (about, environment) => expect(environmentOf(about)).toBe(environment));
});

describe('deviations', () => {
  it('are accepted by an approval of their own, or of a Build that came after them', () => {
    const story = new LedgerBuilder();
    const pass = (about: string, name: string) =>
      story.approve(story.submit(about, { round: story.events.length }), { by: { name } });
    const deviate = (id: string, component?: string) =>
      story.add('deviated', {
        id,
        ...(component === undefined ? {} : { component }),
        designed: 'a',
        delivered: 'b',
        reason: 'c',
      });
    pass('stage:build', 'Early');
    const first = deviate('DEV-1', 'CMP-1');
    pass('stage:design', 'Other');
    pass('stage:build', 'Bob');
    pass('stage:as-built', 'Bob');
    const second = deviate('DEV-2');
    pass('deviation:DEV-2', 'Ann');
    story.reject(story.submit('deviation:DEV-1', { round: 99 }));
    const row = (id: string, component: string, at: string, ...acceptedBy: string[]) => ({
      id,
      component,
      designed: 'a',
      delivered: 'b',
      reason: 'c',
      by: 'Ada',
      at,
      acceptedBy,
    });
    expect(deviationRows(story.ledger())).toEqual([
      row('DEV-1', 'CMP-1', first.at, 'Bob (recorded)'),
      row('DEV-2', '', second.at, 'Ann (recorded)'),
    ]);
  });
});
