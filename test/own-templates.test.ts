import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Project, project } from './helpers/project.ts';
import { connect } from './helpers/session.ts';

const SHIPPED = join(import.meta.dirname, '..', 'templates');

function template(work: Project, name: string, files: Record<string, string>): void {
  const folder = join(work.root, 'templates', name);
  mkdirSync(folder, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
}

const facts = (title: string) => `countersign: template/1\ntitle: ${title}\nsummary: What ${title} is for\n`;
const draft = (text: string) =>
  `---\ncountersign: requirements/1\ntitle: x\nowner: Unassigned\n---\n\n## Problem\n\n${text}\n`;
const listed = (work: Project, ...words: string[]) =>
  work.json('new', '--list', ...words) as unknown as {
    templates: { name: string; from: string; title: string; problem?: string }[];
  };

describe('templates of a repository', () => {
  it('stand before shipped ones of the same name, in the list and in what a delivery starts from', () => {
    const work = project();
    template(work, 'vlan-provisioning', { 'template.yaml': facts('Ours'), 'requirements.md': draft('Our own VLANs.') });
    const named = listed(work).templates.filter((one) => one.name === 'vlan-provisioning');
    expect(named).toMatchObject([{ from: 'project', title: 'Ours' }]);
    expect(listed(work).templates[0]).toMatchObject({ name: 'vlan-provisioning' });
    expect(work.cli('new', 'a', '--template', 'vlan-provisioning').exit).toBe(0);
    expect(work.read('deliveries/a/requirements.md')).toContain('Our own VLANs.');
    expect(work.cli('new', '--list', 'vlan-provisioning').out).toContain('Ours (vlan-provisioning)');
    expect(work.cli('new', 'b', '--template', 'container-service').exit).toBe(0);
  });

  it('are told from other programs’ folders, and a broken one is listed with what is wrong and starts nothing', () => {
    const work = project();
    template(work, 'chart', { 'template.yaml': 'kind: Deployment\n' });
    template(work, 'deployment', { 'readme.md': 'x' });
    template(work, 'half', { 'template.yaml': facts('Half') });
    template(work, 'wrong', {
      'template.yaml': 'countersign: template/1\ntitle: x\nsumary: y\n',
      'requirements.md': '',
    });
    const own = listed(work).templates.filter((one) => one.from === 'project');
    expect(own.map(({ name, problem }) => [name, problem])).toEqual([
      ['half', 'it has no requirements.md'],
      ['wrong', expect.stringContaining('template.yaml: ')],
    ]);
    const { exit, err } = work.cli('new', 'a', '--template', 'wrong');
    expect([exit, err]).toEqual([2, expect.stringContaining('template wrong: template.yaml')]);
    expect(work.cli('status').out).not.toContain('a ');
  });

  it('are not read through a link that leaves the repository', () => {
    const work = project();
    const outside = join(dirname(work.root), 'outside');
    mkdirSync(outside);
    writeFileSync(join(outside, 'template.yaml'), facts('Outside'));
    writeFileSync(join(outside, 'requirements.md'), draft('Outside.'));
    mkdirSync(join(work.root, 'templates'));
    symlinkSync(outside, join(work.root, 'templates', 'linked'));
    expect(listed(work).templates.filter((one) => one.from === 'project')).toEqual([]);
    expect(work.cli('new', 'a', '--template', 'linked').exit).toBe(2);
  });
});

describe('answers', () => {
  it('that do not fit start no delivery and say where', () => {
    const work = project();
    work.write('answers.yaml', 'countersign: answers/1\ntitle: x\nowner: y\nanswers: { Q-99: z }\n');
    const { exit, err } = work.cli('new', 'a', '--template', 'vlan-provisioning', '--answers', 'answers.yaml');
    expect([exit, err]).toEqual([2, expect.stringContaining('Q-99: there is no such question')]);
    expect(work.cli('new', 'a', '--answers', 'answers.yaml').err).toContain('--answers needs --template');
    expect(work.cli('new', 'a', '--template', 'vlan-provisioning').exit).toBe(0);
  });

  it('name title and owner of the delivery, unless the command does', () => {
    const work = project();
    const file = join(SHIPPED, 'vlan-provisioning', 'answers.yaml');
    expect(work.cli('new', 'a', '--template', 'vlan-provisioning', '--answers', file).exit).toBe(0);
    expect(work.read('deliveries/a/requirements.md')).toMatch(/^title: "VLAN for .*\nowner: "Noor Castellane"$/m);
    work.cli('new', 'b', '--template', 'vlan-provisioning', '--answers', file, '--title', 'Another');
    expect(work.read('deliveries/b/requirements.md')).toContain('title: "Another"');
  });
});

describe('the list of templates', () => {
  it('fits 80 columns, by group, and a word narrows it', () => {
    const work = project();
    const { out } = work.cliWith({ COLUMNS: '80' }, 'new', '--list');
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(out).toMatch(/^Networking\n {2}\S/m);
    const names = listed(work, 'vlan').templates.map((one) => one.name);
    expect(names).toContain('vlan-provisioning');
    expect(names).not.toContain('container-service');
  });

  it('is names with one line each for the client, and starts nothing', async () => {
    const work = project();
    const { client } = await connect(work);
    const answer = await client.callTool({ name: 'delivery_new', arguments: { id: 'a', title: 'x', template: '?' } });
    const { data } = answer.structuredContent as { data: { templates: string[] } };
    expect(data.templates.find((line) => line.startsWith('vlan-provisioning: '))).toBeDefined();
    expect(JSON.stringify(answer).length).toBeLessThan(9000);
    expect(work.json('status')).toMatchObject({ deliveries: [] });
  });
});

it('shows the questions of a template with what they decide and how the example answers', () => {
  const { out } = project().cliWith({ COLUMNS: '80' }, 'new', '--list', 'vlan-provisioning');
  expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  const first = /### Q-1: (.{20})/.exec(
    readFileSync(join(SHIPPED, 'vlan-provisioning', 'requirements.md'), 'utf8'),
  )![1]!;
  expect(out).toContain(`Q-1   ${first}`);
  expect(out).toMatch(/Example: .*\n(?:.*\n)*? +Decides: /);
});
