import type { CheckedSignature } from '../domain/decision/assurance.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import type { PlatformFact } from '../domain/feasibility/snapshot.ts';
import type { GuardEntry } from '../domain/guard-entry.ts';
import type { LedgerFile } from '../domain/ledger/ledger.ts';
import type { ArtifactName } from '../domain/stage.ts';

/** The deliveries of a project, as files. Every id that comes in has been checked; a store never follows links out. */
export interface Deliveries {
  /** Ids of the deliveries that are there, sorted. */
  list(): string[];
  exists(id: string): boolean;
  ledgerFiles(id: string): LedgerFile[];
  /** Writes one event; atomic and durable. Writing the same event twice changes nothing. */
  writeEvent(id: string, name: string, content: string): void;
  /** Runs `work` while no other process appends to this delivery. */
  locked<T>(id: string, work: () => T): T;
  artifact(id: string, name: ArtifactName | 'history.md'): string | undefined;
  writeArtifact(id: string, name: ArtifactName | 'history.md', text: string): void;
  /** Stores bytes under their SHA-256 and returns it. */
  storeEvidence(id: string, content: string, extension: string): string;
  evidence(id: string, sha256: string): string | undefined;
  /** Makes the folder of a new delivery and the git attributes that keep its hashes stable. */
  prepare(id: string): void;
}

/** The project's own files, outside `deliveries/`. */
export interface ProjectFiles {
  /** Text of a file, undefined when it is not there. Refuses paths that leave the project. */
  read(path: string): string | undefined;
  write(path: string, text: string): void;
  /** Files that match any of the patterns, with content hashes, sorted by path. Follows .gitignore. */
  matching(patterns: readonly string[]): Frozen[];
  /** Those of the paths that are regular files of the project, with content hashes, sorted by path. */
  existing(paths: readonly string[]): Frozen[];
}

export interface Identity {
  name: string;
  email?: string;
}

/** What the git repository says. */
export interface Repository {
  /** user.name and user.email as git resolves them; undefined when git knows no name. */
  identity(): Promise<Identity | undefined>;
  /** Name of the branch, undefined when HEAD is detached. */
  branch(): string | undefined;
  head(): Promise<string | undefined>;
}

/** Heads seen on this machine, kept outside the repository, by delivery and branch. */
export interface SeenHeads {
  get(first: string, branch: string): string[];
  set(first: string, branch: string, heads: readonly string[]): void;
  forget(first: string, branch: string): void;
}

export interface RunResult {
  /** null when a signal or the time limit ended it. */
  exit: number | null;
  timedOut: boolean;
  stdout: Captured;
  stderr: Captured;
  durationMs: number;
  /** Values that must not be stored: those of the variables that policy let through. */
  secrets: string[];
}

/** Captured output, bounded; length and hash are those of the whole. */
export interface Captured {
  text: string;
  bytes: number;
  sha256: string;
}

export interface Shell {
  /** Runs a script with `sh` or `bash` in the project's root, in a clean environment, and ends it after the limit. */
  run(lang: 'sh' | 'bash', script: string, options: { timeoutMs: number; env: readonly string[] }): Promise<RunResult>;
}

/** Looks for tools of this machine, read-only. */
export interface LocalTools {
  /** Names that may be asked for. */
  readonly known: readonly string[];
  probe(names: readonly string[]): Promise<PlatformFact[]>;
}

/** The compiled index that the hook reads. */
export interface Guard {
  /** The stat key of each path as it is now. */
  keys(paths: readonly string[]): Record<string, string>;
  store(id: string, entry: GuardEntry): void;
}

/** A private key as `ssh-keygen` takes it, and what is known of it. */
export interface SigningKey {
  path: string;
  /** Whether ssh-agent holds it, open to everything that runs as this user. */
  inAgent: boolean;
}

export interface Signatures {
  /** Checks an armoured signature over a message. */
  check(message: string, armored: string): CheckedSignature;
  /** Signs with `ssh-keygen -Y sign`, which asks for passphrase or touch on the terminal. */
  sign(message: string, key: string): Promise<string>;
  /** The key of `--key`, of policy, or of git's user.signingkey when gpg.format is ssh; undefined when there is none. */
  findKey(named: string | undefined, policy: string | undefined): Promise<SigningKey | undefined>;
  /** Public key of a private key: type and base64. */
  publicKey(key: string): Promise<string>;
}

/** Who may sign: the repository's file, and what a person accepted on this machine. */
export interface SignerTrust {
  /** Text of deliveries/allowed_signers. */
  file(): string | undefined;
  writeFile(text: string): void;
  /** Text that was accepted for this repository, kept outside it. */
  pinned(): string | undefined;
  pin(text: string): void;
}

/** Everything a use case may need from outside. */
export interface Ports {
  deliveries: Deliveries;
  files: ProjectFiles;
  repository: Repository;
  seen: SeenHeads;
  shell: Shell;
  tools: LocalTools;
  guard: Guard;
  signatures: Signatures;
  trust: SignerTrust;
  templates: Templates;
  now(): Date;
  /** 32 hex digits nobody can guess. */
  nonce(): string;
}

export interface TemplateInfo {
  name: string;
  title: string;
  summary: string;
}

export interface Templates {
  list(): TemplateInfo[];
  /** requirements.md of a template, undefined for an unknown name. */
  requirements(name: string): string | undefined;
}
