import { gatesBefore, subjectDemandNow } from '../../domain/delivery.ts';
import { type Deploy, deployDemand, deploysOf, deploysTo } from '../../domain/deploy/deploys.ts';
import { unlikeDesign } from '../../domain/deploy/designed.ts';
import type { DeploySettings } from '../../domain/deploy/environment.ts';
import { aboutDeploy, type DeployPlan } from '../../domain/deploy/plan.ts';
import { inputFault } from '../../domain/fault.ts';
import type { Finding } from '../../domain/finding.ts';
import type { GateState } from '../../domain/gate/gate.ts';
import type { Ledger } from '../../domain/ledger/ledger.ts';
import type { Demand } from '../../domain/policy/demand.ts';
import { fileDrift } from '../drift/file-drift.ts';
import { type Loaded, load } from '../load.ts';
import type { Ports } from '../ports.ts';

/** A delivery and one of the environments it is deployed to, as they are now. */
export interface Site {
  id: string;
  environment: string;
  settings: DeploySettings;
  loaded: Loaded;
  /** The gate that decides about Build. */
  gate: GateState;
  /** Deploys of this delivery, everywhere and here. */
  deploys: Deploy[];
  /** Files that are not those of the approved Build, and that nobody accepted. */
  drift: Finding[];
  here: Deploy[];
  /** Where its settings are not those that the design says. */
  unlike: string[];
}

/** @throws Fault `unknown-delivery`, `unknown-environment` */
export function siteOf(ports: Ports, id: string, environment: string): Site {
  const loaded = load(ports, id);
  const { environments } = loaded.read.policy;
  const settings = Object.hasOwn(environments, environment) ? environments[environment]!.deploy : undefined;
  if (settings === undefined) {
    const known = Object.keys(environments).filter((name) => environments[name]!.deploy !== undefined);
    throw inputFault({
      code: 'unknown-environment',
      message: `countersign.yaml does not say how to deploy to ${JSON.stringify(environment)}`,
      expected:
        known.length === 0 ? `environments.${environment}.deploy in countersign.yaml` : `one of: ${known.join(', ')}`,
      next: 'docs/deploy.md shows what an environment needs',
    });
  }
  const deploys = deploysOf(loaded.read.ledger);
  const { gate } = gatesBefore(loaded.state, 'build');
  const drift = (fileDrift(ports, loaded) ?? []).filter((one) => one.accepted === undefined).map((one) => one.finding);
  const { level } = subjectDemandNow(loaded.read, aboutDeploy(environment), loaded.state.settled);
  const unlike = unlikeDesign(loaded.state.design, environment, loaded.read.policy, level);
  return { id, environment, settings, loaded, gate, drift, deploys, here: deploysTo(deploys, environment), unlike };
}

/** What a decision on a plan for this environment has to be, judged on a ledger. */
export function siteDemand({ loaded: { read, state }, environment }: Site, ledger: Ledger): Demand {
  return deployDemand(ledger, environment, subjectDemandNow(read, aboutDeploy(environment), state.settled));
}

/** Reads plans back from the evidence. */
export const planReader =
  (ports: Ports, id: string) =>
  (sha256: string | undefined | null): DeployPlan | undefined => {
    const text = sha256 === undefined || sha256 === null ? undefined : ports.deliveries.evidence(id, sha256);
    return text === undefined ? undefined : (JSON.parse(text) as DeployPlan);
  };

/** Stores the manifest of what is there; a rollback does not need it complete, and what it brings back was stored then. */
export function storeBuild(ports: Ports, { id, loaded }: Site): void {
  const { content } = loaded.state.manifest;
  if (content !== null) ports.deliveries.storeEvidence(id, content, 'json');
}
