import { checkNotes } from '../domain/build/check-notes.ts';
import { checkStatuses } from '../domain/build/manifest.ts';
import { scanLines } from '../domain/scan/lines.ts';
import { scanInputs, scanOf } from '../domain/scan/recorded.ts';
import type { ScanReport } from '../domain/scan/report.ts';
import type { Loaded } from './load.ts';
import type { Ports } from './ports.ts';
import { evidenceText } from './recorded.ts';

/** What a person should know of a Build that its manifest alone does not show. */
export function buildNotes(ports: Ports, loaded: Loaded): string[] {
  const { read, state } = loaded;
  if (state.design === undefined) return [];
  const report = scanReport(ports, loaded);
  return [
    ...checkNotes(checkStatuses(state.design, read.workspace, read.ledger), read.ledger),
    ...(report === undefined ? ['scan: these files were not scanned'] : scanLines(report, read.ledger)),
  ];
}

/** The report of the scan that the Build is about, else of the last scan of what is there now; undefined where there is none. */
export function scanReport(ports: Ports, { read, state }: Loaded): ScanReport | undefined {
  if (state.design === undefined) return undefined;
  const last = scanOf(read.ledger, scanInputs(read.workspace, state.design.doc.text));
  const evidence = state.manifest.scan ?? last?.body.evidence;
  const text = evidence === undefined ? undefined : evidenceText(ports, read.id, evidence);
  return text === undefined ? undefined : (JSON.parse(text) as ScanReport);
}
