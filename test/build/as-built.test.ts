import { expect, it } from 'vitest';
import { DESIGN, GENERATOR, HOSTS, REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { ID, reach } from '../helpers/zone-file.ts';

const section = (text: string, title: string) => text.split(`## ${title}\n`)[1]!.split(/^## /m)[0]!;

it('tells dependencies, deviations and changed requirements, and is the same when drawn again [R-RECORD-1] [R-DEP-1]', async () => {
  const work = project();
  // Asked for first, and then with another criterion.
  await reach(work, 'requirements', { requirements: REQUIREMENTS.replace('in order of name.', 'in any order.') });
  const design = DESIGN.replace('- Paths: zone/generate.mjs', '- Paths: zone/generate.mjs, ops/');
  const mcp = await connect(work);
  await mcp.put(ID, 'requirements', REQUIREMENTS);
  const decide = async (stage: string) => {
    const { data, blocks } = await mcp.call('submit', { delivery: ID, stage });
    expect(blocks).toEqual([]);
    work.types((data['digest'] as string).slice(0, 12));
  };
  await decide('requirements');
  const { data } = await mcp.call('probe', { delivery: ID, tools: ['node', 'git'] });
  const { feasibility } = await import('../../mcp-server/src/entry/demo/artifacts.ts');
  await mcp.put(ID, 'feasibility', feasibility(data['platform'] as string));
  await decide('feasibility');
  await mcp.put(ID, 'design', design);
  await decide('design');
  work.write('zone/hosts.json', HOSTS);
  work.write('zone/generate.mjs', GENERATOR);
  work.write('ops/Dockerfile', 'FROM node:20.1.0\nRUN apt-get install -y jq\n');
  work.write('ops/package.json', '{"dependencies":{"left-pad":"1.3.0"}}');
  for (const check of ['CHK-1', 'CHK-2', 'CHK-3']) await mcp.call('run_check', { delivery: ID, check });
  await mcp.call('deviation', {
    delivery: ID,
    component: 'CMP-2',
    designed: 'one file',
    delivered: 'and a Dockerfile',
    reason: 'the lab asked',
  });
  await decide('build');
  expect((await mcp.call('as_built', { delivery: ID })).blocks).toEqual([]);
  const text = work.read(`deliveries/${ID}/as-built.md`);
  const dependencies = section(text, 'Dependencies introduced');
  expect(dependencies).toContain('| image library/node | 20.1.0 | yes |'.replace('library/', ''));
  expect(dependencies).toContain('| package jq |');
  expect(dependencies).toMatch(
    /\| package left-pad \| 1\.3\.0 \| yes \| npm \| not said \| `ops\/package\.json:1` CMP-2 \| no \|/,
  );
  expect(section(text, 'Deviations')).toMatch(/DEV-1 .* the lab asked \| Ada Tester \(recorded\)/);
  const changed = section(text, 'Changed requirements');
  expect(changed).toMatch(/AC-1\.1|REQ-1/);
  expect(changed).toContain('in order of name.');
  expect(section(text, 'How to change this again')).toContain(`countersign run-check ${ID} CHK-3`);
  await mcp.call('as_built', { delivery: ID });
  expect(work.read(`deliveries/${ID}/as-built.md`)).toBe(text);
  await decide('as-built');
  await mcp.call('as_built', { delivery: ID });
  expect(work.read(`deliveries/${ID}/as-built.md`)).toBe(text);
});

it('keeps the record the same on a light track, where its own decision accepts the deviations', async () => {
  const work = project();
  work.write('countersign.yaml', 'countersign: policy/1\ntrack: light\n');
  const mcp = await connect(work);
  await reach(work, 'created');
  const { data } = await mcp.call('probe', { delivery: ID, tools: ['node', 'git'] });
  const { feasibility } = await import('../../mcp-server/src/entry/demo/artifacts.ts');
  await mcp.put(ID, 'feasibility', feasibility(data['platform'] as string));
  const decide = async (stage: string) => {
    const { data: submitted, blocks } = await mcp.call('submit', { delivery: ID, stage });
    expect(blocks).toEqual([]);
    work.types((submitted['digest'] as string).slice(0, 12));
  };
  await decide('design');
  work.write('zone/hosts.json', HOSTS);
  work.write('zone/generate.mjs', GENERATOR);
  for (const check of ['CHK-1', 'CHK-2', 'CHK-3']) await mcp.call('run_check', { delivery: ID, check });
  await mcp.call('deviation', { delivery: ID, designed: 'a', delivered: 'b', reason: 'c' });
  await mcp.call('as_built', { delivery: ID });
  const text = work.read(`deliveries/${ID}/as-built.md`);
  expect(section(text, 'Dependencies introduced')).toContain('None was found.');
  expect(section(text, 'Deviations')).toContain('the decision on this record');
  await decide('as-built');
  await mcp.call('as_built', { delivery: ID });
  expect(work.read(`deliveries/${ID}/as-built.md`)).toBe(text);
});
