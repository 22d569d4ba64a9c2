import { ENTRY_ID } from '../ids.ts';
import type { Stage } from '../stage.ts';

/** The stage whose subject holds the entries of a prefix; tasks and deviations are part of what Build decides. */
const STAGE_OF: Record<string, Stage> = {
  REQ: 'requirements',
  AC: 'requirements',
  CAP: 'requirements',
  SYS: 'requirements',
  CON: 'requirements',
  Q: 'requirements',
  RSK: 'requirements',
  FC: 'feasibility',
  DEC: 'design',
  CMP: 'design',
  CHK: 'design',
  TSK: 'build',
  DEV: 'build',
};

/** The stage that an entry belongs to; undefined for what is no id. */
export const stageOfEntry = (id: string): Stage | undefined =>
  ENTRY_ID.test(id) ? STAGE_OF[id.slice(0, id.indexOf('-'))] : undefined;
