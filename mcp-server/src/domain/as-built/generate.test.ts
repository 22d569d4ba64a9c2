import { describe, expect, it } from 'vitest';
import { finishedTale, Tale } from '../../../../test/helpers/report-samples.ts';
import { short } from '../decision/subject.ts';
import { assess } from '../delivery.ts';
import { sha256 } from '../hash.ts';
import { generateAsBuilt, WRITTEN } from './generate.ts';

function generated(tale: Tale, present?: string): string {
  const read = tale.read();
  const facts = { scan: undefined, firstRequirements: undefined, writers: new Map<string, string>() };
  return generateAsBuilt(assess(read), read.ledger, read.workspace, present, facts);
}

/** The text of a section without its heading. */
const section = (text: string, title: string) =>
  new RegExp(`\\n## ${title}\\n\\n([\\s\\S]*?)(?=\\n\\n## |\\n$)`).exec(text)?.[1]?.split('\n');

describe('the record as built', () => {
  const told = () => {
    const tale = finishedTale();
    return { tale, text: generated(tale) };
  };

  it('names the heads that it rests on, without its own submission and decision', () => {
    const { tale, text } = told();
    const build = tale.ledger.graph.order.findLast(
      (event) =>
        event.type === 'decided' && event.parents.some((id) => tale.ledger.graph.get(id)?.type === 'submitted'),
    )!;
    const before = tale.ledger.graph.order.at(-3)!;
    expect(build.id).not.toBe(before.id);
    expect(text.startsWith(`---\ncountersign: as-built/1\nheads:\n  - ${before.id}\n---\n\n# `)).toBe(true);
    expect(text).toContain(': as built\n\n## Delivered\n');
  });

  it('lists the files of each component with their hashes, in the order in which they were built', () => {
    const { text } = told();
    expect(section(text, 'Delivered')).toEqual([
      '| Component | Action | File | SHA-256 | Written by |',
      '| --- | --- | --- | --- | --- |',
      `| CMP-1 Host list | build | \`zone/hosts.json\` | ${short(sha256('zone/hosts.json'))} | not recorded |`,
      `| CMP-2 Generator | build | \`zone/generate.mjs\` | ${short(sha256('zone/generate.mjs'))} | not recorded |`,
    ]);
  });

  it('says of each criterion which check showed it, with the evidence', () => {
    const { tale, text } = told();
    const rows = section(text, 'Verification')!;
    expect(rows[0]).toBe('| Criterion | Check | Result | Evidence |');
    const runs = new Map(
      tale.ledger.graph.order.flatMap((event) =>
        event.type === 'checked' ? [[event.body.check, `evidence/${short(event.body.evidence)}`] as const] : [],
      ),
    );
    expect(rows.slice(2)).toEqual(
      rows.slice(2).map((row) => {
        const [, criterion, check] = /^\| (AC-\d+\.\d+) \| (CHK-\d+) /.exec(row)!;
        // It failed before the file was right, and then passed on the same bytes.
        const result = check === 'CHK-3' ? 'passed, flaky: 1 of 2 runs on these files failed' : 'passed';
        return `| ${criterion} | ${check} | ${result} | ${runs.get(check!)} |`;
      }),
    );
    expect(rows.length).toBeGreaterThan(4);
  });

  it('lists deviations and the decisions on everything but itself', () => {
    const { text } = told();
    expect(section(text, 'Deviations')).toEqual([
      '| ID | Component | Designed | Delivered | Reason | Accepted by |',
      '| --- | --- | --- | --- | --- | --- |',
      '| DEV-1 | CMP-2 | a program | a script | nothing to compile | Grace Hopper (recorded) |',
    ]);
    const decisions = section(text, 'Decisions')!;
    expect(decisions.slice(0, 2)).toEqual([
      '| Subject | Decision | By | Level | At | Digest |',
      '| --- | --- | --- | --- | --- | --- |',
    ]);
    expect(decisions.slice(2).map((row) => row.split(' | ').slice(0, 4).join(' | '))).toEqual([
      '| stage:requirements | reject | Grace Hopper | recorded',
      '| stage:requirements | approve | Grace Hopper | recorded',
      '| stage:feasibility | approve | Grace Hopper | recorded',
      '| stage:design | approve | Grace Hopper | recorded',
      '| stage:design | approve | Grace Hopper | recorded',
      '| stage:build | approve | Grace Hopper | recorded',
    ]);
  });

  it('asks people for what only they can write, and keeps what they wrote', () => {
    const { tale, text } = told();
    expect(WRITTEN.map((title) => section(text, title)?.join('\n'))).toEqual([
      'None known.',
      'None written down.',
      'The owner named in the requirements.',
      [
        '1. `/spec-change zone-file`, or `countersign change zone-file propose`: say what changes in requirements and design.',
        '2. Have the plan approved; only the tasks and checks that it reaches open again.',
        '3. Build them, and run the checks: `countersign run-check zone-file CHK-1`, `countersign run-check zone-file CHK-2`, `countersign run-check zone-file CHK-3`.',
        '4. The way back stands in design.md, Rollback.',
      ].join('\n'),
    ]);
    const written = text.replace('None known.', 'The clock drifts.\n\n- by a second\n');
    const again = generated(tale, written);
    expect(section(again, 'Residual issues')).toEqual(['The clock drifts.', '', '- by a second']);
    expect(generated(tale, again)).toBe(again);
  });

  it('says what was not delivered, not verified and not deviated from', () => {
    const tale = new Tale();
    tale.write(
      'requirements.md',
      '---\ncountersign: requirements/1\ntitle: T\nowner: O\n---\n\n## Requirements\n\n### REQ-1: A\n\nIt SHALL act.\n\n- **AC-1.1** a\n- **AC-1.2** b\n- **AC-1.3** c\n- **AC-1.4** d\n',
    );
    const check = (n: number, method: string, more = '') =>
      `### CHK-${n}: c\n\n- Criterion: AC-1.${n}\n- Method: ${method}\n${more}\n`;
    tale.write(
      'design.md',
      `---\ncountersign: design/1\n---\n\n## Components\n\n### CMP-1: A\n\n- Kind: k\n- Action: build\n- Paths: a/\n\n## Verification\n\n${check(1, 'manual')}\n${check(2, 'not-testable', '- Reason: no lab\n')}\n${check(3, 'command', '- Expect: exit 0\n\n```sh\ntrue\n```\n')}`,
    );
    const text = generated(tale);
    expect(section(text, 'Delivered')?.slice(2)).toEqual(['| CMP-1 A | build | none here |  |  |']);
    expect(section(text, 'Verification')?.slice(2)).toEqual([
      '| AC-1.1 | CHK-1 | manual, confirmed with the Build approval |  |',
      '| AC-1.2 | CHK-2 | not testable: no lab |  |',
      '| AC-1.3 | CHK-3 | not-run |  |',
      '| AC-1.4 |  | not verified |  |',
    ]);
    expect(section(text, 'Deviations')).toEqual(['None: what was delivered is what was designed.']);
    expect(section(text, 'Decisions')).toEqual([
      '| Subject | Decision | By | Level | At | Digest |',
      '| --- | --- | --- | --- | --- | --- |',
    ]);
  });

  it('has only what people write where there is no design', () => {
    const text = generated(new Tale());
    expect(text).not.toContain('## Delivered');
    expect(text).toContain('## Maintainer');
  });
});
