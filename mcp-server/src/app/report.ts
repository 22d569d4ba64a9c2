import { Fault } from '../domain/fault.ts';
import { type AuditSpan, auditRows, within } from '../domain/report/audit.ts';
import type { AuditSample } from '../domain/report/audit-sample.ts';
import { buildReport, type Report } from '../domain/report/report.ts';
import type { Broken } from '../domain/report/summary.ts';
import { type Loaded, tryLoad } from './load.ts';
import { nextStep } from './next-step.ts';
import type { Ports } from './ports.ts';

/** The report of one delivery; a ledger that does not hold together is told in its place. */
export function report(ports: Ports, id: string): Report | Broken {
  const loaded = tryLoad(ports, id);
  return 'problems' in loaded ? { delivery: id, problems: loaded.problems } : reportOf(ports, loaded);
}

/** The decisions of a span, of one delivery or all, in the order of the deliveries and their records. */
export function auditSample(ports: Ports, ids: readonly string[], span: AuditSpan): AuditSample {
  const sample: AuditSample = { rows: [], broken: [] };
  for (const id of ids) {
    const loaded = tryLoad(ports, id);
    if ('problems' in loaded) sample.broken.push({ delivery: id, problems: loaded.problems });
    else sample.rows.push(...within(auditRows(loaded.read, loaded.state), span));
  }
  return sample;
}

function reportOf(ports: Ports, loaded: Loaded): Report {
  const { read, state, signatures } = loaded;
  return buildReport(read, state, {
    signatures,
    text: (sha256) => storedText(ports, read.id, sha256),
    next: nextStep(loaded),
  });
}

/** Evidence whose bytes are not what its name says is not quoted: verify reports it, and a report shows none of it. */
function storedText(ports: Ports, id: string, sha256: string): string | undefined {
  try {
    return ports.deliveries.evidence(id, sha256);
  } catch (error) {
    if (error instanceof Fault && error.code === 'changed-evidence') return undefined;
    throw error;
  }
}

export const isBroken = (one: Report | Broken): one is Broken => !('timeline' in one);
