import { expect, it } from 'vitest';
import { DESIGN, GENERATOR, HOSTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { gates, ID, openGate, portsOf, reach } from '../helpers/zone-file.ts';

const MANUAL = `### CHK-4: The list is that of the lab

- Criterion: AC-1.1
- Component: CMP-1
- Method: manual

Compare the list with the labels in the rack.

## Rollback`;

/** Built and verified but for one check that a person has to do. */
async function built(policy = ''): Promise<Project> {
  const work = project();
  work.write('countersign.yaml', `countersign: policy/1\n${policy}`);
  await reach(work, 'design', { design: DESIGN.replace('## Rollback', MANUAL) });
  work.write('zone/hosts.json', HOSTS);
  work.write('zone/generate.mjs', GENERATOR);
  for (const check of ['CHK-1', 'CHK-2', 'CHK-3']) expect(work.cli('run-check', ID, check).exit).toBe(0);
  return work;
}

const ask = (work: Project) => work.json('run-check', ID, 'CHK-4') as { exit: number; digest?: string; said: string };
const short = (digest: string | undefined) => digest!.slice(0, 12);

it('asks a person whether a manual check holds, and takes a no for a failure [R-BUILD-8]', async () => {
  const work = await built();
  const asked = ask(work);
  expect(asked).toMatchObject({ exit: 0, digest: expect.stringMatching(/^[0-9a-f]{64}$/) });
  expect(ask(work).digest).toBe(asked.digest);
  const shown = work.cli('review', ID, 'check:CHK-4').out;
  expect(shown).toContain('Compare the list with the labels in the rack.');
  expect(shown).toMatch(/zone\/hosts\.json [0-9a-f]{64}/);
  expect(work.cli('status', '--mine').out).toContain('check:CHK-4 waits for a decision');
  work.types(`reject ${short(asked.digest)} beta is not there any more`);
  const blocked = work.json('submit', ID, 'build') as unknown as { blocks: string[] };
  expect(blocked.blocks).toContain('CHK-4 does not hold, says a person');
  // Asked again, and looked at again.
  const again = ask(work);
  expect(again.digest).not.toBe(asked.digest);
  expect(work.types(short(again.digest))).toContain('Approved');
  expect(ask(work).said).toBe('CHK-4 is confirmed by Ada Tester (level recorded).');
  const mcp = await connect(work);
  expect((await mcp.call('submit', { delivery: ID, stage: 'build' })).blocks).toEqual([]);
  expect(work.cli('review', ID, 'build').out).toContain('CHK-4: manual: confirmed by Ada Tester (level recorded)');
  openGate(portsOf(work), ID, 'build');
  await mcp.call('as_built', { delivery: ID });
  expect(work.read(`deliveries/${ID}/as-built.md`)).toContain(
    '| AC-1.1 | CHK-4 | manual, confirmed by Ada Tester (level recorded) |',
  );
  expect(work.cli('verify').exit).toBe(0);
});

it('asks anew when the files move, and stays with the Build approval where nobody was asked [R-BUILD-8]', async () => {
  const work = await built();
  work.types(short(ask(work).digest));
  work.write('zone/hosts.json', `${HOSTS}\n`);
  work.cli('run-check', ID, 'CHK-1');
  expect(ask(work).said).toContain('Submitted check:CHK-4');
  for (const check of ['CHK-2', 'CHK-3']) work.cli('run-check', ID, check);
  openGate(portsOf(work), ID, 'build');
  expect(work.cli('review', ID, 'build').out).toContain('CHK-4: manual: confirmed with this decision, look at it');
  // A confirmation that comes later changes nothing about what was approved.
  work.types(short(ask(work).digest));
  expect(gates(work)['build']).toBe('open');
});

it('has each check confirmed by itself, as strictly as Build, where policy says so [R-BUILD-8]', async () => {
  const work = await built('checks:\n  confirm: each\ngates:\n  build:\n    level: hosted\n');
  const blocks = () => (work.json('submit', ID, 'build') as unknown as { blocks: string[] }).blocks;
  expect(blocks()).toEqual(['CHK-4 is to be confirmed by a person: nobody was asked']);
  const { digest } = ask(work);
  expect(blocks()).toEqual(["CHK-4 is to be confirmed by a person: it waits for a person's decision"]);
  work.types(short(digest));
  expect(blocks().join()).toMatch(/^CHK-4 is to be confirmed by a person: .*hosted/);
  work.write('countersign.yaml', 'countersign: policy/1\nchecks:\n  confirm: each\n');
  expect(blocks().join()).toMatch(/^CHK-4 is to be confirmed/);
  work.write('zone/hosts.json', `${HOSTS}\n`);
  for (const check of ['CHK-1', 'CHK-2', 'CHK-3']) work.cli('run-check', ID, check);
  work.types(short(ask(work).digest));
  expect(blocks()).toEqual([]);
});
