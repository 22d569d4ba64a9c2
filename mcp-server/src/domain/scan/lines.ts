import type { Ledger } from '../ledger/ledger.ts';
import { oneLine } from '../one-line.ts';
import { explainedBy } from './differences.ts';
import type { ScanReport } from './report.ts';

/** Findings that a person is shown; all are in the evidence. */
const SHOWN = 20;

/** What a person should know of a scan before they decide about the Build; text of files and programs is kept to a line. */
export function scanLines(
  { tools, findings, counts, dependencies, differences }: ScanReport,
  ledger: Ledger,
): string[] {
  const names = (state: string) =>
    tools
      .filter((one) => one.state === state)
      .map(({ name, version, why }) =>
        [name, version, why === '' ? '' : `(${oneLine(why)})`].filter(Boolean).join(' '),
      );
  const [absent, unusable] = [names('absent'), names('unusable')];
  const worst = findings.filter((one) => one.severity !== 'info');
  const unnamed = dependencies.filter((one) => !one.designed);
  return [
    `scan: ${counts.error} errors, ${counts.warning} warnings, ${counts.info} remarks by ${names('ran').join(', ')}`,
    ...(absent.length === 0 ? [] : [`scan: not installed here, so not looked at: ${absent.join(', ')}`]),
    ...(unusable.length === 0 ? [] : [`scan: no usable answer: ${unusable.join(', ')}`]),
    ...worst
      .slice(0, SHOWN)
      .map((one) => `${one.severity} ${one.path}:${one.line} ${one.rule}: ${oneLine(one.message)}`),
    ...(worst.length > SHOWN ? [`and ${worst.length - SHOWN} more findings in the evidence`] : []),
    ...differences.map((one) => {
      const known = explainedBy(one.key, ledger);
      return `${known === undefined ? 'not explained' : `explained by ${known}`}: ${one.key}: designed: ${oneLine(one.designed)}; delivered: ${oneLine(one.delivered)}`;
    }),
    ...(unnamed.length === 0
      ? []
      : [
          `dependencies that the design does not name: ${unnamed.map((one) => `${one.kind} ${one.name} ${one.version}`.trim()).join(', ')}`,
        ]),
  ];
}
