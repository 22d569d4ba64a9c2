import type { Attack } from './attack.ts';
import { APPLY } from './attacks/apply.ts';
import { APPROVE } from './attacks/approve.ts';
import { DEPLOY } from './attacks/deploy.ts';
import { PROCEED } from './attacks/proceed.ts';
import { RECORD } from './attacks/record.ts';
import { RULES } from './attacks/rules.ts';

/** Everything that was tried; the suite runs each, and docs/threat-model.md is drawn from it. */
export const ATTACKS: readonly Attack[] = [...PROCEED, ...RECORD, ...APPROVE, ...RULES, ...APPLY, ...DEPLOY];
