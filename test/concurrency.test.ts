import { expect, it } from 'vitest';
import { DESIGN, HOSTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';
import { ID, reach } from './helpers/zone-file.ts';

/** CHK-1 as a command that costs nothing, so that many processes can run it. */
const QUICK = DESIGN.replace(/node -e "const l[^\n]*/, 'grep -c name zone/hosts.json').replace(
  'stdout contains 2 hosts',
  'stdout contains 2',
);

async function ready(): Promise<Project> {
  const work = project();
  await reach(work, 'design', { design: QUICK });
  work.write('zone/hosts.json', HOSTS);
  return work;
}

const ofType = (work: Project, type: string) => work.events(ID).filter((event) => event.type === type);

it('loses no event when twenty processes append at once, and the ledger verifies', async () => {
  const work = await ready();
  const runs = Array.from({ length: 20 }, () => work.start('run-check', ID, 'CHK-1').done);
  for (const run of await Promise.all(runs)) expect(run, run.out).toMatchObject({ exit: 0, err: '' });
  expect(ofType(work, 'checked')).toHaveLength(20);
  expect(work.cli('verify')).toMatchObject({ exit: 0, err: '' });
  const heads = work
    .events(ID)
    .filter((one) => !work.events(ID).some((other) => other.parents.includes(one.name.slice(0, 64))));
  expect(heads).toHaveLength(1);
});

it('serves two servers and a command line at once', async () => {
  const work = await ready();
  const [one, two] = [await connect(work), await connect(work)];
  const state = (session: typeof one, at: number) =>
    session.call('state_fact', {
      delivery: ID,
      need: 'CAP-1',
      status: 'resolved',
      fact: `fact ${at}`,
      by: 'Ada Tester',
    });
  const numbers = Array.from({ length: 10 }, (_, at) => at);
  const cli = work.start('run-check', ID, 'CHK-1').done;
  const answers = await Promise.all(numbers.flatMap((at) => [state(one, at), state(two, at)]));
  expect(answers.filter((answer) => answer.error !== undefined)).toEqual([]);
  expect(await cli).toMatchObject({ exit: 0, err: '' });
  expect(ofType(work, 'stated')).toHaveLength(20);
  expect(ofType(work, 'checked')).toHaveLength(1);
  expect(work.cli('verify').exit).toBe(0);
});

it('never calls a ledger broken or rewound while others append to it', async () => {
  const work = await ready();
  const mcp = await connect(work);
  let going = true;
  const writing = (async () => {
    for (let at = 0; going; at++)
      await mcp.call('state_fact', {
        delivery: ID,
        need: 'CAP-1',
        status: 'resolved',
        fact: `${at}`,
        by: 'Ada Tester',
      });
  })();
  const reader = await connect(work);
  for (let at = 0; at < 60; at++) {
    const answer = await reader.call('delivery_status', { delivery: ID });
    expect([answer.error, ...answer.blocks, answer.next].join()).not.toMatch(
      /rewound|hold together|bring the missing|ENOENT/,
    );
  }
  going = false;
  await writing;
});

it('starts a delivery once when two processes start it at the same time', async () => {
  const work = project();
  const runs = await Promise.all(Array.from({ length: 6 }, () => work.start('new', 'same').done));
  expect(runs.map((run) => run.exit).sort()).toEqual([0, 2, 2, 2, 2, 2]);
  expect(runs.find((run) => run.exit === 2)?.err).toContain('there is already a delivery same');
  expect(work.events('same')).toHaveLength(1);
});

it('gives one digest when the same content is submitted by several processes at once', async () => {
  const work = project();
  await reach(work, 'created');
  const runs = await Promise.all(
    Array.from({ length: 5 }, () => work.start('submit', ID, 'requirements', '--json').done),
  );
  expect(new Set(runs.map((run) => (JSON.parse(run.out) as { digest: string }).digest)).size).toBe(1);
  expect(ofType(work, 'submitted')).toHaveLength(1);
});
