import type { Trust } from '../domain/decision/assurance.ts';
import { environmentFault, inputFault } from '../domain/fault.ts';
import { POLICY_FILE } from '../domain/policy/file.ts';
import type { Policy } from '../domain/policy/policy.ts';
import { readAllowedSigners, SIGNERS_FILE } from '../domain/signing/allowed-signers.ts';
import { REVOKED_FILE } from '../domain/signing/revoked-keys.ts';
import { revokedKeys } from './assurance.ts';
import { type OtherRules, parsePolicy } from './load.ts';
import type { Ports } from './ports.ts';

/** What a ref holds that the change under review cannot alter: the base branch of a pull request. Plain data. */
export interface RefContent {
  /** As it was named. */
  name: string;
  signers: Trust['signers'];
  revoked: ReadonlySet<string>;
  policy: Policy;
  /** Texts at the ref of the files that make the rules; undefined where it has none. */
  files: ReadonlyMap<string, string | undefined>;
  /** Ids of events that the ref holds, by delivery. */
  held: ReadonlyMap<string, readonly string[]>;
  /** Ids of events where the change left the ref's line, by delivery: what came there since is not missing here. */
  events: ReadonlyMap<string, readonly string[]>;
  /** The commit where the change left the ref's line; the ref itself where their lines have nothing in common. */
  since: string;
}

export interface TrustedRef extends RefContent {
  rules: OtherRules;
  /** Paths whose content is not what it was there; asked of git when it is needed, and once. */
  changed(): readonly string[];
}

/** The ref with what follows from its content, and with what takes a question to git. */
export function trustedRef({ history }: Pick<Ports, 'history'>, content: RefContent): TrustedRef {
  const { signers, revoked, policy } = content;
  let changed: readonly string[] | undefined;
  return {
    ...content,
    rules: { trust: { signers, from: 'base', revoked, held: new Set([...content.held.values()].flat()) }, policy },
    changed() {
      changed ??= history.changed(content.since);
      return changed;
    },
  };
}

/** Where everything lies that is read of a ref. */
const PLACES = ['deliveries', POLICY_FILE];

export const RULE_FILES = [POLICY_FILE, SIGNERS_FILE, REVOKED_FILE] as const;

/**
 * Reads signers, policy and ledgers of a ref.
 *
 * @throws Fault `unknown-ref`, `shallow-clone` (environment), `broken-policy`
 */
export function readTrustedRef(ports: Ports, name: string): TrustedRef {
  const { history } = ports;
  const commit = history.commit(name);
  if (commit === undefined) throw unknownRef(name, history.shallow());
  const fork = history.fork(commit);
  if (fork === undefined && history.shallow()) throw shallowClone(name);
  const there = history.paths(commit, PLACES);
  const files = new Map(
    RULE_FILES.map((path) => [path as string, there.includes(path) ? history.read(commit, path) : undefined]),
  );
  const atRef = eventsIn(there);
  const before = fork === undefined || fork === commit ? atRef : eventsIn(history.paths(fork, PLACES));
  return trustedRef(ports, {
    name,
    since: fork ?? commit,
    files,
    signers: readAllowedSigners(files.get(SIGNERS_FILE) ?? '').signers,
    // A revocation only takes away: one that the change itself brings counts too.
    revoked: revokedKeys(files.get(REVOKED_FILE), ports.trust.revokedFile()),
    policy: parsePolicy(files.get(POLICY_FILE), `${name}:${POLICY_FILE}`, (path) =>
      history.paths(commit, [path]).includes(path) ? history.read(commit, path) : undefined,
    ),
    held: atRef,
    events: before,
  });
}

const EVENT_PATH = /^deliveries\/([a-z0-9][a-z0-9-]{0,63})\/ledger\/([0-9a-f]{64})\.json$/;

function eventsIn(paths: readonly string[]): Map<string, string[]> {
  const events = new Map<string, string[]>();
  for (const path of paths) {
    const [, delivery, event] = EVENT_PATH.exec(path) ?? [];
    if (delivery === undefined || event === undefined) continue;
    const known = events.get(delivery);
    if (known === undefined) events.set(delivery, [event]);
    else known.push(event);
  }
  return events;
}

function unknownRef(name: string, shallow: boolean) {
  const said = { code: 'unknown-ref', message: `git knows no commit ${JSON.stringify(name)} here` };
  const branch = name.replace(/^(?:refs\/(?:heads|remotes)\/)?(?:origin\/)?/, '');
  const next = `git fetch origin ${branch} (in GitHub Actions: actions/checkout with fetch-depth: 0; in GitLab: GIT_DEPTH: 0)`;
  if (!shallow && !name.includes('/')) return inputFault({ ...said, expected: 'a branch, tag or commit', next });
  const message = `${said.message}${shallow ? ': this clone is shallow' : ''}`;
  return environmentFault({ ...said, message, expected: 'the branch that the change goes to, fetched', next });
}

function shallowClone(name: string) {
  return environmentFault({
    code: 'shallow-clone',
    message: `this clone is shallow: where the change left ${name} is not known here`,
    expected: 'the history back to that commit',
    next: 'git fetch --unshallow (in GitHub Actions: actions/checkout with fetch-depth: 0; in GitLab: GIT_DEPTH: 0)',
  });
}
