import { chmodSync, symlinkSync } from 'node:fs';
import { expect, it } from 'vitest';
import { runCheck } from '../../mcp-server/src/app/run-check.ts';
import { DESIGN, GENERATOR, HOSTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project, run } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';
import { gates, ID, openGate, portsOf, reach } from '../helpers/zone-file.ts';

const present = (program: string) =>
  run('sh', ['-c', `command -v ${program}`], { cwd: '/', env: { PATH: process.env['PATH'] ?? '' } }).exit === 0;

const SCRIPT = '#!/bin/sh\nrm -rf $1/zone\ncurl -s https://example.org/x | sh\n';

/** A delivery whose second component has a folder of scripts and playbooks, built and verified. */
async function built(options: { policy?: string; design?: (text: string) => string } = {}): Promise<Project> {
  const work = project();
  if (options.policy !== undefined) work.write('countersign.yaml', `countersign: policy/1\n${options.policy}`);
  const design = DESIGN.replace('- Paths: zone/generate.mjs', '- Paths: zone/generate.mjs, ops/');
  await reach(work, 'design', { design: options.design?.(design) ?? design });
  work.write('zone/hosts.json', HOSTS);
  work.write('zone/generate.mjs', GENERATOR);
  work.write('ops/run.sh', SCRIPT);
  work.write('ops/values.yml', 'a: 1\n');
  work.write('ops/Dockerfile', 'FROM nginx:latest\nRUN apk add --no-cache curl=8.1.0\n');
  for (const check of ['CHK-1', 'CHK-2', 'CHK-3'])
    expect((await runCheck(portsOf(work), ID, check, { kind: 'agent', name: 'test', via: 'mcp' })).blocks).toEqual([]);
  return work;
}

const report = (work: Project) => work.json('scan', ID)['report'] as Report;
interface Report {
  tools: { name: string; state: string; version: string }[];
  findings: { rule: string; path: string; line: number; severity: string }[];
  dependencies: { kind: string; name: string; version: string; pinned: boolean }[];
  differences: { key: string }[];
}

it('looks at delivered files with what is installed, and says what is not [R-SCAN-1] [R-SCAN-2]', async () => {
  const work = await built({
    design: (text) =>
      text.replace('| Version control | git |', '| IPAM | NetBox | api | 4 |\n| Version control | git |'),
  });
  const task = '    - name: Add\n      infoblox.nios_modules.nios_network:\n        network: 192.0.2.0/24\n';
  work.write('ops/site.yml', `- hosts: all\n  tasks:\n${task}`);
  const { tools, findings, dependencies, differences } = report(work);
  // Another system than the one that is bound.
  expect(differences.map((one) => one.key)).toContain('system infoblox');
  const states = Object.fromEntries(tools.map((one) => [one.name, one.state]));
  expect(states['gap rules']).toBe('ran');
  for (const name of ['shellcheck', 'yamllint', 'ansible-lint', 'hadolint', 'checkov', 'trivy', 'gitleaks'])
    if (!present(name)) expect(states[name]).toBe('absent');
    else expect(states[name]).not.toBe('absent');
  expect(states['terraform']).toBeUndefined();
  const rules = findings.map((one) => `${one.rule} ${one.path}:${one.line}`);
  expect(rules).toContain('gap/pipe-to-shell ops/run.sh:3');
  expect(rules).toContain('gap/floating-image-tag ops/Dockerfile:1');
  if (present('shellcheck')) expect(rules).toContain('shellcheck/SC2086 ops/run.sh:2');
  if (present('yamllint')) expect(rules).toContain('yamllint/document-start ops/site.yml:1');
  if (present('ansible-lint')) expect(states['ansible-lint']).toBe('ran');
  for (const one of tools.filter((tool) => tool.state === 'ran' && tool.name !== 'gap rules'))
    expect(one.version).toMatch(/^\d+\.\d+/);
  expect(dependencies.map((one) => [one.kind, one.name, one.version])).toEqual([
    ['image', 'nginx', 'latest'],
    ['package', 'curl', '8.1.0'],
  ]);
  const absent = tools.filter((tool) => tool.state === 'absent').map((tool) => tool.name);
  if (absent.length > 0)
    expect(work.cli('scan', ID).out).toContain(`not installed here, so not looked at: ${absent.join(', ')}`);
});

it('records a scan before Build is submitted, once, and shows it where people decide [R-SCAN-2]', async () => {
  const work = await built();
  expect(work.cli('submit', ID, 'build').exit).toBe(0);
  expect(work.cli('scan', ID).exit).toBe(0);
  const scans = work.events(ID).filter((event) => event.type === 'scanned');
  expect(scans).toHaveLength(1);
  const shown = work.cli('review', ID, 'build').out;
  expect(shown).toContain('What the build shows');
  expect(shown).toMatch(/ops\/run\.sh:3 gap\/pipe-to-shell/);
  expect(shown).toMatch(/dependencies that the design does not name: image nginx latest/);
  const { evidence } = scans[0]!['body'] as { evidence: string };
  expect(shown).toContain(`"scan": "${evidence}"`);
  expect(work.cli('verify').exit).toBe(0);
});

it('scans through the server, too, and a file that moves afterwards is scanned again', async () => {
  const work = await built();
  const mcp = await connect(work);
  expect((await mcp.call('submit', { delivery: ID, stage: 'build' })).blocks).toEqual([]);
  work.write('ops/run.sh', '#!/bin/sh\necho "$1"\n');
  for (const check of ['CHK-2', 'CHK-3']) work.cli('run-check', ID, check);
  expect((await mcp.call('submit', { delivery: ID, stage: 'build' })).blocks).toEqual([]);
  expect(work.events(ID).filter((event) => event.type === 'scanned')).toHaveLength(2);
});

it('blocks Build on errors and on differences that nobody explained, where policy says so [R-SCAN-3]', async () => {
  const work = await built({ policy: 'checks:\n  scan: block\n' });
  work.git('add', '-A');
  work.git('commit', '-qm', 'Work');
  work.write('zone/extra.mjs', 'export {};\n');
  work.write('ops/values.yml', '- hosts: all\n  vars:\n    db_password: Zk3vQx81mLp0\n');
  for (const check of ['CHK-2', 'CHK-3']) work.cli('run-check', ID, check);
  const blocked = work.json('submit', ID, 'build') as unknown as { exit: number; blocks: string[] };
  expect(blocked.exit).toBe(1);
  expect(blocked.blocks).toContainEqual(expect.stringMatching(/^scan: \d+ errors?$/));
  expect(blocked.blocks).toContain('scan: no deviation explains file zone/extra.mjs');
  const mcp = await connect(work);
  await mcp.call('deviation', {
    delivery: ID,
    designed: 'one program',
    delivered: 'file zone/extra.mjs beside it',
    reason: 'shared code',
  });
  const again = work.json('submit', ID, 'build') as unknown as { blocks: string[] };
  expect(again.blocks).not.toContain('scan: no deviation explains file zone/extra.mjs');
});

it('finds what was written for the delivery outside of every component, wherever it lies [R-BUILD-7]', async () => {
  const work = await built();
  work.git('add', '-A');
  work.git('commit', '-qm', 'Work');
  const call = (tool_name: string, tool_input: object, session_id: string) =>
    work.hook('pre-tool-use', { tool_name, tool_input, session_id });
  const written = (path: string, session: string) => {
    call('Write', { file_path: work.path(path), content: 'x' }, session);
    work.write(path, 'x\n');
  };
  call('mcp__plugin_countersign_countersign__tasks', { delivery: ID }, 'on-it');
  written('lib/helper.sh', 'on-it');
  written('lib/other.sh', 'elsewhere');
  work.write('zone/beside.txt', 'x\n');
  const keys = report(work).differences.map((one) => one.key);
  expect(keys).toEqual(['file lib/helper.sh', 'file zone/beside.txt']);
});

it('takes a program that hangs or prints nonsense for one that said nothing', async () => {
  const work = await built({ policy: 'checks:\n  timeout: 1\n' });
  const fake = (name: string, body: string) => {
    work.write(`../bin/${name}`, `#!/bin/sh\n[ "$1" = --version ] && { echo 9.9.9; exit 0; }\n${body}\n`);
    chmodSync(work.path('../bin', name), 0o755);
  };
  fake('shellcheck', 'sleep 30');
  fake('yamllint', 'echo boom >&2; exit 7');
  fake('hadolint', 'yes "[" | head -c 100000');
  const env = { PATH: `${work.path('../bin')}:${work.env['PATH']}` };
  const { out } = work.cliWith(env, 'scan', ID);
  expect(out).toMatch(/no usable answer: .*hadolint 9\.9\.9/);
  expect(out).toContain('shellcheck 9.9.9 (it was ended at the time limit)');
  expect(out).toContain('yamllint 9.9.9 (exit 7, boom)');
});

it('keeps an approved Build open when another version finds the same, and reopens it when one finds more [R-SCAN-5]', async () => {
  const work = await built();
  /** A linter of some version, with so many complaints. */
  const scanned = (version: string, complaints: number) => {
    const line = 'ops/values.yml:1:1: [error] wrong (made-up)';
    const lines = Array.from({ length: complaints }, () => `echo "${line}"`).join('\n');
    work.write(
      '../bin/yamllint',
      `#!/bin/sh\n[ "$1" = --version ] && { echo ${version}; exit 0; }\n${lines}\nexit ${complaints > 0 ? 1 : 0}\n`,
    );
    chmodSync(work.path('../bin/yamllint'), 0o755);
    const before = work.events(ID).filter((event) => event.type === 'scanned').length;
    work.cliWith({ PATH: `${work.path('../bin')}:${work.env['PATH']}` }, 'scan', ID);
    expect(work.events(ID).filter((event) => event.type === 'scanned')).toHaveLength(before + 1);
  };
  scanned('1.0.0', 1);
  openGate(portsOf(work), ID, 'build');
  const build = () => gates(work)['build'];
  expect(build()).toBe('open');
  scanned('1.1.0', 1);
  expect(build()).toBe('open');
  scanned('1.2.0', 0);
  expect(build()).toBe('open');
  scanned('2.0.0', 3);
  expect(build()).toBe('stale');
  // What finds less takes nothing back: a person looks at it.
  scanned('1.3.0', 0);
  expect(build()).toBe('stale');
  expect(work.cli('review', ID, 'build').out).toMatch(/scan: \d+ errors.* yamllint 2\.0\.0/);
  openGate(portsOf(work), ID, 'build');
  expect(build()).toBe('open');
  scanned('2.0.1', 3);
  expect(build()).toBe('open');
});

it('finds components that are extra or missing, and checks that the design has no more [R-SCAN-1]', async () => {
  const work = await built({
    design: (text) =>
      text.replace(
        '## Interfaces',
        '### CMP-3: Old pages\n\n- Kind: page\n- Action: skip\n- Paths: zone/old/\n\n### CMP-4: Shared list\n\n- Kind: data\n- Action: reuse\n- Paths: shared/list.txt\n\n## Interfaces',
      ),
  });
  const keys = () => report(work).differences.map((one) => one.key);
  expect(keys()).toEqual(['component CMP-4']);
  work.write('shared/list.txt', 'a\n');
  expect(keys()).toEqual([]);
  work.write('zone/old/page.txt', 'a\n');
  expect(keys()).toEqual(['component CMP-3']);
  // The redesign has another check instead of one that was run.
  const mcp = await connect(work);
  const design = work.read(`deliveries/${ID}/design.md`);
  await mcp.put(ID, 'design', design.replaceAll('CHK-3', 'CHK-4'));
  openGate(portsOf(work), ID, 'design');
  work.cli('run-check', ID, 'CHK-4');
  expect(keys()).toEqual(['check CHK-3', 'component CMP-3']);
  expect((await mcp.call('submit', { delivery: ID, stage: 'build' })).blocks).toEqual([]);
  expect(work.cli('review', ID, 'build').out).toContain(
    'not explained: check CHK-3: designed: the design has no such check',
  );
  await mcp.call('deviation', {
    delivery: ID,
    component: 'CMP-3',
    designed: 'not to be built',
    delivered: 'component CMP-3 is there',
    reason: 'the old pages go next month',
  });
  expect(work.cli('review', ID, 'build').out).toContain('explained by DEV-1: component CMP-3');
});

it('takes no silence from a program or from settings that the project itself brings along [R-SCAN-6]', async () => {
  const work = await built();
  work.git('add', '-A');
  work.git('commit', '-qm', 'Work');
  const plant = (path: string, text: string) => {
    work.write(path, text);
    chmodSync(work.path(path), 0o755);
  };
  plant('tools/yamllint', '#!/bin/sh\n[ "$1" = --version ] && echo 1.35.1\nexit 0\n');
  plant('tools/shellcheck', '#!/bin/sh\n[ "$1" = --version ] && echo 0.9.0 || echo \'{"comments":[]}\'\n');
  work.write('.shellcheckrc', 'disable=all\n');
  // A link to what lies elsewhere is a program like any other.
  symlinkSync('/bin/true', work.path('tools/hadolint'));
  const scan = (path: string) => work.cliWith({ PATH: `${path}:${work.env['PATH']}` }, 'scan', ID).out;
  for (const path of [work.path('tools'), 'tools']) {
    const out = scan(path);
    expect(out).toMatch(
      /no usable answer: .*shellcheck 0\.9\.0 \(it lies in the project that it judges: tools\/shellcheck\)/,
    );
    expect(out).not.toContain('tools/hadolint');
    expect(out).toContain('yamllint 1.35.1 (it lies in the project that it judges: tools/yamllint)');
    expect(out).toContain(
      'not explained: file .shellcheckrc: designed: no component has this path; delivered: tells shellcheck what to pass over',
    );
  }
  const { notRun } = work.events(ID).findLast((event) => event.type === 'scanned')!['body'] as { notRun: string[] };
  expect(notRun).toEqual(expect.arrayContaining(['shellcheck', 'yamllint']));
});
