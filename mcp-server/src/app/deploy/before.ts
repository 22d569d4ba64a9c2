import { ticketOf } from '../../domain/deploy/conditions.ts';
import { withSets } from '../../domain/deploy/planners/planner.ts';
import type { Ports } from '../ports.ts';
import { tailOf } from './rehearse.ts';
import { failureOf, runStep } from './run.ts';
import type { Site } from './site.ts';

/**
 * Runs what has to hold before anything is planned or applied; the first that fails says so. Nothing is stored: what counts
 * is that it holds now.
 */
export async function notReady(
  ports: Ports,
  { settings, loaded }: Site,
  sets: Readonly<Record<string, string>>,
): Promise<{ problems: string[]; tail: string } | undefined> {
  const ticket = ticketOf(settings.ticket ?? '', loaded.state.requirements?.front?.refs ?? []) ?? '';
  for (const check of settings.before ?? []) {
    const argv = withSets(check.run, sets).map((word) => word.replaceAll('{ticket}', ticket));
    const run = await runStep(ports, settings, { argv });
    const failure = failureOf(check, run);
    if (failure !== undefined) return { problems: [failure], tail: run === undefined ? '' : tailOf(run) };
  }
  return undefined;
}
