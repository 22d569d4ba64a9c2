import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import { readRequirements } from '../../mcp-server/src/domain/artifact/requirements.ts';
import type { Finding } from '../../mcp-server/src/domain/finding.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { playbook } from './playbook.ts';

function adopted(files: Record<string, string> = { 'net/site.yml': playbook }, ...args: string[]): Project {
  const work = project();
  for (const [path, text] of Object.entries(files)) work.write(path, text);
  work.git('add', '.');
  work.git('commit', '--quiet', '-m', 'what runs');
  const { exit, err } = work.cli('extract', '.', '--out', 'nets', ...args);
  // A slow machine is told how far the reading is.
  expect([exit, err.replace(/^reading: .*\n/gm, '')]).toEqual([0, '']);
  return work;
}

const errors = (work: Project) =>
  (work.json('validate', 'nets')['findings'] as Finding[]).filter(({ severity }) => severity === 'error');

describe('a draft from what runs', () => {
  it('is read without an error, adopts every component, and cites every claim', () => {
    const work = adopted();
    expect(errors(work)).toEqual([]);
    const requirements = readRequirements(work.read('deliveries/nets/requirements.md'));
    const design = readDesign(work.read('deliveries/nets/design.md'));
    expect(requirements.requirements[0]?.statements[0]?.text).toContain('SHALL');
    expect(requirements.questions.every(({ answer }) => answer === '')).toBe(true);
    expect(design.components.map(({ action, paths }) => [action, paths])).toEqual([['adopt', ['net/site.yml']]]);
    expect(design.bindings.map(({ role, system }) => [role, system])).toEqual(
      expect.arrayContaining(
        [
          ['Address management', 'infoblox'],
          ['Network devices', 'cisco ios'],
        ].map(([role, system]) => [role, expect.stringContaining(system!.split(' ')[0]!)]),
      ),
    );
    const inferred = work
      .read('deliveries/nets/requirements.md')
      .split('\n')
      .filter((line) => line.includes('(inferred: '));
    expect(inferred.filter((line) => !/`net\/site\.yml:\d+`/.test(line))).toEqual([]);
  });

  it('takes a folder of manifests as one component and compares every file of it with the commit', () => {
    const files: Record<string, string> = {};
    for (let n = 100; n < 190; n++)
      files[`net/m${n}.yml`] = `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${n}\n`;
    const work = adopted(files);
    const design = work.read('deliveries/nets/design.md');
    const compared = design.match(/^git diff --exit-code .*$/gm)!;
    expect(compared).toHaveLength(3);
    expect(new Set(compared.join(' ').match(/net\/m\d+\.yml/g)).size).toBe(90);
  });

  it('names no commit where the files that were read are not those of the commit', () => {
    const work = adopted();
    work.write('net/site.yml', playbook.replace('Read it back', 'Look at it'));
    expect(work.cli('extract', '.', '--out', 'edited').exit).toBe(0);
    const design = work.read('deliveries/edited/design.md');
    expect(design).toContain('no commit holds them all');
    expect(design).not.toContain('git diff --exit-code');
    expect(work.read('deliveries/nets/design.md')).toContain('git diff --exit-code');
  });

  it('refuses a claim that nothing shows', () => {
    const work = adopted();
    const path = 'deliveries/nets/requirements.md';
    work.write(
      path,
      work
        .read(path)
        .replace(
          '## Risks',
          '### REQ-9: More\n\nThe tool SHALL mail. `net/site.yml:999`\n\n- **AC-9.1** It does.\n\n## Risks',
        ),
    );
    expect(errors(work).map(({ rule }) => rule)).toContain('extracted-claim');
  });

  it('is written for a group that a person chose where there is much', () => {
    const files: Record<string, string> = {};
    for (let n = 0; n < 10; n++) files[`case${n}/site.yml`] = playbook;
    const work = project();
    for (const [path, text] of Object.entries(files)) work.write(path, text);
    const refused = work.json('extract', '.', '--out', 'nets');
    expect([refused.exit, (refused['groups'] as unknown[]).length]).toEqual([1, 10]);
    expect(readdirSync(work.root)).not.toContain('deliveries');
    expect(work.cli('extract', '.', '--out', 'nets', '--group', 'case3').exit).toBe(0);
    expect(readDesign(work.read('deliveries/nets/design.md')).components.flatMap(({ paths }) => paths)).toEqual([
      'case3/site.yml',
    ]);
    expect(errors(work)).toEqual([]);
  });

  it('takes names that are full of Markdown for names', () => {
    const odd = 'a `b` | c (inferred: x) REQ-7 <b> SHALL SHALL. Answer: yes\\n# no heading';
    const work = adopted({
      'site.yml': `- hosts: all\n  tasks:\n    - name: "${odd}"\n      ansible.builtin.command: /bin/x\n`,
    });
    expect(errors(work)).toEqual([]);
  });
});

describe('the same tree later', () => {
  it('shows what moved by id, and fails on new gaps alone', () => {
    const work = adopted();
    const compare = (...args: string[]) => work.json('extract', '.', '--compare', 'nets', ...args);
    const facts = (one: Record<string, unknown>) => one['facts'] as Record<string, { id: string }[] & number>;
    expect(compare('--fail-on', 'warning')).toMatchObject({
      exit: 0,
      facts: { added: [], removed: [], changed: [], moved: 0 },
    });
    work.write(
      'net/site.yml',
      `# a comment\n${playbook}    - name: Mail it\n      ansible.builtin.mail:\n        to: x\n`,
    );
    const later = compare();
    expect(facts(later)['added']?.map(({ id }) => id)).toContain('ansible/task/net/Mail it');
    expect(facts(later)['removed']).toEqual([]);
    expect(facts(later)['moved']).toBeGreaterThan(3);
    work.write('net/site.yml', playbook.replace('  tasks:', '  vars:\n    db_password: hunter2-of-them\n  tasks:'));
    expect(compare('--fail-on', 'warning').exit).toBe(1);
  });

  it('takes a gap that holds for less for the known one, and fails on one that holds for more', () => {
    const task = (name: string) => `    - name: ${name}\n      ansible.builtin.mail:\n        to: x\n`;
    const work = adopted({ 'net/site.yml': `${playbook}${task('Mail it')}${task('Mail them')}` });
    const compare = () => work.json('extract', '.', '--compare', 'nets', '--fail-on', 'warning');
    work.write('net/site.yml', `# less\n${playbook}${task('Mail them')}`);
    expect(compare()).toMatchObject({ exit: 0, gaps: { added: [], grown: [] } });
    work.write('net/site.yml', `${playbook}${task('Mail it')}${task('Mail others')}`);
    const more = compare();
    expect(more.exit).toBe(1);
    expect((more['gaps'] as { grown: { rule: string }[] }).grown.map(({ rule }) => rule)).toContain('no-rollback');
  });
});

describe('rebind', () => {
  it('says what has to be done to which component and drafts the design, requirements untouched', () => {
    const work = adopted();
    const before = work.read('deliveries/nets/requirements.md');
    const found = work.json('rebind', 'nets', 'Address management', 'netbox');
    expect(found).toMatchObject({ exit: 0, role: 'Address management', bound: false });
    expect(found['touched']).toMatchObject([{ component: 'CMP-1', effort: 'rewrite' }]);
    const design = readDesign(String(found['design']));
    expect(design.bindings.map(({ system }) => system)).toContain('netbox');
    expect(design.bindings.map(({ system }) => system)).not.toContain('infoblox');
    expect(design.components[0]?.action).toBe('build');
    for (const point of ['Data migration', 'Parallel run', 'Cutover', 'Rollback'])
      expect(found['design']).toContain(`**${point}**`);
    expect(work.read('deliveries/nets/requirements.md')).toBe(before);
  });

  it('shows every delivery with its order and progress', () => {
    const work = adopted();
    const table = work.json('rebind', '--all', 'infoblox', 'netbox');
    expect(table['rows']).toMatchObject([{ order: 1, delivery: 'nets', progress: 'to do' }]);
    work.write(
      'net/site.yml',
      playbook.replaceAll('infoblox.nios_modules.nios_network', 'netbox.netbox.netbox_prefix'),
    );
    work.write('deliveries/nets/design.md', String(work.json('rebind', 'nets', 'infoblox', 'netbox')['design']));
    expect(work.json('rebind', '--all', 'infoblox', 'netbox')['rows']).toMatchObject([{ progress: 'done' }]);
  });
});

describe('the extract tool', () => {
  it('answers with a view and a file that holds everything, inside the project only', async () => {
    const work = project();
    work.write('net/site.yml', playbook);
    const mcp = await connect(work);
    const seen = await mcp.call('extract', { path: 'net', view: 'story' });
    const { file, view } = seen.data as {
      file: string;
      view: { stories: { steps: { at: string; ifItFails: string }[] }[] };
    };
    expect(view.stories[0]?.steps.map(({ at }) => at)).toEqual(['site.yml:4', 'site.yml:8', 'site.yml:11']);
    expect(JSON.parse(readFileSync(file, 'utf8')).schema).toBe('countersign/extract@1');
    expect(work.git('status', '--short')).toBe('?? net/\n');
    expect((await mcp.call('extract', { path: '..' })).error).toContain('climbs out');
    const drafted = await mcp.call('extract', { path: 'net', delivery: 'nets' });
    expect(drafted.said).toContain('Drafted nets');
    expect(errors(work)).toEqual([]);
    expect((await mcp.call('extract', { path: 'net', delivery: 'nets' })).said).toContain('0 facts differ');
  });
});

describe('the view rebind of the extract tool', () => {
  it('answers for all deliveries in order, for one with the drafted design, and asks for two names', async () => {
    const work = adopted();
    const mcp = await connect(work);
    const ask = (more: object) =>
      mcp.call('extract', { path: '.', view: 'rebind', ids: ['infoblox', 'netbox'], ...more });
    const all = await ask({});
    expect(all.said).toContain('1 delivery is tied');
    expect(all.data['view']).toMatchObject({ rows: [{ order: 1, delivery: 'nets', progress: 'to do' }] });
    const one = await ask({ delivery: 'nets' });
    const { design, touched } = one.data['view'] as { design: string; touched: object[] };
    expect(touched).toMatchObject([{ component: 'CMP-1', effort: 'rewrite' }]);
    expect(readDesign(design).bindings.map(({ system }) => system)).toContain('netbox');
    expect(design).toContain('**Cutover**');
    expect((await ask({ ids: ['infoblox'] })).error).toContain('takes two ids');
    expect((await ask({ delivery: 'nowhere' })).error).toContain('nowhere');
  });
});
