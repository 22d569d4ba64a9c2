import { describe, expect, it } from 'vitest';
import type { FileExtraction } from '../../../domain/extract/contract.ts';
import { kubernetes } from './kubernetes.ts';
import { controllerOf, systemOf } from './systems.ts';

const of = (text: string, path = 'k8s/app.yaml'): FileExtraction => kubernetes.extract({ path, text });
const facts = (made: FileExtraction) => made.facts.map((fact) => `${fact.kind} ${fact.name}`);
const workload = (kind: string, spec: string) =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: {name: x}\nspec:\n  template:\n    spec:\n      containers:\n        - ${spec}\n`;

describe('which files are manifests', () => {
  it.each([
    ['deploy/app.yaml', 'apiVersion: v1\nkind: Pod', true],
    ['deploy/app.json', '{"kind": "Pod", "apiVersion": "v1"}', true],
    ['deploy/list.yaml', '- apiVersion: v1\n  kind: Pod', true],
    ['kustomization.yaml', 'apiVersion: kustomize.config.k8s.io/v1beta1', false],
    ['web/Chart.yaml', 'apiVersion: v2', false],
    ['web/templates/a.yaml', 'apiVersion: v1\nkind: {{ .Values.kind }}', false],
    ['web/templates/plain.yaml', 'apiVersion: v1\nkind: Pod', true],
    ['docker-compose.yml', 'services:\n  web: {}', false],
    ['notes.txt', 'apiVersion: v1', false],
  ])('%s', (path, head, expected) => {
    expect(kubernetes.matches(path, head)).toBe(expected);
  });
});

describe('workloads', () => {
  it('are services when they stay and jobs when they end', () => {
    expect(facts(of(workload('Deployment', '{name: a, image: a}')))[0]).toBe('service Deployment/x');
    expect(facts(of(workload('Job', '{name: a, image: a}')))[0]).toBe('job Job/x');
    expect(of(workload('Job', '{name: a, image: a}')).facts[0]?.attributes).not.toHaveProperty('healthcheck');
  });

  it('of an unknown kind count by their pod template', () => {
    const text = workload('Rollout', '{name: a, image: a}').replace('apps/v1', 'argoproj.io/v1alpha1');
    expect(facts(of(text))).toContain('service Rollout/x');
    expect(of(text).couplings.map((tie) => `${tie.system} ${tie.class}`)).toContain('argoproj.io api');
  });

  it('have limits only if every container has some', () => {
    const limited = '{name: a, image: a, resources: {limits: {memory: 1Gi}}}';
    expect(of(workload('Deployment', limited)).facts[0]?.attributes['limits']).toBe(true);
    const both = `${limited}\n        - {name: b, image: b}`;
    expect(of(workload('Deployment', both)).facts[0]?.attributes['limits']).toBe(false);
  });

  it.each([
    ['{name: a, image: a, securityContext: {privileged: true}}', true],
    ['{name: a, image: a, securityContext: {capabilities: {add: [SYS_ADMIN]}}}', true],
    ['{name: a, image: a, securityContext: {capabilities: {add: [NET_BIND_SERVICE]}}}', undefined],
  ])('are privileged by what %s says', (container, expected) => {
    expect(of(workload('Deployment', container)).facts[0]?.attributes['privileged']).toBe(expected);
  });

  it('never say the values of their environment', () => {
    const made = of(workload('Deployment', '{name: a, image: a, env: [{name: GREETING, value: good-morning}]}'));
    expect(JSON.stringify(made)).toContain('GREETING');
    expect(JSON.stringify(made)).not.toContain('good-morning');
  });
});

describe('secrets', () => {
  const secret = (data: string) => of(`apiVersion: v1\nkind: Secret\nmetadata: {name: s}\n${data}\n`);
  const names = (made: FileExtraction) => made.facts.filter((fact) => fact.kind === 'secret').map((fact) => fact.name);

  it('in data count although they are encoded', () => {
    const made = secret('data:\n  api: Y29ycmVjdC1ob3JzZS03');
    expect(names(made)).toEqual(['api']);
    expect(JSON.stringify(made)).not.toContain('Y29ycmVjdC1ob3JzZS03');
  });

  it('are not what a template fills in, what is encrypted, what is empty, and what is no secret', () => {
    expect(
      names(secret(`stringData: {a: "{{ x }}", b: "\${X}", c: "ENC[AES256,data:1]", d: "", username: bob}`)),
    ).toEqual([]);
    expect(names(secret('stringData: {password: hunter2-x}\nsops: {mac: y}'))).toEqual([]);
  });
});

describe('ties', () => {
  it('go from a service to the pods that its selector finds in the file, in the same namespace', () => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: a, tier: b}}\nspec: {containers: [{image: i}]}\n';
    const service = (selector: string) =>
      `---\napiVersion: v1\nkind: Service\nmetadata: {name: s}\nspec: {selector: ${selector}}\n`;
    const calls = (text: string) => of(text).references.filter((reference) => reference.kind === 'calls');
    expect(calls(pod + service('{app: a}'))).toHaveLength(1);
    expect(calls(pod + service('{app: a, tier: c}'))).toHaveLength(0);
    expect(calls(pod + service('{}'))).toHaveLength(0);
  });
});

describe('systems', () => {
  it('are the cluster for its own API groups and the group for any other', () => {
    expect(systemOf('').system).toBe('kubernetes');
    expect(systemOf('rbac.authorization.k8s.io').system).toBe('kubernetes');
    expect(systemOf('gateway.networking.k8s.io').system).toBe('gateway.networking.k8s.io');
    expect(systemOf('cert-manager.io').system).toBe('cert-manager.io');
  });

  it('are told from the prefixes of annotations', () => {
    expect(controllerOf('service.beta.kubernetes.io/aws-load-balancer-type')).toBe('aws');
    expect(controllerOf('cloud.google.com/neg')).toBe('gcp');
    expect(controllerOf('kubernetes.io/description')).toBeUndefined();
  });
});

describe('bad input', () => {
  it('keeps the documents around a broken one and says its line', () => {
    const made = of(
      'apiVersion: v1\nkind: A\nmetadata: {name: a}\n---\n{{ bad\n---\napiVersion: v1\nkind: B\nmetadata: {name: b}\n',
    );
    expect(facts(made)).toEqual(expect.arrayContaining(['resource A/a', 'resource B/b']));
    expect(made.skipped[0]).toMatchObject({ reason: 'unparsed' });
  });

  it('refuses 10,000 levels without exhausting the stack', () => {
    const made = of(`apiVersion: v1\nkind: A\nspec: ${'['.repeat(10_000)}${']'.repeat(10_000)}`);
    expect(made).toMatchObject({ facts: [], skipped: [{ reason: 'unparsed' }] });
  });

  it('reads thousands of objects', () => {
    const text = Array.from(
      { length: 3000 },
      (_, at) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c${at}}\n`,
    ).join('---\n');
    expect(of(text).facts).toHaveLength(3000);
  });
});
