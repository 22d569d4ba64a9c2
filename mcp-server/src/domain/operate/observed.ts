import type { Recorded } from '../ledger/event.ts';
import { eventsOf, type Ledger } from '../ledger/ledger.ts';
import { oneLine } from '../one-line.ts';
import type { Observed } from './event-body.ts';

/** The last look of a kind at an environment. */
export function lastLook(
  ledger: Ledger,
  environment: string,
  kind: Observed['kind'],
): Recorded<'observed'> | undefined {
  return eventsOf(ledger, 'observed').findLast(({ body }) => body.environment === environment && body.kind === kind);
}

/** Names of what failed, sorted. */
export const failedIn = (results: readonly { name: string; result: string }[]): string[] =>
  results
    .filter((one) => one.result === 'failed')
    .map((one) => one.name)
    .sort();

/** A look as people read it. */
export function lookSentence({ body }: Recorded<'observed'>): string {
  const { environment, kind, results } = body;
  const failed = results.filter((one) => one.result === 'failed');
  const what = kind === 'diagnosis' ? `diagnosed ${environment}` : `observed ${environment}`;
  const said = failed.map((one) => `${one.name}: ${oneLine(one.said)} (evidence ${one.evidence.slice(0, 12)})`);
  return `${what}: ${failed.length} of ${results.length} failed${said.length === 0 ? '' : `: ${said.join('; ')}`}`;
}
