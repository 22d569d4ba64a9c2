import { DEMANDED_LEVELS } from '../decision/level.ts';

export type DemandedLevel = (typeof DEMANDED_LEVELS)[number];

/** One thing the doctor looked at. */
export interface DoctorLine {
  /** Stable name of what was looked at. */
  probe: string;
  /** unknown: it could not be looked at, which proves nothing. */
  state: 'good' | 'warning' | 'bad' | 'unknown';
  /** What was found. Trusted text with quoted names of files. */
  found: string;
  /** What that means for the decisions made here. */
  means: string;
  /** How to improve it; empty when there is nothing to do. */
  improve: string;
  /** Levels that cannot honestly be reached while this is so. */
  keepsFrom: DemandedLevel[];
}

/** Everything from a level upwards: what fails for signed fails for external. */
export const from = (level: DemandedLevel): DemandedLevel[] => DEMANDED_LEVELS.slice(DEMANDED_LEVELS.indexOf(level));

/**
 * The highest assurance that this set-up can honestly reach; null when nothing can be recorded at all.
 */
export function reachable(lines: readonly DoctorLine[]): DemandedLevel | null {
  const kept = new Set(lines.flatMap((line) => line.keepsFrom));
  return DEMANDED_LEVELS.findLast((level) => !kept.has(level)) ?? null;
}
