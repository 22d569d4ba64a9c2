import { existsSync, mkdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DESIGN } from '../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';
import { ID, reach } from './helpers/zone-file.ts';

const IDS = [
  '../x',
  '../../etc',
  '/etc',
  'a/../../b',
  'a/b',
  '.',
  '..',
  '',
  'A',
  'x\0y',
  '%2e%2e%2fx',
  '..\\x',
  'C:\\x',
  '~',
  'a'.repeat(65),
  'ünï',
  '-x',
  '__proto__',
];
const ARTIFACTS = [
  '../../../etc/passwd',
  '/etc/passwd',
  'requirements.md/../../x',
  'ledger/x.json',
  'requirements.md\0',
  '%2e%2e',
  'history.md',
  '__proto__',
  '',
];

/** A folder beside the project with a file nobody may read or change through it. */
function outside(work: Project): string {
  const folder = join(dirname(work.root), 'outside');
  mkdirSync(folder);
  writeFileSync(join(folder, 'secret.md'), 'do not read');
  return folder;
}

describe('names that would lead somewhere else', () => {
  it('are refused as a delivery by every MCP tool, with a sentence and no trace', async () => {
    const work = project();
    const mcp = await connect(work);
    // extract takes a path first; that one has a test of its own.
    const tools = (await mcp.client.listTools()).tools.filter((tool) => tool.name !== 'extract');
    const rest = {
      artifact: 'requirements',
      base: 'new',
      text: 'x',
      stage: 'design',
      need: 'CAP-1',
      status: 'resolved',
      fact: 'x',
      by: 'Ada',
      check: 'CHK-1',
      designed: 'x',
      delivered: 'x',
      reason: 'x',
      title: 'x',
    };
    for (const tool of tools)
      for (const id of IDS) {
        const key = tool.name === 'delivery_new' ? 'id' : 'delivery';
        const properties = Object.keys(tool.inputSchema.properties ?? {});
        const input = Object.fromEntries(
          Object.entries({ ...rest, [key]: id }).filter(([name]) => properties.includes(name)),
        );
        const { error } = await mcp.call(tool.name, input);
        expect(error, `${tool.name} ${id}`).toMatch(/cannot be a delivery's id|there is no delivery/);
        expect(error).not.toContain('    at ');
      }
    expect(existsSync(work.path('deliveries'))).toBe(false);
  });

  it('are refused as an artifact by the tools', async () => {
    const work = project();
    await reach(work, 'created');
    const mcp = await connect(work);
    for (const artifact of ARTIFACTS) {
      const read = await mcp.call('artifact_read', { delivery: ID, artifact });
      const written = await mcp.call('artifact_write', { delivery: ID, artifact, base: 'new', text: 'x' });
      expect(read.error, artifact).toContain('there is no artifact');
      expect(written.error, artifact).toContain('there is no artifact');
    }
    for (const uri of [
      'countersign://../x',
      `countersign://${ID}/../../x`,
      `countersign://${ID}/%2e%2e`,
      'file:///etc/passwd',
    ])
      await expect(mcp.client.readResource({ uri }), uri).rejects.toThrow();
  });

  it('are refused by the command line with exit code 2', () => {
    const work = project();
    for (const id of ['../x', '/etc', 'a/../../b', '.', '..\\x', '%2e%2e%2fx', '__proto__'])
      for (const args of [
        ['new', id],
        ['submit', id, 'design'],
      ]) {
        const { exit, err } = work.cli(...args);
        expect({ exit, args }).toEqual({ exit: 2, args });
        expect(err).not.toContain('    at ');
      }
    expect(work.cli('new', 'ok', '--template', '../../../etc')).toMatchObject({ exit: 2 });
    expect(existsSync(work.path('deliveries/ok'))).toBe(false);
  });

  it('are refused in a typed approval', async () => {
    const work = project();
    await reach(work, 'created');
    for (const id of ['../x', '/etc', '__proto__'])
      expect(work.types(`${id} 0123456789ab`)).toMatch(/^Nothing was decided\./);
  });
});

describe('links that lead out of the project', () => {
  it('are refused where the deliveries folder is one', async () => {
    const work = project();
    const folder = outside(work);
    symlinkSync(folder, work.path('deliveries'));
    const { exit, err } = work.cli('new', 'x');
    expect(exit).toBe(2);
    expect(err).toContain('leads out of the project by a link');
    expect(existsSync(join(folder, 'x'))).toBe(false);
    expect(existsSync(join(folder, '.gitattributes'))).toBe(false);
  });

  it('are refused where they lead to nothing yet', () => {
    const work = project();
    mkdirSync(work.path('deliveries'));
    symlinkSync(join(dirname(work.root), 'not-there'), work.path('deliveries/x'));
    expect(work.cli('new', 'x')).toMatchObject({ exit: 2 });
    expect(existsSync(join(dirname(work.root), 'not-there'))).toBe(false);
  });

  it('are refused where a delivery, its ledger or an artifact is one, for reading and writing', async () => {
    for (const part of [ID, `${ID}/ledger`, `${ID}/requirements.md`]) {
      const work = project();
      await reach(work, 'created');
      const folder = outside(work);
      const away = join(folder, 'taken');
      renameSync(work.path('deliveries', part), away);
      symlinkSync(away, work.path('deliveries', part));
      const mcp = await connect(work);
      const read = await mcp.call('artifact_read', { delivery: ID, artifact: 'requirements.md' });
      expect(read.error, part).toContain('leads out of the project by a link');
      const submitted = await mcp.call('submit', { delivery: ID, stage: 'requirements' });
      expect(submitted.error, part).toContain('leads out of the project by a link');
    }
  });

  it('are never written through: a link in place of a policy is refused, not taken for no policy', () => {
    const work = project();
    symlinkSync(join(outside(work), 'secret.md'), work.path('countersign.yaml'));
    const { exit, err } = work.cli('new', 'x');
    expect(exit).toBe(2);
    expect(err).toContain('leads out of the project by a link');
  });
});

describe('component paths', () => {
  const at = (path: string) => DESIGN.replace('- Paths: zone/generate.mjs', `- Paths: ${path}`);

  it.each(['../outside/secret.md', '/etc/passwd', 'zone/../../outside/', 'deliveries/zone-file/', '.git/config'])(
    '%s is a finding with its line, and nothing there is read',
    async (path) => {
      const work = project();
      outside(work);
      const line = DESIGN.split('\n').indexOf('- Paths: zone/generate.mjs') + 1;
      await reach(work, 'feasibility', { design: at(path) });
      const { exit, findings } = work.json('validate', ID) as unknown as {
        exit: number;
        findings: { rule: string; line: number }[];
      };
      expect(exit).toBe(1);
      expect(findings.filter((one) => one.rule === 'component-path')).toMatchObject([{ line }]);
      expect(work.cli('submit', ID, 'design').exit).toBe(1);
    },
  );

  it('behind a link out of the project are nothing, and the delivery stays readable', async () => {
    const work = project();
    symlinkSync(outside(work), work.path('away'));
    await reach(work, 'design', { design: at('away/secret.md') });
    expect(work.cli('status').exit).toBe(0);
    work.write('zone/hosts.json', '[]');
    const { blocks } = work.json('submit', ID, 'build') as unknown as { blocks: string[] };
    expect(blocks).toContain('CMP-2: nothing at away/secret.md');
  });
});

it('a shim is never written over another program', () => {
  const work = project();
  work.write('bin/countersign', 'something else');
  expect(work.cli('init', '--shim', 'bin/countersign')).toMatchObject({ exit: 2 });
  expect(readFileSync(work.path('bin/countersign'), 'utf8')).toBe('something else');
});
