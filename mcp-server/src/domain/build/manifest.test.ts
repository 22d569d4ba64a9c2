import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { buildManifest, checkStatuses, filesOf, MANIFEST, type Workspace } from './manifest.ts';

const text = [
  '## Components',
  '### CMP-1: Client',
  '- Action: build',
  '- Realises: REQ-1',
  '- Paths: lib/',
  '### CMP-2: Tool',
  '- Action: build',
  '- Realises: REQ-2',
  '- Depends on: CMP-1',
  '- Paths: tool.py, https://host/other.git@abc',
  '### CMP-3: Switch',
  '- Action: reuse',
  '- Paths: vendor/',
  '## Verification',
  '### CHK-1: client',
  '- Criterion: AC-1.1',
  '- Method: command',
  '### CHK-2: tool',
  '- Criterion: AC-2.1',
  '- Method: command',
  '### CHK-3: cabling',
  '- Criterion: AC-2.2',
  '- Method: inspection',
  '### CHK-4: weather',
  '- Criterion: AC-2.3',
  '- Method: not-testable',
].join('\n');

const design = readDesign(text);

const workspace = (files: Record<string, string>, scripts: Record<string, Record<string, string>> = {}): Workspace => ({
  files: Object.entries(files).map(([path, content]) => frozen(path, content)),
  scripts: new Map(
    Object.entries(scripts).map(([id, some]) => [
      id,
      Object.entries(some).map(([path, content]) => frozen(path, content)),
    ]),
  ),
});

const files = { 'lib/a.py': 'a', 'lib/b.py': 'b', 'tool.py': 't' };
const scripts = { 'CHK-1': { 'test/client.py': 'c' } };
const now = workspace(files, scripts);

/** Records a run of a check on what the workspace holds. */
function ran(
  story: LedgerBuilder,
  check: string,
  result: 'passed' | 'failed' = 'passed',
  options: { on?: Workspace; of?: typeof design; after?: readonly Recorded[] } = {},
): Recorded<'checked'> {
  const { on = now, of = design, ...placement } = options;
  const status = checkStatuses(of, on, story.ledger()).find((one) => one.check.id === check)!;
  const { definition, inputs, component = '' } = status;
  const body = {
    check,
    component,
    definition,
    inputs,
    result,
    exit: 0,
    durationMs: 1,
    evidence: sha256(`${story.events.length}`),
  };
  return story.add('checked', body, placement);
}

const states = (story: LedgerBuilder, on = now, of = design) =>
  Object.fromEntries(checkStatuses(of, on, story.ledger()).map((one) => [one.check.id, one.state]));

const fresh = { 'CHK-1': 'not-run', 'CHK-2': 'not-run', 'CHK-3': 'to-confirm', 'CHK-4': 'not-testable' };

describe('the state of a check', () => {
  it('[R-BUILD-3] comes from the runs that the ledger holds', () => {
    const story = new LedgerBuilder();
    expect(states(story)).toEqual(fresh);
    ran(story, 'CHK-1');
    expect(states(story)).toEqual({ ...fresh, 'CHK-1': 'passed' });
    ran(story, 'CHK-2', 'failed');
    expect(states(story)).toEqual({ ...fresh, 'CHK-1': 'passed', 'CHK-2': 'failed' });
  });

  it('[R-BUILD-3] is not run where the method is unknown', () => {
    const unknown = readDesign('## Verification\n\n### CHK-1: x\n\n- Method: guess\n');
    expect(states(new LedgerBuilder(), now, unknown)).toEqual({ 'CHK-1': 'not-run' });
  });

  it('[R-RULE-11] goes stale with the files of its component and of all below it, and with its scripts', () => {
    const story = new LedgerBuilder();
    ran(story, 'CHK-1');
    ran(story, 'CHK-2');
    const both = { ...fresh, 'CHK-1': 'passed', 'CHK-2': 'passed' };
    expect(states(story)).toEqual(both);
    expect(states(story, workspace({ ...files, 'tool.py': 'T' }, scripts))).toEqual({ ...both, 'CHK-2': 'stale' });
    expect(states(story, workspace({ ...files, 'lib/a.py': 'A' }, scripts))).toEqual({
      ...both,
      'CHK-1': 'stale',
      'CHK-2': 'stale',
    });
    expect(states(story, workspace({ ...files, 'lib/c.py': 'new' }, scripts))['CHK-1']).toBe('stale');
    expect(states(story, workspace(files, { 'CHK-1': { 'test/client.py': 'C' } }))).toEqual({
      ...both,
      'CHK-1': 'stale',
    });
    expect(states(story, workspace({ ...files, 'vendor/x': 'x', 'README.md': 'r' }, scripts))).toEqual(both);
  });

  it('[R-RULE-11] goes stale with its own definition, and comes back with what it ran on', () => {
    const story = new LedgerBuilder();
    const run = ran(story, 'CHK-1');
    const edited = readDesign(text.replace('### CHK-1: client\n', '### CHK-1: client\n- Expect: exit 1\n'));
    const [status] = checkStatuses(edited, now, story.ledger());
    expect(status).toMatchObject({ state: 'stale', run });
    expect(states(story, workspace({ ...files, 'lib/a.py': 'A' }, scripts))['CHK-1']).toBe('stale');
    expect(states(story)['CHK-1']).toBe('passed');
  });

  it('names the first of an unbroken row of passes, so that passing again changes nothing', () => {
    const story = new LedgerBuilder();
    ran(story, 'CHK-1');
    const failed = ran(story, 'CHK-1', 'failed');
    expect(checkStatuses(design, now, story.ledger())[0]).toMatchObject({ state: 'failed', run: failed });
    const first = ran(story, 'CHK-1');
    ran(story, 'CHK-1');
    expect(checkStatuses(design, now, story.ledger())[0]).toMatchObject({ state: 'passed', run: first });
  });

  it('[R-RULE-2] is failed as long as no run that passed knew of every failure', () => {
    for (const order of [
      ['passed', 'failed'],
      ['failed', 'passed'],
    ] as const) {
      const story = new LedgerBuilder();
      for (const result of order) ran(story, 'CHK-1', result, { after: [story.created] });
      expect(states(story)['CHK-1']).toBe('failed');
      const again = ran(story, 'CHK-1');
      expect(checkStatuses(design, now, story.ledger())[0]).toMatchObject({ state: 'passed', run: again });
    }
  });

  it('[R-RULE-17] says what a run vouches for by hashes that do not change', () => {
    const [status] = checkStatuses(design, now, new LedgerBuilder().ledger());
    expect(status).toMatchObject({ component: 'CMP-1', scripts: [frozen('test/client.py', 'c')], run: undefined });
    const hash = (content: string) => sha256(content);
    expect(status?.inputs).toBe(
      sha256(`{"lib/a.py":"${hash('a')}","lib/b.py":"${hash('b')}","test/client.py":"${hash('c')}"}`),
    );
  });

  it('vouches for its scripts alone where no component is known', () => {
    const lonely = readDesign('## Verification\n\n### CHK-1: x\n\n- Method: command\n');
    const [status] = checkStatuses(lonely, now, new LedgerBuilder().ledger());
    expect(status?.component).toBeUndefined();
    expect(status?.inputs).toBe(sha256(`{"test/client.py":"${sha256('c')}"}`));
  });
});

describe('the manifest', () => {
  it('[R-RULE-15] lists components, files, checks, evidence, scripts and deviations, byte for byte', () => {
    const story = new LedgerBuilder();
    const client = ran(story, 'CHK-1');
    const tool = ran(story, 'CHK-2');
    story.add('deviated', { id: 'DEV-1', designed: 'a', delivered: 'b', reason: 'c' });
    const manifest = buildManifest(design, now, story.ledger());
    expect(manifest.missing).toEqual([]);
    expect(manifest.sha256).toBe(sha256(manifest.content!));
    expect(MANIFEST).toBe('build-manifest.json');
    const statuses = checkStatuses(design, now, story.ledger());
    const check = (at: number) => ({ definition: statuses[at]!.definition, inputs: statuses[at]!.inputs });
    expect(JSON.parse(manifest.content!)).toEqual({
      schema: 'countersign/build@1',
      components: [
        { id: 'CMP-1', action: 'build', files: [frozen('lib/a.py', 'a'), frozen('lib/b.py', 'b')] },
        { id: 'CMP-2', action: 'build', files: [frozen('tool.py', 't')] },
        { id: 'CMP-3', action: 'reuse', files: [] },
      ],
      checks: [
        {
          id: 'CHK-1',
          component: 'CMP-1',
          criteria: ['AC-1.1'],
          method: 'command',
          ...check(0),
          scripts: [frozen('test/client.py', 'c')],
          state: 'passed',
          evidence: client.body.evidence,
        },
        {
          id: 'CHK-2',
          component: 'CMP-2',
          criteria: ['AC-2.1'],
          method: 'command',
          ...check(1),
          scripts: [],
          state: 'passed',
          evidence: tool.body.evidence,
        },
        {
          id: 'CHK-3',
          component: 'CMP-2',
          criteria: ['AC-2.2'],
          method: 'inspection',
          ...check(2),
          scripts: [],
          state: 'to-confirm',
          evidence: '',
        },
        {
          id: 'CHK-4',
          component: 'CMP-2',
          criteria: ['AC-2.3'],
          method: 'not-testable',
          ...check(3),
          scripts: [],
          state: 'not-testable',
          evidence: '',
        },
      ],
      deviations: [{ id: 'DEV-1', designed: 'a', delivered: 'b', reason: 'c' }],
    });
  });

  it('[R-RULE-15] has a hash in a format that does not change', () => {
    const story = new LedgerBuilder();
    ran(story, 'CHK-1');
    ran(story, 'CHK-2');
    expect(buildManifest(design, now, story.ledger()).sha256).toBe(
      '4c4fcc615f70025a2723e9c8cebcdf0cbcc5999bc41863c9943d2dbb1c713bb1',
    );
  });

  it('[R-RULE-15] stays the same when a check passes once more', () => {
    const story = new LedgerBuilder();
    ran(story, 'CHK-1');
    ran(story, 'CHK-2');
    const before = buildManifest(design, now, story.ledger());
    ran(story, 'CHK-1');
    expect(buildManifest(design, now, story.ledger())).toEqual(before);
  });

  it('[R-RULE-18] is not there while anything is missing, and says all that is', () => {
    const story = new LedgerBuilder();
    expect(buildManifest(design, workspace({ 'lib/a.py': 'a' }, scripts), story.ledger())).toEqual({
      content: null,
      sha256: null,
      missing: ['CMP-2: nothing at tool.py', 'CHK-1 was not run', 'CHK-2 was not run'],
    });
    ran(story, 'CHK-1', 'failed');
    ran(story, 'CHK-2');
    expect(buildManifest(design, now, story.ledger()).missing).toEqual(['CHK-1 failed in its last run']);
    const moved = workspace({ ...files, 'tool.py': 'T' }, scripts);
    expect(buildManifest(design, moved, story.ledger()).missing).toEqual([
      'CHK-1 failed in its last run',
      'CHK-2 ran on something that has changed since: run it again',
    ]);
  });

  it('[R-RULE-18] is not there for a design without components, or with a cycle', () => {
    const story = new LedgerBuilder();
    expect(buildManifest(readDesign(''), now, story.ledger()).missing).toEqual(['the design has no components']);
    const circular = readDesign(
      '## Components\n\n### CMP-1: a\n\n- Depends on: CMP-2\n\n### CMP-2: b\n\n- Depends on: CMP-1\n',
    );
    expect(buildManifest(circular, now, story.ledger()).missing).toEqual([
      'CMP-1, CMP-2: no order to build in, for a cycle',
    ]);
  });

  it('takes each file for every component whose paths match it, once', () => {
    const [client] = readDesign('## Components\n\n### CMP-1: x\n\n- Paths: lib/, **/*.py, lib/a.py\n').components;
    expect(filesOf(client!, now).map((file) => file.path)).toEqual(['lib/a.py', 'lib/b.py', 'tool.py']);
  });
});
