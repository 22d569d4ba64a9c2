import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { NEW, readArtifact, writeArtifact } from '../../mcp-server/src/app/artifacts.ts';
import { makeAsBuilt } from '../../mcp-server/src/app/as-built.ts';
import { createDelivery } from '../../mcp-server/src/app/create.ts';
import { decide } from '../../mcp-server/src/app/decide.ts';
import type { Ports } from '../../mcp-server/src/app/ports.ts';
import { probe } from '../../mcp-server/src/app/probe.ts';
import { runCheck } from '../../mcp-server/src/app/run-check.ts';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { startTask } from '../../mcp-server/src/app/tasks.ts';
import type { Actor } from '../../mcp-server/src/domain/ledger/event.ts';
import { compose } from '../../mcp-server/src/entry/compose.ts';
import { DESIGN, feasibility, GENERATOR, HOSTS, REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';

/** How far the delivery has come: requirements wait for a decision, Build is open, everything is approved. */
export type Progress = 'requirements' | 'build' | 'finished';

export const DELIVERY = 'zone-file';
export const PERSON = { name: 'Ada Example', email: 'ada@example.org' };
const AGENT: Actor = { kind: 'agent', name: 'agent', via: 'mcp' };

/** A real repository with one delivery, and a home of its own. */
export interface Stand {
  root: string;
  home: string;
  project: string;
  env: Record<string, string>;
  ports: Ports;
  /** Digest of the requirements that were submitted. */
  digest: string;
}

export interface StandOptions {
  policy?: string;
  files?: Record<string, string>;
}

/** Makes a stand in a temporary folder, by the use cases that stand behind the plugin. */
export async function makeStand(progress: Progress, { policy, files = {} }: StandOptions = {}): Promise<Stand> {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-stand-')));
  const [home, project] = [join(root, 'home'), join(root, 'project')];
  mkdirSync(home);
  mkdirSync(project);
  const identity = `[user]\n\tname = ${PERSON.name}\n\temail = ${PERSON.email}\n[init]\n\tdefaultBranch = main\n`;
  writeFileSync(join(home, '.gitconfig'), identity);
  const env = { HOME: home, PATH: process.env['PATH'] ?? '', GIT_CONFIG_NOSYSTEM: '1', LANG: 'C.UTF-8' };
  execFileSync('git', ['init', '--quiet'], { cwd: project, env });
  for (const [path, text] of Object.entries({ 'README.md': '# Lab\n', ...files })) {
    mkdirSync(dirname(join(project, path)), { recursive: true });
    writeFileSync(join(project, path), text);
  }
  if (policy !== undefined) writeFileSync(join(project, 'countersign.yaml'), policy);
  const { ports } = compose(project, env);
  const digest = await advance(ports, progress);
  execFileSync('git', ['add', '-A'], { cwd: project, env });
  execFileSync('git', ['-c', 'commit.gpgsign=false', 'commit', '--quiet', '-m', 'Start'], { cwd: project, env });
  return { root, home, project, env, ports, digest };
}

async function advance(ports: Ports, progress: Progress): Promise<string> {
  const write = (artifact: string, text: string) => {
    const { base } = readArtifact(ports, DELIVERY, artifact).data;
    writeArtifact(ports, DELIVERY, { artifact, text, base: base === '' ? NEW : base });
  };
  const approve = (stage: string) => {
    const { digest } = submit(ports, DELIVERY, stage, AGENT).data;
    if (digest === null) throw new Error(`${stage} was not submitted`);
    decide(ports, { decision: 'approve', digest, comment: '', approver: PERSON, via: 'typed-command' });
  };
  createDelivery(ports, { id: DELIVERY, title: 'Zone file from a host list', actor: AGENT });
  write('requirements', REQUIREMENTS);
  const { digest } = submit(ports, DELIVERY, 'requirements', AGENT).data;
  if (progress === 'requirements') return digest ?? '';
  decide(ports, { decision: 'approve', digest: digest ?? '', comment: '', approver: PERSON, via: 'typed-command' });
  const { platform } = (await probe(ports, DELIVERY, { tools: ['node', 'git'] }, AGENT)).data;
  write('feasibility', feasibility(platform));
  approve('feasibility');
  write('design', DESIGN);
  approve('design');
  if (progress === 'build') return digest ?? '';
  startTask(ports, DELIVERY, 'TSK-1.1', AGENT);
  ports.files.write('zone/hosts.json', HOSTS);
  await runCheck(ports, DELIVERY, 'CHK-1', AGENT);
  startTask(ports, DELIVERY, 'TSK-2.1', AGENT);
  ports.files.write('zone/generate.mjs', GENERATOR);
  for (const check of ['CHK-2', 'CHK-3']) await runCheck(ports, DELIVERY, check, AGENT);
  approve('build');
  makeAsBuilt(ports, DELIVERY);
  approve('as-built');
  return digest ?? '';
}
