import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { changeAction } from '../mcp-server/src/app/change-action.ts';
import { createDelivery } from '../mcp-server/src/app/create.ts';
import { decide } from '../mcp-server/src/app/decide.ts';
import { runCheck } from '../mcp-server/src/app/run-check.ts';
import { submit } from '../mcp-server/src/app/submit.ts';
import { startTask } from '../mcp-server/src/app/tasks.ts';
import { verify } from '../mcp-server/src/app/verify.ts';
import type { ChangeAction } from '../mcp-server/src/domain/change/actions.ts';
import { requirementHashes, touchedRequirements } from '../mcp-server/src/domain/change/plan.ts';
import { deltaOf } from '../mcp-server/src/domain/delta/delta.ts';
import { cycles, dockerfile, feasibility, policy } from './e2e/hello/cycles.mjs';
import { AGENT, Lab, PERSON } from './helpers/lab.ts';

const ID = 'hello';
const [FIRST, SECOND, THIRD] = cycles as [(typeof cycles)[0], (typeof cycles)[0], (typeof cycles)[0]];

class Hello extends Lab {
  constructor() {
    super({ 'countersign.yaml': policy, 'app/hello.py': FIRST.program, 'app/Dockerfile': dockerfile });
    createDelivery(this.ports, { id: ID, title: 'Hello container', actor: AGENT });
    this.specify(FIRST);
    this.write(`deliveries/${ID}/feasibility.md`, feasibility);
    this.approve(submit(this.ports, ID, 'design', AGENT).data.digest);
  }

  specify({ requirements, design }: typeof FIRST): void {
    this.write(`deliveries/${ID}/requirements.md`, requirements);
    this.write(`deliveries/${ID}/design.md`, design);
  }

  approve(digest: string | null) {
    return decide(this.ports, {
      decision: 'approve',
      digest: digest!,
      comment: 'fine',
      approver: PERSON,
      via: 'typed-command',
    });
  }

  log(): string {
    return readFileSync(join(this.root, 'deliveries', ID, 'history.md'), 'utf8');
  }

  async change(action: ChangeAction, text?: string) {
    return changeAction(this.ports, ID, { action, text, actor: AGENT });
  }

  async check(...ids: string[]): Promise<void> {
    for (const id of ids) expect((await runCheck(this.ports, ID, id, AGENT)).blocks).toEqual([]);
  }
}

async function planned(to = SECOND): Promise<Hello> {
  const hello = new Hello();
  await hello.check('CHK-1', 'CHK-2');
  await hello.change('propose', 'Name the author');
  hello.specify(to);
  return hello;
}

describe('a change of an approved specification', () => {
  it('is planned with all that has to follow, reopens exactly that, and is told in history.md', async () => {
    const hello = await planned();
    const { data, blocks } = await hello.change('plan');
    expect([blocks, data.status]).toEqual([[], 'PLANNED']);
    expect(data.plan!.changes.map(({ change, key }) => `${change} ${key}`)).toEqual(
      expect.arrayContaining(['ADDED REQ-3', 'ADDED AC-3.1']),
    );
    expect(data.plan!.changes.find(({ key }) => key === 'REQ-3')).toMatchObject({ paths: ['app/hello.py'] });
    expect((await hello.change('apply')).blocks).not.toEqual([]);
    hello.approve(data.digest);
    const applied = await hello.change('apply');
    expect(applied.data.tasks.map(({ id, state }) => `${id} ${state}`)).toEqual(['TSK-1.1 ready', 'TSK-1.2 blocked']);
    expect(startTask(hello.ports, ID, 'TSK-1.1', AGENT).blocks).toEqual([]);
    hello.write('app/hello.py', SECOND.program);
    const done = await hello.change('verify');
    expect([done.blocks, done.data.status]).toEqual([[], 'APPLIED']);
    const log = hello.log();
    for (const part of ['## Change 1: Name the author', '### Propose', '- ADDED REQ-3', '### Verify', 'APPLIED'])
      expect(log).toContain(part);
    expect(log).toMatch(/approved by Ada Example \(recorded\), .*: "fine"/);
    expect(verify(hello.ports).data.findings).toEqual([]);
  });

  it('that fails its checks closes as FAILED and says which', async () => {
    const hello = await planned();
    hello.approve((await hello.change('plan')).data.digest);
    const { data, blocks } = await hello.change('verify');
    expect(data.status).toBe('FAILED');
    expect(blocks.join()).toMatch(/CHK-\d: /);
    expect((await hello.change('status')).said).toContain('No change of hello is open');
  });

  it('loses its approval when the text moves after the plan, and is the same plan while it does not', async () => {
    const hello = await planned();
    const { digest } = (await hello.change('plan')).data;
    expect((await hello.change('plan')).data.digest).toBe(digest);
    hello.approve(digest);
    hello.specify(THIRD);
    expect((await hello.change('verify')).blocks).toContain('change 1: requirements.md is not what was planned');
    expect(JSON.stringify(hello.approve(digest))).toContain('is not what was planned');
  });

  it('is refused before anything was approved, and has no plan where nothing is different', async () => {
    const lab = new Lab();
    createDelivery(lab.ports, { id: ID, title: 'Draft', actor: AGENT });
    const early = await changeAction(lab.ports, ID, { action: 'propose', text: undefined, actor: AGENT });
    expect(early.blocks.join()).toContain('was not approved yet');
    const hello = new Hello();
    await hello.change('propose');
    expect((await hello.change('plan')).blocks).toEqual([
      'the texts say what was approved: there is nothing to change',
    ]);
  });

  it('is abandoned with the approved text brought back, or left as it is', async () => {
    const hello = await planned(THIRD);
    expect((await hello.change('abandon', 'not wanted')).data.status).toBe('ABANDONED');
    expect(hello.artifact(ID, 'requirements.md')).toBe(THIRD.requirements);
    expect(hello.log()).toContain('ABANDONED');
    await expect(hello.change('plan')).rejects.toThrow('no change of hello is open');
  });

  it('moves to the approved text as it is now, and loses its plan with that', async () => {
    const hello = await planned();
    const first = (await hello.change('plan')).data.digest;
    expect((await hello.change('rebase')).said).toContain('rests on the approved text');
    expect((await hello.change('status')).data.status).toBe('PROPOSED');
    const again = (await hello.change('plan')).data.digest;
    expect(again).not.toBe(first);
    hello.approve(again);
    expect((await hello.change('status')).data.status).toBe('APPROVED');
  });
});

describe('what a change touches', () => {
  it('is told by requirement: its own text with its criteria, whatever stands around it', () => {
    const [before, after] = [requirementHashes(FIRST.requirements), requirementHashes(SECOND.requirements)];
    expect([...after.keys()]).toContain('REQ-3');
    expect([...before].filter(([id, hash]) => after.get(id) !== hash).map(([id]) => id)).toEqual([]);
    const moved = `${FIRST.requirements}\n\nA closing remark.\n`;
    expect(requirementHashes(moved).get('REQ-1')).toBe(before.get('REQ-1'));
    const criterion = requirementHashes(FIRST.requirements.replace(/AC-1\.1(.*)/, 'AC-1.1$1 And again.'));
    expect(criterion.get('REQ-1')).not.toBe(before.get('REQ-1'));
  });

  it('names the requirement of a changed criterion, and a new one without a hash', () => {
    const deltas = [{ artifact: 'requirements.md', changes: deltaOf(FIRST.requirements, SECOND.requirements) }];
    const touched = touchedRequirements(FIRST.requirements, deltas as Parameters<typeof touchedRequirements>[1]);
    expect(touched['REQ-3']).toBe('');
  });
});
