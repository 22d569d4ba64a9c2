import { expect, it } from 'vitest';
import { project } from './helpers/project.ts';

it('countersign validate --sarif prints a log whose results point into the repository, and keeps its exit code', () => {
  const work = project();
  work.cli('new', 'office-vlans');
  const plain = work.json('validate');
  const { exit, out } = work.cli('validate', '--sarif');
  const log = JSON.parse(out) as { version: string; runs: { results: { ruleId: string; locations: unknown[] }[] }[] };
  expect(exit).toBe(plain.exit);
  expect(log.version).toBe('2.1.0');
  expect(log.runs[0]!.results).toHaveLength((plain['findings'] as unknown[]).length);
  expect(log.runs[0]!.results[0]).toMatchObject({
    locations: [{ physicalLocation: { artifactLocation: { uri: 'deliveries/office-vlans/requirements.md' } } }],
  });
});
