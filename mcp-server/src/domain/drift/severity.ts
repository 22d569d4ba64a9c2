import type { Design } from '../artifact/design.ts';
import { fieldsOf } from '../artifact/fields.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { ownersOf } from '../build/owned.ts';
import type { FindingSeverity } from '../finding.ts';

const SEVERITIES = ['info', 'warning', 'error'] as const;

/**
 * How bad it is that a file moved by hand: what the requirements say that its components realise (`- Drift: warning`), the
 * gravest where there are several. An error where none says anything, or where nobody knows whose file it is.
 */
export function driftSeverities(
  design: Design | undefined,
  requirements: Requirements | undefined,
  paths: readonly string[],
): (path: string) => FindingSeverity {
  const said = new Map(
    (requirements?.requirements ?? []).map(({ id, block }) => {
      const word = block === undefined ? undefined : fieldsOf(block).get('drift')?.value.toLowerCase();
      return [id, SEVERITIES.find((one) => one === word) ?? 'error'] as const;
    }),
  );
  const components = new Map((design?.components ?? []).map((component) => [component.id, component]));
  const files = paths.map((path) => ({ path, sha256: '' }));
  const owners = ownersOf([...components.values()], { files, scripts: new Map() });
  return (path) => {
    const realised = (owners.get(path) ?? []).map((id) => components.get(id)!.realises);
    if (realised.length === 0 || realised.some((ids) => ids.length === 0)) return 'error';
    const ranks = realised.flat().map((id) => SEVERITIES.indexOf(said.get(id) ?? 'error'));
    return SEVERITIES[Math.max(...ranks)]!;
  };
}
