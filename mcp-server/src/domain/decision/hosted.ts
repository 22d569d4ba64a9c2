import { canonical, type Json } from '../canonical.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { Graph } from '../ledger/graph.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { person } from './votes.ts';

/** An approval on the git host that covers a submission: its bytes are those of the commit that was reviewed. */
export interface HostedApproval {
  account: string;
  /** When the account approved. */
  at: string;
  commit: string;
  /** Digest of the submission. */
  digest: string;
  /** Heads of the ledger in that commit: what the reviewer could know. */
  seen: string[];
}

/** People by their account on the git host, in lower case. */
export function peopleByAccount(accounts: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(accounts).map(([email, account]) => [account.toLowerCase(), email]));
}

/**
 * The ledger with these approvals as decisions of level hosted. They are derived anew from what the host says now and
 * never stored; accounts that policy gives to nobody count for nothing.
 */
export function withHosted(
  ledger: Ledger,
  approvals: readonly HostedApproval[],
  people: ReadonlyMap<string, string>,
): Ledger {
  const events = approvals.flatMap((one): Recorded<'decided'>[] => {
    const email = people.get(one.account.toLowerCase());
    return email === undefined ? [] : [decision(ledger, one, person({ name: email, email }))];
  });
  return events.length === 0 ? ledger : { ...ledger, graph: new Graph([...ledger.graph.order, ...events]) };
}

function decision(ledger: Ledger, { account, at, commit, digest, seen }: HostedApproval, email: string) {
  const approver = { name: account, email };
  const event = {
    v: 1 as const,
    type: 'decided' as const,
    delivery: ledger.first.delivery,
    at,
    actor: { kind: 'human' as const, ...approver, via: 'git-host' },
    parents: [...seen].sort(),
    body: {
      level: 'hosted' as const,
      statement: {
        v: 1 as const,
        subject: digest,
        decision: 'approve' as const,
        approver,
        seen,
        nonce: commit,
        at,
        comment: '',
      },
    },
  };
  return { ...event, id: sha256(canonical(event as unknown as Json)) };
}
