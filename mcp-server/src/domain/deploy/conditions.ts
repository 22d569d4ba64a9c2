import type { DeliveryState } from '../delivery.ts';
import type { Finding } from '../finding.ts';
import { type Deploy, deploysTo } from './deploys.ts';
import type { DeploySettings } from './environment.ts';
import { closedBecause } from './window.ts';

/** What has to be so, whatever the plan says; each why not is one sentence. */
export function notDeployable(
  state: Pick<DeliveryState, 'id' | 'change' | 'requirements' | 'manifest'>,
  gate: { state: string; reasons: readonly { text: string }[] },
  settings: DeploySettings,
  drift: readonly Finding[],
): string[] {
  const { change, manifest, requirements } = state;
  return [
    ...(gate.state === 'open' ? [] : [`Build is ${gate.state}: ${gate.reasons.map((one) => one.text).join('; ')}`]),
    ...(change === null ? [] : [`change ${change.cycle.n} is open: what was approved is no longer what is there`]),
    ...(manifest.sha256 === null ? manifest.missing : []),
    // A finished delivery keeps its gates open when files move: what was approved is what may be deployed.
    ...drift.slice(0, 5).map((one) => `${one.path}: ${one.message}`),
    ...ticketMissing(settings.ticket, requirements?.front?.refs ?? []),
  ];
}

function ticketMissing(ticket: string | undefined, refs: readonly string[]): string[] {
  if (ticket === undefined || ticketOf(ticket, refs) !== undefined) return [];
  return [`no ticket like ${ticket} is among refs in requirements.md`];
}

/** The first of the refs that is like the ticket that an environment asks for; `*` stands for any text. */
export function ticketOf(ticket: string, refs: readonly string[]): string | undefined {
  const parts = ticket.split('*');
  return refs.find((ref) => {
    if (parts.length === 1) return ref === ticket;
    if (!ref.startsWith(parts[0]!)) return false;
    let at = 0;
    for (const part of parts) {
      const found = ref.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return ref.endsWith(parts.at(-1)!);
  });
}

/** Environments that have to be verified with the same build first, and are not. */
export function notYetAfter(deploys: readonly Deploy[], after: readonly string[], build: string): string[] {
  return after.flatMap((name) => {
    const last = deploysTo(deploys, name).at(-1);
    if (last === undefined) return [`${name} comes first, and nothing was deployed there`];
    if (last.start.body.build !== build) return [`${name} comes first, and has another build`];
    if (last.outcome === 'verified') return [];
    const hint = last.outcome === 'applied' ? ' (no checks are declared that could verify it)' : '';
    return [`${name} comes first, and its last deploy is ${last.outcome}, not verified${hint}`];
  });
}

/** What is only judged at the moment of applying. */
export function notNow(settings: DeploySettings, deploys: readonly Deploy[], now: number): string[] {
  const open = deploys.filter((one) => one.open);
  return [...open.map(unknownOutcome), ...closedBecause(settings, now)];
}

/** What is said of an apply that began and has no end. */
export const unknownOutcome = ({ environment, start }: Deploy) =>
  `${environment}: unknown outcome of the deploy begun at ${start.at}: verify what is there`;
