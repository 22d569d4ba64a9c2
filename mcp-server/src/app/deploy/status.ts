import { deployLines } from '../../domain/deploy/lines.ts';
import type { Answer } from '../answer.ts';
import { nextStep } from '../next-step.ts';
import type { Ports } from '../ports.ts';
import { whyNot } from './apply.ts';
import { type DeployView, noView } from './plan.ts';
import { siteOf } from './site.ts';

/**
 * What was deployed to an environment, what waits, and what keeps the next apply away.
 *
 * @throws Fault `unknown-delivery`, `unknown-environment`
 */
export function deployStatus(ports: Ports, id: string, environment: string): Answer<DeployView> {
  const site = siteOf(ports, id, environment);
  const { read, state } = site.loaded;
  const [line = `${environment}: nothing was deployed`] = deployLines(read, state)
    .filter((one) => one.environment === environment)
    .map((one) => one.text);
  const last = site.here.at(-1);
  return {
    said: `${line}.`,
    blocks: whyNot(ports, site),
    next: nextStep(site.loaded),
    data: {
      ...noView(id, environment),
      digest: last?.start.body.digest ?? null,
      hash: last?.start.body.plan ?? null,
      outcome: last?.outcome ?? null,
      checks: last?.finish?.body.checks ?? [],
      evidence: last?.finish?.body.evidence ?? null,
    },
  };
}
