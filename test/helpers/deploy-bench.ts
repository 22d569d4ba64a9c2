import { expect } from 'vitest';
import { decide } from '../../mcp-server/src/app/decide.ts';
import { applyDeploy } from '../../mcp-server/src/app/deploy/apply.ts';
import { planDeploy } from '../../mcp-server/src/app/deploy/plan.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import type { Project } from './project.ts';
import { ID, portsOf } from './zone-file.ts';

export const ACTOR = { kind: 'human', name: 'Ada Tester', email: 'ada@example.org', via: 'cli' } as const;

/** The use cases of deploys on a project, in this process. */
export function bench(work: Project, now?: string) {
  const ports = now === undefined ? portsOf(work) : { ...portsOf(work), now: () => new Date(now) };
  const plan = (environment: string, ...sets: string[]) => planDeploy(ports, ID, environment, { sets, actor: ACTOR });
  const apply = (environment: string, ...sets: string[]) => applyDeploy(ports, ID, environment, { sets, actor: ACTOR });
  const decided = (digest: string | null, decision: 'approve' | 'reject' | 'revoke' = 'approve') =>
    decide(ports, {
      decision,
      digest: digest!,
      comment: '',
      approver: { name: 'Ada Tester', email: 'ada@example.org' },
      via: 'typed-command',
    });
  const approved = async (environment: string, ...sets: string[]) => {
    const planned = await plan(environment, ...sets);
    expect(planned.blocks).toEqual([]);
    decided(planned.data.digest);
    return planned;
  };
  const deployed = async (environment: string, ...sets: string[]) => {
    await approved(environment, ...sets);
    return apply(environment);
  };
  const rules = () => verify(ports).data.findings.map((one) => `${one.severity} ${one.rule}`);
  return { ports, plan, apply, decided, approved, deployed, rules };
}
