import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { finishedTale, Tale } from '../../../../test/helpers/report-samples.ts';
import { DESIGN, feasibility, REQUIREMENTS } from '../../entry/demo/artifacts.ts';
import { assess } from '../delivery.ts';
import { auditRows } from './audit.ts';
import { sampleCsv } from './audit-sample.ts';
import { summaryOf } from './summary.ts';

/** Reports that were read and found right; `npx vitest run -u` writes them anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/reports');

/** A delivery in Build: one check failed, one was never run, the submission of another design waits. */
function unfinishedTale(): Tale {
  const tale = new Tale('in-progress');
  tale.write('requirements.md', REQUIREMENTS);
  tale.pass('requirements');
  tale.write('feasibility.md', feasibility(tale.probe()));
  tale.pass('feasibility');
  tale.write('design.md', DESIGN);
  tale.pass('design');
  tale.workspace = { files: [{ path: 'zone/hosts.json', sha256: 'a'.repeat(64) }], scripts: new Map() };
  tale.run('CHK-1', 'passed', '2 hosts\n');
  tale.run('CHK-2', 'failed', 'alpha IN A 192.0.2.1\n');
  tale.write('design.md', DESIGN.replace('- Kind: program', '- Kind: script'));
  tale.submit('design', 2);
  return tale;
}

describe.each([
  ['a finished delivery', 'finished', finishedTale],
  ['a delivery that waits', 'in-progress', unfinishedTale],
] as const)('of %s', (_, name, tell) => {
  it('the report says every gate, requirement, check, change, decision and event', async () => {
    const report = tell().report();
    await expect(`${JSON.stringify(report, null, 1)}\n`).toMatchFileSnapshot(join(EXPECTED, `${name}.json`));
  });

  it('the summary says the same in numbers', async () => {
    const summary = summaryOf(tell().report());
    await expect(`${JSON.stringify(summary, null, 1)}\n`).toMatchFileSnapshot(join(EXPECTED, `${name}-summary.json`));
  });

  it('the sample for auditors has a line for every decision', async () => {
    const read = tell().read();
    const rows = auditRows(read, assess(read));
    const sample = sampleCsv({ rows, broken: [] });
    await expect(sample.replaceAll('\r\n', '\n')).toMatchFileSnapshot(join(EXPECTED, `${name}-audit.csv`));
  });
});
