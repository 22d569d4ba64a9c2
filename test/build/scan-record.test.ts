import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Project, project } from '../helpers/project.ts';
import { ID, reach } from '../helpers/zone-file.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** A well-formed event on the ledger's only head, as any program can write one. */
function forge(work: Project, body: object): void {
  const events = work.events(ID);
  const parents = new Set(events.flatMap((event) => event.parents));
  const head = events.map((event) => event.name.replace('.json', '')).find((name) => !parents.has(name))!;
  const actor = '{"kind":"agent","name":"test","via":"mcp"}';
  const text = `{"actor":${actor},"at":"${new Date().toISOString()}","body":${JSON.stringify(body)},"delivery":"${ID}","parents":["${head}"],"type":"scanned","v":1}`;
  work.write(`deliveries/${ID}/ledger/${sha256(text)}.json`, text);
}

it('finds a scan that is recorded as cleaner than its evidence is [R-SCAN-4]', async () => {
  const work = project();
  await reach(work, 'design');
  const inputs = '0'.repeat(64);
  const report = `{"counts":{"error":3,"info":0,"warning":1},"differences":[],"inputs":"${inputs}","schema":"countersign/scan@1"}`;
  const evidence = sha256(report);
  work.write(`deliveries/${ID}/evidence/${evidence}.json`, report);
  forge(work, { differences: [], errors: 3, evidence, inputs, notRun: [], warnings: 1 });
  expect(work.cli('verify').exit).toBe(0);
  forge(work, { differences: [], errors: 0, evidence, inputs, notRun: [], warnings: 1 });
  const { exit, out } = work.cli('verify');
  expect(exit).toBe(1);
  expect(out).toContain('other results than its evidence');
});
