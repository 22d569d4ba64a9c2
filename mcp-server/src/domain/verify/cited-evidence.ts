import { citedByDeploy } from '../deploy/findings.ts';
import type { Ledger } from '../ledger/ledger.ts';

/** Hashes of the evidence that events cite, each with the last event that does. */
export function citedEvidence(ledger: Ledger): Map<string, string> {
  const cited = new Map<string, string>();
  for (const event of ledger.graph.order) {
    for (const sha256 of citedByDeploy(event)) cited.set(sha256, event.id);
    if (event.type === 'checked' || event.type === 'scanned' || event.type === 'built')
      cited.set(event.body.evidence, event.id);
    if (event.type === 'probed') cited.set(event.body.snapshot, event.id);
    if (event.type === 'change-opened') for (const one of event.body.base) cited.set(one.sha256, event.id);
    if (event.type === 'change-planned') {
      cited.set(event.body.plan, event.id);
      for (const one of event.body.result) cited.set(one.sha256, event.id);
    }
    if (event.type === 'change-closed') {
      const { checks, manifest } = event.body;
      for (const sha256 of [...checks.map((one) => one.evidence), manifest])
        if (sha256 !== null) cited.set(sha256, event.id);
    }
    if (event.type === 'submitted') for (const one of event.body.subject.artifacts) cited.set(one.sha256, event.id);
  }
  return cited;
}
