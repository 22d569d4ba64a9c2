import { aboutOf } from '../domain/decision/about.ts';
import { DIGEST_PREFIX } from '../domain/decision/subject.ts';
import { inputFault } from '../domain/fault.ts';
import type { Recorded } from '../domain/ledger/event.ts';
import { eventsOf } from '../domain/ledger/ledger.ts';
import { tryLoad } from './load.ts';
import type { Ports } from './ports.ts';

export interface Found {
  delivery: string;
  submission: Recorded<'submitted'>;
  /** Heads of its ledger when it was found. */
  heads: readonly string[];
}

/** What a person typed to name a submission; delivery and subject are checks, and both are optional. */
export interface Named {
  digest: string;
  delivery?: string | undefined;
  about?: string | undefined;
}

/**
 * The one submission a digest names, over all deliveries that can be read.
 *
 * @throws Fault `bad-digest`, `unknown-digest`, `ambiguous-digest`, `other-subject`
 */
export function findSubmission(ports: Ports, input: Named): Found {
  if (!DIGEST_PREFIX.test(input.digest))
    throw inputFault({
      code: 'bad-digest',
      message: `${JSON.stringify(input.digest)} is not a digest`,
      expected: 'at least the first 12 of its hex digits, as submit and status print them',
      next: 'countersign status shows what waits for a decision',
    });
  const ids = input.delivery === undefined ? ports.deliveries.list() : [input.delivery];
  const found = new Map<string, Found>();
  for (const delivery of ids) {
    const loaded = tryLoad(ports, delivery);
    if ('problems' in loaded) continue;
    for (const submission of eventsOf(loaded.read.ledger, 'submitted'))
      if (submission.body.digest.startsWith(input.digest))
        found.set(submission.body.digest, { delivery, submission, heads: loaded.read.ledger.graph.heads });
  }
  if (found.size > 1)
    throw inputFault({
      code: 'ambiguous-digest',
      message: `${input.digest} names ${found.size} submissions`,
      expected: 'a longer prefix that names one',
      next: [...found.keys()].join(', '),
    });
  const [only] = found.values();
  if (only === undefined)
    throw inputFault({
      code: 'unknown-digest',
      message: `nothing with the digest ${input.digest} was submitted here`,
      expected: 'the digest that submit or status printed',
      next: 'countersign status shows what waits for a decision',
    });
  const { about } = only.submission.body.subject;
  if (input.about !== undefined && aboutOf(input.about) !== about)
    throw inputFault({
      code: 'other-subject',
      message: `${input.digest} is about ${about}, not ${aboutOf(input.about)}`,
      next: 'check what you are deciding about with countersign status',
    });
  return only;
}
