import { describe, expect, it } from 'vitest';
import { finishedTale, largeTale, Tale } from '../../../../test/helpers/report-samples.ts';
import { componentGraph } from './component-graph.ts';
import { runOutput } from './evidence.ts';
import { summaryOf } from './summary.ts';

describe('the report of a finished delivery', () => {
  const made = () => finishedTale().report();

  it('has a card for each gate, with who submitted, who agreed and at which level', () => {
    const report = made();
    expect(report.finished).toBe(true);
    expect(report.stages.map((stage) => [stage.title, stage.state, stage.round])).toEqual([
      ['Requirements', 'open', 2],
      ['Feasibility', 'open', 1],
      ['Design', 'open', 2],
      ['Build', 'open', 1],
      ['As-Built', 'open', 1],
    ]);
    for (const stage of report.stages) {
      expect(stage.submitted!.by).toBe('client 1.0');
      expect(stage.approvals).toMatchObject([{ approver: 'Grace Hopper', level: 'recorded' }]);
    }
  });

  it('proves each requirement by the check that says the least of it', () => {
    const report = made();
    expect(report.requirements.map((one) => [one.id, one.proof, one.components.map((part) => part.id)])).toEqual([
      ['REQ-1', 'passed', ['CMP-1', 'CMP-2']],
      ['REQ-2', 'passed', ['CMP-2']],
    ]);
    const failing = finishedTale();
    failing.run('CHK-2', 'failed');
    const [first] = failing.report().requirements;
    expect([first!.proof, first!.criteria[0]!.checks.map((check) => check.state)]).toEqual([
      'failed',
      ['passed', 'failed'],
    ]);
  });

  it('says of criteria that nothing checks whether a design could have named a check', () => {
    const tale = finishedTale();
    const lessChecked = tale.artifacts['design.md']!.replaceAll('AC-2.1', 'AC-9.9');
    tale.write('design.md', lessChecked);
    expect(tale.report().requirements.map((one) => one.proof)).toContain('no-check');
    delete tale.artifacts['design.md'];
    expect(new Set(tale.report().requirements.map((one) => one.proof))).toEqual(new Set(['not-designed']));
  });

  it('says of every check how often it ran and failed, and quotes the run that counts', () => {
    const report = made();
    const check = report.checks.find((one) => one.id === 'CHK-3')!;
    expect(check).toMatchObject({ state: 'passed', runs: 2, failures: 1, component: 'CMP-2' });
    expect(report.checks[0]!.run!.output!.stdout).toBe('2 hosts\n');
  });

  it('shows what changed between two approvals of one subject, by meaning', () => {
    const report = made();
    expect(report.changes.map((one) => [one.about, one.from?.round, one.to.round])).toEqual([['stage:design', 1, 2]]);
    expect(report.changes[0]!.artifacts[0]!.units.map((one) => [one.change, one.key])).toEqual([
      ['MODIFIED', 'DEC-1'],
      ['MODIFIED', 'CMP-2'],
    ]);
  });

  it('has every decision with author, approver, separation and ticket, and rejections too', () => {
    const report = made();
    expect(report.audit).toHaveLength(7);
    expect(report.audit[0]).toMatchObject({
      subject: 'stage:requirements',
      decision: 'reject',
      authors: ['ada@example.org'],
      approver: 'Grace Hopper',
      level: 'recorded',
      separated: true,
      tickets: ['CHG0041'],
      breakGlass: null,
    });
  });

  it('names who accepted a deviation: whoever approved the build that froze it', () => {
    const report = made();
    expect(report.deviations).toMatchObject([{ id: 'DEV-1', acceptedBy: ['Grace Hopper (recorded)'] }]);
  });

  it('keeps the outcomes of a probe apart, and cites the snapshot that feasibility rests on', () => {
    const report = made();
    expect(report.platform.facts.map((fact) => fact.outcome).sort()).toEqual([
      'absent',
      'denied',
      'present',
      'present',
    ]);
    expect(report.platform.needs.map((one) => one.need)).toEqual(['CAP-1', 'SYS-1']);
  });

  it('tells every event, in the order of the record', () => {
    const report = made();
    const { ledger } = finishedTale();
    expect(report.timeline.map((one) => one.id)).toEqual(ledger.graph.order.map((event) => event.id));
    expect(report.timeline.filter((one) => one.alarming).map((one) => one.type)).toEqual(['decided', 'checked']);
  });

  it('is the same each time it is made, and short in a list of all', () => {
    const report = made();
    expect(finishedTale().report()).toEqual(report);
    expect(summaryOf(report)).toMatchObject({
      delivery: 'zone-file',
      finished: true,
      waitsFor: '',
      checks: { total: 3, passed: 3 },
      requirements: { total: 2, passed: 2 },
    });
  });
});

describe('a report of little', () => {
  it('of a delivery that has only begun says that there is nothing yet', () => {
    const report = new Tale().report();
    expect(report).toMatchObject({
      requirements: [],
      components: [],
      checks: [],
      audit: [],
      deviations: [],
      finished: false,
    });
    expect(report.graph).toEqual({ columns: 0, rows: 0, nodes: [], edges: [] });
    expect(report.timeline).toHaveLength(1);
  });

  it('waits for a person where only a decision is missing', () => {
    const tale = new Tale();
    tale.write('requirements.md', finishedTale().artifacts['requirements.md']!);
    tale.submit('requirements');
    expect(tale.report().stages[0]).toMatchObject({ waitsForPerson: true, state: 'blocked' });
    expect(summaryOf(tale.report()).waitsFor).toBe('Requirements');
  });

  it('says so where evidence is gone, and quotes nothing in its place', () => {
    const tale = finishedTale();
    tale.evidence.clear();
    const report = tale.report();
    expect(report.checks.map((check) => check.run!.output)).toEqual([null, null, null]);
    expect(report.checks[0]!.run!.missing).toContain('not there');
    expect(report.changes[0]!.artifacts[0]!.missing).toContain('not in the evidence');
    expect(report.platform.facts).toEqual([]);
  });
});

describe('a large report', () => {
  it('quotes only so much, whatever was printed', () => {
    const report = largeTale(300, 1500).report();
    const quoted = report.checks.reduce((sum, check) => sum + (check.run?.output?.stdout.length ?? 0), 0);
    expect(quoted).toBeLessThan(210_000);
    expect(report.checks.at(-1)!.run!.missing).toBe('this report quotes no more');
  });
});

describe('the component graph', () => {
  const component = (id: string, ...dependsOn: string[]) =>
    ({ id, title: id, action: 'build', rawAction: 'build', dependsOn }) as never;

  it('puts what is depended on into columns before, and each component beside its neighbours', () => {
    const graph = componentGraph([
      component('CMP-1'),
      component('CMP-2'),
      component('CMP-3', 'CMP-2'),
      component('CMP-4', 'CMP-1'),
      component('CMP-5', 'CMP-3', 'CMP-4'),
    ]);
    expect(graph.nodes.map((node) => [node.id, node.column, node.row])).toEqual([
      ['CMP-1', 0, 0],
      ['CMP-2', 0, 1],
      ['CMP-4', 1, 0],
      ['CMP-3', 1, 1],
      ['CMP-5', 2, 0],
    ]);
    expect(graph.edges).toHaveLength(4);
  });

  it('marks what lies on a cycle, and draws no edge to what is not there', () => {
    const graph = componentGraph([
      component('CMP-1', 'CMP-2'),
      component('CMP-2', 'CMP-1'),
      component('CMP-3', 'CMP-9'),
    ]);
    expect(graph.nodes.filter((node) => node.cyclic).map((node) => node.id)).toEqual(['CMP-1', 'CMP-2']);
    expect(graph.edges).toEqual([
      { from: 'CMP-2', to: 'CMP-1' },
      { from: 'CMP-1', to: 'CMP-2' },
    ]);
  });
});

describe('runOutput', () => {
  it.each([undefined, '', '{', '[]', 'null', '{"schema":"other"}'])('takes %j for no run', (text) => {
    expect(runOutput(text)).toBeUndefined();
  });

  it('reads a run whose members are not what they should be', () => {
    const run = { schema: 'countersign/check-run@1', script: 3, unmet: 'x', stdout: null };
    expect(runOutput(JSON.stringify(run))).toEqual({ script: '', unmet: [], stdout: '', stderr: '', cut: false });
  });
});
