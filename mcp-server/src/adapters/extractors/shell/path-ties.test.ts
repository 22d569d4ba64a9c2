import { describe, expect, it } from 'vitest';
import { githubActions } from '../github-actions/extractor.ts';
import { make } from '../make/make.ts';
import { readCommands } from './reading.ts';
import { shell } from './shell.ts';

/** Kinds of the references that a step's command makes to a chart or a folder of overlays. */
function kindsOf(command: string): string[] {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: Do it\n        run: |\n          ${command}\n`;
  return githubActions
    .extract({ path: '.github/workflows/ci.yml', text })
    .references.filter(({ target }) => target.by === 'path')
    .map(({ kind }) => kind);
}

describe('what a command in a pipeline does with a chart or an overlay', () => {
  it.each([
    ['helm upgrade --install web ./chart', 'calls'],
    ['helm lint ./chart', 'reads'],
    ['helm template web ./chart > out.yaml', 'reads'],
    ['helm template web ./chart | kubectl apply -f -', 'calls'],
    ['kustomize build overlays/prod', 'reads'],
    ['kustomize build overlays/prod | kubectl apply -f -', 'calls'],
    ['kubectl apply -k overlays/prod', 'calls'],
    ['kubectl diff -k overlays/prod', 'reads'],
    ['kubectl apply -k overlays/prod --dry-run=server', 'reads'],
    ['helm upgrade web ./chart --dry-run', 'reads'],
    ['terraform -chdir=infra plan', 'reads'],
    ['terraform -chdir=infra apply -auto-approve', 'calls'],
    ['make -C deploy', 'calls'],
  ])('%s: %s', (command, kind) => {
    expect(new Set(kindsOf(command))).toEqual(new Set([kind]));
  });
});

describe('what a command only tries', () => {
  it.each([
    ['ansible-playbook --check site.yml', 'read'],
    ['ansible-playbook -i inventories/prod.yml site.yml', 'write'],
    ['ansible all -m ping', 'read'],
    ['ansible all -m reboot', 'write'],
    ['terraform plan -out=tfplan', 'read'],
    ['helm template web ./chart', 'read'],
    ['helm diff upgrade web ./chart', 'read'],
    ['kubectl get pods', 'read'],
    ['kubectl diff -f web.yaml', 'read'],
    ['kubectl apply -f web.yaml --dry-run=none', 'write'],
    ['kubectl exec deploy/web -- cat /etc/hosts', 'read'],
    ['kubectl exec deploy/web -- rm -rf /data', 'write'],
  ])('%s: %s', (command, effect) => {
    expect(readCommands(command).calls.map(({ call }) => call.effect)).toEqual([effect]);
  });

  it('carries out the playbook and not the inventory before it, and none that is only checked', () => {
    const scripts = (command: string) => readCommands(command).calls.map(({ call }) => call.script?.path);
    expect(scripts('ansible-playbook -i inventories/prod.yml site.yml')).toEqual(['site.yml']);
    expect(scripts('ansible-playbook --syntax-check site.yml')).toEqual([undefined]);
  });
});

describe('what a script and a recipe are tied to', () => {
  it('is meant from the folder that they changed to', () => {
    const { references } = shell.extract({ path: 'bin/up.sh', text: '#!/bin/sh\ncd ../infra\nterraform apply\n' });
    expect(references.flatMap(({ kind, target }) => (target.by === 'path' ? `${kind} ${target.path}` : []))).toEqual([
      'calls infra',
    ]);
  });

  it.each([
    ['what stands before it is not', 'terraform apply\ncd infra', ['1 bin', '1 .']],
    ['the last one before it counts', 'cd one\nterraform apply\ncd two\nterraform apply', ['2 one', '4 two']],
    [
      'a way up and a way back lead there',
      'cd one/a\ncd ../b\nterraform apply\ncd -\nterraform apply',
      ['3 one/b', '5 one/a'],
    ],
    ['a folder that only the run knows changes nothing', 'cd one\ncd "$1"\nterraform apply', ['3 one']],
  ])('is meant from where the text stands by then: %s', (_what, text, expected) => {
    const { references } = shell.extract({ path: 'bin/up.sh', text: `#!/bin/sh\n${text}\n` });
    const tied = references.flatMap(({ target, evidence }) =>
      target.by === 'path' ? `${evidence.line - 1} ${target.path}` : [],
    );
    expect(tied).toEqual(expected);
  });

  it('is the Makefile of another folder, and the chart that a recipe installs', () => {
    const text = 'all:\n\tmake -C metal\n\thelm upgrade --install web charts/web\n';
    const { references } = make.extract({ path: 'Makefile', text });
    const paths = references.flatMap(({ target }) => (target.by === 'path' ? target.path : []));
    expect(paths).toEqual(['metal/Makefile', 'charts/web/Chart.yaml']);
  });
});
