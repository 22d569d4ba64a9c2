import { NEW, readArtifact, writeArtifact } from '../../mcp-server/src/app/artifacts.ts';
import { makeAsBuilt } from '../../mcp-server/src/app/as-built.ts';
import { createDelivery } from '../../mcp-server/src/app/create.ts';
import { decide } from '../../mcp-server/src/app/decide.ts';
import type { Ports } from '../../mcp-server/src/app/ports.ts';
import { probe } from '../../mcp-server/src/app/probe.ts';
import { runCheck } from '../../mcp-server/src/app/run-check.ts';
import { status } from '../../mcp-server/src/app/status.ts';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { STAGES, type Stage } from '../../mcp-server/src/domain/stage.ts';
import { compose } from '../../mcp-server/src/entry/compose.ts';
import { DESIGN, feasibility, GENERATOR, HOSTS, REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import type { Project } from './project.ts';

/** The delivery of most tests: the demonstration's, because it needs nothing but Node. */
export const ID = 'zone-file';
const PERSON = { name: 'Ada Tester', email: 'ada@example.org' };
const AGENT = { kind: 'agent', name: 'test', via: 'mcp' } as const;

export interface Shape {
  id?: string;
  requirements?: string;
  design?: string;
}

/** The real use cases on a project, in this process: for reaching a state quickly, never for what a test is about. */
export const portsOf = (project: Project): Ports => compose(project.root, project.env).ports;

/**
 * Brings a delivery to the point where the gate of `stage` is open; `created` only starts it, with all drafts that do
 * not need a probe.
 */
export async function reach(project: Project, stage: Stage | 'created', shape: Shape = {}): Promise<void> {
  const ports = portsOf(project);
  const id = shape.id ?? ID;
  const put = (artifact: string, text: string) => {
    const { base } = readArtifact(ports, id, artifact).data;
    writeArtifact(ports, id, { artifact, text, base: base === '' ? NEW : base });
  };
  createDelivery(ports, { id, title: 'Zone file', actor: AGENT });
  put('requirements', shape.requirements ?? REQUIREMENTS);
  put('design', shape.design ?? DESIGN);
  for (const one of STAGES.slice(0, STAGES.indexOf(stage as Stage) + 1)) {
    if (one === 'feasibility') {
      const { platform } = (await probe(ports, id, { tools: ['node', 'git'] }, AGENT)).data;
      put('feasibility', feasibility(platform));
    }
    if (one === 'build') await build(project, ports, id);
    if (one === 'as-built') makeAsBuilt(ports, id);
    openGate(ports, id, one);
  }
}

async function build(project: Project, ports: Ports, id: string): Promise<void> {
  project.write('zone/hosts.json', HOSTS);
  project.write('zone/generate.mjs', GENERATOR);
  for (const check of ['CHK-1', 'CHK-2', 'CHK-3']) {
    const { blocks } = await runCheck(ports, id, check, AGENT);
    if (blocks.length > 0) throw new Error(`${check}: ${blocks.join('; ')}`);
  }
}

/** Submits a stage and approves it. */
export function openGate(ports: Ports, id: string, stage: Stage): void {
  const { data, blocks } = submit(ports, id, stage, AGENT);
  if (data.digest === null) throw new Error(`${stage}: ${blocks.join('; ')}`);
  const input = {
    decision: 'approve',
    comment: '',
    approver: PERSON,
    via: 'typed-command',
    level: 'recorded',
  } as const;
  decide(ports, { ...input, digest: data.digest });
}

const gateStates = (project: Project, id: string) => status(portsOf(project), id).data.deliveries[0]!.gates;

/** States of a delivery's gates by stage. */
export function gates(project: Project, id = ID): Record<string, string> {
  return Object.fromEntries(gateStates(project, id).map((gate) => [gate.stage, gate.state]));
}

/** The digest that a gate waits for or was opened with. */
export function digestOf(project: Project, stage: Stage, id = ID): string {
  return gateStates(project, id).find((gate) => gate.stage === stage)!.digest!;
}
