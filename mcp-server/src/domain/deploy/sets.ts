import type { DeploySettings } from './environment.ts';
import { outOfBounds } from './value-pattern.ts';

/** What other programs would take for instructions rather than for a value: templates, options, control characters. */
const NOT_A_VALUE = /\{\{|\{%|\$\{|\p{Cc}|^-/u;

/**
 * Reads `--set NAME=VALUE` against the inputs that the environment declares.
 *
 * @returns the values, or why not, one sentence each
 */
export function readSets(
  given: readonly string[],
  declared: DeploySettings['sets'],
): { sets: Record<string, string> } | { problems: string[] } {
  const sets: Record<string, string> = {};
  const problems: string[] = [];
  for (const text of given) {
    const at = text.indexOf('=');
    const [name, value] = [text.slice(0, Math.max(0, at)), text.slice(at + 1)];
    const bounds = Object.hasOwn(declared, name) ? declared[name] : undefined;
    if (bounds === undefined) {
      const known = Object.keys(declared).join(', ') || 'none is declared';
      problems.push(`${JSON.stringify(name || text)} is no input of this environment (${known})`);
      continue;
    }
    if (Object.hasOwn(sets, name)) problems.push(`${name} is set twice`);
    const wrong = NOT_A_VALUE.test(value)
      ? 'holds what a tool would not take for a plain value'
      : outOfBounds(value, bounds);
    if (wrong !== undefined) problems.push(`${name} ${wrong}`);
    sets[name] = value;
  }
  return problems.length > 0 ? { problems } : { sets };
}
