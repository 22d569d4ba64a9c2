import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classify } from './classify.ts';
import { type Look, notSandboxed, type Sandbox } from './sandbox.ts';

const SANDBOXES: Sandbox[] = [
  { kind: 'ansible-inventory', value: 'inv/lab' },
  { kind: 'host', value: 'lab1' },
  { kind: 'host', value: 'tcp://lab:2375' },
  { kind: 'host', value: 'http://localhost:4566' },
  { kind: 'kube-context', value: 'kind-lab' },
  { kind: 'terraform-workspace', value: 'lab' },
  { kind: 'terraform-folder', value: 'envs/lab' },
  { kind: 'terraform-var-file', value: 'envs/lab.tfvars' },
  { kind: 'pulumi-stack', value: 'dev' },
  { kind: 'docker-context', value: 'desktop' },
  { kind: 'account', value: 'sandbox' },
];
const FILES: Record<string, string> = { '/w/vars.yml': 'size: 1\n', '/w/away.yml': 'ansible_host: prod\n' };
/** A project at `/w`, in which `/w/link` is another name of `/w/inv/lab`. */
const look: Look = {
  resolve: (path, folder = '/w') => posix.resolve('/w', folder, path).replace(/^\/w\/link$/, '/w/inv/lab'),
  read: (path) => FILES[path],
};

const why = (line: string, sandboxes = SANDBOXES, directory = '/w') => {
  const [effect] = classify(line, { directory, variables: {} }).effects;
  if (effect === undefined) throw new Error(`${line} changes nothing`);
  return notSandboxed(effect, sandboxes, look);
};

describe('an effect on a declared sandbox', () => {
  it.each([
    'ansible-playbook -i inv/lab site.yml',
    'ansible-playbook -i ./inv/../inv/lab site.yml',
    'ansible-playbook -i /w/inv/lab site.yml',
    'ansible-playbook -i link site.yml',
    'cd inv && ansible-playbook -i lab site.yml',
    'ansible-playbook -i lab1, site.yml',
    'ansible-playbook -i inv/lab -i lab1, site.yml -e size=1 -e @vars.yml',
    'kubectl --context kind-lab apply -f x',
    'helm upgrade web . --kube-context kind-lab',
    'TF_WORKSPACE=lab terraform apply',
    'terraform -chdir=envs/lab apply',
    'cd envs/lab && terraform apply -var-file ../lab.tfvars',
    'AWS_PROFILE=sandbox terraform apply',
    'pulumi up --stack dev',
    'docker --context desktop run x',
    'docker -H tcp://lab:2375 run x',
    'aws --profile sandbox ec2 terminate-instances',
    'aws --endpoint-url http://localhost:4566 s3 rm s3://a',
    'az group delete -n a --subscription sandbox',
    'gcloud compute instances delete a --project sandbox',
  ])('is %s', (line) => expect(why(line)).toBeUndefined());
});

describe('an effect that is not on a declared sandbox says why', () => {
  const exactly = (names: string) => `(declared: ${names}, compared exactly)`;
  const hosts = exactly('lab1, tcp://lab:2375, http://localhost:4566');

  it.each([
    ['kubectl --context kind-lab2 apply -f x', `context kind-lab2 is no declared sandbox ${exactly('kind-lab')}`],
    ['kubectl --context Kind-Lab apply -f x', `context Kind-Lab is no declared sandbox ${exactly('kind-lab')}`],
    ['kubectl --context "$C" apply -f x', 'context (only known when it runs): say it on the line, in plain words'],
    ['kubectl apply -f x', 'the line does not name a declared sandbox (kube-context kind-lab)'],
    [
      'kubectl --kubeconfig k --context kind-lab apply -f x',
      'kubeconfig k can give a declared name to something else: leave it out',
    ],
    ['ansible-playbook -i inv/prod site.yml', `inventory inv/prod is no declared sandbox ${exactly('inv/lab')}`],
    [
      'ansible-playbook -i inv/lab -i inv/prod a.yml',
      `inventory inv/prod is no declared sandbox ${exactly('inv/lab')}`,
    ],
    ['ansible-playbook -i lab1,prod1 site.yml', `host prod1 is no declared sandbox ${hosts}`],
    ['cd "$X" && ansible-playbook -i inv/lab a.yml', 'inventory inv/lab: it is not clear in which folder'],
    [
      'ansible-playbook site.yml',
      'the line does not name a declared sandbox (ansible-inventory inv/lab, host lab1, host tcp://lab:2375, host http://localhost:4566)',
    ],
    [
      'ansible-playbook -i inv/lab a.yml --ssh-extra-args="-o ProxyJump=x"',
      '--ssh-extra-args can lead to another machine: leave it out',
    ],
    [
      'ansible-playbook -i inv/lab a.yml -e ansible_host=prod',
      'the extra variables ansible_host=prod can lead to another machine: leave them out',
    ],
    [
      'ansible-playbook -i inv/lab a.yml -e ansible_ssh_common_args=x',
      'the extra variables ansible_ssh_common_args=x can lead to another machine: leave them out',
    ],
    [
      'ansible-playbook -i inv/lab a.yml -e @away.yml',
      'the extra variables @away.yml can lead to another machine: leave them out',
    ],
    ['ansible-playbook -i inv/lab a.yml -e @gone.yml', '@gone.yml cannot be read'],
    [
      'ansible-playbook -i inv/lab a.yml -e "$V"',
      'its extra variables are only known when it runs: say them in plain words',
    ],
    [
      'terraform -chdir=envs/lab apply -var-file envs/prod.tfvars',
      `var-file envs/prod.tfvars is no declared sandbox ${exactly('envs/lab.tfvars')}`,
    ],
    [
      'terraform apply -var-file envs/lab.tfvars',
      'the line does not name a declared sandbox (terraform-workspace lab, account sandbox, terraform-folder envs/lab)',
    ],
    [
      'terraform -chdir="$D" apply',
      'the line does not name a declared sandbox (terraform-workspace lab, account sandbox, terraform-folder envs/lab)',
    ],
    ['terraform -chdir=envs/lab apply -state=x', 'state x can give a declared name to something else: leave it out'],
    ['docker --context desktop push x', 'there is no sandbox for it'],
    ['kubectl --context kind-lab "$V" x', 'there is no sandbox for it'],
    ['ssh h kubectl --context kind-lab apply -f x', 'it runs on ssh h, where no sandbox is declared'],
    ['ssh "$H" "docker exec c terraform apply"', 'it runs on ssh ?, docker c, where no sandbox is declared'],
  ])('%s: %s', (line, reason) => expect(why(line)).toBe(reason));

  it('where nothing is declared for its tool', () => {
    const [lab] = SANDBOXES;
    expect(why('kubectl apply -f x', [lab!])).toBe('no sandbox is declared for it');
    expect(why('kubectl --context a apply -f x', [lab!])).toBe(
      'context a is no declared sandbox (no kube-context is declared)',
    );
    expect(why('terraform apply', [])).toBe('no sandbox is declared for it');
  });
});
