import { gatesBefore } from '../domain/delivery.ts';
import { type Loaded, tryLoad } from './load.ts';
import type { Ports } from './ports.ts';

/** Why a Build cannot be decided on yet: what the delivery depends on is not built and approved. One sentence each. */
export function waitsForOthers(ports: Ports, { read, state }: Loaded): string[] {
  const names = new Set(state.requirements?.front?.['depends-on'] ?? []);
  names.delete(read.id);
  return [...names].flatMap((id) => {
    if (!ports.deliveries.exists(id)) return [`it depends on ${id}, which is not a delivery here`];
    const other = tryLoad(ports, id);
    if ('problems' in other) return [`it depends on ${id}, whose ledger does not hold together`];
    const { gate } = gatesBefore(other.state, 'build');
    return gate.state === 'open' ? [] : [`it depends on ${id}, whose Build is ${gate.state}`];
  });
}
