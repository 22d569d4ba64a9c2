import { cpSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import { readRequirements } from '../../mcp-server/src/domain/artifact/requirements.ts';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import type { Finding } from '../../mcp-server/src/domain/finding.ts';
import { family, genericLines } from '../helpers/agent-runs.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { extractFolder, fixtures } from './fixtures.ts';

/** What took over a second says so. */
const withoutProgress = (err: string) => err.replace(/^.*: \d+ files, \d+ s, .*\n/gm, '');

const folder = join(fixtures, 'agent-runs');
const sessions = readdirSync(folder).filter((name) => name.startsWith('session-'));

function withRuns(names: readonly string[] = sessions): Project {
  const work = project();
  mkdirSync(work.path('runs'));
  for (const name of names) cpSync(join(folder, name), work.path(`runs/${name}`));
  work.git('add', '.');
  work.git('commit', '--quiet', '-m', 'runs');
  return work;
}

function drafted(work: Project, from = 'runs'): Project {
  const { exit, err } = work.cli('extract', from, '--out', 'vlans');
  expect([exit, withoutProgress(err)]).toEqual([0, '']);
  return work;
}

const errors = (work: Project) =>
  (work.json('validate', 'vlans')['findings'] as Finding[]).filter(({ severity }) => severity === 'error');

describe('a draft from five sessions of an agent', () => {
  it('[R-RUNS-6] is read without an error, builds every component, and cites lines of the transcripts for every claim', () => {
    const work = drafted(withRuns());
    expect(errors(work)).toEqual([]);
    const text = work.read('deliveries/vlans/requirements.md');
    const requirements = readRequirements(text);
    expect(requirements.requirements.map(({ title }) => title)).toEqual([
      'What Make VLAN … for site … and tell [email 1] does',
      'mcp__netbox__create_vlan or not',
      expect.stringContaining('is read back'),
      expect.stringContaining('is tried again'),
    ]);
    const inferred = text.split('\n').filter((line) => line.includes('(inferred: '));
    expect(inferred.filter((line) => !/`runs\/session-\d\.jsonl:\d+`/.test(line))).toEqual([]);
    const design = readDesign(work.read('deliveries/vlans/design.md'));
    expect(new Set(design.components.map(({ action }) => action))).toEqual(new Set(['build']));
    const flow = work.read('deliveries/vlans/design.md');
    expect(flow).toContain('`command: ansible-playbook site.yml --limit {name} -e vlan={vid}` | 5 of 5 runs');
    expect(flow).toMatch(/\| `vid` \| yes \|.*\n/);
    expect(flow).toMatch(/\| `api_key` \| yes \|[^|]*\|[^|]*\| yes \|/);
  });

  it('[R-RUNS-2] asks which way is policy and which was chance, and repeats no secret and no address of a person', () => {
    const work = drafted(withRuns());
    const text = work.read('deliveries/vlans/requirements.md');
    expect(text).toContain(
      'Is it policy or chance that runs part into `mcp__netbox__create_vlan` and `mcp__netbox__update_vlan`?',
    );
    const stored = readdirSync(work.path('deliveries/vlans'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    const shown = [work.cli('extract', 'runs').out, work.cli('extract', 'runs', '--json').out];
    for (const one of [...stored, ...shown]) expect(one).not.toMatch(/K9x2mQ7vTz4pLs8w|ann@example/);
  });

  it('[R-RUNS-3] of one session says that one run tells little', () => {
    const work = drafted(withRuns(['session-1.jsonl']));
    const text = work.read('deliveries/vlans/requirements.md');
    expect(text).toContain('in 1 run; one run cannot tell what varies, what is left out and what was chance');
    expect(text).toContain('### RSK-1: Few runs were seen');
    expect(readRequirements(text).requirements.length).toBeGreaterThan(1);
    expect(errors(work)).toEqual([]);
  });

  it('shows what a later session changed', () => {
    const work = drafted(withRuns());
    cpSync(join(folder, 'session-5.jsonl'), work.path('runs/session-6.jsonl'));
    const more = readFileSync(work.path('runs/session-6.jsonl'), 'utf8')
      .replaceAll('session-5', 'session-6')
      .replaceAll('update_vlan', 'replace_vlan');
    writeFileSync(work.path('runs/session-6.jsonl'), more);
    const { out } = work.cli('extract', 'runs', '--compare', 'vlans');
    expect(out).toContain('support');
  });
});

describe('sources that are mixed', () => {
  it('are one delivery only after a person chose', () => {
    const work = withRuns();
    work.write('deploy.sh', '#!/bin/sh\nset -e\nkubectl apply -f x.yaml\n');
    const { out, exit } = work.cli('extract', '.', '--out', 'vlans');
    expect([exit, out]).toEqual([1, expect.stringContaining('agent runs: 1 entry point')]);
    expect(work.cli('extract', '.', '--out', 'vlans', '--group', 'agent runs').exit).toBe(0);
    expect(errors(work)).toEqual([]);
  });
});

describe('the session that is open', () => {
  function inClient(work: Project): string {
    const kept = join(work.home, '.claude', 'projects', work.root.replace(/[^A-Za-z0-9]/g, '-'));
    mkdirSync(kept, { recursive: true });
    for (const [at, name] of ['session-2.jsonl', 'session-1.jsonl'].entries()) {
      cpSync(join(folder, name), join(kept, name));
      utimesSync(join(kept, name), 1_700_000_000 + at, 1_700_000_000 + at);
    }
    writeFileSync(join(kept, 'agent-7.jsonl'), '');
    return kept;
  }

  it('[R-RUNS-5] becomes a delivery without that anyone looks for its file', () => {
    const work = project();
    inClient(work);
    work.write('a', '');
    work.git('add', '.');
    work.git('commit', '--quiet', '-m', 'a');
    drafted(work, 'session:latest');
    expect(work.read('deliveries/vlans/requirements.md')).toContain('`session-1.jsonl:4`');
    expect(errors(work)).toEqual([]);
    expect(work.cli('extract', 'session:session-2').out).toContain('session-2.jsonl:4');
  });

  it('is found by the tool as well, and nothing else outside the project is', async () => {
    const work = project();
    inClient(work);
    const mcp = await connect(work);
    const seen = await mcp.call('extract', { path: 'session:latest', view: 'story' });
    const { view } = seen.data as { view: { stories: { steps: { at: string }[] }[] } };
    expect(view.stories[0]?.steps[0]?.at).toBe('session-1.jsonl:4');
    for (const path of ['session:../../x', 'session:nobody', 'session:'])
      expect((await mcp.call('extract', { path })).error).toContain('is known for');
  });
});

describe('what was generated and written to files', () => {
  it('gives its steps and inputs back through the command line', () => {
    const work = project();
    const { runs, truth } = family(42, { runs: 5, noise: true });
    for (const [path, text] of genericLines(runs)) work.write(path, text);
    const report = JSON.parse(work.cli('extract', '.', '--json').out) as ExtractReport;
    const steps = report.facts.filter((fact) => fact.kind === 'step');
    const order = (at: number) => Number(steps[at]?.attributes['order']);
    expect([...steps.keys()].sort((a, b) => order(a) - order(b)).map((at) => steps[at]?.attributes['tool'])).toEqual(
      truth.steps.flat(),
    );
    expect(
      report.facts
        .filter((fact) => fact.kind === 'input')
        .map((fact) => fact.name)
        .sort(),
    ).toEqual([...truth.inputs].sort());
    expect(report.gaps.filter((gap) => gap.rule === 'few-runs')).toEqual([]);
  });
});

describe('a transcript of many megabytes', () => {
  it('[R-RUNS-4] is read in bounded memory', () => {
    const work = project();
    const padding = 'x'.repeat(20_000);
    const lines = Array.from({ length: 2000 }, (_, at) =>
      JSON.stringify({ session: 's', step: at, tool: `tool_${at % 30}`, input: { n: at }, output: { text: padding } }),
    );
    work.write('long.jsonl', lines.join('\n'));
    const { exit, out, err } = work.cliWith({ NODE_OPTIONS: '--max-old-space-size=40' }, 'extract', '.', '--json');
    expect([exit, withoutProgress(err)]).toEqual([0, '']);
    expect((JSON.parse(out) as ExtractReport).sources).toEqual([{ format: 'agent-runs', files: 1 }]);
  });
});

describe('the evidence of runs', () => {
  it('shows the tool on every line that a step cites', async () => {
    const { facts } = await extractFolder(folder);
    for (const fact of facts.filter(({ kind }) => kind === 'step'))
      for (const { path, line, endLine } of fact.evidence) {
        const lines = readFileSync(join(folder, path), 'utf8')
          .split('\n')
          .slice(line - 1, endLine);
        expect(lines.join('\n'), fact.id).toContain(`"${String(fact.attributes['tool'])}"`);
      }
  });
});
