import { planContent } from '../../mcp-server/src/domain/deploy/entitled.ts';
import { deploySchema } from '../../mcp-server/src/domain/deploy/environment.ts';
import {
  aboutDeploy,
  type DeployPlan,
  deployPlanBytes,
  PLAN_FILE,
  settingsBytes,
} from '../../mcp-server/src/domain/deploy/plan.ts';
import { sha256 } from '../../mcp-server/src/domain/hash.ts';
import type { Body, Recorded } from '../../mcp-server/src/domain/ledger/event.ts';
import { LedgerBuilder, type Placement, type SubmitOptions } from './ledger-builder.ts';

export const SETTINGS = deploySchema.parse({ tool: 'terraform', sets: { vlan: { pattern: '[0-9]+' } } });

/** A plan for `prod` that creates one thing. */
export const deployPlan = (more: Partial<DeployPlan> = {}): DeployPlan => ({
  schema: 'countersign/deploy-plan@1',
  delivery: 'vlan-provisioning',
  environment: 'prod',
  action: 'apply',
  tool: 'terraform',
  definition: sha256(settingsBytes(SETTINGS)),
  build: sha256('manifest'),
  overlay: [],
  differs: [],
  inputs: { files: 2, sha256: sha256('inputs') },
  sets: {},
  run: ['terraform', 'apply'],
  admits: [],
  summary: { creates: 1, changes: 0, destroys: 0, hosts: null },
  items: [{ address: 'a.b', action: 'create' }],
  detail: 'text',
  ...more,
});

/** Tells deploys in code; what plans, settings and runs say lies in `evidence` by hash. */
export class DeployStory extends LedgerBuilder {
  readonly evidence = new Map<string, string>([[sha256(settingsBytes(SETTINGS)), settingsBytes(SETTINGS)]]);

  /** Keeps a text as evidence. */
  keep(text: string): string {
    this.evidence.set(sha256(text), text);
    return sha256(text);
  }

  plans(plan: DeployPlan, options: SubmitOptions = {}): Recorded<'submitted'> {
    this.keep(deployPlanBytes(plan));
    return this.submit(aboutDeploy(plan.environment), { artifacts: planContent(plan, undefined), ...options });
  }

  /** Begins what was submitted, entitled by its approval unless told otherwise. */
  begins(
    submission: Recorded<'submitted'>,
    body: Partial<Body<'deploy-started'>> = {},
    placement: Placement = {},
  ): Recorded<'deploy-started'> {
    const { about, artifacts } = submission.body.subject;
    return this.add(
      'deploy-started',
      {
        environment: about.slice('deploy:'.length),
        basis: 'approval',
        digest: submission.body.digest,
        plan: artifacts.find((one) => one.path === PLAN_FILE)!.sha256,
        build: sha256('manifest'),
        sets: {},
        commit: null,
        ...body,
      },
      placement,
    );
  }

  /** Ends what began; its evidence names it. */
  ends(
    start: Recorded<'deploy-started'>,
    outcome: 'verified' | 'applied' | 'failed',
    body: Partial<Body<'deploy-finished'>> = {},
    placement: Placement = {},
  ): Recorded<'deploy-finished'> {
    const evidence = this.keep(JSON.stringify({ start: start.id, run: this.events.length }));
    const checks = outcome === 'verified' ? [{ name: 'up', result: 'passed' as const, evidence }] : [];
    const { environment } = start.body;
    return this.add(
      'deploy-finished',
      { environment, start: start.id, outcome, reason: '', evidence, checks, ...body },
      placement,
    );
  }

  /** Planned, approved and applied. */
  deployed(plan: DeployPlan, outcome: 'verified' | 'applied' | 'failed'): Recorded<'deploy-started'> {
    const submission = this.plans(plan, { round: this.events.length });
    this.approve(submission);
    const start = this.begins(submission);
    this.ends(start, outcome);
    return start;
  }
}
