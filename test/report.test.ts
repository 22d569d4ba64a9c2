import { cpSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportMarkdown } from '../mcp-server/src/entry/render/report-markdown.ts';
import { project } from './helpers/project.ts';
import { hostileTale } from './helpers/report-samples.ts';
import { Desk } from './helpers/walk.ts';
import { openWorkshop, Person, type Workshop } from './helpers/workshop.ts';

let workshop: Workshop;
let ada: Person;
let root: string;

beforeAll(async () => {
  workshop = openWorkshop();
  ada = new Person(workshop, 'Ada');
  root = ada.repository('network');
  const desk = new Desk(ada, root);
  await desk.toDesign('zone-file', { recorded: true });
  await desk.decide(await desk.build('zone-file'), { recorded: true });
  await desk.asBuilt('zone-file', { recorded: true });
  desk.start('other');
});
afterAll(() => workshop.close());

describe('countersign report', () => {
  it('[R-REPORT-1] writes one page that needs nothing else', () => {
    const ran = ada.run(root, ['report', 'zone-file', '--html', 'out/zone.html']);
    expect(ran).toMatchObject({ exit: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      /^zone-file: \d+ events, 2 requirements, 5 decisions\. Wrote out\/zone\.html \(\d+ KiB\)\.\n$/,
    );
    const page = readFileSync(join(root, 'out/zone.html'), 'utf8');
    expect(page).toContain('id="REQ-2"');
    expect(page).not.toMatch(/(?:src|href)="(?!#)/);
  });

  it('says the same as Markdown and as JSON', () => {
    const { stdout } = ada.run(root, ['report', 'zone-file']);
    expect(stdout).toBe(
      ada.run(root, ['report', 'zone-file', '--md']).stdout.replace(/as of .*/, stdout.match(/as of .*/)![0]),
    );
    for (const title of ['Stages', 'Requirements and evidence', 'Checks', 'Delivered', 'Approvals'])
      expect(stdout).toContain(`## ${title}\n`);
    const { schema, report } = ada.json(root, 'report', 'zone-file');
    expect(schema).toBe('countersign/report@1');
    expect(report).toMatchObject({ delivery: 'zone-file', finished: true });
    expect(report.checks).toHaveLength(3);
  });

  it('writes a page for every delivery and one that lists them', () => {
    expect(ada.run(root, ['report', '--all', '--html', 'reports'])).toMatchObject({
      exit: 0,
      stdout: '2 deliveries. Wrote reports/index.html.\n',
    });
    const index = readFileSync(join(root, 'reports/index.html'), 'utf8');
    const links = [...index.matchAll(/href="([^"#]+)"/g)].map((match) => match[1]!);
    expect(links).toEqual(['other.report.html', 'zone-file.report.html']);
    for (const link of links) expect(readFileSync(join(root, 'reports', link), 'utf8')).toContain('href="index.html"');
    expect(index).toContain('Deliveries of network');
  });

  it('writes the list alone into a file, and as Markdown or JSON without one', () => {
    expect(ada.run(root, ['report', '--all', '--html', 'all.html']).exit).toBe(0);
    expect(readFileSync(join(root, 'all.html'), 'utf8')).not.toContain('.report.html');
    const { stdout } = ada.run(root, ['report', '--all']);
    expect(stdout).toContain('| `zone-file` | `Zone file from a host list` | finished | 2 of 2 | 3 of 3 | 0 |');
    expect(stdout).toContain('| Requirements | 1 |');
    const { deliveries } = ada.json(root, 'report', '--all');
    expect(deliveries.map((one: { delivery: string; finished: boolean }) => [one.delivery, one.finished])).toEqual([
      ['other', false],
      ['zone-file', true],
    ]);
  });

  it.each([
    [['report'], 'it is not said which delivery'],
    [['report', 'zone-file', '--all'], 'not both'],
    [['report', 'zone-file', '--html', 'deliveries/zone-file/requirements.md'], 'not the name of a page'],
    [['report', 'zone-file', '--csv', '--md'], 'a sample is decisions'],
    [['report', 'nope'], 'there is no delivery nope'],
  ])('refuses %j', (args, message) => {
    expect(ada.run(root, args)).toMatchObject({ exit: 2, stderr: expect.stringContaining(message) });
  });

  it('[R-REPORT-4] tells of a broken ledger what is wrong and nothing else', () => {
    const work = project();
    work.cli('new', 'broken');
    work.write('deliveries/broken/ledger/junk.json', '{}');
    expect(work.cli('report', 'broken', '--html', 'b.html')).toMatchObject({ exit: 3 });
    expect(work.read('b.html')).toContain('The record does not hold together');
    expect(work.cli('report', '--all', '--html', 'all').exit).toBe(3);
    expect(existsSync(work.path('all/broken.report.html'))).toBe(true);
    expect(work.json('report', 'broken')).toMatchObject({ exit: 3, report: { problems: [{ code: 'foreign-file' }] } });
  });

  it('goes on where evidence was changed, and quotes none of it', () => {
    const copy = join(workshop.folder, 'changed');
    cpSync(root, copy, { recursive: true });
    const folder = join(copy, 'deliveries/zone-file/evidence');
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'something else');
    const { report } = ada.json(copy, 'report', 'zone-file');
    expect(report.checks.map((check: { run: { output: unknown } }) => check.run.output)).toEqual([null, null, null]);
    expect(JSON.stringify(report)).not.toContain('something else');
  });
});

describe('an audit sample', () => {
  const records = (text: string) =>
    text
      .trimEnd()
      .split('\r\n')
      .map((line) => line.slice(1, -1).split('","'));

  it('[R-REPORT-5] has a row for each decision with author, approver, separation, level and ticket', () => {
    const { exit, stdout } = ada.run(root, ['report', '--csv']);
    expect(exit).toBe(0);
    const [head, ...rows] = records(stdout);
    const column = (name: string) => rows.map((row) => row[head!.indexOf(name)]);
    expect(column('subject')).toEqual(
      ['requirements', 'feasibility', 'design', 'build', 'as-built'].map((stage) => `stage:${stage}`),
    );
    expect(new Set(column('approver_email'))).toEqual(new Set(['ada@example.org']));
    expect(new Set(column('level'))).toEqual(new Set(['recorded']));
    expect(column('separated')).toEqual(['yes', 'yes', 'yes', 'yes', 'yes']);
    expect(column('authors')).toEqual(['agent', 'agent', 'agent', 'agent', 'agent']);
  });

  it('keeps to a span of days, an environment and a delivery', () => {
    const count = (...args: string[]) => ada.json(root, 'report', ...args).rows.length;
    const today = new Date().toISOString().slice(0, 10);
    expect(count('--since', today, '--until', today)).toBe(5);
    expect(count('--since', '2999-01-01')).toBe(0);
    expect(count('--until', '2000-01-01T00:00:00Z')).toBe(0);
    expect(count('--env', 'prod')).toBe(0);
    expect(count('other', '--csv')).toBe(0);
  });

  it.each(['yesterday', '2026-13-01', '2026-01-01 10:00', '1'])('refuses %j as a time', (time) => {
    expect(ada.run(root, ['report', '--since', time])).toMatchObject({
      exit: 2,
      stderr: expect.stringContaining('is no time'),
    });
  });

  it('says which deliveries it could not read, as a row and by its exit code', () => {
    const work = project();
    work.cli('new', 'broken');
    work.write('deliveries/broken/ledger/junk.json', '{}');
    const ran = work.cli('report', '--csv');
    expect(ran.exit).toBe(3);
    expect(ran.out).toContain('"integrity-fault"');
    expect(ran.out.split('\r\n')).toHaveLength(3);
  });
});

describe('the report as Markdown', () => {
  it('holds hostile text in code, where it is neither markup nor a mention, and keeps every table whole', () => {
    const text = reportMarkdown(hostileTale().report());
    const bare = text.replace(/(`+)(?:(?!`)[^\n])*?\1/g, '');
    expect(bare).not.toMatch(/[<[@]|javascript:/);
    for (const table of text.split('\n\n').filter((part) => part.startsWith('| '))) {
      const widths = table.split('\n').map((line) => line.split('|').length);
      expect(new Set(widths).size).toBe(1);
    }
  });
});
