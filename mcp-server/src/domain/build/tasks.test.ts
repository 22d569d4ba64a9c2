import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import { sha256 } from '../hash.ts';
import { checkStatuses, type Workspace } from './manifest.ts';
import { buildTasks, drawTasks } from './tasks.ts';

const design = readDesign(
  [
    '## Components',
    '### CMP-1: Playbook',
    '- Action: build',
    '- Realises: REQ-1',
    '- Depends on: CMP-2, CMP-3, CMP-4, CMP-9',
    '- Paths: site.yml',
    '### CMP-2: Client',
    '- Action: adopt',
    '- Realises: REQ-2',
    '- Paths: lib/',
    '### CMP-3: Switch',
    '- Action: reuse',
    '### CMP-4: Old way',
    '- Action: skip',
    '- Paths: old/',
    '### CMP-5: IPAM',
    '- Action: reuse',
    '- Realises: REQ-5',
    '## Verification',
    '### CHK-1: all of it',
    '- Criterion: AC-1.1',
    '- Method: command',
    '### CHK-2: client',
    '- Criterion: AC-2.1',
    '- Method: command',
    '### CHK-3: client by eye',
    '- Criterion: AC-2.2',
    '- Method: manual',
    '### CHK-5: IPAM answers',
    '- Criterion: AC-5.1',
    '- Method: command',
    '### CHK-6: old way is gone',
    '- Component: CMP-4',
    '- Method: command',
  ].join('\n'),
);

const empty: Workspace = { files: [], scripts: new Map() };
const full: Workspace = { files: [frozen('lib/a.py', 'a'), frozen('site.yml', 's')], scripts: new Map() };

function pass(story: LedgerBuilder, check: string, on = full) {
  const status = checkStatuses(design, on, story.ledger()).find((one) => one.check.id === check)!;
  story.add('checked', {
    check,
    component: status.component ?? '',
    definition: status.definition,
    inputs: status.inputs,
    result: 'passed',
    exit: 0,
    durationMs: 1,
    evidence: sha256(check),
  });
}

const start = (story: LedgerBuilder, task: string) => story.add('started', { task, component: 'CMP-2' });

const look = (story: LedgerBuilder, on = full) =>
  buildTasks(design, on, story.ledger()).map((task) => [task.id, task.state, ...task.waitsFor]);

describe('the tasks of a build', () => {
  it('[R-BUILD-2] come in build order: a build and a verification for what is made, a verification for what is reused', () => {
    const tasks = buildTasks(design, full, new LedgerBuilder().ledger());
    expect(
      tasks.map((task) => [task.id, task.kind, task.component.id, task.checks.map((one) => one.check.id)]),
    ).toEqual([
      ['TSK-2.1', 'build', 'CMP-2', ['CHK-2', 'CHK-3']],
      ['TSK-2.2', 'verify', 'CMP-2', ['CHK-2', 'CHK-3']],
      ['TSK-1.1', 'build', 'CMP-1', ['CHK-1']],
      ['TSK-1.2', 'verify', 'CMP-1', ['CHK-1']],
      ['TSK-5.2', 'verify', 'CMP-5', ['CHK-5']],
    ]);
  });

  it('[R-BUILD-2] wait for what they depend on, until it is verified', () => {
    const story = new LedgerBuilder();
    expect(look(story, empty)).toEqual([
      ['TSK-2.1', 'ready'],
      ['TSK-2.2', 'blocked', 'TSK-2.1 is not started'],
      ['TSK-1.1', 'blocked', 'CMP-2 is not verified'],
      ['TSK-1.2', 'blocked', 'CMP-2 is not verified', 'TSK-1.1 is not started'],
      ['TSK-5.2', 'ready'],
    ]);
    start(story, 'TSK-2.1');
    expect(look(story).slice(0, 3)).toEqual([
      ['TSK-2.1', 'started'],
      ['TSK-2.2', 'ready'],
      ['TSK-1.1', 'blocked', 'CMP-2 is not verified'],
    ]);
    pass(story, 'CHK-2');
    expect(look(story).slice(0, 4)).toEqual([
      ['TSK-2.1', 'verified'],
      ['TSK-2.2', 'verified'],
      ['TSK-1.1', 'ready'],
      ['TSK-1.2', 'blocked', 'TSK-1.1 is not started'],
    ]);
    pass(story, 'CHK-1');
    pass(story, 'CHK-5');
    expect(look(story).every(([, state]) => state === 'verified')).toBe(true);
  });

  it('[R-BUILD-3] are not verified by a passing check alone while there are no files', () => {
    const story = new LedgerBuilder();
    pass(story, 'CHK-2', empty);
    start(story, 'TSK-2.1');
    expect(look(story, empty).slice(0, 2)).toEqual([
      ['TSK-2.1', 'started'],
      ['TSK-2.2', 'ready'],
    ]);
  });

  it('[R-BUILD-2] stay blocked for a passing parent whose child is not verified', () => {
    const story = new LedgerBuilder();
    pass(story, 'CHK-1');
    start(story, 'TSK-1.1');
    expect(look(story)[2]).toEqual(['TSK-1.1', 'blocked', 'CMP-2 is not verified']);
  });

  it('[R-RULE-11] lose their verification when the files change', () => {
    const story = new LedgerBuilder();
    pass(story, 'CHK-2');
    const changed: Workspace = { ...full, files: [frozen('lib/a.py', 'A'), full.files[1]!] };
    expect(look(story, changed)[0]).toEqual(['TSK-2.1', 'ready']);
    expect(look(story, changed)[2]?.[1]).toBe('blocked');
  });

  it('[R-RULE-16] are drawn with the state that the ledger gives them', () => {
    const story = new LedgerBuilder();
    pass(story, 'CHK-2');
    expect(drawTasks(buildTasks(design, full, story.ledger()))).toBe(
      [
        '---',
        'countersign: tasks/1',
        '---',
        '',
        '# Tasks',
        '',
        'Drawn from the design and the ledger. A box ticked by hand counts for nothing.',
        '',
        '- [x] **TSK-2.1** Build CMP-2: Client (verified)',
        '  - writes `lib/`',
        '- [x] **TSK-2.2** Verify CMP-2 (verified)',
        '  - CHK-2 (passed): client',
        '  - CHK-3 (to-confirm): client by eye',
        '- [ ] **TSK-1.1** Build CMP-1: Playbook (ready)',
        '  - writes `site.yml`',
        '- [ ] **TSK-1.2** Verify CMP-1 (blocked)',
        '  - CHK-1 (not-run): all of it',
        '  - waits: TSK-1.1 is not started',
        '- [ ] **TSK-5.2** Verify CMP-5 (ready)',
        '  - CHK-5 (not-run): IPAM answers',
        '',
      ].join('\n'),
    );
  });
});
