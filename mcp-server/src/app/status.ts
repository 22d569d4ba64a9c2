import type { GateState } from '../domain/gate/gate.ts';
import { short } from '../domain/hash.ts';
import type { Answer } from './answer.ts';
import { placesOf } from './kept-status.ts';
import type { DeliveryStatus } from './place.ts';
import type { Ports } from './ports.ts';

const isWaiting = (gate: GateState) => gate.reasons.some((reason) => reason.code === 'undecided');

/**
 * Where one delivery, or all of them, stand. A broken one is reported beside the others.
 *
 * @param version of the program, for what is kept between runs
 */
export async function status(
  ports: Ports,
  version: string,
  id?: string,
): Promise<Answer<{ deliveries: DeliveryStatus[] }>> {
  const ids = id === undefined ? ports.deliveries.list() : [id];
  const deliveries = (await placesOf(ports, ids, version)).map((place) => place.status);
  const waiting = deliveries.filter((one) => !one.retired && one.gates.some(isWaiting));
  return {
    said: `${deliveries.length} deliver${deliveries.length === 1 ? 'y' : 'ies'}, ${waiting.length} waiting for a person.`,
    blocks: deliveries.filter((one) => one.broken).map((one) => `${one.delivery}: ${one.problems[0]}`),
    next: deliveries.length === 0 ? '/spec starts a delivery' : (deliveries.find((one) => one.next !== '')?.next ?? ''),
    data: { deliveries },
  };
}

/** At most four lines for the start of a session: what is here, what waits for a person, whether glass is broken. */
export async function sessionLines(ports: Ports, version: string): Promise<string[]> {
  const ids = ports.deliveries.list();
  if (ids.length === 0) return [];
  const places = await placesOf(ports, ids, version);
  const open = places.flatMap(({ status: { delivery, broken, retired, gates } }) => {
    const next = broken || retired ? undefined : gates.find((gate) => gate.state !== 'open');
    return next === undefined ? [] : [{ delivery, next }];
  });
  const waiting = open.flatMap(({ delivery, next }) =>
    isWaiting(next) ? [`${delivery} ${next.about} ${short(next.digest!)}`] : [],
  );
  const broken = places.flatMap(({ status }) => (status.broken ? [status.delivery] : []));
  const glass = places.flatMap((place) => place.glass.map((line) => `${place.status.delivery}: ${line}`));
  const unknown = places.flatMap((place) => place.unknown.map((line) => `${place.status.delivery} to ${line}`));
  const names = open.slice(0, 5).map(({ delivery, next }) => `${delivery} (${next.stage})`);
  return [
    `Countersign: ${ids.length} deliveries, ${open.length} unfinished${names.length > 0 ? `: ${names.join(', ')}${open.length > 5 ? ' ...' : ''}` : ''}.`,
    waiting.length > 0
      ? `Waits for a person's decision (agents cannot approve): ${waiting.slice(0, 3).join('; ')}.`
      : '',
    glass.slice(0, 3).join(' '),
    unknown.length > 0 ? `${unknown.slice(0, 3).join('; ')}: assume nothing, apply nothing, then record.` : '',
    broken.length > 0 ? `Integrity fault in: ${broken.join(', ')}. Do not touch their ledgers; tell the user.` : '',
  ].filter((line) => line !== '');
}
