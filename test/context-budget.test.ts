import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '..');

/** Characters that every session pays for, used or not. */
const DESCRIPTIONS = 2000;
/** Characters of one command, agent or skill, paid when it is used. */
const BODY = 6000;

/** Server `countersign` of plugin `countersign`, as the client names its tools. */
const PREFIX = 'mcp__plugin_countersign_countersign__';

interface Text {
  path: string;
  name: string;
  front: Record<string, unknown>;
  body: string;
}

function read(path: string, name: string): Text {
  const [, yaml, body] = /^---\n(.*?)\n---\n(.*)$/s.exec(readFileSync(join(ROOT, path), 'utf8'))!;
  return { path, name, front: parse(yaml!) as Record<string, unknown>, body: body! };
}

const markdown = (folder: string) =>
  readdirSync(join(ROOT, folder))
    .sort()
    .map((file) => read(`${folder}/${file}`, file.replace(/\.md$/, '')));

const commands = markdown('commands');
const agents = markdown('agents');
const skills = readdirSync(join(ROOT, 'skills')).map((name) => read(`skills/${name}/SKILL.md`, name));
const all = [...commands, ...agents, ...skills];

const list = (value: unknown) => (typeof value === 'string' ? value.split(',').map((one) => one.trim()) : []);
const countersign = (tools: string[]) =>
  tools.flatMap((tool) => (tool.startsWith(PREFIX) ? [tool.slice(PREFIX.length)] : []));

describe('what the plugin puts into a context', () => {
  it('has descriptions of at most 2,000 characters together', () => {
    const total = all.reduce((sum, one) => sum + String(one.front['description']).length, 0);
    expect(total).toBeLessThanOrEqual(DESCRIPTIONS);
  });

  it.each(all.map((one) => [one.path, one] as const))('%s is short, described, and named after its file', (_, one) => {
    expect(one.body.length).toBeLessThanOrEqual(BODY);
    expect(one.front['name']).toBe(one.name);
    expect(String(one.front['description']).length).toBeGreaterThan(20);
  });
});

describe('commands', () => {
  const stages = commands.filter((one) => one.name !== 'approve');

  it.each(stages.map((one) => [one.name, one] as const))('/%s ends with the lines a person can type', (_, one) => {
    const end = one.body.slice(one.body.indexOf('## End'));
    expect(end).toContain('\n    /approve <digest>\n    /approve reject <digest> <reason>\n');
    expect(end).toContain('You cannot approve');
  });

  it('keeps /approve away from the model', () => {
    const approve = commands.find((one) => one.name === 'approve')!;
    expect(approve.front['disable-model-invocation']).toBe(true);
    expect(countersign(list(approve.front['allowed-tools']))).toEqual(['delivery_status']);
  });

  it('lets no command speak for a person, run a check or record a deviation unasked', () => {
    const unasked = commands.flatMap((one) => countersign(list(one.front['allowed-tools'])));
    expect(unasked.filter((tool) => ['state_fact', 'run_check', 'deviation'].includes(tool))).toEqual([]);
  });

  it('has /spec ask for the list of templates, so that none is named in every session', () => {
    const spec = commands.find((one) => one.name === 'spec')!;
    expect(spec.body).toContain('template: "?"');
    expect(readdirSync(join(ROOT, 'templates')).filter((name) => spec.body.includes(name))).toEqual([]);
  });
});

describe('agents', () => {
  const tools = (name: string) => list(agents.find((one) => one.name === name)!.front['tools']);

  it.each(['spec', 'solution-architecture'])('%s reads, and writes artifacts only', (name) => {
    expect(tools(name).filter((tool) => !tool.startsWith(PREFIX))).toEqual(['Read', 'Grep', 'Glob']);
  });

  it('gives the builder no artifact to write, nothing to submit and nobody to speak for', () => {
    const mine = countersign(tools('builder'));
    expect(mine.filter((tool) => ['artifact_write', 'submit', 'state_fact'].includes(tool))).toEqual([]);
  });

  it('are all started by a command', () => {
    const text = commands.map((one) => one.body).join('\n');
    expect(agents.filter((one) => !text.includes(`countersign:${one.name}`)).map((one) => one.name)).toEqual([]);
  });
});

describe('skills', () => {
  it.each(skills.map((one) => [one.name, one] as const))('%s refers to files that are there', (name, one) => {
    const references = one.body.match(/references\/[a-z-]+\.md/g) ?? [];
    const there = readdirSync(join(ROOT, 'skills', name, 'references')).map((file) => `references/${file}`);
    expect([...references].sort()).toEqual(there.sort());
  });

  it('are there when an agent asks for them', () => {
    const asked = agents.flatMap((one) => list(one.front['skills']));
    expect(asked.filter((name) => !existsSync(join(ROOT, 'skills', name.replace(/^countersign:/, ''))))).toEqual([]);
  });
});
