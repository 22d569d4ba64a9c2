import { type Frozen, type Subject, subjectDigest } from '../../mcp-server/src/domain/decision/subject.ts';
import { contentHash } from '../../mcp-server/src/domain/hash.ts';
import {
  type Actor,
  type Body,
  type EventOf,
  type EventType,
  type LedgerEvent,
  type Recorded,
  writeEvent,
} from '../../mcp-server/src/domain/ledger/event.ts';
import { type Ledger, type LedgerFile, readLedger } from '../../mcp-server/src/domain/ledger/ledger.ts';
import type { Demand } from '../../mcp-server/src/domain/policy/demand.ts';
import type { Track } from '../../mcp-server/src/domain/stage.ts';

/** Where and when an event is written; without `after` it joins all heads, as the product does. */
export interface Placement {
  /** The parents: events known to the writer. */
  after?: readonly Recorded[];
  /** Milliseconds since the epoch; without it, one minute later than the event before it. */
  at?: number;
  actor?: Actor;
}

export const human = (name: string, email?: string): Actor => ({
  kind: 'human',
  name,
  via: 'cli',
  ...(email === undefined ? {} : { email }),
});

/** What is demanded unless a test says otherwise: one recorded approval, by anyone. */
export const laxDemand: Demand = { track: 'standard', risk: 'low', level: 'recorded', approvers: 1, separation: false };

/** A piece of content as submissions freeze it. */
export const frozen = (path: string, text: string): Frozen => ({ path, sha256: contentHash(text) });

export interface SubmitOptions extends Placement {
  artifacts?: readonly Frozen[];
  upstream?: readonly string[];
  policy?: Partial<Demand>;
  round?: number;
  /** Identity of the delivery that the subject names. */
  first?: string;
}

export interface DecideOptions extends Placement {
  by?: { name: string; email?: string };
  level?: 'recorded' | 'hosted' | 'signed';
  comment?: string;
}

export const START = Date.UTC(2026, 0, 5, 9);
const MINUTE = 60_000;

/**
 * Tells a delivery's history in code. Every call adds one event; branches come from naming the parents:
 * `const left = story.approve(s); const right = story.reject(s, { after: [s] });` and the next call joins both.
 */
export class LedgerBuilder {
  readonly delivery: string;
  readonly created: Recorded<'created'>;
  readonly events: Recorded[] = [];
  readonly #files = new Map<string, string>();
  #heads = new Set<string>();
  #clock = START;

  constructor(options: { delivery?: string; track?: Track; nonce?: string } = {}) {
    this.delivery = options.delivery ?? 'vlan-provisioning';
    const { track = 'standard', nonce = 'nonce-of-the-first-event' } = options;
    this.created = this.add('created', { nonce, title: 'VLAN provisioning', track });
  }

  /** Adds any event. */
  add<T extends EventType>(type: T, body: Body<T>, placement: Placement = {}): Recorded<T> {
    const parents = placement.after?.map((event) => event.id) ?? [...this.#heads];
    this.#clock = placement.at ?? this.#clock + MINUTE;
    const event = {
      v: 1,
      type,
      delivery: this.delivery,
      at: new Date(this.#clock).toISOString(),
      actor: placement.actor ?? human('Ada'),
      parents: [...new Set(parents)].sort(),
      body,
    } as EventOf<T>;
    const { id, content } = writeEvent(event as LedgerEvent);
    const recorded = { ...event, id } as Recorded<T>;
    if (!this.#files.has(id)) this.events.push(recorded as Recorded);
    this.#files.set(id, content);
    for (const parent of parents) this.#heads.delete(parent);
    this.#heads.add(id);
    return recorded;
  }

  /** Submits content about a subject such as `stage:design`; opens round 1 unless told otherwise. */
  submit(about: string, options: SubmitOptions = {}): Recorded<'submitted'> {
    const subject: Subject = {
      v: 1,
      first: options.first ?? this.created.id,
      about,
      artifacts: [...(options.artifacts ?? [frozen('requirements.md', 'first draft')])],
      upstream: [...(options.upstream ?? [])],
      policy: { ...laxDemand, ...options.policy },
      round: options.round ?? 1,
    };
    return this.add('submitted', { digest: subjectDigest(subject), subject }, options);
  }

  approve(submission: Recorded<'submitted'>, options: DecideOptions = {}): Recorded<'decided'> {
    return this.decide(submission.body.digest, 'approve', options);
  }

  reject(submission: Recorded<'submitted'>, options: DecideOptions = {}): Recorded<'decided'> {
    return this.decide(submission.body.digest, 'reject', options);
  }

  revoke(submission: Recorded<'submitted'>, options: DecideOptions = {}): Recorded<'decided'> {
    return this.decide(submission.body.digest, 'revoke', options);
  }

  decide(digest: string, decision: 'approve' | 'reject' | 'revoke', options: DecideOptions = {}): Recorded<'decided'> {
    const approver = options.by ?? { name: 'Grace' };
    return this.add(
      'decided',
      {
        level: options.level ?? 'recorded',
        statement: {
          v: 1,
          subject: digest,
          decision,
          approver,
          seen: [],
          nonce: `nonce-of-decision-${this.events.length}`,
          at: new Date(this.#clock + MINUTE).toISOString(),
          comment: options.comment ?? '',
        },
      },
      { actor: human(approver.name, approver.email), ...options },
    );
  }

  /** Something that happened and decides nothing: joins branches without a decision. */
  note(placement: Placement = {}): Recorded<'stated'> {
    return this.add(
      'stated',
      { need: 'CAP-1', status: 'resolved', fact: `fact ${this.events.length}`, by: 'Ada' },
      placement,
    );
  }

  /** The ledger folder as it would lie on disk. */
  files(): LedgerFile[] {
    return [...this.#files].map(([id, content]) => ({ name: `${id}.json`, content }));
  }

  /** The ledger as the product reads it. */
  ledger(): Ledger {
    const read = readLedger(this.delivery, this.files());
    if ('problems' in read) throw new Error(read.problems.map((problem) => problem.message).join('; '));
    return read;
  }
}
