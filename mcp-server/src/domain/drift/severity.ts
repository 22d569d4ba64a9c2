import type { Design } from '../artifact/design.ts';
import { fieldsOf } from '../artifact/fields.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { matchesPattern } from '../build/paths.ts';
import type { FindingSeverity } from '../finding.ts';

/** Strictest first. */
const SEVERITIES: readonly FindingSeverity[] = ['error', 'warning', 'info'];

/** The requirements that drift touches, and how bad it is by their own word. */
export interface Weight {
  severity: FindingSeverity;
  requirements: string[];
}

/**
 * How bad it is that something which realises these requirements is not as recorded: the strictest of what they say in
 * `- Drift: error|warning|info`. What says nothing, or something else, is an error, as is what belongs to no requirement.
 */
export function weighDrift(requirements: Requirements | undefined, ids: readonly string[]): Weight {
  const said = ids.map((id) => {
    const { block } = requirements?.requirements.find((one) => one.id === id) ?? {};
    const value = block === undefined ? undefined : fieldsOf(block).get('drift')?.value.toLowerCase();
    return SEVERITIES.find((one) => one === value) ?? 'error';
  });
  const severity = said.length === 0 ? 'error' : SEVERITIES.find((one) => said.includes(one))!;
  return { severity, requirements: [...ids] };
}

/** The requirements of the components that a path belongs to. */
export function requirementsAt(design: Design | undefined, path: string): string[] {
  const owners = (design?.components ?? []).filter((one) => one.paths.some((pattern) => matchesPattern(pattern, path)));
  return [...new Set(owners.flatMap((one) => one.realises))];
}
