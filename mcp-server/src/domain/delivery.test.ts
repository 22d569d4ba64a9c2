import { describe, expect, it } from 'vitest';
import { finishedTale, Tale } from '../../../test/helpers/report-samples.ts';
import { MANIFEST } from './build/manifest.ts';
import { approvedManifest } from './delivery.ts';

/** Hashes of the manifests that were submitted with Build, in order. */
const manifests = (tale: Tale) =>
  tale.ledger.graph.order.flatMap((event) =>
    event.type === 'submitted' && event.body.subject.about === 'stage:build'
      ? event.body.subject.artifacts.filter(({ path }) => path === MANIFEST).map(({ sha256 }) => sha256)
      : [],
  );

describe('the manifest that later edits are compared with', () => {
  it('is not there before an as-built record is approved', () => {
    const tale = new Tale();
    expect(approvedManifest(tale.ledger)).toBeNull();
    const { artifacts } = finishedTale();
    for (const name of ['requirements.md', 'design.md'] as const) tale.write(name, artifacts[name]!);
    tale.pass('requirements');
    tale.approve(tale.submit('build'));
    expect(approvedManifest(tale.ledger)).toBeNull();
    tale.write('as-built.md', artifacts['as-built.md']!);
    const record = tale.submit('as-built');
    expect(approvedManifest(tale.ledger)).toBeNull();
    tale.approve(record);
    expect(approvedManifest(tale.ledger)).toBe(manifests(tale)[0]);
  });

  it('is that of the last approved Build before the record, whatever is built after it', () => {
    const tale = finishedTale();
    expect(approvedManifest(tale.ledger)).toBe(manifests(tale)[0]);
    tale.workspace = { files: [{ path: 'zone/hosts.json', sha256: 'b'.repeat(64) }], scripts: new Map() };
    tale.approve(tale.submit('build', 2));
    expect(manifests(tale)).toHaveLength(2);
    expect(approvedManifest(tale.ledger)).toBe(manifests(tale)[0]);
    tale.reject(tale.submit('as-built', 2), 'no');
    expect(approvedManifest(tale.ledger)).toBe(manifests(tale)[0]);
  });
});
