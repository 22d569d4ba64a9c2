import { expect, it } from 'vitest';
import type { AuditRow } from './audit.ts';
import { sampleCsv, spanOf } from './audit-sample.ts';

const full: AuditRow = {
  delivery: 'dns',
  title: 'Zone "file", new',
  tickets: ['NET-1', 'NET-2'],
  subject: 'deploy:prod',
  environment: 'prod',
  decision: 'approve',
  authors: ['ada@example.org', 'bob'],
  submittedAt: '2026-01-05T09:00:00.000Z',
  approver: 'Grace',
  email: 'grace@example.org',
  at: '2026-01-05T10:00:00.000Z',
  level: 'signed',
  levelAsked: 'hosted',
  separated: true,
  separationAsked: true,
  breakGlass: 3,
  round: 4,
  digest: 'abc',
  comment: '=go',
  event: 'def',
};
const bare: AuditRow = {
  ...full,
  tickets: [],
  authors: [],
  decision: 'withhold',
  separated: null,
  separationAsked: false,
  breakGlass: null,
  round: 0,
  comment: '',
};

const HEAD = [
  'delivery,title,tickets,subject,environment,decision,round,authors,submitted_at,approver,approver_email',
  'decided_at,level,level_asked,separated,separation_asked,break_glass,digest,event,comment',
].join(',');
const quoted = (row: readonly string[]) => `${row.map((cell) => `"${cell}"`).join(',')}\r\n`;

it('a sample is written with every column of each row, then what could not be read', () => {
  const broken = [{ delivery: 'vlan', problems: [{ file: 'a.json', message: 'is gone' }] }];
  const rows = [full, bare, { ...full, separated: false, breakGlass: 0, round: 1 }];
  const start = ['dns', 'Zone ""file"", new'];
  const who = ['Grace', 'grace@example.org', '2026-01-05T10:00:00.000Z', 'signed', 'hosted'];
  const submitted = '2026-01-05T09:00:00.000Z';
  const tickets = 'NET-1 NET-2';
  const authors = 'ada@example.org bob';
  const on = ['deploy:prod', 'prod'];
  expect(sampleCsv({ rows, broken: broken as Parameters<typeof sampleCsv>[0]['broken'] })).toBe(
    [
      HEAD.split(','),
      [...start, tickets, ...on, 'approve', '4', authors, submitted, ...who, 'yes', 'yes', '3', 'abc', 'def', "'=go"],
      [...start, '', ...on, 'withhold', '', '', submitted, ...who, '', 'no', '', 'abc', 'def', ''],
      [...start, tickets, ...on, 'approve', '1', authors, submitted, ...who, 'no', 'yes', '0', 'abc', 'def', "'=go"],
      ['vlan', '', '', '', '', 'integrity-fault', ...Array<string>(13).fill(''), 'a.json is gone'],
    ]
      .map(quoted)
      .join(''),
  );
  expect(sampleCsv({ rows: [], broken: [] })).toBe(quoted(HEAD.split(',')));
});

it.each([
  'x2026-01-31',
  '2026-01-31x',
  'x2026-01-31T09:00Z',
  '2026-01-31T09:00Zx',
  '2026-01-31T09Z',
  '2026-01-31T09:00:00.Z',
  '2026-01-31T09:00+0200',
  '2026-1-31',
])('a span cannot end at %j, and what could stand there is said', (until) => {
  expect(() => spanOf({ until })).toThrow(
    expect.objectContaining({
      code: 'bad-time',
      message: `${JSON.stringify(until)} is no time`,
      expected: 'a day such as 2026-01-31, or a time such as 2026-01-31T09:00:00Z',
    }),
  );
});

it.each([
  ['2026-01-31T09:00Z', Date.UTC(2026, 0, 31, 9)],
  ['2026-01-31T09:00:07Z', Date.UTC(2026, 0, 31, 9, 0, 7)],
  ['2026-01-31T09:00:07.125Z', Date.UTC(2026, 0, 31, 9, 0, 7, 125)],
  ['2026-01-31T09:00-01:30', Date.UTC(2026, 0, 31, 10, 30)],
])('a span can start and end at %s', (time, at) => {
  expect(spanOf({ since: time, until: time })).toStrictEqual({ since: at, until: at });
});
