import { writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { historyText } from '../../mcp-server/src/app/after.ts';
import { abandonChange } from '../../mcp-server/src/app/change.ts';
import { load } from '../../mcp-server/src/app/load.ts';
import { diagnose } from '../../mcp-server/src/app/operate/diagnose.ts';
import { observe } from '../../mcp-server/src/app/operate/observe.ts';
import { report } from '../../mcp-server/src/app/report.ts';
import type { Report } from '../../mcp-server/src/domain/report/report.ts';
import { REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { deliveryPage } from '../../mcp-server/src/entry/render/page/delivery-page.ts';
import { reportMarkdown } from '../../mcp-server/src/entry/render/report-markdown.ts';
import { ACTOR, bench } from '../helpers/deploy-bench.ts';
import { commandSite, deployable, writePolicy } from '../helpers/deployable.ts';
import type { Project } from '../helpers/project.ts';
import { ID } from '../helpers/zone-file.ts';

const looks = (work: Project) => work.events(ID).filter((event) => event.type === 'observed');

it('[R-OPERATE-1] diagnoses a running system: every check, the criteria that fail, logs and evidence, and that it is well again', async () => {
  const work = await deployable();
  const { ports, deployed, rules } = bench(work);
  await deployed('staging');
  const live = `${work.home}/staging`;
  const cat = (name: string) => ['cat', `${live}/${name}`];
  writePolicy(work, {
    staging: {
      deploy: commandSite(work, 'staging', {
        health: [{ name: 'answers', run: cat('values.yaml'), contains: 'site: staging', criteria: ['AC-1.1'] }],
        checks: [{ name: 'has-hosts', run: cat('hosts.json') }],
        logs: [{ name: 'journal', run: ['sh', '-c', 'echo "password=hunter2hunter2 refused"'] }],
      }),
    },
  });
  const well = await diagnose(ports, ID, 'staging', ACTOR);
  expect(well).toMatchObject({ blocks: [], data: { event: null, failing: [], logs: [] } });
  expect(well.data.unseen).toContain('AC-2.1');
  expect(looks(work)).toEqual([]);

  writeFileSync(`${live}/values.yaml`, 'by hand\n');
  expect(work.json('diagnose', ID, 'staging')).toMatchObject({
    exit: 1,
    blocks: ['answers failed: its output is not what it has to contain'],
    failing: [{ id: 'AC-1.1', text: expect.stringContaining('address records'), checks: ['answers'] }],
    results: [{ result: 'failed', tail: 'by hand\n' }, { result: 'passed' }],
  });
  expect(looks(work)).toHaveLength(1);
  const { logs, results } = (await diagnose(ports, ID, 'staging', ACTOR)).data;
  expect(logs[0]!.tail).not.toContain('hunter2');
  expect(ports.deliveries.evidence(ID, results[0]!.evidence!)).toContain('by hand');
  expect(historyText(ports, load(ports, ID))).toContain('diagnosed staging: 1 of 3 failed: answers');

  writeFileSync(`${live}/values.yaml`, 'site: staging\n');
  expect((await diagnose(ports, ID, 'staging', ACTOR)).data.event).not.toBeNull();
  expect((await diagnose(ports, ID, 'staging', ACTOR)).data.event).toBeNull();
  expect(looks(work)).toHaveLength(3);
  expect(rules()).toEqual([]);

  const made = report(ports, ID) as Report;
  expect(made.operations.deploys).toMatchObject([
    { environment: 'staging', outcome: 'verified', basis: 'approval', approvedBy: ['Ada Tester (recorded)'] },
  ]);
  expect(made.operations.looks.map((one) => one.said)).toEqual([
    'answers: its output is not what it has to contain',
    'answers: its output is not what it has to contain',
    'well again',
  ]);
  expect(reportMarkdown(made)).toMatch(/## Deploys\n[^#]*\| `staging` \| verified \|/);
  expect(deliveryPage(made)).toContain('diagnosis of staging');
});

it('[R-OPERATE-2] observes limits: a breach is recorded once and becomes a proposed change with its evidence', async () => {
  const limits = REQUIREMENTS.replace(
    /(\| Limit \| Value \|\n\|[^\n]*\n)/,
    '$1| latency | 250 ms |\n| certificate | at least 14 days |\n',
  );
  expect(limits).not.toBe(REQUIREMENTS);
  const work = await deployable({}, undefined, limits);
  const { ports, deployed, rules } = bench(work);
  const printing = (name: string) => ['cat', `${work.home}/${name}`];
  const observed = [
    { name: 'latency', run: printing('latency'), limit: 'latency' },
    { name: 'certificate', run: printing('days'), limit: 'certificate' },
  ];
  writePolicy(work, { staging: { deploy: commandSite(work, 'staging', { observe: observed }) } });
  await deployed('staging');
  const look = () => observe(ports, ID, 'staging', { propose: true, actor: ACTOR });
  const measured = (latency: string, days: string) => {
    writeFileSync(`${work.home}/latency`, latency);
    writeFileSync(`${work.home}/days`, days);
  };
  measured('0.1 s', '30');
  expect(await look()).toMatchObject({ blocks: [], data: { event: null, change: null } });
  expect(looks(work)).toEqual([]);
  measured('n/a', '30');
  expect(await look()).toMatchObject({
    blocks: ['latency: what it printed first is no number'],
    data: { change: null },
  });

  measured('310 ms', '30');
  const breached = await look();
  expect(breached).toMatchObject({
    blocks: ['latency: 310 ms, and latency is at most 250 ms'],
    data: { change: 1 },
    next: expect.stringContaining('opened change 1'),
  });
  const opened = work.events(ID).find((event) => event.type === 'change-opened')!['body'] as Record<string, string>;
  expect(opened).toMatchObject({ because: breached.data.event, title: expect.stringContaining('310 ms') });
  expect(ports.deliveries.evidence(ID, breached.data.results[0]!.evidence!)).toContain('310 ms');
  expect(await look()).toMatchObject({ data: { change: 1 }, next: expect.stringContaining('change 1 is about it') });
  expect(looks(work)).toHaveLength(1);

  abandonChange(ports, ID, 'the network is rebuilt anyway', false, ACTOR);
  expect((await look()).data.change).toBe(1);
  measured('310 ms', '13 days');
  expect(work.json('observe', ID, 'staging', '--no-change')).toMatchObject({
    exit: 1,
    change: null,
    blocks: [
      'latency: 310 ms, and latency is at most 250 ms',
      'certificate: 13 days, and certificate is at least 14 days',
    ],
  });
  expect((await look()).data.change).toBe(2);
  measured('10 ms', '30');
  expect((await look()).data.event).not.toBeNull();
  expect(looks(work)).toHaveLength(3);
  expect(rules().filter((one) => one.startsWith('error'))).toEqual([]);
});
