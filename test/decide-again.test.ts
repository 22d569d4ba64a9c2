import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createDelivery } from '../mcp-server/src/app/create.ts';
import { decide } from '../mcp-server/src/app/decide.ts';
import { load } from '../mcp-server/src/app/load.ts';
import type { Ports } from '../mcp-server/src/app/ports.ts';
import { submit } from '../mcp-server/src/app/submit.ts';
import type { Decision } from '../mcp-server/src/domain/decision/statement.ts';
import { REQUIREMENTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { AGENT, Lab, PERSON } from './helpers/lab.ts';

const ID = 'zone-file';
const BOB = { name: 'Bob Example', email: 'bob@example.org' };

function submitted(policy?: string): { lab: Lab; digest: string } {
  const lab = new Lab(policy === undefined ? {} : { 'countersign.yaml': policy });
  createDelivery(lab.ports, { id: ID, title: 'Zone file', actor: AGENT });
  lab.write(`deliveries/${ID}/requirements.md`, REQUIREMENTS);
  return { lab, digest: submit(lab.ports, ID, 'requirements', AGENT).data.digest! };
}

const says = (ports: Ports, digest: string, decision: Decision = 'approve', approver = PERSON) =>
  decide(ports, { decision, digest, comment: 'REQ-1', approver, via: 'typed-command' });
const gate = (ports: Ports) => load(ports, ID).state.gates[0]!;

describe('a person who decided', () => {
  it('is told so when nothing asks for it again', () => {
    const { lab, digest } = submitted();
    expect(says(lab.ports, digest).blocks).toEqual([]);
    expect(says(lab.ports, digest).blocks).toEqual(['this person has already decided so']);
  });

  it('settles with the same vote what two branches decided differently', () => {
    const { lab, digest } = submitted();
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b', ...args], { cwd: lab.root });
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Submitted');
    git('branch', 'other');
    says(lab.ports, digest);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Approved');
    git('checkout', '--quiet', 'other');
    says(lab.ports, digest, 'reject', BOB);
    git('add', '--all');
    git('commit', '--quiet', '--message', 'Rejected');
    git('merge', '--quiet', '--no-edit', 'main');
    expect(gate(lab.ports).reasons.map(({ code }) => code)).toContain('contested');
    expect(says(lab.ports, digest).blocks).toEqual([]);
    expect(gate(lab.ports).state).toBe('open');
  });

  it('renews an approval that has expired', () => {
    const { lab, digest } = submitted('countersign: policy/1\ngates: { default: { expires: 30 } }\n');
    says(lab.ports, digest);
    const later: Ports = { ...lab.ports, now: () => new Date(Date.now() + 31 * 86_400_000) };
    expect(gate(later).state).not.toBe('open');
    expect(says(later, digest).blocks).toEqual([]);
    expect(gate(later).state).toBe('open');
  });
});
