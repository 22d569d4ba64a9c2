import { describe, expect, it } from 'vitest';
import { storiesOf } from './stories.ts';

const told = async (files: Record<string, string>, at = 0) =>
  ((await storiesOf(files))[at]?.steps ?? []).map(({ fact, conditions, onlyOnFailure, failure }) =>
    [fact.name, onlyOnFailure ? 'on failure' : failure.outcome, ...conditions.map((one) => `if ${one}`)].join(', '),
  );

describe('the condition of a block', () => {
  const play = `- hosts: web
  tasks:
    - when: chosen
      block:
        - name: inside
          ansible.builtin.package:
            name: a
        - block:
            - name: deeper
              ansible.builtin.package:
                name: b
          when: deep
    - name: outside
      ansible.builtin.package:
        name: c
`;
  it('holds for the tasks of the block and for nothing beside it, wherever it is written', async () => {
    expect(await told({ 'site.yml': play })).toEqual([
      'inside, stops, if chosen',
      'deeper, stops, if chosen, if deep',
      'outside, stops',
    ]);
  });

  it('holds in a file of tasks as in a play', async () => {
    const files = {
      'site.yml': '- hosts: web\n  roles: [app]\n',
      'roles/app/tasks/main.yml': play.slice(play.indexOf('    - when')).replace(/^ {4}/gm, ''),
    };
    expect((await told(files))[2]).toBe('outside, stops');
    expect((await told(files))[1]).toBe('deeper, stops, if chosen, if deep');
  });
});

describe('a rescue', () => {
  const files = (rescue: string) => ({
    'site.yml': `- hosts: web
  tasks:
    - block:
        - name: lead on
          ansible.builtin.include_role:
            name: app
      rescue:
        - name: clean up
          ansible.builtin.include_tasks: rescue.yml
`,
    'rescue.yml': rescue,
    'roles/app/tasks/main.yml': '- name: in the role\n  ansible.builtin.package:\n    name: a\n',
  });

  it('catches what fails in a role that its block includes, and what it includes runs only then', async () => {
    const looks = files('- name: tell\n  ansible.builtin.debug:\n    msg: x\n');
    expect(await told(looks)).toEqual(['in the role, handled', 'tell, on failure']);
    const [story] = await storiesOf(looks);
    expect(story?.steps[0]?.failure).toMatchObject({ ends: false });
    expect(story?.steps[0]?.failure.says).toMatch(/^the rescue in line 7 of site\.yml runs in place of/);
  });

  it('that fails on purpose ends the play all the same', async () => {
    const [story] = await storiesOf(files('- ansible.builtin.fail:\n    msg: no\n'));
    expect(story?.steps[0]?.failure).toMatchObject({ outcome: 'handled', ends: true });
    expect(story?.steps[0]?.failure.says).toContain('runs and then fails as well');
  });
});

describe('a script', () => {
  it('does what a function holds where the function is called, and what a trap calls last', async () => {
    const script = `#!/bin/bash
set -e
clean() {
  docker rm -f web
}
last() {
  kubectl apply -f b.yml
}
first() {
  kubectl apply -f a.yml
}
trap clean EXIT
first
last
`;
    expect(await told({ 'run.sh': script })).toEqual([
      'kubectl apply -f a.yml, stops',
      'kubectl apply -f b.yml, stops',
      'docker rm -f web, stops',
    ]);
  });

  it('says under which branches a step stands, and those of the one call of its function', async () => {
    const script = `#!/bin/bash
set -e
install() {
  if command -v apt; then
    apt install -y jq
  else
    dnf install -y jq
  fi
}
[ -x /usr/bin/jq ] || install
case "$1" in
  up | start) docker compose up -d ;;
  *) docker compose ps ;;
esac
`;
    expect(await told({ 'run.sh': script })).toEqual([
      'apt install -y jq, stops, if not: [ -x /usr/bin/jq ], if command -v apt',
      'dnf install -y jq, stops, if not: [ -x /usr/bin/jq ], if not: command -v apt',
      'docker compose up -d, stops, if "$1" is up or start',
      'docker compose ps, stops, if "$1" is none of the others',
    ]);
  });

  it('that is only sourced says of its functions that something has to call them', async () => {
    const files = {
      'run.sh': '#!/bin/bash\n. ./lib.sh\nkubectl apply -f a.yml\n',
      'lib.sh': 'drop() {\n  kubectl delete -f a.yml\n}\n',
    };
    expect(await told(files)).toEqual([
      'kubectl delete -f a.yml, goes-on, if something calls the function drop',
      'kubectl apply -f a.yml, goes-on',
    ]);
  });

  it('that is sourced ends as the script ends that sources it', async () => {
    const files = {
      'run.sh': '#!/bin/bash\nset -euo pipefail\n. ./part.sh\n',
      'part.sh': 'kubectl apply -f a.yml\n',
    };
    expect(await told(files)).toEqual(['kubectl apply -f a.yml, stops']);
  });

  it('says of a program that a variable names that it runs, and not what it does', async () => {
    const [story] = await storiesOf({
      'run.sh': '#!/bin/bash\n$runner up -d\n$SUDO apt install -y jq\n"$1"\n',
    });
    expect(story?.steps.map(({ fact, effect }) => `${fact.name} ${fact.status} ${effect}`)).toEqual([
      '$runner up -d unresolved undefined',
      '$SUDO apt install -y jq observed write',
    ]);
  });

  it('is started through programs that run others', async () => {
    const files = {
      'run.sh': '#!/bin/bash\nuv run ansible-playbook site.yml\n',
      'site.yml': '- hosts: web\n  tasks:\n    - name: in the play\n      ansible.builtin.package:\n        name: a\n',
    };
    expect(await told(files)).toEqual(['uv run ansible-playbook site.yml, goes-on', 'in the play, stops']);
  });

  it('names its phases by headings of the same function, and not by one that ends something', async () => {
    const script = `#!/bin/bash
one() {
  echo "==> Inside"
  kubectl apply -f a.yml
}
# --- Begin Work ---
one
kubectl apply -f b.yml
# --- End Work ---
kubectl apply -f c.yml
`;
    const [story] = await storiesOf({ 'run.sh': script });
    expect(story?.steps.map(({ phase }) => phase)).toEqual(['Inside', 'Work', 'run.sh']);
  });

  it('that fails fails the step of the workflow that runs it', async () => {
    const files = {
      '.github/workflows/go.yml':
        'on: push\njobs:\n  go:\n    runs-on: x\n    steps:\n      - name: Go\n        run: ./run.sh\n',
      'run.sh': '#!/bin/bash\nset -e\nkubectl apply -f a.yml\n',
    };
    const [story] = await storiesOf(files);
    expect(story?.steps[0]?.failure.says).toBe(
      'the script ends at once (errexit); what ran before stays done; with it fails "Go": the job fails: its later steps are skipped unless they ask for failure() or always(), and jobs that need it do not run',
    );
  });
});
