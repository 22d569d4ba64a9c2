import type { DeliveryRead, DeliveryState } from '../delivery.ts';
import { explainedBy } from './differences.ts';
import { scanInputs, scanOf } from './recorded.ts';

/** Why the Build cannot be submitted, where policy lets a scan block; one short sentence each. */
export function scanBlocks({ policy, ledger, workspace }: DeliveryRead, { design }: DeliveryState): string[] {
  if (policy.checks.scan !== 'block' || design === undefined) return [];
  const scan = scanOf(ledger, scanInputs(workspace, design.doc.text));
  if (scan === undefined) return ['scan: the files as they are were not scanned'];
  const { errors, differences } = scan.body;
  const open = differences.filter((key) => explainedBy(key, ledger) === undefined);
  return [
    ...(errors === 0 ? [] : [`scan: ${errors} error${errors === 1 ? '' : 's'}`]),
    ...open.map((key) => `scan: no deviation explains ${key}`),
  ];
}
