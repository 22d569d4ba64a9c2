import type { Commits } from './ports/commits.ts';
import type { Deliveries, SeenHeads } from './ports/deliveries.ts';
import type { Doctor } from './ports/doctor.ts';
import type { Forge } from './ports/forge.ts';
import type { GitHistory } from './ports/git-history.ts';
import type { Guard, SeenWrites } from './ports/guard.ts';
import type { KeptFindings, KeptStatuses, Stamps } from './ports/kept.ts';
import type { Platforms } from './ports/platforms.ts';
import type { Programs } from './ports/programs.ts';
import type { ProjectFiles } from './ports/project-files.ts';
import type { Repository } from './ports/repository.ts';
import type { Shell } from './ports/running.ts';
import type { Signatures, SignerTrust } from './ports/signing.ts';
import type { Templates } from './ports/templates.ts';

/** Everything a use case may need from outside. */
export interface Ports {
  deliveries: Deliveries;
  files: ProjectFiles;
  repository: Repository;
  history: GitHistory;
  seen: SeenHeads;
  shell: Shell;
  platforms: Platforms;
  programs: Programs;
  guard: Guard;
  signatures: Signatures;
  trust: SignerTrust;
  /** Loaded when it is asked for: few starts need one. */
  templates(): Promise<Templates>;
  /** The person's own conventions for what they start, and where they lie; undefined where there are none. */
  conventions(): { path: string; text: string } | undefined;
  findings: KeptFindings;
  statuses: KeptStatuses;
  stamps: Stamps;
  commits: Commits;
  writes: SeenWrites;
  /** Version of this program. */
  version: string;
  doctor: Doctor;
  /** @throws Fault `no-forge` */
  forge(): Promise<Forge>;
  now(): Date;
  /** 32 hex digits nobody can guess. */
  nonce(): string;
}
