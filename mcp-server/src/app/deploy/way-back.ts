import type { Deploy } from '../../domain/deploy/deploys.ts';
import { PLANNERS } from '../../domain/deploy/planners/catalogue.ts';
import { withSets } from '../../domain/deploy/planners/planner.ts';
import type { Ports } from '../ports.ts';
import type { Site } from './site.ts';

/**
 * The command that brings back the state of an earlier deploy: the environment's own, else the tool's; undefined where
 * neither has one.
 */
export function wayBack(ports: Ports, site: Site, goal: Deploy): string[] | undefined {
  const { settings } = site;
  const { sets, commit, plan } = goal.start.body;
  const context = { settings, sets, saved: '' };
  const declared = settings.rollback ?? PLANNERS[settings.tool].rollback?.(context, printedBy(ports, site, goal));
  if (declared === undefined) return undefined;
  const places: Record<string, string> = { commit: commit ?? '', plan: plan ?? '' };
  return withSets(declared, sets).map((word) => word.replace(/\{(commit|plan)\}/g, (_, name: string) => places[name]!));
}

/** What the apply that made a state printed; a state that was gone back to is that of the apply before. */
function printedBy(ports: Ports, site: Site, goal: Deploy): string {
  let made: Deploy | undefined = goal;
  // A rollback names a deploy before it, so this ends.
  while (made?.start.body.basis === 'rollback') {
    const earlier: string | undefined = made.start.body.to;
    made = site.here.find((one) => one.start.id === earlier);
  }
  const evidence = made?.finish?.body.evidence;
  const text = evidence === undefined ? undefined : ports.deliveries.evidence(site.id, evidence);
  if (text === undefined) return '';
  // A run of ours, or the log of an apply elsewhere.
  const { stdout, log } = JSON.parse(text) as { stdout?: { text: string } | null; log?: string };
  return stdout?.text ?? log ?? '';
}
