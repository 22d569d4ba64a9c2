import { describe, expect, it } from 'vitest';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { draftDesign } from '../../mcp-server/src/domain/extract/draft/design.ts';
import { draftRequirements } from '../../mcp-server/src/domain/extract/draft/requirements.ts';
import type { DraftSource } from '../../mcp-server/src/domain/extract/draft/source.ts';
import { byProminence } from '../../mcp-server/src/domain/extract/story/prominence.ts';
import { type Story, tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
import { reportOf, storiesOf } from './stories.ts';

function sourceOf(report: ExtractReport, stories: readonly Story[]): DraftSource {
  return { title: 't', report, stories, prefix: '', elsewhere: undefined, commit: 'abc', facts: '0', group: undefined };
}

/** Requirements and design of files, as a reader gets them. */
async function read(files: Record<string, string>): Promise<[string, string]> {
  const report = await reportOf(files);
  const source = sourceOf(report, byProminence(tellStories(report).filter(({ entry }) => !entry.sample)));
  const requirements = draftRequirements(source);
  return [requirements.text, draftDesign(source, requirements)];
}

const section = (text: string, title: string) => {
  const [, rest = ''] = text.split(`## ${title}\n`);
  return rest.split('\n## ')[0]!;
};

const chart = {
  'charts/web/Chart.yaml':
    'apiVersion: v2\nname: web\nversion: 1.0.0\ndescription: Serves pages.\ndependencies:\n  - name: store\n    version: 2.0.0\n    repository: https://charts.example.org\n    condition: store.enabled\n',
  'charts/web/values.yaml': 'store:\n  enabled: true\npassword: "hunter2hunter2"\n',
  'charts/web/templates/a-deployment.yaml':
    '{{ if .Values.store.enabled }}\napiVersion: apps/v1\nkind: Deployment\nmetadata:\n  name: web\n{{ end }}\n',
  'charts/web/templates/b-service.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n',
  '.github/workflows/lint.yml':
    'on: pull_request\njobs:\n  lint:\n    runs-on: x\n    steps:\n      - name: Set up linting\n        uses: azure/setup-helm@v4\n      - name: Lint\n        run: helm lint charts/web\n',
};

describe('the first paragraph', () => {
  it('says what the tree is, which entry point is the main one, and what that writes', async () => {
    const [requirements] = await read(chart);
    expect(section(requirements, 'Problem')).toContain(
      'This is 1 chart and 1 workflow (2 entry points in 5 files). The main one seems to be `charts/web`: it installs 2 objects as one release, and it uses 1 part that is kept elsewhere. It says of itself: `Serves pages.`. What it writes: `Service` (`web`); `Deployment`. (inferred: most-written-and-named) `charts/web/Chart.yaml:1`',
    );
  });

  it('puts what deploys before what takes back, tries or checks', async () => {
    const script = '#!/bin/bash\nkubectl apply -f a.yml\nkubectl delete -f b.yml\n';
    const stories = byProminence(
      await storiesOf({
        'destroy.sh': script,
        'deploy.sh': script,
        'hack/deploy.sh': script,
        'unit-tests/deploy.sh': script,
      }),
    );
    expect(stories.map(({ entry }) => entry.name)).toEqual([
      'deploy.sh',
      'hack/deploy.sh',
      'destroy.sh',
      'unit-tests/deploy.sh',
    ]);
  });
});

describe('an entry point', () => {
  it('is a script at the top that only a trial or a script further down calls, and no copy of the work of others', async () => {
    const run = (text: string) => `#!/bin/bash\n${text}\nkubectl apply -f a.yml\n`;
    const stories = await storiesOf({
      'install.sh': run('. ./lib.sh'),
      'lib.sh': run(''),
      'box/first.sh': run('../install.sh'),
      'action.yml': 'name: try\nruns:\n  using: composite\n  steps:\n    - run: ./install.sh\n      shell: bash\n',
      'web/lib/vendor/acme/.github/workflows/go.yml':
        'on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: kubectl apply -f a.yml\n',
    });
    expect(stories.filter(({ entry }) => !entry.sample).map(({ entry }) => entry.name)).toEqual([
      'action.yml',
      'box/first.sh',
      'install.sh',
    ]);
  });
});

describe('the order', () => {
  it('of a chart is that in which Helm sends its objects, each with the values that it depends on', async () => {
    const [, design] = await read(chart);
    const rows = design.match(/^\| \d \|.*`charts\/web.*$/gm)!.map((row) => row.split(' | ')[2]);
    expect(rows).toEqual([
      '`store`, only if `store.enabled`',
      '`Service/web`',
      '`Deployment in a-deployment.yaml`, only if `.Values.store.enabled`',
    ]);
    expect(design).toContain('in the order in which Helm sends it, by kind; what is sent comes up in parallel');
  });

  it('of declared things follows the settings of their provider', async () => {
    const [, design] = await read({
      'main.tf':
        'provider "helm" {\n  config = local_file.cluster.filename\n}\nresource "helm_release" "app" {\n  name = "app"\n}\nresource "local_file" "cluster" {\n  filename = "c"\n}\n',
    });
    expect(design.match(/^\| \d \|.*$/gm)!.map((row) => row.split(' | ')[2])).toEqual([
      '`local_file.cluster`',
      '`helm_release.app`',
    ]);
  });
});

describe('what several entry points do', () => {
  it('is told of the first, and of the others where to find it', async () => {
    const task = (n: number) => `    - name: t${n}\n      ansible.builtin.package:\n        name: p${n}\n`;
    const [, design] = await read({
      'site.yml': `- hosts: web\n  tasks:\n${[1, 2, 3, 4, 5].map(task).join('')}`,
      'upgrade.yml':
        '- hosts: web\n  tasks:\n    - name: before\n      ansible.builtin.package:\n        name: b\n- import_playbook: site.yml\n',
    });
    expect(design).toContain('| 2-6 |  | what steps 1-5 of `site.yml` do, told above |');
  });

  it('names what may be meant at run time only where part of its name is written', async () => {
    const files = (target: string) => ({
      'site.yml': `- hosts: web\n  tasks:\n    - name: some\n      ansible.builtin.include_tasks: "${target}"\n`,
      'tasks/part-a.yml': '- name: a\n  ansible.builtin.package:\n    name: a\n',
    });
    expect((await read(files('tasks/part-{{ x }}.yml')))[1]).toContain(
      'decided at run time: one of `tasks/part-a.yml`',
    );
    expect((await read(files('{{ x }}')))[1]).toContain('`some`, decided at run time |');
  });
});

describe('the inputs', () => {
  it('are those of the root module, asked for or not, and not what it hands to another', async () => {
    const [, design] = await read({
      'main.tf': 'module "inner" {\n  source = "./inner"\n  size   = 3\n}\n',
      'variables.tf': 'variable "token" {\n  type = string\n}\nvariable "region" {\n  default = "x"\n}\n',
      'inner/main.tf': 'variable "size" {}\nresource "aws_vpc" "v" {\n  size = var.size\n}\n',
    });
    const told = section(design, 'Configuration');
    expect(told).toContain('A person has to give `token`.');
    expect(told.match(/^\| `\w+`/gm)).toEqual(['| `token`', '| `region`']);
  });

  it('with a value that is not shown are secret', async () => {
    const [, design] = await read(chart);
    expect(section(design, 'Configuration')).toMatch(/^\| `password` \| no \|.*\| {2}\| yes \|/m);
  });
});

describe('a failure', () => {
  it('is told of every step, with what is left and what a person does next', async () => {
    const [, design] = await read({
      'site.yml':
        '- hosts: web\n  tasks:\n    - name: look\n      ansible.builtin.stat:\n        path: /a\n    - name: write\n      ansible.builtin.package:\n        name: a\n    - name: try\n      ansible.builtin.command: b\n      ignore_errors: true\n',
    });
    const told = section(design, 'Failure modes');
    expect(told.match(/^### .*$/gm)).toEqual([
      '### `site.yml`: step 3 (`try`) fails',
      '### `site.yml`: one of the steps 1-2 fails',
    ]);
    expect(told).toContain('- To do: read the output: whether it ran cannot be told from how the run ends');
    expect(told).toMatch(/- Left behind: what step 2 \(`write`\) wrote, if it ran before/);
    expect(told).toMatch(/- To do: mend the cause and run the playbook again/);
  });

  it('of many scattered steps names how many, and the first of them', async () => {
    const tasks = [...Array(30).keys()].map(
      (n) =>
        `    - name: t${n}\n      ansible.builtin.package:\n        name: p\n${n % 2 === 0 ? '      ignore_errors: true\n' : ''}`,
    );
    const [, design] = await read({ 'site.yml': `- hosts: web\n  tasks:\n${tasks.join('')}` });
    const told = section(design, 'Failure modes');
    expect(told).toContain('### `site.yml`: one of 15 steps fails');
    expect(told).toContain('- Steps: 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23 and 3 more ranges');
  });
});

describe('the pictures', () => {
  it('ask a person where it happens, and keep what runs only after a failure off the way', async () => {
    const [, design] = await read({
      'site.yml':
        '- hosts: web\n  tasks:\n    - name: One\n      block:\n        - name: a\n          ansible.builtin.package:\n            name: a\n      rescue:\n        - name: undo\n          ansible.builtin.package:\n            name: a\n            state: absent\n    - name: Two\n      block:\n        - name: go on\n          ansible.builtin.pause:\n            prompt: sure?\n',
    });
    expect(design).toContain('p1 -. on failure .-> p2\n  p1 --> p3');
    expect(design).toContain('person3{{"asks a person: 1"}} -.- p3');
  });
});

describe('criteria and questions', () => {
  it('leave out what only sets up, jobs around steps that check, and what is said twice', async () => {
    const job = (name: string) =>
      `  ${name}:\n    runs-on: x\n    steps:\n      - name: Set up linting\n        uses: acme/lint@v1\n      - name: Run tests\n        run: run-them\n`;
    const [requirements] = await read({ '.github/workflows/go.yml': `on: push\njobs:\n${job('test')}${job('e2e')}` });
    expect(requirements.match(/^- \*\*AC.*$/gm)!.map((line) => line.replace(/ \(inferred.*/, ''))).toEqual([
      '- **AC-1.1** `run-them` ends without an error (`Run tests`).',
    ]);
  });

  it('tell of a condition at the start and of what is tried again what they are', async () => {
    const [requirements] = await read({
      'site.yml':
        '- hosts: web\n  tasks:\n    - name: has a name\n      ansible.builtin.assert:\n        that: name is defined\n    - name: install\n      ansible.builtin.package:\n        name: a\n      register: done\n      until: done is succeeded\n',
    });
    expect(requirements.match(/^- \*\*AC.*$/gm)!.map((line) => line.replace(/ \(inferred.*/, ''))).toEqual([
      '- **AC-1.1** Nothing is written before `has a name` holds.',
      '- **AC-1.2** `install` is tried again until `done is succeeded`.',
    ]);
  });

  it('ask each kind of question once, whatever number of places it is about', async () => {
    const script = '#!/bin/bash\nkubectl apply -f a.yml\n';
    const [requirements] = await read({ 'a/go.sh': script, 'b/go.sh': script, 'c/go.sh': script });
    const asked = section(requirements, 'Questions').match(/^### .*$/gm)!;
    expect(asked.filter((one) => one.includes('How is taken back'))).toHaveLength(1);
    expect(asked.length).toBeLessThan(8);
  });
});

describe('a count of resources', () => {
  it('leaves out what provisioners do', async () => {
    const [requirements] = await read({
      'main.tf':
        'resource "null_resource" "r" {\n  provisioner "local-exec" {\n    command = "kubectl apply -f a.yml"\n  }\n}\n',
    });
    expect(section(requirements, 'Problem')).toContain('It declares 1 resource that an apply makes.');
  });
});

describe('bounds', () => {
  const plays = (sizes: readonly (number | string)[]) => ({
    'site.yml': sizes
      .map((size) => `- hosts: web\n  serial: ${size}\n  tasks:\n    - ansible.builtin.package:\n        name: a\n`)
      .join(''),
  });
  const told = async (sizes: readonly number[]) =>
    (await read(plays(sizes)))[0].match(/SHALL take the hosts .*?(?=\. \()/g);

  it('that many plays share are one, and of many the first are told', async () => {
    expect(await told([2, 2, 3])).toEqual([
      'SHALL take the hosts of a play in batches of `2`',
      'SHALL take the hosts of a play in batches of `3`',
    ]);
    expect(await told([1, 2, 3, 4, 5])).toEqual([
      'SHALL take the hosts of a play in batches of `1`, `2` or one of 3 more, as the play says,',
    ]);
  });
});

describe('checks', () => {
  it('look at a folder of many manifests as one thing', async () => {
    const manifest = (n: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: c${n}\n`;
    const files = Object.fromEntries([...Array(61).keys()].map((n) => [`many/c${n}.yaml`, manifest(n)]));
    const [, design] = await read(files);
    expect(design).toContain("  grep -hE '^(kind|  name|  namespace):' many/*.y*ml\n");
  });
});

describe('a tree that is a role', () => {
  it('is told with its tasks and handlers, and not as its tests', async () => {
    const [requirements, design] = await read({
      'meta/main.yml': 'galaxy_info:\n  role_name: web\n  description: Serves pages.\ndependencies: []\n',
      'tasks/main.yml': '- name: install\n  ansible.builtin.package:\n    name: web\n  notify: restart\n',
      'handlers/main.yml': '- name: restart\n  ansible.builtin.service:\n    name: web\n    state: restarted\n',
      'molecule/default/converge.yml': '- hosts: all\n  roles:\n    - acme.web\n',
    });
    expect(section(requirements, 'Problem')).toContain(
      'This is the role of the top folder (1 entry point in 3 files). It goes through 2 steps; 2 of them write.',
    );
    expect(design.match(/^\| \d \|.*$/gm)!.map((row) => row.split(' | ')[2])).toEqual([
      '`install`',
      '`restart`, only when notified',
    ]);
  });
});

describe('a library', () => {
  it('of modules offers the one at its top, whatever wraps it, and a playbook that a migration ends with is run as well', async () => {
    const stories = await storiesOf({
      'main.tf': 'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\n',
      'wrappers/main.tf': 'module "all" {\n  source = "../"\n}\n',
      'play/site.yml': '- hosts: web\n  tasks:\n    - ansible.builtin.package:\n        name: a\n',
      'play/migrate.yml': '- import_playbook: site.yml\n',
    });
    expect(stories.map(({ entry }) => entry.name)).toEqual(['.', 'play/migrate.yml', 'play/site.yml', 'wrappers']);
  });
});

describe('systems', () => {
  it('are no cloud because of who keeps an action', async () => {
    const [requirements] = await read(chart);
    expect(section(requirements, 'Systems')).toContain('Build step library');
    expect(section(requirements, 'Systems')).not.toContain('Cloud platform');
  });
});
