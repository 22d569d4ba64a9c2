import { describe, expect, it } from 'vitest';
import { unitsOf } from '../../mcp-server/src/domain/extract/draft/units.ts';
import { chooseStories, groupStories } from '../../mcp-server/src/domain/extract/story/groups.ts';
import { type Story, tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
import { reportOf, storiesOf } from './stories.ts';

const order = (story: Story | undefined) => story?.steps.map((step) => step.fact.name);
const named = (stories: readonly Story[], name: string) => stories.find((story) => story.entry.name === name);

const site = {
  'site.yml': `- import_playbook: zeta.yml
- hosts: web
  tasks:
    - name: last of the play
      ansible.builtin.command: /bin/true
      notify: restart
  post_tasks:
    - name: after all
      ansible.builtin.debug:
        msg: done
  roles:
    - outside.role
    - inside
  pre_tasks:
    - name: first of the play
      ansible.builtin.package:
        name: curl
  handlers:
    - name: restart
      ansible.builtin.service:
        name: web
        state: restarted
- import_playbook: alpha.yml
`,
  'zeta.yml': '- hosts: all\n  tasks:\n    - name: in zeta\n      ansible.builtin.package:\n        name: a\n',
  'alpha.yml': '- hosts: all\n  tasks:\n    - name: in alpha\n      ansible.builtin.package:\n        name: b\n',
  'roles/inside/tasks/main.yml': '- name: in the role\n  ansible.builtin.package:\n    name: c\n',
  'requirements.yml': 'roles:\n  - name: outside.role\n',
};

describe('the order of a playbook', () => {
  it('follows imports by line, and a play runs pre_tasks, roles, tasks, post_tasks and handlers', async () => {
    expect(order(named(await storiesOf(site), 'site.yml'))).toEqual([
      'in zeta',
      'first of the play',
      'outside.role',
      'in the role',
      'last of the play',
      'after all',
      'restart',
      'in alpha',
    ]);
  });

  it('starts only what nothing else imports or calls', async () => {
    expect((await storiesOf(site)).map(({ entry }) => entry.name)).toEqual(['site.yml']);
  });

  it('starts playbooks that import each other at the first', async () => {
    const ring = { 'a.yml': '- import_playbook: b.yml\n', 'b.yml': '- import_playbook: a.yml\n' };
    expect((await storiesOf(ring)).map(({ entry }) => entry.name)).toEqual(['a.yml']);
  });
});

describe('what happens when a step fails', () => {
  const play = (tasks: string) => ({ 'site.yml': `- hosts: all\n  tasks:\n${tasks}` });
  const outcomes = (story: Story | undefined) =>
    story?.steps.map(({ fact, failure, onlyOnFailure }) => [fact.name, failure.outcome, onlyOnFailure]);

  it('is said for what is let through, rescued, and neither', async () => {
    const [story] = await storiesOf(
      play(`    - name: loose
      ansible.builtin.command: /bin/a
      ignore_errors: true
    - name: guarded
      block:
        - name: try
          ansible.builtin.package:
            name: x
      rescue:
        - name: undo
          ansible.builtin.package:
            name: x
            state: absent
    - name: bare
      ansible.builtin.command: /bin/b
`),
    );
    expect(outcomes(story)).toEqual([
      ['loose', 'ignored', false],
      ['try', 'handled', false],
      ['undo', 'stops', true],
      ['bare', 'stops', false],
    ]);
    expect(story?.steps[1]?.failure.by.map((fact) => fact.name)).toContain('undo');
  });

  it('is met by the rescue of its own block, within a role, too, and let through as the block around it says', async () => {
    const [story] = await storiesOf({
      'site.yml': '- hosts: all\n  roles:\n    - app\n',
      'roles/app/tasks/main.yml': `- block:
    - name: try
      ansible.builtin.package:
        name: x
  rescue:
    - name: undo
      ansible.builtin.package:
        name: x
        state: absent
- ignore_errors: true
  block:
    - name: loose
      ansible.builtin.command: /bin/a
    - name: strict
      ansible.builtin.command: /bin/b
      ignore_errors: false
    - ignore_errors: false
      block:
        - name: strict within
          ansible.builtin.command: /bin/c
`,
    });
    expect(outcomes(story)).toEqual([
      ['try', 'handled', false],
      ['undo', 'stops', true],
      ['loose', 'ignored', false],
      ['strict', 'stops', false],
      ['strict within', 'stops', false],
    ]);
    expect(story?.steps[0]?.failure.by.map((fact) => fact.name)).toEqual(['undo', 'rescue']);
  });

  it('depends in a script on errexit', async () => {
    const run = 'kubectl apply -f a.yml\n';
    const [loose, strict] = await storiesOf({ 'a.sh': `#!/bin/bash\n${run}`, 'b.sh': `#!/bin/bash\nset -e\n${run}` });
    expect([outcomes(loose), outcomes(strict)].map((one) => one?.[0]?.[1])).toEqual(['goes-on', 'stops']);
  });

  it('in a workflow runs the steps that ask for failure', async () => {
    const [story] = await storiesOf({
      '.github/workflows/w.yml': `name: w
on: push
jobs:
  go:
    runs-on: ubuntu-latest
    steps:
      - name: apply
        run: kubectl apply -f a.yml
      - name: take back
        if: failure()
        run: kubectl delete -f a.yml
`,
    });
    expect(outcomes(story)).toEqual([
      ['apply', 'handled', false],
      ['take back', 'stops', true],
    ]);
  });

  it('in a workflow is not met by a step that had its turn before', async () => {
    const steps = ['kubectl apply -f a.yml', 'kubectl delete -f a.yml', 'kubectl apply -f b.yml'].map(
      (run, at) => `      - name: s${at}\n${at === 1 ? '        if: failure()\n' : ''}        run: ${run}\n`,
    );
    const [story] = await storiesOf({
      '.github/workflows/w.yml': `on: push\njobs:\n  go:\n    runs-on: x\n    steps:\n${steps.join('')}`,
    });
    expect(outcomes(story)).toEqual([
      ['s0', 'handled', false],
      ['s1', 'stops', true],
      ['s2', 'stops', false],
    ]);
  });

  const waits = (job: string, needs: string, on = '') =>
    `  ${job}:\n    needs: [${needs}]\n    if: failure()\n${on}    runs-on: x\n    steps:\n      - run: ./${job}.sh\n`;

  it('in a workflow runs the jobs that wait for its job and ask for failure, here and where the workflow is called', async () => {
    const stories = await storiesOf({
      '.github/workflows/caller.yml': `on: push\njobs:\n  roll:\n    uses: ./.github/workflows/roll.yml\n  after:\n    needs: roll\n    runs-on: x\n    steps:\n      - run: echo\n${waits('report', 'after')}${waits('other', 'elsewhere')}`,
      '.github/workflows/roll.yml': `on: workflow_call\njobs:\n  apply:\n    runs-on: x\n    steps:\n      - run: terraform apply\n${waits('undo', 'apply')}`,
    });
    const apply = stories.flatMap(({ steps }) => steps).find(({ fact }) => fact.name === 'terraform apply');
    expect(apply?.failure).toMatchObject({ outcome: 'handled', ends: true });
    expect(apply?.failure.by.map(({ name }) => name)).toEqual(['undo', 'report']);
  });

  it('in a pipeline runs the jobs of later stages that ask for failure, and those that need just this one', async () => {
    const [story] = await storiesOf({
      '.gitlab-ci.yml':
        'stages: [build, deploy, clean]\nmake:\n  stage: build\n  script: ./make.sh\nship:\n  stage: deploy\n  script: kubectl apply -f a.yaml\nundo:\n  stage: deploy\n  needs: [ship]\n  when: on_failure\n  script: kubectl rollout undo deployment/a\nsweep:\n  stage: clean\n  when: on_failure\n  script: docker system prune\n',
    });
    const by = (name: string) =>
      story?.steps.find(({ fact }) => fact.name === name)?.failure.by.map((fact) => fact.name);
    expect(by('make')).toEqual(['sweep']);
    expect(by('ship')).toEqual(['undo', 'sweep']);
    expect(by('sweep')).toEqual([]);
  });

  it('in a release is met by the way back that the release declares', async () => {
    const stories = await storiesOf({
      'apps/web.yaml':
        'apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: web\nspec:\n  chart:\n    spec:\n      chart: web\n  upgrade:\n    remediation:\n      retries: 3\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: db\nspec: {}\n',
    });
    const failure = (name: string) =>
      stories.flatMap(({ steps }) => steps).find(({ fact }) => fact.name === `HelmRelease/${name}`)?.failure;
    expect(failure('web')).toMatchObject({ outcome: 'handled', retries: '3 times' });
    expect(failure('db')).toMatchObject({ outcome: 'stops', says: expect.stringContaining('Flux tries again') });
  });

  it('ends the run where nothing takes its place: a rescue does, and a trap where nothing ends the script', async () => {
    const ends = (stories: readonly Story[], name: string) =>
      stories.flatMap(({ steps }) => steps).find(({ fact }) => fact.name.startsWith(name))?.failure;
    const script = (options: string) =>
      `#!/bin/bash\n${options}undo() { kubectl delete -f a.yml; }\ntrap undo ERR\nkubectl apply -f a.yml\n`;
    const stories = await storiesOf({
      'site.yml':
        '- hosts: all\n  tasks:\n    - block:\n        - name: set\n          ansible.builtin.package:\n            name: a\n      rescue:\n        - name: unset\n          ansible.builtin.package:\n            name: b\n',
      'loose.sh': script(''),
    });
    expect(ends(stories, 'set')).toMatchObject({ outcome: 'handled', ends: false });
    expect(ends(stories, 'kubectl apply')).toMatchObject({ ends: false, says: expect.stringContaining('next line') });
    const strict = await storiesOf({ 'strict.sh': script('set -e\n') });
    expect(ends(strict, 'kubectl apply')).toMatchObject({ outcome: 'handled', ends: true });
  });
});

describe('declared infrastructure', () => {
  it('is made in the order of its references, through locals and into modules', async () => {
    const [story] = await storiesOf({
      'main.tf': `resource "aws_instance" "a" {
  subnet_id = local.subnet
}
locals {
  subnet = aws_subnet.z.id
}
resource "aws_subnet" "z" {
  vpc_id = module.net.id
}
module "net" {
  source = "./modules/net"
}
`,
      'modules/net/main.tf':
        'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\noutput "id" {\n  value = aws_vpc.v.id\n}\n',
    });
    expect(order(story)).toEqual(['aws_vpc.v', 'aws_subnet.z', 'aws_instance.a']);
  });
});

describe('several formats', () => {
  it('are one story from the workflow to the role', async () => {
    const stories = await storiesOf({
      '.github/workflows/w.yml':
        'name: w\non: push\njobs:\n  go:\n    runs-on: x\n    steps:\n      - name: deploy it\n        run: ./deploy.sh\n',
      'deploy.sh': '#!/bin/sh\nset -e\nterraform -chdir=infra apply -auto-approve\nansible-playbook site.yml\n',
      'infra/main.tf': 'resource "aws_vpc" "v" {\n  cidr_block = "10.0.0.0/16"\n}\n',
      'site.yml': '- hosts: all\n  roles:\n    - web\n',
      'roles/web/tasks/main.yml': '- name: install\n  ansible.builtin.package:\n    name: web\n',
    });
    expect(stories.map(({ entry }) => entry.name)).toEqual(['.github/workflows/w.yml']);
    expect(order(stories[0])?.filter((name) => /v$|install/.test(name))).toEqual(['aws_vpc.v', 'install']);
    expect(stories[0]?.systems.map((tie) => tie.system)).toEqual(expect.arrayContaining(['aws', 'terraform']));
  });
});

describe('what CI runs on a proposed change', () => {
  const files = (on: string) => ({
    '.github/workflows/w.yml': `on: ${on}\njobs:\n  go:\n    runs-on: x\n    steps:\n      - run: ./try.sh\n`,
    'try.sh': '#!/bin/sh\nansible-playbook site.yml\n',
    'site.yml': '- hosts: all\n  tasks:\n    - name: install\n      ansible.builtin.package:\n        name: web\n',
  });
  const starts = async (on: string, more: Record<string, string> = {}) =>
    (await storiesOf({ ...files(on), ...more })).map(({ entry }) => entry.name);
  const direct = (on: string) =>
    `on: ${on}\njobs:\n  go:\n    runs-on: x\n    steps:\n      - run: ansible-playbook site.yml\n`;

  it('is a trial of a playbook that people start as well, unless another workflow deploys it', async () => {
    const trial = { '.github/workflows/t.yml': direct('[pull_request, workflow_dispatch]') };
    expect(await starts('push')).toEqual(['.github/workflows/w.yml']);
    expect((await storiesOf({ ...trial, 'site.yml': files('')['site.yml'] })).map(({ entry }) => entry.name)).toEqual([
      '.github/workflows/t.yml',
      'site.yml',
    ]);
    expect(await starts('push', trial)).toEqual(['.github/workflows/t.yml', '.github/workflows/w.yml']);
  });
});

describe('what GitLab runs on a merge request', () => {
  const playbook = '- hosts: all\n  tasks:\n    - name: a\n      ansible.builtin.package:\n        name: a\n';
  const started = async (pipeline: string) =>
    (await storiesOf({ '.gitlab-ci.yml': pipeline, 'site.yml': playbook })).map(({ entry }) => entry.name);
  const run = 'try:\n  script: ansible-playbook site.yml\n';

  it('is a trial of what it deploys, by the rules of the pipeline or of a job', async () => {
    expect(await started(run)).toEqual(['.gitlab-ci.yml']);
    const both = ['.gitlab-ci.yml', 'site.yml'];
    expect(
      await started(`workflow:\n  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n${run}`),
    ).toEqual(both);
    expect(await started(`${run}  rules:\n    - if: $CI_MERGE_REQUEST_IID\n`)).toEqual(both);
    expect(await started(`${run}  only: [merge_requests]\n`)).toEqual(both);
    expect(
      await started(`${run}  rules:\n    - if: $CI_PIPELINE_SOURCE == "merge_request_event"\n      when: never\n`),
    ).toEqual(['.gitlab-ci.yml']);
  });
});

describe('a command of which nothing is known', () => {
  it('is a step all the same when what it runs shows no step, and what is only included is none', async () => {
    const stories = await storiesOf({
      '.github/workflows/ship.yml':
        'on: push\njobs:\n  ship:\n    runs-on: ubuntu-latest\n    steps:\n      - uses: actions/checkout@v4\n      - run: make all\n',
      Makefile: 'all: ## Writes the list\n\t./list.sh > zones\n',
      'list.sh': '#!/bin/bash\n. ./names.sh\nfor zone in $names; do echo "$zone"; done\n',
      'names.sh': 'names="b a"\n',
    });
    expect(order(named(stories, '.github/workflows/ship.yml'))).toEqual(['actions/checkout@v4', 'all']);
  });
});

describe('groups', () => {
  it('are folders, one deeper where the first only gathers, and CI by itself', async () => {
    const play = '- hosts: all\n  tasks:\n    - name: t\n      ansible.builtin.ping:\n';
    const stories = await storiesOf({
      'playbooks/dns/a.yml': play,
      'playbooks/dns/b.yml': play,
      'vlans/c.yml': play,
      'd.yml': play,
      '.github/workflows/w.yml': 'name: w\non: push\njobs:\n  j:\n    runs-on: x\n    steps:\n      - run: echo\n',
    });
    expect(groupStories(stories).map(({ name, stories: members }) => [name, members.length])).toEqual([
      ['.', 1],
      ['ci', 1],
      ['playbooks/dns', 2],
      ['vlans', 1],
    ]);
    expect(chooseStories(stories, 'd.yml')?.length).toBe(1);
    expect(chooseStories(stories, 'nothing')).toBeUndefined();
  });
});

/** Every step on one line: its phase and turn, what follows when it fails, and when it runs. */
const toldSteps = (story: Story | undefined) =>
  story?.steps.map(
    ({ fact, phase, effect, failure, conditions, ...step }) =>
      `${phase} > ${fact.name} [${effect ?? '-'}] ${failure.outcome} by ${failure.rule}: ${failure.by.map(({ name }) => name).join(', ')}${failure.retries === undefined ? '' : ` after ${failure.retries}`}${step.onlyOnFailure ? ', on failure' : ''}${step.onlyOnNotice ? ', on notice' : ''}${conditions.map((one) => `, when ${one}`).join('')}`,
  );

describe('a playbook with everything', () => {
  const files = {
    'site.yml': `- name: Prepare
  hosts: web:db
  pre_tasks:
    - ansible.builtin.include_tasks: unnamed.yml
    - name: Common things
      ansible.builtin.include_tasks: common.yml
      when: common
  roles:
    - role: app
      when: with_app
  tasks:
    - name: tolerant
      ignore_errors: true
      block:
        - name: inner
          ansible.builtin.command: /bin/a
    - name: outer
      block:
        - name: guarded twice
          ansible.builtin.package:
            name: x
        - name: narrow
          block:
            - name: guarded close by
              ansible.builtin.package:
                name: y
          rescue:
            - name: look only
              ansible.builtin.stat:
                path: /y
      rescue:
        - name: take back
          ansible.builtin.package:
            name: x
            state: absent
        - name: tell
          ansible.builtin.debug:
            msg: x
      always:
        - name: at the end
          ansible.builtin.command: /bin/z
    - name: wait
      ansible.builtin.uri:
        url: https://app.example.org/health
      register: health
      until: health.status == 200
      retries: 4
      delay: 2
      notify: reload
  handlers:
    - name: reload
      ansible.builtin.include_tasks: reload.yml
- hosts: db
  tasks:
    - name: again
      ansible.builtin.include_role:
        name: app
    - name: last
      ansible.builtin.command: /bin/finish
`,
    'unnamed.yml': '- name: in unnamed\n  ansible.builtin.command: /bin/u\n',
    'common.yml': '- name: in common\n  ansible.builtin.command: /bin/c\n  when: deeper\n  ignore_errors: true\n',
    'reload.yml': '- name: in reload\n  ansible.builtin.service:\n    name: web\n    state: reloaded\n',
    'roles/app/tasks/main.yml':
      '- name: Parts\n  ansible.builtin.include_tasks: part.yml\n- name: own\n  ansible.builtin.package:\n    name: app\n  notify: restart app\n',
    'roles/app/tasks/part.yml': '- name: in part\n  ansible.builtin.package:\n    name: part\n',
    'roles/app/handlers/main.yml':
      '- name: restart app\n  ansible.builtin.service:\n    name: app\n    state: restarted\n',
    'roles/app/meta/main.yml': 'dependencies:\n  - role: base\n',
    'roles/base/tasks/main.yml': '- name: in base\n  ansible.builtin.package:\n    name: base\n',
    'tests/try.yml': '- hosts: all\n  roles:\n    - app\n',
  };

  it('tells each step with its phase, what meets its failure, and its conditions', async () => {
    const stories = await storiesOf(files);
    expect(stories.map(({ entry }) => [entry.name, entry.kind, entry.sample])).toEqual([
      ['site.yml', 'playbook', false],
      ['tests/try.yml', 'playbook', true],
    ]);
    expect(toldSteps(stories[0])).toEqual([
      'Prepare > in unnamed [write] stops by failure-in-ansible: ',
      'Common things > in common [write] ignored by ignores-errors: , when common, when deeper',
      'base > in base [write] stops by failure-in-ansible: , when with_app',
      'app > base [-] stops by failure-in-ansible: , when with_app',
      'app: Parts > in part [write] stops by failure-in-ansible: , when with_app',
      'app > own [write] stops by failure-in-ansible: , when with_app',
      'tolerant > inner [write] ignored by ignores-errors: ',
      'outer > guarded twice [write] handled by handles-errors: take back, rescue',
      'narrow > guarded close by [write] handled by handles-errors: rescue',
      'rescue of narrow > look only [read] handled by handles-errors: take back, rescue, on failure',
      'rescue of outer > take back [write] stops by failure-in-ansible: , on failure',
      'rescue of outer > tell [-] stops by failure-in-ansible: , on failure',
      'outer > at the end [write] stops by failure-in-ansible: ',
      'Prepare > wait [read] stops by failure-in-ansible:  after 4',
      'reload > in reload [write] stops by failure-in-ansible: , on notice',
      'app: handlers > restart app [write] stops by failure-in-ansible: , on notice',
      'play on db > again [-] stops by failure-in-ansible: ',
      'play on db > last [write] stops by failure-in-ansible: ',
    ]);
    expect(stories[0]!.hosts).toEqual(['web:db', 'db']);
    expect(stories[0]!.phases.map(({ name, from, to, writes }) => `${name} ${from}-${to} ${writes}`)).toEqual([
      'Prepare 1-1 1',
      'Common things 2-2 1',
      'base 3-3 1',
      'app 4-4 0',
      'app: Parts 5-5 1',
      'app 6-6 1',
      'tolerant 7-7 1',
      'outer 8-8 1',
      'narrow 9-9 1',
      'rescue of narrow 10-10 0',
      'rescue of outer 11-12 1',
      'outer 13-13 1',
      'Prepare 14-14 0',
      'reload 15-15 1',
      'app: handlers 16-16 1',
      'play on db 17-18 1',
    ]);
  });
});

describe('a script with everything', () => {
  it('tells its functions, banners, traps and what it lets through', async () => {
    const stories = await storiesOf({
      'run.sh': `#!/bin/bash
set -euo pipefail
undo() {
  kubectl delete -f a.yml
}
trap undo ERR
echo "=== Prepare ==="
kubectl get nodes
make_it() {
  kubectl apply -f a.yml
}
make_it
echo "=== Finish ==="
if [ "$MODE" = full ]; then
  kubectl apply -f b.yml || true
fi
./more.sh
`,
      'more.sh': '#!/bin/sh\nkubectl label node a b=c\nexit 0\n',
      'examples/more.sh': '#!/bin/sh\n../more.sh\n',
      Makefile:
        '.PHONY: up down\nall: up\nup: one two\none:\n\tkubectl apply -f one.yml\ntwo: one\n\t-kubectl apply -f two.yml\ndown:\n\tkubectl delete -f one.yml\n',
    });
    expect(stories.map(({ entry }) => [entry.name, entry.kind, entry.sample])).toEqual([
      ['Makefile:all', 'target', false],
      ['Makefile:down', 'target', false],
      ['run.sh', 'script', false],
      ['examples/more.sh', 'script', true],
    ]);
    expect(stories.map(toldSteps)).toEqual([
      ['Makefile > one [write] stops by failure-in-make: ', 'Makefile > two [write] ignored by ignores-errors: '],
      ['Makefile > down [write] stops by failure-in-make: '],
      [
        'Prepare > kubectl get nodes [read] handled by handles-errors: undo',
        'make_it > kubectl apply -f a.yml [write] handled by handles-errors: undo',
        'Finish > kubectl apply -f b.yml [write] ignored by ignores-errors: , when [ "$MODE" = full ]',
        'more.sh > kubectl label node a b=c [write] goes-on by no-errexit: ',
        'undo > kubectl delete -f a.yml [write] stops by errexit: , on failure',
      ],
      ['more.sh > kubectl label node a b=c [write] goes-on by no-errexit: '],
    ]);
  });
});

describe('a chart that fills the whole tree', () => {
  it('is a component of its files, as no component may claim the whole project', async () => {
    const report = await reportOf({
      'Chart.yaml': 'apiVersion: v2\nname: web\nversion: 1.0.0\n',
      'values.yaml': 'tag: 1\n',
      'templates/app.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.tag }}\n',
    });
    const [unit] = unitsOf(report, tellStories(report));
    expect(unit?.paths).toEqual(['Chart.yaml', 'templates/app.yaml', 'values.yaml']);
  });
});
