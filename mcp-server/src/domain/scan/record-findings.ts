import type { Finding } from '../finding.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { found } from '../verify/rules.ts';

/** Scans whose event says something else than its evidence: a well-formed event can be written by any program. */
export function scanFindings(id: string, ledger: Ledger, evidence: (sha256: string) => string | undefined): Finding[] {
  return eventsOf(ledger, 'scanned').flatMap(({ id: event, body }) => {
    const text = evidence(body.evidence);
    // What is gone or changed is a fault of its own.
    if (text === undefined || says(text, body)) return [];
    const message = 'a scan is recorded with other results than its evidence has';
    return [found('scan-record', `deliveries/${id}/ledger/${event}.json`, message, `countersign scan ${id}`)];
  });
}

interface Said {
  inputs: string;
  errors: number;
  warnings: number;
  differences: readonly string[];
}

function says(text: string, body: Said): boolean {
  try {
    const { schema, inputs, counts, differences } = JSON.parse(text) as Record<string, unknown>;
    const { error, warning } = counts as Record<string, unknown>;
    const keys = (differences as { key: unknown }[]).map((one) => one.key);
    return (
      schema === 'countersign/scan@1' &&
      inputs === body.inputs &&
      error === body.errors &&
      warning === body.warnings &&
      keys.join('\n') === body.differences.join('\n')
    );
  } catch {
    return false;
  }
}
