import { describe, expect, it } from 'vitest';
import { collect } from '../../../../domain/extract/collect.ts';
import type { Fact } from '../../../../domain/extract/contract.ts';
import { extractFile } from '../../../../domain/extract/extract-file.ts';
import { link } from '../../../../domain/extract/link.ts';
import { extractors } from '../../catalogue.ts';
import { settleGitops } from './settle.ts';

/** Facts and relations of a tree of files. */
function tree(files: { readonly [path: string]: string }) {
  const said = Object.entries(files).flatMap(([path, text]) =>
    extractFile(extractors, { path, text }).map((one) => ({ ...one, path })),
  );
  const { facts, references } = collect(settleGitops(said));
  const linked = link(facts, references);
  return {
    facts: linked.facts,
    of: (name: string) => linked.facts.find((fact) => fact.name === name) as Fact,
    from: (name: string) =>
      linked.relations
        .filter(({ from }) => linked.facts.find((fact) => fact.id === from)?.name === name)
        .map(({ kind, to }) => `${kind} ${to}`),
  };
}

const flux = (kind: string, group: string, name: string, spec: string) =>
  `apiVersion: ${group}.toolkit.fluxcd.io/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${spec}`;
const folder = (name: string, path: string, more = '') =>
  flux(
    'Kustomization',
    'kustomize',
    name,
    `  interval: 1h\n  path: ${path}\n  prune: true\n  sourceRef:\n    kind: GitRepository\n    name: fleet\n${more}`,
  );
const config = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${name}\n`;
const base = 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n  - app.yaml\n';

describe('a Flux kustomization', () => {
  it('tells its source, its folder, its order, its checks and how often it tries', () => {
    const { of, facts } = tree({
      'clusters/a/apps.yaml': folder(
        'apps',
        './apps/',
        '  dependsOn:\n    - name: infra\n  retryInterval: 2m\n  timeout: 5m\n  targetNamespace: shop\n  healthChecks:\n    - kind: Deployment\n      name: web\n',
      ),
    });
    expect(facts.find((fact) => fact.kind === 'entrypoint')).toMatchObject({
      name: 'every 1h',
      evidence: [{ line: 6 }],
    });
    expect(of('Kustomization/apps').attributes).toMatchObject({
      delivers: 'flux',
      path: 'apps',
      source: 'GitRepository/fleet',
      dependsOn: ['Kustomization/infra'],
      retries: 'every 2m',
      prune: true,
      target: 'shop',
    });
    expect(facts.find((fact) => fact.kind === 'check')).toMatchObject({
      name: 'healthChecks',
      evidence: [{ line: 17, endLine: 19 }],
      attributes: { objects: ['Deployment/web'], of: 'Kustomization/apps' },
    });
  });

  it('leads to the kustomization of its folder, and to all manifests below where there is none', () => {
    const { from } = tree({
      'clusters/a/with.yaml': folder('with', './apps/with'),
      'clusters/a/plain.yaml': folder('plain', 'apps'),
      'apps/with/kustomization.yaml': base,
      'apps/with/app.yaml': config('in-with'),
      'apps/other/deep/one.yaml': config('deep'),
      'apps-too/x.yaml': config('too'),
    });
    expect(from('Kustomization/with')).toEqual(['includes kustomize/module/apps/with/with']);
    expect(from('Kustomization/plain')).toEqual([
      'includes kubernetes/resource/apps/other/deep/ConfigMap/deep',
      'includes kustomize/module/apps/with/with',
    ]);
  });

  it('waits for the one of that name that lies nearest, as each cluster has its own', () => {
    const files = {
      'clusters/a/infra.yaml': folder('infra', './none'),
      'clusters/b/infra.yaml': folder('infra', './none'),
      'clusters/b/apps.yaml': folder('apps', './none', '  dependsOn:\n    - name: infra\n'),
      'clusters/a/source.yaml': flux('GitRepository', 'source', 'fleet', '  url: https://git.example.org/fleet\n'),
    };
    expect(tree(files).from('Kustomization/apps')).toEqual([
      'reads kubernetes/resource/clusters/a/GitRepository/fleet',
      'depends-on kubernetes/resource/clusters/b/Kustomization/infra',
    ]);
  });

  it('finds the folder that an artifact was copied from', () => {
    const generator =
      'apiVersion: source.extensions.fluxcd.io/v1beta1\nkind: ArtifactGenerator\nmetadata:\n  name: g\nspec:\n  artifacts:\n    - name: apps\n      copy:\n        - from: "@mono/shop/base/**"\n          to: "@artifact/base/"\n        - from: "@mono/shop/prod/**"\n          to: "@artifact/prod/"\n';
    const { from } = tree({
      'clusters/a/g.yaml': generator,
      'clusters/a/apps.yaml': folder('apps', './prod')
        .replace('GitRepository', 'ExternalArtifact')
        .replace('fleet', 'apps'),
      'shop/prod/kustomization.yaml': base,
      'shop/base/kustomization.yaml': base,
    });
    expect(from('Kustomization/apps')).toEqual(['includes kustomize/module/shop/prod/prod']);
  });
});

describe('a Flux release', () => {
  const release = (spec: string) => flux('HelmRelease', 'helm', 'web', spec);

  it('tells chart, version, source, values, and the way back', () => {
    const { of, facts, from } = tree({
      'apps/web.yaml': release(
        '  chart:\n    spec:\n      chart: web\n      version: ">=1.0"\n      sourceRef:\n        kind: HelmRepository\n        name: shop\n  upgrade:\n    remediation:\n      retries: 3\n  test:\n    enable: true\n  valuesFrom:\n    - kind: Secret\n      name: web-values\n  values:\n    server:\n      replicas: 3\n      hosts: [a, b]\n    tag: "1.2"\n',
      ),
      'apps/repo.yaml': flux('HelmRepository', 'source', 'shop', '  url: https://charts.example.org/shop\n'),
    });
    expect(of('HelmRelease/web').attributes).toMatchObject({
      chart: 'web',
      version: '>=1.0',
      pinned: false,
      source: 'HelmRepository/shop',
      valuesFrom: ['Secret/web-values'],
      retries: '3 times',
    });
    const values = facts.filter((fact) => fact.kind === 'value');
    expect(values.map(({ name, attributes, evidence }) => [name, attributes['value'], evidence[0]?.line])).toEqual([
      ['server.replicas', '3', 23],
      ['server.hosts', '2 items', 24],
      ['tag', '1.2', 25],
    ]);
    expect(
      facts.flatMap(({ kind, name }) => (kind === 'rollback' || kind === 'check' ? [`${kind} ${name}`] : [])),
    ).toEqual(['rollback remediation', 'check test']);
    expect(from('HelmRelease/web')).toEqual(['reads kubernetes/resource/apps/HelmRepository/shop']);
  });

  it('leads to the chart of the same repository, and to none that is only called alike', () => {
    const chart = 'apiVersion: v2\nname: web\nversion: 1.0.0\n';
    const named = (source: string, text: string) =>
      release(
        `  chart:\n    spec:\n      chart: ${text}\n      sourceRef:\n        kind: ${source}\n        name: x\n`,
      );
    const files = { 'charts/web/Chart.yaml': chart, 'web/Chart.yaml': chart };
    expect(tree({ ...files, 'apps/web.yaml': named('GitRepository', './charts/web') }).from('HelmRelease/web')).toEqual(
      ['includes helm/module/charts/web/web'],
    );
    expect(tree({ ...files, 'apps/web.yaml': named('HelmRepository', 'web') }).from('HelmRelease/web')).toEqual([]);
  });

  it('follows a registry only where its version is bounded', () => {
    const pinned = (ref: string) =>
      tree({ 'a.yaml': flux('OCIRepository', 'source', 'x', `  url: oci://ghcr.io/a/b\n${ref}`) }).of('OCIRepository/x')
        .attributes['pinned'];
    expect(pinned('  ref:\n    tag: 1.2.3\n')).toBe(true);
    expect(pinned('  ref:\n    semver: ">=1"\n')).toBe(false);
    expect(pinned('')).toBe(false);
  });
});

describe('an Argo CD application', () => {
  const application = (spec: string, kind = 'Application') =>
    `apiVersion: argoproj.io/v1alpha1\nkind: ${kind}\nmetadata:\n  name: web\nspec:\n${spec}`;
  const source = '  source:\n    repoURL: https://git.example.org/shop\n    path: apps/web\n    targetRevision: main\n';

  it('tells source, folder, target and sync, and leads to the folder', () => {
    const { of, from, facts } = tree({
      'argo/web.yaml': application(
        `${source}  destination:\n    namespace: shop\n    server: https://k\n  syncPolicy:\n    automated:\n      prune: true\n      selfHeal: true\n    retry:\n      limit: 5\n`,
      ),
      'apps/web/app.yaml': config('web'),
    });
    expect(of('Application/web').attributes).toMatchObject({
      delivers: 'argocd',
      path: 'apps/web',
      version: 'main',
      automated: true,
      prune: true,
      selfHeal: true,
      retries: '5 times',
      target: 'shop',
    });
    expect(from('Application/web')).toEqual(['includes kubernetes/resource/apps/web/ConfigMap/web']);
    expect(facts.some((fact) => fact.kind === 'approval')).toBe(false);
  });

  it('waits for a person where nothing syncs it', () => {
    const { facts } = tree({ 'argo/web.yaml': application(source) });
    expect(facts.find((fact) => fact.kind === 'approval')).toMatchObject({
      name: 'Application/web',
      status: 'inferred',
      evidence: [{ line: 1 }],
    });
  });

  it('of a set may mean every folder that its generator fills in', () => {
    const { from } = tree({
      'argo/set.yaml': application(
        '  generators:\n    - git: {}\n  template:\n    spec:\n      source:\n        path: "apps/{{path.basename}}"\n',
        'ApplicationSet',
      ),
      'apps/a/kustomization.yaml': base,
      'apps/b/kustomization.yaml': base,
      'other/c/kustomization.yaml': base,
    });
    expect(from('ApplicationSet/web')).toEqual([
      'includes kustomize/module/apps/a/a',
      'includes kustomize/module/apps/b/b',
    ]);
  });

  it('counts a chart without a version as unbound, and parameters as values', () => {
    const { of, facts } = tree({
      'argo/web.yaml': application(
        '  sources:\n    - repoURL: https://charts.example.org\n      chart: web\n      helm:\n        parameters:\n          - name: replicas\n            value: "2"\n    - repoURL: https://git.example.org/values\n      ref: values\n',
      ),
    });
    expect(of('Application/web').attributes).toMatchObject({ chart: 'web', pinned: false });
    expect(facts.find((fact) => fact.kind === 'value')).toMatchObject({ name: 'replicas', attributes: { value: '2' } });
  });
});
