import { expect, it } from 'vitest';
import { DESIGN, GENERATOR, HOSTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { ID, reach } from '../helpers/zone-file.ts';

interface View {
  id: string;
  component: string;
  state: string;
  step: number;
  context?: string;
}
const states = (work: Project) =>
  Object.fromEntries((work.json('tasks', ID)['tasks'] as View[]).map((one) => [one.id, one.state]));

it('gives the builder of one component what it needs and no more [R-BUILD-5]', async () => {
  const work = project();
  await reach(work, 'design');
  work.write('zone/hosts.json', HOSTS);
  work.cli('run-check', ID, 'CHK-1');
  const mcp = await connect(work);
  const { data } = await mcp.call('tasks', { delivery: ID, start: 'TSK-2.1' });
  const [task] = data['tasks'] as View[];
  expect(task).toMatchObject({ component: 'CMP-2', state: 'started', step: 2 });
  for (const part of [
    '### CMP-2: Generator',
    '### REQ-2:',
    '### CHK-2:',
    '### CHK-3:',
    '## Bindings',
    '## Interfaces',
    'it depends on CMP-1 Host list: zone/hosts.json',
  ])
    expect(task!.context).toContain(part);
  for (const part of ['### CMP-1:', '### CHK-1:', '## Rollback', '### DEC-1'])
    expect(task!.context).not.toContain(part);
});

it('keeps verified tasks that a redesign does not touch, and opens the others again [R-BUILD-6]', async () => {
  const work = project();
  const third =
    '### CMP-3: Page\n\n- Kind: page\n- Action: build\n- Depends on: none\n- Realises: REQ-1\n- Paths: zone/page.txt\n\n## Interfaces';
  const checked =
    '### CHK-4: The page names the lab\n\n- Criterion: AC-1.1\n- Component: CMP-3\n- Method: command\n\n```sh\ngrep -q lab zone/page.txt\n```\n\n## Rollback';
  const design = DESIGN.replace('## Interfaces', third).replace('## Rollback', checked);
  await reach(work, 'design', { design });
  work.write('zone/hosts.json', HOSTS);
  work.write('zone/page.txt', 'the lab\n');
  for (const check of ['CHK-1', 'CHK-4']) expect(work.cli('run-check', ID, check).exit).toBe(0);
  const half = states(work);
  expect(half).toMatchObject({ 'TSK-1.2': 'verified', 'TSK-3.2': 'verified', 'TSK-2.1': 'ready' });
  const mcp = await connect(work);
  // Half of the tasks are done, and CHK-4 turns out to be too weak.
  await mcp.put(ID, 'design', design.replace('grep -q lab zone/page.txt', 'grep -qx "the lab" zone/page.txt'));
  expect(work.cli('tasks', ID).exit).toBe(1);
  const { data, blocks } = await mcp.call('submit', { delivery: ID, stage: 'design' });
  expect(blocks).toEqual([]);
  work.types((data['digest'] as string).slice(0, 12));
  expect(states(work)).toMatchObject({
    'TSK-1.1': 'verified',
    'TSK-1.2': 'verified',
    'TSK-2.1': 'ready',
    'TSK-3.1': 'ready',
  });
  const rerun = work.events(ID).filter((event) => event.type === 'checked').length;
  work.write('zone/generate.mjs', GENERATOR);
  for (const check of ['CHK-2', 'CHK-3', 'CHK-4']) expect(work.cli('run-check', ID, check).exit).toBe(0);
  expect(new Set(Object.values(states(work)))).toEqual(new Set(['verified']));
  // CHK-1 was not run again.
  expect(work.events(ID).filter((event) => event.type === 'checked').length).toBe(rerun + 3);
});
