import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { readDesign } from '../artifact/design.ts';
import { compareReports } from '../extract/compare.ts';
import type { ExtractReport, Fact } from '../extract/contract.ts';
import { sha256 } from '../hash.ts';
import { checkNotes } from './check-notes.ts';
import { checkStatuses } from './manifest.ts';
import { lostBehaviour } from './uncovered.ts';

const DESIGN = `## Components

### CMP-1: One

- Action: build
- Paths: a.sh

## Verification

### CHK-1: Runs

- Component: CMP-1
- Method: command

\`\`\`sh
sh test.sh
\`\`\`

### CHK-2: Seen

- Component: CMP-1
- Method: manual
`;

/** The notes after these runs of CHK-1, each on the content that it names. */
function notes(...runs: [on: string, result: 'passed' | 'failed'][]): string[] {
  const design = readDesign(DESIGN);
  const story = new LedgerBuilder();
  const script = { path: 'test.sh', sha256: sha256('script') };
  const workspace = (text: string) => ({
    files: [{ path: 'a.sh', sha256: sha256(text) }],
    scripts: new Map([['CHK-1', [script]]]),
  });
  for (const [on, result] of runs) {
    const [status] = checkStatuses(design, workspace(on), story.ledger());
    const { definition, inputs } = status!;
    const evidence = sha256(`${on} ${result}`);
    story.add('checked', {
      check: 'CHK-1',
      component: 'CMP-1',
      definition,
      inputs,
      result,
      exit: 0,
      durationMs: 1,
      evidence,
    });
  }
  return checkNotes(checkStatuses(design, workspace('now'), story.ledger()), story.ledger());
}

describe('what a person should know of checks', () => {
  const seen = 'CHK-2: manual: confirmed with this decision, look at it';
  const runs = `CHK-1: runs test.sh ${sha256('script').slice(0, 12)}`;

  it('is that nothing shows that one can fail, where none of its runs did', () => {
    expect(notes(['now', 'passed'])).toEqual([
      'CHK-1: no run of it ever failed: nothing shows that it can',
      runs,
      seen,
    ]);
  });

  it('is which run shows that it can fail, on other content', () => {
    expect(notes(['before', 'failed'], ['now', 'passed'])).toEqual([
      `CHK-1: failed on other content before (evidence ${sha256('before failed').slice(0, 12)}), passes now`,
      runs,
      seen,
    ]);
  });

  it('is that it is flaky, where the same content failed and passed', () => {
    const flaky = 'CHK-1: flaky: of 3 runs on these files 1 failed';
    expect(notes(['now', 'passed'], ['now', 'failed'], ['now', 'passed'])).toEqual([
      'CHK-1: failed and passed on the same files alone',
      flaky,
      runs,
      seen,
    ]);
    expect(notes(['before', 'failed'], ['now', 'passed'], ['now', 'failed'], ['now', 'passed'])[1]).toBe(flaky);
  });

  it('is nothing for one that does not pass', () => {
    expect(notes()).toEqual([seen]);
    expect(notes(['now', 'failed'])).toEqual([seen]);
    expect(notes(['before', 'passed'])).toEqual([seen]);
  });
});

const fact = (name: string, path: string, attributes: Fact['attributes'] = {}): Fact => ({
  id: `ansible/task/./${name}`,
  format: 'ansible',
  kind: 'task',
  scope: '.',
  name,
  status: 'observed',
  evidence: path === '' ? [] : [{ path, line: 4, endLine: 5 }],
  attributes,
});
const extraction = (facts: Fact[], gaps: [rule: string, message: string][] = []): ExtractReport => ({
  schema: 'countersign/extract@1',
  root: '.',
  sources: [],
  facts,
  relations: [],
  couplings: [],
  gaps: gaps.map(([rule, message]) => ({ rule, severity: 'warning', scope: '.', evidence: [], message })),
  skipped: [],
});

describe('what a component did that did not come back', () => {
  const before = extraction(
    [
      fact('restart web', 'z.yml'),
      fact('open port', 'b.yml', { port: 1 }),
      fact('log', 'a.yml'),
      fact('same', 'c.yml'),
    ],
    [
      ['no-rollback', 'task log has none'],
      ['no-check', 'none'],
    ],
  );
  const after = extraction(
    [fact('open port', 'b.yml', { port: 2 }), fact('same', 'elsewhere.yml')],
    [
      ['no-rollback', 'task open has none'],
      ['no-lock', 'nothing locks'],
    ],
  );

  it('is told by place, with whether the specification names it', () => {
    expect(lostBehaviour(compareReports(before, after), 'They shall restart WEB.').lost).toEqual([
      { kind: 'task', name: 'log', place: 'a.yml:4', what: 'gone', covered: false },
      { kind: 'task', name: 'open port', place: 'b.yml:4', what: 'other port', covered: false },
      { kind: 'task', name: 'restart web', place: 'z.yml:4', what: 'gone', covered: true },
    ]);
    const nowhere = compareReports(extraction([fact('x', '')]), extraction([]));
    expect(lostBehaviour(nowhere, '').lost).toMatchObject([{ place: '' }]);
  });

  it('has the gaps that are new, and not those that only name other tasks', () => {
    expect(lostBehaviour(compareReports(before, after), '').newGaps).toEqual(['nothing locks']);
  });
});
