import { type Waiting, waitingFor } from '../domain/waiting.ts';
import type { Answer } from './answer.ts';
import { tryLoad } from './load.ts';
import type { Identity } from './ports/repository.ts';

import type { Ports } from './ports.ts';

/** What waits for one person, and the deliveries that could not be read. */
export interface Mine {
  who: Identity;
  waiting: Waiting[];
  broken: string[];
}

/** What waits for a person over all deliveries, or in one; what waits longest comes first. */
export function mine(ports: Ports, who: Identity, id?: string): Answer<Mine> {
  const waiting: Waiting[] = [];
  const broken: string[] = [];
  for (const one of id === undefined ? ports.deliveries.list() : [id]) {
    const loaded = tryLoad(ports, one);
    if ('problems' in loaded) broken.push(one);
    else waiting.push(...waitingFor(loaded.read, loaded.state, who));
  }
  waiting.sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0));
  const count = waiting.length;
  return {
    said: count === 0 ? 'Nothing waits for you.' : `${count} thing${count === 1 ? ' waits' : 's wait'} for you.`,
    blocks: broken.map((one) => `${one}: its record does not hold together`),
    next: waiting[0] === undefined ? '' : stepFor(waiting[0]),
    data: { who, waiting, broken },
  };
}

/** What to type about it. */
export function stepFor({ delivery, kind, about }: Waiting): string {
  const subject = about.replace(/^stage:/, '');
  if (kind === 'decide')
    return `countersign review ${delivery} ${subject}, then countersign approve ${delivery} ${subject}`;
  if (kind === 'answer') return `countersign reply ${delivery} <comment> <text>`;
  return kind === 'rework'
    ? `change it, then countersign submit ${delivery} ${subject}`
    : `countersign submit ${delivery} ${subject}`;
}
