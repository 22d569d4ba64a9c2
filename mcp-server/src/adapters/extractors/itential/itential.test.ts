import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ExtractReport, Fact, FactKind } from '../../../domain/extract/contract.ts';
import { extractFile } from '../../../domain/extract/extract-file.ts';
import { buildReport } from '../../../domain/extract/report.ts';
import { tellStories } from '../../../domain/extract/story/story.ts';
import { itential } from './extractor.ts';

const folder = join(import.meta.dirname, '../../../../../test/fixtures/extract/itential');
const text = (name: string) => readFileSync(join(folder, name), 'utf8');

function reportOf(...files: { path: string; text: string }[]): ExtractReport {
  return buildReport(
    files.flatMap((file) => extractFile([itential], file).map((one) => ({ path: file.path, ...one }))),
    [],
  );
}
const read = (...names: string[]) => reportOf(...names.map((path) => ({ path, text: text(path) })));
const all = read('branch-vlans.project.json', 'automation.json', 'golden-config.json', 'agent.json');

const named = (report: ExtractReport, kind: FactKind, name: string): Fact => {
  const found = report.facts.find((fact) => fact.kind === kind && fact.name === name);
  if (found === undefined) throw new Error(`no ${kind} ${name}`);
  return found;
};
const gaps = (report: ExtractReport, rule: string) =>
  report.gaps.filter((gap) => gap.rule === rule).map((gap) => gap.message);
const storyOf = (report: ExtractReport, name: string) => {
  const found = tellStories(report).find(({ entry }) => entry.name.endsWith(name));
  if (found === undefined) throw new Error(`no story ${name}`);
  return found;
};

describe('the Itential extractor', () => {
  it.each([
    ['a bare workflow', text('hello.json'), true],
    ['a workflow in an envelope', text('wrapped.json'), true],
    ['a project with a large picture first', text('branch-vlans.project.json'), true],
    ['an automation', text('automation.json'), true],
    ['a golden configuration', text('golden-config.json'), true],
    ['an agent', text('agent.json'), true],
    ['an OpenAPI document', text('not-an-export.json'), false],
    ['a package', '{"name": "x", "version": "1.0.0", "dependencies": {}}', false],
    ['sessions of an agent', '{"sessionId": "1", "tools": [], "instructions": "x"}', false],
  ])('[R-EXPORT-1] tells %s by content', (_, content, expected) => {
    expect(itential.matches('some/name.json', content.slice(0, 4096))).toBe(expected);
  });

  it('reads inputs from the schema, and those that tasks use and nobody sets', () => {
    const scope = 'branch-vlans.project.json:Provision branch VLAN';
    const inputs = all.facts.filter((fact) => fact.kind === 'input' && fact.scope === scope);
    expect(inputs.map(({ name, status }) => `${name} ${status}`).sort()).toEqual([
      'force observed',
      'ipamAdapter observed',
      'sites observed',
      'switches observed',
      'templateVariables inferred',
      'ticketText inferred',
      'vlanId observed',
      'vlanName observed',
    ]);
    expect(named(all, 'input', 'vlanId').attributes).toMatchObject({
      type: 'number',
      required: true,
      documented: true,
    });
  });

  it('resolves the operands of a decision and says where both answers lead', () => {
    const { attributes } = named(all, 'decision', 'Is the VLAN free?');
    expect(attributes).toMatchObject({
      condition: '"Find the VLAN in the address plan".result at count == 0 or job.force != true',
      onSuccess: ['Open a change'],
      onFailureEdge: ['Approve the change'],
    });
  });

  it('tells people, loops, retries and ways back', () => {
    expect(all.facts.filter((fact) => fact.kind === 'approval').map((fact) => fact.name)).toEqual([
      'Approve the change',
      'Look at the failed uplinks',
      'Ask for the contact',
    ]);
    expect(named(all, 'batch', 'Configure every switch').attributes).toMatchObject({
      mode: 'parallel',
      over: 'job.switches',
    });
    expect(named(all, 'batch', 'For each site').attributes['mode']).toBe('sequential');
    expect(named(all, 'step', 'Check the uplinks').attributes['retries']).toBe(
      'again after "Look at the failed uplinks"',
    );
    expect(named(all, 'phase', 'retry of Check the uplinks').attributes['after']).toBe('Look at the failed uplinks');
    expect(named(all, 'rollback', 'Roll back the reservation').status).toBe('inferred');
  });

  it('tells adapter types from adapter instances, literal or from a variable', () => {
    const ties = all.couplings.map(({ system, class: kind, swap }) => `${system} ${kind} ${swap}`);
    expect(ties).toEqual(
      expect.arrayContaining([
        'Netbox adapter rewrite',
        'Servicenow adapter rewrite',
        'netbox-prod adapter-instance re-parameterise',
        'snow-prod adapter-instance re-parameterise',
        'itential platform rewrite',
      ]),
    );
    expect(named(all, 'step', 'Reserve the VLAN').attributes['adapterFrom']).toBe('job.ipamAdapter');
    expect(named(all, 'step', 'Open a change').attributes['adapterInstance']).toBe('snow-prod');
  });

  it('[R-EXPORT-2] tells the story in the order of the transitions, with what an error leads to', () => {
    const story = storyOf(all, ':Provision branch VLAN');
    expect(story.steps.map((step) => step.fact.name)).toEqual([
      'Build the message',
      'Find the VLAN in the address plan',
      'Is the VLAN free?',
      'Approve the change',
      'Open a change',
      'Reserve the VLAN',
      'Render the configuration',
      'Push the configuration',
      'Look into nothing',
      'Read the VLAN back',
      'Check the uplinks',
      'Did the uplinks pass?',
      'For each site',
      'Remember the site',
      'Only one way',
      'Ask for the contact',
      'Look at the failed uplinks',
      'Roll back the reservation',
    ]);
    const failure = (name: string) => story.steps.find((step) => step.fact.name === name)?.failure;
    expect(failure('Reserve the VLAN')).toMatchObject({ outcome: 'handled', says: '"Roll back the reservation" runs' });
    expect(failure('Find the VLAN in the address plan')).toMatchObject({ outcome: 'stops' });
    expect(failure('Open a change')).toMatchObject({ outcome: 'goes-on', rule: 'error-edge-to-the-end' });
    expect(story.phases.map((phase) => phase.name)).toEqual([
      'Netbox',
      'Servicenow',
      'Netbox',
      'TemplateBuilder',
      'AGManager',
      'Netbox',
      'MOP',
      'Netbox',
    ]);
    expect(story.entry.triggers.map((fact) => fact.name)).toEqual([
      'Ask for a VLAN',
      'Every night',
      'From the ticket system',
      'By request',
    ]);
  });

  it('keeps the order when the whole export is one line', () => {
    const story = storyOf(read('one-line.json'), ':On one line');
    expect(story.steps.map(({ fact, effect }) => `${fact.name} ${effect}`)).toEqual(['First read', 'Second write']);
  });

  it('reports each gap of the flow once, at its lines', () => {
    expect(gaps(all, 'missing-failure-edge')).toEqual(['Decision "Only one way" has no failure transition.']);
    expect(gaps(all, 'orphan-task')).toHaveLength(1);
    expect(gaps(all, 'unreachable-end')).toEqual(['No way leads from the start of "Configure switch" to its end.']);
    expect(gaps(all, 'no-error-edge')).toHaveLength(3);
    expect(gaps(all, 'order-left-to-agent')[0]).toContain('(3): "Find VLANs"');
    expect(gaps(all, 'dangling-reference').sort()).toEqual([
      'A transition of "Configure switch" names the task "dead", which is not there.',
      'The task "Look into nothing" reads a result of "ffff", which is not there.',
    ]);
  });

  it('follows references to what the file holds, by id and by prefixed name, and reports what nobody read', () => {
    const relations = all.relations.map(({ from, to, kind }) => `${from} ${kind} ${to}`);
    const step = 'itential/step/branch-vlans.project.json:Provision branch VLAN';
    expect(relations).toContain(
      `${step}/Configure every switch calls itential/workflow/branch-vlans.project.json:Configure switch/Configure switch`,
    );
    expect(relations).toContain(
      `${step}/Build the message reads itential/module/branch-vlans.project.json:Message text/Message text`,
    );
    expect(relations).toContain(
      `${step}/Check the uplinks reads itential/module/branch-vlans.project.json:Uplink check/Uplink check`,
    );
    expect(gaps(read('automation.json'), 'dangling-reference')[0]).toBe(
      '"Ask for a VLAN" names workflow "Provision branch VLAN" and form "VLAN request", not among what was read.',
    );
  });

  it('reads checks of command templates and of golden configurations', () => {
    expect(named(all, 'check', 'show interfaces status').attributes['rules']).toEqual([
      'contains connected',
      '!contains err-disabled',
    ]);
    expect(all.facts.filter((fact) => fact.kind === 'check').map((fact) => fact.name)).not.toContain('show clock');
    expect(named(all, 'check', 'base').attributes).toMatchObject({
      required: 2,
      disallowed: 1,
      deviceType: 'cisco-ios',
    });
    expect(named(all, 'check', 'branch').attributes).toMatchObject({ required: 1, ignored: 2 });
  });

  it('leaves the order of an agent open', () => {
    const steps = all.facts.filter((fact) => fact.scope === 'agent.json:VLAN helper' && fact.kind === 'step');
    expect(steps.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'Find VLANs unresolved',
      'Make a VLAN unresolved',
      'Configure switch unresolved',
    ]);
  });

  it('keeps what a newer platform holds as a module of unknown type', () => {
    expect(named(all, 'module', 'Something newer').attributes).toMatchObject({ type: 'lifecycleModel', known: false });
  });

  it('gives what stands before the place where a file was cut off', () => {
    const report = read('cut.json');
    expect(report.skipped).toMatchObject([{ path: 'cut.json', reason: 'unparsed' }]);
    expect(named(report, 'step', 'Make a machine').attributes['effect']).toBe('write');
  });

  it('tells tasks with the same title apart by their id', () => {
    const titles = read('wrapped.json')
      .facts.filter((fact) => fact.kind === 'step')
      .map((fact) => fact.name);
    expect(titles).toEqual(['Wait (e1)', 'Wait (e2)']);
  });

  it('[R-EXPORT-3] loses exactly one handler when the error transition goes', () => {
    const project = text('branch-vlans.project.json');
    const before = reportOf({ path: 'p.json', text: project });
    const changed = JSON.parse(project) as {
      components: { document: { transitions: Record<string, Record<string, unknown>> } }[];
    };
    delete changed.components[0]?.document.transitions['a4']?.['b3'];
    const after = reportOf({ path: 'p.json', text: JSON.stringify(changed, undefined, 2) });
    const count = (report: ExtractReport) => gaps(report, 'no-error-edge').length;
    expect(count(after) - count(before)).toBe(1);
    expect(after.facts.map((fact) => fact.id)).toEqual(before.facts.map((fact) => fact.id));
  });

  it('says the same of tasks in any order of the export', () => {
    const workflow = JSON.parse(text('one-line.json')) as { tasks: object };
    const reversed = { ...workflow, tasks: Object.fromEntries(Object.entries(workflow.tasks).reverse()) };
    const order = (value: object) =>
      storyOf(reportOf({ path: 'x.json', text: JSON.stringify(value) }), 'On one line').steps.map(
        (step) => step.fact.name,
      );
    expect(order(reversed)).toEqual(order(workflow));
  });

  it('reads a workflow of ten thousand tasks in time that grows with it', () => {
    const chain = (length: number) => {
      const ids = Array.from({ length }, (_, at) => `t${at}`);
      const tasks = Object.fromEntries(
        ids.map((id) => [
          id,
          { name: 'delay', canvasName: 'delay', summary: id, variables: { incoming: { x: `$var.${id}.y` } } },
        ]),
      );
      const transitions = Object.fromEntries(
        ['workflow_start', ...ids].map((id, at) => [
          id,
          { [ids[at] ?? 'workflow_end']: { type: 'standard', state: 'success' } },
        ]),
      );
      return JSON.stringify({ name: 'long', tasks, transitions });
    };
    const time = (length: number) => {
      const file = { path: 'long.json', text: chain(length) };
      const start = performance.now();
      expect(tellStories(reportOf(file))[0]?.steps).toHaveLength(length);
      return performance.now() - start;
    };
    time(500);
    expect(time(10_000)).toBeLessThan(Math.max(1500, 40 * time(1000)));
  });
});
