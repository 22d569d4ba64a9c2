import { describe, expect, it } from 'vitest';
import { finishedTale, Tale } from '../../../../test/helpers/report-samples.ts';
import { MANIFEST } from '../build/manifest.ts';
import { assess } from '../delivery.ts';
import { DEFAULT_POLICY, type Policy } from '../policy/policy.ts';
import { approvedBuild } from './approved-build.ts';

const approvedIn = (tale: Tale, policy: Policy = DEFAULT_POLICY) => {
  const read = tale.read(policy);
  return approvedBuild(read, assess(read));
};
const manifests = (tale: Tale) =>
  tale.ledger.graph.order.flatMap((event) =>
    event.type === 'submitted' && event.body.subject.about === 'stage:build'
      ? event.body.subject.artifacts.filter(({ path }) => path === MANIFEST).map(({ sha256 }) => sha256)
      : [],
  );

describe('the Build that people approved last', () => {
  it('is that of a finished delivery', () => {
    const tale = finishedTale();
    expect(approvedIn(tale)).toEqual({ manifest: manifests(tale)[0], applied: [], finished: true });
  });

  it('is not there before one was approved', () => {
    expect(approvedIn(new Tale())).toBeNull();
    const tale = finishedTale();
    const waiting = new Tale();
    waiting.write('requirements.md', tale.artifacts['requirements.md']!);
    waiting.pass('requirements');
    waiting.write('design.md', tale.artifacts['design.md']!);
    waiting.submit('build');
    expect(approvedIn(waiting)).toBeNull();
  });

  it('is finished only by an as-built record that was approved after it', () => {
    const tale = finishedTale();
    tale.workspace = { files: [{ path: 'zone/hosts.json', sha256: 'b'.repeat(64) }], scripts: new Map() };
    tale.approve(tale.submit('build', 2));
    expect(approvedIn(tale)).toEqual({ manifest: manifests(tale)[1], applied: [], finished: false });
  });

  it('stays the last approved one while another waits, is rejected, or was approved at a level below what is asked', () => {
    const tale = finishedTale();
    tale.workspace = { files: [], scripts: new Map() };
    tale.reject(tale.submit('build', 2), 'no');
    tale.submit('build', 3);
    expect(approvedIn(tale)).toMatchObject({ manifest: manifests(tale)[0], finished: true });
    const strict: Policy = { ...DEFAULT_POLICY, gates: { build: { level: 'signed' } } };
    expect(approvedIn(tale, strict)).toBeNull();
  });

  it('does not expire', () => {
    const tale = finishedTale();
    tale.later(24 * 400);
    const brief: Policy = { ...DEFAULT_POLICY, gates: { build: { expires: 1 }, 'as-built': { expires: 1 } } };
    expect(approvedIn(tale, brief)).toMatchObject({ manifest: manifests(tale)[0], finished: true });
  });
});
