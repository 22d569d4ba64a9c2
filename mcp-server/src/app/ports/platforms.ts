import type { PlatformFact, ProbeCall } from '../../domain/feasibility/snapshot.ts';
import type { ProbeSettings } from '../../domain/policy/probes.ts';

/** What to look at; everything when both are left out. */
export interface LookRequest {
  /** Names of probes. */
  probes?: readonly string[] | undefined;
  /** Names of local tools. */
  tools?: readonly string[] | undefined;
}

export interface Looked {
  facts: PlatformFact[];
  calls: ProbeCall[];
}

/** Asks tools, clusters and systems what is there, read-only. */
export interface Platforms {
  /** Names that may be asked for. */
  known(): Promise<{ probes: readonly string[]; tools: readonly string[] }>;
  look(settings: ProbeSettings, request: LookRequest): Promise<Looked>;
}
