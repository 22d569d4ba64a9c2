import type { LedgerFile } from '../../domain/ledger/ledger.ts';
import type { ArtifactName } from '../../domain/stage.ts';

/** The deliveries of a project, as files. Every id that comes in has been checked; a store never follows links out. */
export interface Deliveries {
  /** Ids of the deliveries that are there, sorted. */
  list(): string[];
  exists(id: string): boolean;
  ledgerFiles(id: string): LedgerFile[];
  /** Names of the files in the ledger's folder. */
  ledgerNames(id: string): string[];
  /** Writes one event; atomic and durable. Writing the same event twice changes nothing. */
  writeEvent(id: string, name: string, content: string): void;
  /** Runs `work` while no other process appends to this delivery. */
  locked<T>(id: string, work: () => T): T;
  artifact(id: string, name: ArtifactName | 'history.md'): string | undefined;
  writeArtifact(id: string, name: ArtifactName | 'history.md', text: string): void;
  /**
   * A hash over everything that is read of a delivery: the bytes of these artifacts and of its ledger, and the names of the
   * evidence, which are hashes. Undefined where there is no ledger.
   */
  contentKey(id: string, names: readonly ArtifactName[]): string | undefined;
  /** Stores bytes under their SHA-256 and returns it. */
  storeEvidence(id: string, content: string, extension: string): string;
  evidence(id: string, sha256: string): string | undefined;
  /** Hashes of the evidence that is there. */
  evidenceHashes(id: string): string[];
  removeEvidence(id: string, sha256: string): void;
  /** Makes the folder of a new delivery and the git attributes that keep its hashes stable. */
  prepare(id: string): void;
}

/** Heads seen on this machine, kept outside the repository, by delivery and branch. */
export interface SeenHeads {
  get(first: string, branch: string): string[];
  set(first: string, branch: string, heads: readonly string[]): void;
  forget(first: string, branch: string): void;
}
