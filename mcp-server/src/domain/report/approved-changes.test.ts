import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { MANIFEST } from '../build/manifest.ts';
import type { Cycle } from '../change/cycles.ts';
import { sha256 } from '../hash.ts';
import { approvedChanges } from './approved-changes.ts';

const evidence = new Map<string, string>();
const kept = (path: string, text: string) => {
  evidence.set(sha256(text), text);
  return { path, sha256: sha256(text) };
};
const manifest = (files: Record<string, string>) =>
  kept(
    MANIFEST,
    JSON.stringify({
      components: [{ files: Object.entries(files).map(([path, text]) => ({ path, sha256: sha256(text) })) }],
    }),
  );
const told = (story: LedgerBuilder, cycles: readonly Cycle[] = []) =>
  approvedChanges(story.ledger(), cycles, (hash) => evidence.get(hash));
const design = (choice: string) => kept('design.md', `## Decisions\n\n### DEC-1: One\n\n- Choice: ${choice}\n`);

describe('what changed between approvals', () => {
  it('is told between one approved submission of a subject and the next, whatever came between', () => {
    const story = new LedgerBuilder();
    const first = story.submit('stage:design', { artifacts: [design('a')] });
    story.approve(first);
    story.reject(story.submit('stage:design', { artifacts: [design('b')], round: 2 }));
    story.approve(story.submit('stage:requirements'));
    const last = story.submit('stage:design', { artifacts: [design('c')], round: 3 });
    expect(told(story)).toEqual([]);
    story.approve(last);
    const [change, ...more] = told(story);
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      about: 'stage:design',
      from: { round: 1, digest: first.body.digest, at: first.at },
      to: { round: 3, digest: last.body.digest, at: last.at },
      artifacts: [{ path: 'design.md', units: [{ key: 'DEC-1' }], files: [], missing: '' }],
    });
  });

  it('is told although the approval was taken back later, and not where the same was approved again', () => {
    const story = new LedgerBuilder();
    const first = story.submit('stage:design', { artifacts: [design('a')] });
    story.approve(first);
    story.revoke(first);
    story.approve(story.submit('stage:design', { artifacts: [design('b')], round: 2 }));
    expect(told(story)).toHaveLength(1);
    const same = new LedgerBuilder();
    const once = same.submit('stage:design', { artifacts: [design('a')] });
    same.approve(once);
    same.submit('stage:design', { artifacts: [design('a')] });
    expect(told(same)).toEqual([]);
  });

  it('is told of a build by its files', () => {
    const story = new LedgerBuilder();
    story.approve(story.submit('stage:build', { artifacts: [manifest({ same: '1', changed: '1', gone: '1' })] }));
    story.approve(
      story.submit('stage:build', { artifacts: [manifest({ same: '1', new: '1', changed: '2' })], round: 2 }),
    );
    expect(told(story)[0]!.artifacts).toEqual([
      {
        path: MANIFEST,
        units: [],
        files: [
          { path: 'changed', change: 'MODIFIED' },
          { path: 'gone', change: 'REMOVED' },
          { path: 'new', change: 'ADDED' },
        ],
        missing: '',
      },
    ]);
  });

  it('has no files where the frozen text is no manifest', () => {
    const story = new LedgerBuilder();
    story.approve(story.submit('stage:build', { artifacts: [kept(MANIFEST, 'no manifest')] }));
    story.approve(story.submit('stage:build', { artifacts: [manifest({ a: '1' })], round: 2 }));
    expect(told(story)[0]!.artifacts[0]!.files).toEqual([{ path: 'a', change: 'ADDED' }]);
  });

  it('says where a frozen text is gone, and takes an artifact that was not there for empty', () => {
    const story = new LedgerBuilder();
    const gone = { path: 'gone.md', sha256: sha256('never kept') };
    story.approve(story.submit('stage:design', { artifacts: [gone] }));
    story.approve(story.submit('stage:design', { artifacts: [design('a')], round: 2 }));
    const [missing, added] = told(story)[0]!.artifacts;
    const reason = 'the frozen text is not in the evidence';
    expect(missing).toEqual({ path: 'gone.md', units: [], files: [], missing: reason });
    expect(added).toMatchObject({ path: 'design.md', missing: '' });
    expect(added!.units.map(({ change, key }) => `${change} ${key}`)).toEqual(['ADDED Decisions', 'ADDED DEC-1']);
  });

  it('is told of a change whose plan was approved, beside the text it started from', () => {
    const story = new LedgerBuilder();
    const submission = story.submit('change:1');
    const approval = story.approve(submission);
    const cycle = {
      base: [design('a')],
      plan: { body: { result: [design('b')] } },
      submission,
      approvals: [approval],
    } as unknown as Cycle;
    expect(told(story, [cycle])).toMatchObject([
      {
        about: 'change:1',
        from: null,
        to: { round: 1, digest: submission.body.digest },
        artifacts: [{ path: 'design.md' }],
      },
    ]);
    const open = [{ approvals: [] }, { plan: undefined }, { submission: undefined }];
    for (const without of open) expect(told(story, [{ ...cycle, ...without } as unknown as Cycle])).toEqual([]);
  });
});
