import type { CheckedSignature } from '../domain/decision/assurance.ts';
import type { Frozen } from '../domain/decision/subject.ts';
import type { DoctorLine } from '../domain/doctor/line.ts';
import type { PlatformFact, ProbeCall } from '../domain/feasibility/snapshot.ts';
import type { GuardEntry, GuardPolicy } from '../domain/guard-entry.ts';
import type { LedgerFile } from '../domain/ledger/ledger.ts';
import type { ProbeSettings } from '../domain/policy/probes.ts';
import type { ArtifactName } from '../domain/stage.ts';
import type { KeptFindings, KeptStatuses, Stamps } from './kept-ports.ts';

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
  /** The latest commits that touched a file, or one line of it (counted from 1); newest first, empty without history. */
  commits(path: string, line?: number): Promise<Commit[]>;
}

export interface Commit {
  hash: string;
  author: string;
  /** RFC 3339. */
  at: string;
  subject: string;
}

/** What git holds of commits. */
export interface GitHistory {
  /** The commit that a ref names; undefined where it is not known here. */
  commit(ref: string): string | undefined;
  /** Where HEAD's line left that commit's; undefined where they have nothing in common, as far as is known here. */
  fork(commit: string): string | undefined;
  /** Whether older history is missing here. */
  shallow(): boolean;
  /** Paths of the files at a commit that are one of these or lie below one. */
  paths(commit: string, places: readonly string[]): string[];
  /** Text of a file at a commit; undefined where it is not there. */
  read(commit: string, path: string): string | undefined;
  /** Paths outside `deliveries/` whose content in the work tree is not that of the commit: changed, gone, not tracked. */
  changed(commit: string): string[];
  /** The same below `deliveries/`. */
  changedRecords(commit: string): string[];
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
  /**
   * Runs a script with `sh` or `bash`, or a program with the arguments that follow it, in a folder of the project and a clean
   * environment, and ends it after the limit.
   */
  run(
    command: { lang: 'sh' | 'bash'; script: string } | { argv: readonly string[] },
    options: {
      timeoutMs: number;
      /** Names of further variables of the environment, and values that are set. */
      env: readonly string[];
      set?: Readonly<Record<string, string>>;
      /** In the project; its root unless said. */
      folder?: string;
    },
  ): Promise<RunResult>;
}

/** Programs that deploy, and what belongs to running them. */
export interface Programs {
  /**
   * Runs a program in a folder of the project, without a shell, and ends its process group after the limit. Undefined when
   * it cannot be started.
   */
  run(
    argv: readonly string[],
    options: {
      directory: string;
      timeoutMs: number;
      keptBytes: number;
      /** Names of further variables of the environment, and values that are set. */
      env: readonly string[];
      set: Readonly<Record<string, string>>;
    },
  ): Promise<RunResult | undefined>;
  /** Where a program lies that would be run by its name, when that is inside the project. */
  inProject(program: string): string | undefined;
  /** Absolute path for a plan that a tool saves; outside the work tree, because it holds secrets. */
  savedPlan(name: string): string;
  /** SHA-256 of such a file; undefined when it is not there. */
  savedHash(path: string): string | undefined;
  /** Puts such a file in the place of another. */
  keepPlan(from: string, to: string): void;
  forget(path: string): void;
  /** Runs `work` unless something of this name is running on this machine; then says who. */
  alone<T>(name: string, work: () => Promise<T>): Promise<{ result: T } | { heldBy: string }>;
  wait(ms: number): Promise<void>;
}

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

/** The compiled index that the hook reads. */
export interface Guard {
  /** The stat key of each path as it is now. */
  keys(paths: readonly string[]): Record<string, string>;
  /** Those of the deliveries whose entry is missing, or whose sources moved since it was compiled. */
  stale(ids: readonly string[]): string[];
  /** Whether there is a policy that the index does not hold as it is now. */
  policyMoved(): boolean;
  /** Entries by delivery. */
  store(entries: Readonly<Record<string, GuardEntry>>): void;
  storePolicy(policy: GuardPolicy): void;
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
  /** Signs with `ssh-keygen -Y sign`, which asks for passphrase or touch on the terminal; as a decision, where no namespace is named. */
  sign(message: string, key: string, namespace?: string): Promise<string>;
  /** The key of `--key`, of policy, or of git's user.signingkey when gpg.format is ssh; undefined when there is none. */
  findKey(named: string | undefined, policy: string | undefined): Promise<SigningKey | undefined>;
  /** Public key of a private key: type and base64. */
  publicKey(key: string): Promise<string>;
}

/** Who may sign: the repository's files, and what a person accepted on this machine. */
export interface SignerTrust {
  /** Text of deliveries/allowed_signers. */
  file(): string | undefined;
  writeFile(text: string): void;
  /** Text of deliveries/revoked_keys. */
  revokedFile(): string | undefined;
  /** What was accepted for this repository, kept outside it. */
  pinned(): Pinned | undefined;
  pin(accepted: Pinned): void;
}

/** Texts of the two files as a person accepted them. */
export interface Pinned {
  signers: string;
  revoked: string;
}

/** Looks at installation, client and repository; read-only. */
export interface Doctor {
  look(): Promise<DoctorLine[]>;
}

/** A write by an agent's tool that the guard let pass. */
export interface SeenWrite {
  /** Name of the subagent, and the model of its session; empty where unknown. */
  agent: string;
  model: string;
}

export interface SeenWrites {
  /** The last write to each of these paths; those that nobody saw are left out. */
  last(paths: readonly string[]): Map<string, SeenWrite>;
  /** Paths that sessions on a delivery wrote, as far as they are still as they were written. */
  under(delivery: string): string[];
}

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

export interface TemplateInfo {
  name: string;
  title: string;
  /** One line. */
  summary: string;
  group: string;
  tags: readonly string[];
  /** The project's own, below `templates/`, stand before shipped ones of the same name. */
  from: 'project' | 'shipped';
  /** Why it cannot be used. */
  problem?: string;
}

export interface Templates {
  /** By name. */
  list(): TemplateInfo[];
  /** requirements.md of a template, undefined for an unknown name. */
  requirements(name: string): string | undefined;
  /** answers.yaml of a template: its worked example. */
  answers(name: string): string | undefined;
}

/** A pull request, or merge request, as the forge has it now. */
export interface PullRequest {
  number: number;
  /** Name of the branch that it wants to merge, and the commit at its head. */
  branch: string;
  commit: string;
  /** Whether that branch is in another repository than the one it merges into. */
  fork: boolean;
}

/** What an account last said about a pull request; comments without a verdict are none. */
export interface ForgeReview {
  account: string;
  verdict: 'approved' | 'changes-requested' | 'dismissed';
  /** The commit that was reviewed. */
  commit: string;
  at: string;
}

/** The git host that the remote of this repository is on. Every call may throw a Fault of kind environment. */
export interface Forge {
  /** Host and repository, for people. */
  readonly name: string;
  pullRequest(number: number): Promise<PullRequest>;
  /** Numbers of the pull requests that a commit belongs to, merged ones included. */
  pullRequestsOf(commit: string): Promise<number[]>;
  /** The latest verdict of each account. */
  reviews(number: number): Promise<ForgeReview[]>;
  /** Whether a branch is protected; undefined when this account may not know. */
  isProtected(branch: string): Promise<boolean | undefined>;
}

/** Other commits than the one that is checked out, and branches of the remote. */
export interface Commits {
  /** SHA-256 of each file's content at a commit, text normalised; a path that is not there is left out. */
  hashesAt(commit: string, paths: readonly string[]): Promise<Map<string, string>>;
  /** Brings a commit here where a shallow clone lacks it. Whether it is here now. */
  fetch(commit: string): Promise<boolean>;
  /**
   * Checks a branch of the remote out into a folder of its own, away from the person's work tree.
   *
   * @throws Fault `no-remote`, `branch-moved`
   */
  checkOut(branch: string, commit: string): Promise<string>;
  /**
   * Commits these paths of such a folder and nothing else, and pushes to the branch.
   *
   * @throws Fault `push-refused`
   */
  publish(folder: string, paths: readonly string[], message: string, branch: string): Promise<void>;
  /** Removes such a folder. */
  discard(folder: string): Promise<void>;
  /**
   * A second work tree of HEAD in a folder of its own, by a name; one of that name that is there is made anew.
   *
   * @param present paths whose content is taken from the work tree as it is now, uncommitted edits included
   * @param without paths that are left out
   * @throws Fault `no-commit`, `no-worktree`
   */
  sideTree(name: string, present: readonly string[], without: readonly string[]): Promise<string>;
  /** The folder of such a work tree; undefined when there is none. */
  sideTreeAt(name: string): string | undefined;
}
