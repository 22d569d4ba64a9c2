import { stringify } from 'yaml';
import { type Project, project } from './project.ts';
import { ID, reach } from './zone-file.ts';

/** Settings of an environment as they stand in countersign.yaml. */
export type Settings = Record<string, unknown>;

/**
 * What a declared command deploys: `live.mjs plan` prints what `live.mjs apply` would do to the files of one folder, which
 * stands for the running system. It copies zone/hosts.json and the file of values there.
 */
export const LIVE = `
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
const [verb, folder, values, vlan = ''] = process.argv.slice(2);
const wanted = { 'hosts.json': readFileSync('zone/hosts.json', 'utf8'), 'values.yaml': readFileSync(values, 'utf8') + vlan };
const there = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : undefined);
const items = Object.entries(wanted).filter(([name, text]) => there(name) !== text)
  .map(([name]) => ({ address: name, action: there(name) === undefined ? 'create' : 'change' }));
const count = (action) => items.filter((one) => one.action === action).length;
if (verb === 'plan') console.log(JSON.stringify({ creates: count('create'), changes: count('change'), destroys: 0, items }));
if (verb === 'apply') { mkdirSync(folder, { recursive: true }); for (const [name, text] of Object.entries(wanted)) writeFileSync(join(folder, name), text); }
if (verb === 'check') process.exit(items.length === 0 ? 0 : 1);
`;

/** Settings of an environment whose running system is a folder in the home of the test. */
export function commandSite(work: Project, name: string, more: Settings = {}): Settings {
  const live = (verb: string) => ['node', 'ops/live.mjs', verb, `${work.home}/${name}`, `ops/${name}.yaml`];
  return {
    tool: 'command',
    overlay: [`ops/${name}.yaml`],
    inputs: ['ops/', 'zone/'],
    plan: live('plan'),
    apply: live('apply'),
    checks: [{ name: 'in-place', run: live('check') }],
    ...more,
  };
}

/** countersign.yaml with these environments. */
export function writePolicy(work: Project, environments: Record<string, Settings>, more: Settings = {}): void {
  work.write('countersign.yaml', stringify({ countersign: 'policy/1', environments, ...more }));
}

/** A delivery whose Build is approved, with two environments that a declared command deploys to. */
export async function deployable(
  settings: { staging?: Settings; prod?: Settings; environment?: Settings } = {},
  design?: string,
  requirements?: string,
): Promise<Project> {
  const work = project();
  for (const name of ['staging', 'prod']) work.write(`ops/${name}.yaml`, `site: ${name}\nreplicas: 1\n`);
  work.write('ops/live.mjs', LIVE);
  writePolicy(work, {
    staging: { deploy: commandSite(work, 'staging', settings.staging) },
    prod: { ...settings.environment, deploy: commandSite(work, 'prod', { after: ['staging'], ...settings.prod }) },
  });
  const shape = {
    ...(design === undefined ? {} : { design }),
    ...(requirements === undefined ? {} : { requirements }),
  };
  await reach(work, 'build', shape);
  work.git('add', '-A');
  work.git('commit', '-q', '-m', 'Build');
  return work;
}

export type Answer = ReturnType<Project['json']> & { blocks: string[]; next: string; digest: string | null };

export const deploy = (work: Project, environment: string, ...step: string[]) =>
  work.json('deploy', ID, environment, ...step) as Answer;

/** A person approves what was planned. */
export function approve(work: Project, { digest }: Answer): void {
  if (digest === null) throw new Error('nothing was planned');
  const said = work.types(digest.slice(0, 12));
  if (!said.includes('Approved')) throw new Error(said);
}

/** Planned, approved, applied. */
export function deployed(work: Project, environment: string): Answer {
  const planned = deploy(work, environment, 'plan');
  if (planned.blocks.length > 0) throw new Error(planned.blocks.join('; '));
  approve(work, planned);
  return deploy(work, environment, 'apply');
}
