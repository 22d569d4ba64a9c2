import { MANIFEST } from '../domain/build/manifest.ts';
import { isElsewhere } from '../domain/build/paths.ts';
import { type HostedApproval, peopleByAccount, withHosted } from '../domain/decision/hosted.ts';
import { assess } from '../domain/delivery.ts';
import type { Finding } from '../domain/finding.ts';
import type { Recorded } from '../domain/ledger/event.ts';
import { eventsOf, type Ledger } from '../domain/ledger/ledger.ts';
import { recordedFiles } from '../domain/verify/owned-content.ts';
import { found } from '../domain/verify/rules.ts';
import { type Loaded, tryLoad } from './load.ts';
import type { Forge, ForgeReview } from './ports/forge.ts';

import type { Ports } from './ports.ts';

/** What the git host says about the submissions of this repository. */
export interface Hosted {
  /** Approvals by delivery. */
  approvals: ReadonlyMap<string, readonly HostedApproval[]>;
  /** Commits that were approved and are not here. */
  missing: readonly string[];
}

/**
 * Asks the git host for its reviews, and holds each against the bytes that it was about. Pull requests are that of this
 * run and those that brought the submissions which are still the latest of their subject.
 *
 * @param number the pull request of this run, where there is one
 * @throws Fault those of the forge: where it cannot be asked nothing counts as hosted, and that is no silent pass
 */
export async function readHosted(ports: Ports, number: number | undefined): Promise<Hosted> {
  const forge = await ports.forge();
  const loaded = ports.deliveries.list().flatMap((id) => {
    const one = tryLoad(ports, id);
    return 'problems' in one ? [] : [one];
  });
  const numbers = new Set(number === undefined ? [] : [number]);
  for (const commit of await bringing(ports, loaded))
    for (const one of await forge.pullRequestsOf(commit)) numbers.add(one);
  const reviews = await approvedReviews(forge, [...numbers]);
  const missing: string[] = [];
  const approvals = new Map<string, HostedApproval[]>();
  for (const review of reviews) {
    if (!(await ports.commits.fetch(review.commit))) {
      missing.push(review.commit);
      continue;
    }
    for (const one of loaded) {
      const covered = await coveredBy(ports, one, review);
      approvals.set(one.read.id, [...(approvals.get(one.read.id) ?? []), ...covered]);
    }
  }
  return { approvals, missing };
}

/** The commits that brought the latest submissions of every subject. */
async function bringing(ports: Ports, loaded: readonly Loaded[]): Promise<Set<string>> {
  const commits = new Set<string>();
  for (const { read } of loaded)
    for (const event of latestSubmissions(read.ledger)) {
      const [commit] = await ports.repository.commits(`deliveries/${read.id}/ledger/${event.id}.json`);
      if (commit !== undefined) commits.add(commit.hash);
    }
  return commits;
}

function latestSubmissions(ledger: Ledger): Recorded<'submitted'>[] {
  const all = eventsOf(ledger, 'submitted');
  const subjects = new Set(all.map((event) => event.body.subject.about));
  return [...subjects].flatMap((about) =>
    ledger.graph.latest(all.filter((event) => event.body.subject.about === about)),
  );
}

/** One review an account and commit, over all pull requests. */
async function approvedReviews(forge: Forge, numbers: readonly number[]): Promise<ForgeReview[]> {
  const all = (await Promise.all(numbers.map((one) => forge.reviews(one)))).flat();
  return all.filter((review) => review.verdict === 'approved');
}

/** The submissions that were in the reviewed commit together with exactly the bytes they froze. */
async function coveredBy(ports: Ports, { read }: Loaded, review: ForgeReview): Promise<HostedApproval[]> {
  const folder = `deliveries/${read.id}`;
  const names = ports.history
    .paths(review.commit, [`${folder}/ledger`])
    .map((path) => path.slice(path.lastIndexOf('/') + 1));
  const there = new Set(names.map((name) => name.replace(/\.json$/, '')));
  const seen = read.ledger.graph.latest(read.ledger.graph.order.filter((event) => there.has(event.id)));
  const covered: HostedApproval[] = [];
  for (const event of latestSubmissions(read.ledger)) {
    if (!there.has(event.id)) continue;
    const frozen = event.body.subject.artifacts.flatMap((one) =>
      one.path === MANIFEST
        ? manifestFiles(ports, read.id, one.sha256)
        : [{ path: `${folder}/${one.path}`, sha256: one.sha256 }],
    );
    const hashes = await ports.commits.hashesAt(
      review.commit,
      frozen.map((one) => one.path),
    );
    if (frozen.length === 0 || frozen.some((one) => hashes.get(one.path) !== one.sha256)) continue;
    const { account, at, commit } = review;
    covered.push({ account, at, commit, digest: event.body.digest, seen: seen.map((one) => one.id) });
  }
  return covered;
}

/** The manifest itself and every file it names; files of other repositories are not in this commit. */
function manifestFiles(ports: Ports, id: string, sha256: string) {
  const text = ports.deliveries.evidence(id, sha256) ?? '{"components":[]}';
  const files = recordedFiles(text).filter((file) => !isElsewhere(file.path));
  return [{ path: `deliveries/${id}/evidence/${sha256}.json`, sha256 }, ...files];
}

/** A delivery judged anew with what the git host says; accounts are people as the trusted policy has it. */
export function countHosted(loaded: Loaded, hosted: Hosted): Loaded {
  const { read } = loaded;
  const approvals = hosted.approvals.get(read.id) ?? [];
  const ledger = withHosted(read.ledger, approvals, peopleByAccount(accountsOf(loaded)));
  return ledger === read.ledger ? loaded : { ...loaded, read: { ...read, ledger }, state: assess({ ...read, ledger }) };
}

const accountsOf = ({ read }: Loaded) => (read.floor ?? read.policy).accounts;

/** Accounts that approved and that policy says nothing of. */
export function strangers(loaded: Loaded, hosted: Hosted): string[] {
  const people = peopleByAccount(accountsOf(loaded));
  const approvals = hosted.approvals.get(loaded.read.id) ?? [];
  return approvals.map((approval) => approval.account).filter((account) => !people.has(account.toLowerCase()));
}

/** Approvals that cannot be counted, and why. */
export function hostedFindings(hosted: Hosted, unknown: ReadonlySet<string>): Finding[] {
  const findings = hosted.missing.map((commit) =>
    found(
      'hosted-review',
      'deliveries',
      `commit ${commit.slice(0, 12)} was approved and is not here`,
      'check out the full history (fetch-depth: 0)',
    ),
  );
  for (const account of unknown)
    findings.push(
      found(
        'hosted-review',
        'countersign.yaml',
        `account ${JSON.stringify(account)} approved, and policy says not whose it is: it counts for nothing`,
        'accounts: the e-mail address of the person with this account',
      ),
    );
  return findings;
}
