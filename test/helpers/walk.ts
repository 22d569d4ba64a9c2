import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NEW, readArtifact, writeArtifact } from '../../mcp-server/src/app/artifacts.ts';
import { makeAsBuilt } from '../../mcp-server/src/app/as-built.ts';
import { createDelivery } from '../../mcp-server/src/app/create.ts';
import { prepareDecision, recordDecision } from '../../mcp-server/src/app/decide.ts';
import type { Ports } from '../../mcp-server/src/app/ports.ts';
import { probe } from '../../mcp-server/src/app/probe.ts';
import { runCheck } from '../../mcp-server/src/app/run-check.ts';
import { signDecision } from '../../mcp-server/src/app/sign.ts';
import { submit } from '../../mcp-server/src/app/submit.ts';
import { startTask } from '../../mcp-server/src/app/tasks.ts';
import { addSigner } from '../../mcp-server/src/app/trust.ts';
import type { Actor } from '../../mcp-server/src/domain/ledger/event.ts';
import type { Track } from '../../mcp-server/src/domain/stage.ts';
import { compose } from '../../mcp-server/src/entry/compose.ts';
import { DESIGN, feasibility, GENERATOR, HOSTS, REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { makeKey } from './openssh.ts';
import type { Person } from './workshop.ts';

const AGENT: Actor = { kind: 'agent', name: 'agent', via: 'mcp' };

/** A person's use of the product in one repository, through the use cases, with a key that needs no passphrase. */
export class Desk {
  readonly person: Person;
  readonly root: string;
  readonly key: string;

  constructor(person: Person, root: string) {
    this.person = person;
    this.root = root;
    this.key = join(person.home, '.ssh', 'id_countersign');
    if (!existsSync(this.key)) {
      mkdirSync(join(person.home, '.ssh'), { mode: 0o700, recursive: true });
      makeKey(join(person.home, '.ssh'), 'id_countersign', 'ed25519');
    }
  }

  get ports(): Ports {
    return compose(this.root, this.person.env).ports;
  }

  git(...args: string[]): string {
    return this.person.git(this.root, ...args);
  }

  commit(message: string): void {
    this.git('add', '-A');
    this.git('commit', '-q', '--allow-empty', '-m', message);
  }

  /** Puts a person's key into the list of signers, and accepts the list. */
  async admit(person: Person = this.person): Promise<void> {
    const { ports } = this;
    addSigner(ports, person.email, await ports.signatures.publicKey(join(person.home, '.ssh', 'id_countersign')));
  }

  async decide(
    digest: string,
    options: { decision?: 'approve' | 'reject' | 'revoke'; recorded?: boolean; at?: Date } = {},
  ): Promise<void> {
    const { name, email } = this.person;
    const { decision = 'approve', recorded = false, at } = options;
    const ports = at === undefined ? this.ports : { ...this.ports, now: () => at };
    const prepared = prepareDecision(ports, {
      decision,
      digest,
      comment: '',
      approver: { name, email },
      via: 'terminal',
    });
    const answer = recorded ? recordDecision(ports, prepared) : await signDecision(ports, prepared, this.key);
    if (answer.blocks.length > 0) throw new Error(answer.blocks.join('; '));
  }

  submit(id: string, subject: string): string {
    const answer = submit(this.ports, id, subject, AGENT);
    if (answer.data.digest === null) throw new Error([answer.said, ...answer.blocks].join('\n'));
    return answer.data.digest;
  }

  write(id: string, artifact: string, text: string): void {
    const { base } = readArtifact(this.ports, id, artifact).data;
    writeArtifact(this.ports, id, { artifact, text, base: base === '' ? NEW : base });
  }

  start(id: string, track: Track = 'standard'): void {
    createDelivery(this.ports, { id, title: id, track, actor: AGENT });
    this.write(id, 'requirements', REQUIREMENTS);
  }

  /** From the start to the approved design; with `recorded`, nobody signs. */
  async toDesign(id: string, options: { recorded?: boolean; track?: Track } = {}): Promise<void> {
    this.start(id, options.track);
    await this.decide(this.submit(id, 'requirements'), options);
    const found = await probe(this.ports, id, { tools: ['node', 'git', 'terraform'] }, AGENT);
    this.write(id, 'feasibility', feasibility(found.data.platform));
    await this.decide(this.submit(id, 'feasibility'), options);
    this.write(id, 'design', DESIGN);
    await this.decide(this.submit(id, 'design'), options);
  }

  /** Builds and checks, and submits Build. @returns its digest */
  async build(id: string): Promise<string> {
    startTask(this.ports, id, 'TSK-1.1', AGENT);
    this.ports.files.write('zone/hosts.json', HOSTS);
    await runCheck(this.ports, id, 'CHK-1', AGENT);
    this.ports.files.write('zone/generate.mjs', GENERATOR);
    for (const check of ['CHK-2', 'CHK-3']) await runCheck(this.ports, id, check, AGENT);
    return this.submit(id, 'build');
  }

  async asBuilt(id: string, options: { recorded?: boolean } = {}): Promise<void> {
    makeAsBuilt(this.ports, id);
    await this.decide(this.submit(id, 'as-built'), options);
  }
}
