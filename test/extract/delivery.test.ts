import { describe, expect, it } from 'vitest';
import type { ExtractReport, Fact, SourceFile } from '../../mcp-server/src/domain/extract/contract.ts';
import { changed, filesOf, reportOf } from './delivery-fixtures.ts';

const formats = ['kubernetes', 'kustomize', 'helm', 'github-actions', 'gitlab-ci', 'jenkins'] as const;
const fixtures = new Map(formats.map((format) => [format, filesOf(format)] as const));
const files = (format: (typeof formats)[number]) => fixtures.get(format) as SourceFile[];

function cited(fact: Fact, sources: readonly SourceFile[]): string {
  return fact.evidence
    .map(({ path, line, endLine }) => {
      const lines = (sources.find((file) => file.path === path)?.text ?? '').split(/\r?\n/);
      expect(line, fact.id).toBeGreaterThanOrEqual(1);
      expect(endLine, fact.id).toBeGreaterThanOrEqual(line);
      expect(endLine, fact.id).toBeLessThanOrEqual(lines.length);
      return lines.slice(line - 1, endLine).join('\n');
    })
    .join('\n');
}

/** What changed between two reports: ids of facts, relations, gaps. */
function difference(before: ExtractReport, after: ExtractReport) {
  const ids = (report: ExtractReport) => report.facts.map((fact) => fact.id);
  const pairs = (report: ExtractReport) => report.relations.map(({ from, to, kind }) => `${from} ${kind} ${to}`);
  const gaps = (report: ExtractReport) => report.gaps.map((gap) => `${gap.rule} ${gap.scope}`);
  const gained = (from: string[], to: string[]) => to.filter((item) => !from.includes(item));
  return {
    gone: gained(ids(after), ids(before)),
    come: gained(ids(before), ids(after)),
    relationsGone: gained(pairs(after), pairs(before)),
    relationsCome: gained(pairs(before), pairs(after)),
    gapsGone: gained(gaps(after), gaps(before)),
    gapsCome: gained(gaps(before), gaps(after)),
  };
}

const nothing = { gone: [], come: [], relationsGone: [], relationsCome: [], gapsGone: [], gapsCome: [] };

describe.each(formats)('evidence of %s', (format) => {
  const report = reportOf(files(format));

  it('re-opens for every fact and shows its name, or says what the name was made from', () => {
    expect(report.facts.length).toBeGreaterThan(10);
    const unseen = report.facts.filter(
      (fact) =>
        fact.format === format &&
        fact.attributes['nameFrom'] === undefined &&
        !cited(fact, files(format)).includes(fact.name),
    );
    expect(unseen.map((fact) => fact.id)).toEqual([]);
  });

  it('shows every part of a name that was made from kind and name', () => {
    for (const fact of report.facts.filter(({ attributes }) => attributes['nameFrom'] === 'kind and metadata.name'))
      for (const part of fact.name.split('/')) expect(cited(fact, files(format)), fact.id).toContain(part);
  });

  it('names a rule for what is inferred and candidates for what is unresolved', () => {
    for (const fact of report.facts) {
      if (fact.status === 'inferred') expect(fact.attributes['rule'], fact.id).toEqual(expect.any(String));
      if (fact.status === 'unresolved') expect(fact.attributes['candidates'], fact.id).toEqual(expect.any(Array));
    }
  });

  it('is the same whatever order the files come in', () => {
    expect(JSON.stringify(reportOf([...files(format)].reverse()))).toBe(JSON.stringify(report));
  });

  it('is the same with CRLF line ends', () => {
    const crlf = files(format).map((file) => ({ ...file, text: file.text.replace(/\r?\n/g, '\r\n') }));
    const strip = (made: ExtractReport) => made.facts.map(({ id, kind, evidence }) => ({ id, kind, evidence }));
    expect(strip(reportOf(crlf))).toEqual(strip(report));
    expect(reportOf(crlf).relations).toEqual(report.relations);
  });

  it('moves down with lines that are put before it and does not change otherwise', () => {
    const moved = files(format)
      .filter((file) => !/\.json$|\.sh$/.test(file.path))
      .map((file) => ({ ...file, text: `\n\n${file.text}` }));
    const kept = reportOf(files(format).filter((file) => !/\.json$|\.sh$/.test(file.path)));
    expect({ ...difference(kept, reportOf(moved)) }).toEqual(nothing);
  });
});

describe('secrets in clear', () => {
  it.each([
    ['kubernetes', 'correct-horse-7'],
    ['kustomize', 'hunter2-prod'],
    ['jenkins', 'start-123'],
  ] as const)('of %s are found and never said', (format, value) => {
    const report = reportOf(files(format));
    expect(JSON.stringify(report)).not.toContain(value);
    expect(report.facts.some((fact) => fact.kind === 'secret')).toBe(true);
  });
});

describe('a change changes exactly what it should', () => {
  it('removing the failure step of a workflow loses its way back, and its gaps come', () => {
    const path = '.github/workflows/deploy.yml';
    const before = reportOf(files('github-actions'));
    const after = reportOf(
      changed(files('github-actions'), path, (text) =>
        text.replace(/ {6}- name: Undo\n {8}if: failure\(\)\n {8}run: helm rollback web\n/, ''),
      ),
    );
    const { gone, come, gapsCome } = difference(before, after);
    expect(come).toEqual([]);
    expect(gone.map((id) => id.split('/')[1]).sort()).toEqual(['decision', 'rollback', 'step']);
    expect(gapsCome.sort()).toEqual([`no-error-path ${path}`, `no-rollback ${path}`]);
  });

  it('renaming a job loses the ties of those who need it and nothing else', () => {
    const before = reportOf(files('github-actions'));
    const after = reportOf(
      changed(files('github-actions'), '.github/workflows/deploy.yml', (text) =>
        text.replace('\n  test:\n', '\n  quality:\n'),
      ),
    );
    const { gone, relationsGone } = difference(before, after);
    expect(gone.map((id) => id.split('/').slice(1).join('/'))).toEqual([
      'job/.github/workflows/deploy.yml/test',
      'phase/.github/workflows/deploy.yml/test',
      'check/.github/workflows/deploy.yml/test',
    ]);
    expect(relationsGone.every((relation) => relation.includes('deploy.yml/test'))).toBe(true);
  });

  it('a password in a chart adds a secret and its gap', () => {
    const before = reportOf(files('helm'));
    const after = reportOf(changed(files('helm'), 'web/values.yaml', (text) => `${text}dbPassword: Tr0ub4dor-3\n`));
    const { come, gapsCome, gone } = difference(before, after);
    expect(gone).toEqual([]);
    expect(come).toEqual(['helm/input/web/dbPassword', 'helm/secret/web/dbPassword']);
    expect(gapsCome).toEqual(['secret-in-clear web']);
    expect(JSON.stringify(after)).not.toContain('Tr0ub4dor-3');
  });

  it('removing a manual gate of a pipeline removes its approval alone', () => {
    const before = reportOf(files('gitlab-ci'));
    const after = reportOf(
      changed(files('gitlab-ci'), '.gitlab-ci.yml', (text) => text.replace('      when: manual\n', '')),
    );
    expect(difference(before, after)).toEqual({
      ...nothing,
      gone: ['gitlab-ci/approval/.gitlab-ci.yml/deploy-prod'],
      relationsGone: [
        'gitlab-ci/job/.gitlab-ci.yml/deploy-prod depends-on gitlab-ci/approval/.gitlab-ci.yml/deploy-prod',
      ],
    });
  });

  it('pinning an image closes its gap', () => {
    const before = reportOf(files('kubernetes'));
    const after = reportOf(
      changed(files('kubernetes'), 'base/pod.json', (text) => text.replace('busybox:latest', 'busybox:1.36.1')),
    );
    expect(difference(before, after).gapsGone).toEqual([]);
    const floating = (report: ExtractReport) => report.gaps.filter((gap) => gap.rule === 'floating-image-tag').length;
    expect(floating(before) - floating(after)).toBe(1);
  });
});

describe('joins across formats', () => {
  const report = reportOf(files('github-actions'));
  const has = (from: string, to: string) =>
    report.relations.some((relation) => relation.from.includes(from) && relation.to.includes(to));

  it('lead from a job to the Dockerfile that it builds and from its image to the same', () => {
    expect(has('job/.github/workflows/deploy.yml/build', 'dockerfile/')).toBe(true);
    expect(has('output/.github/workflows/deploy.yml/registry.example.net/shop/web', 'dockerfile/')).toBe(true);
  });

  it('lead from a job to the terraform folder, the playbook and the chart that its commands name', () => {
    const job = 'job/.github/workflows/deploy.yml/deploy';
    expect(has(job, 'terraform/resource/deploy/infra/null_resource.site')).toBe(true);
    expect(has(job, 'ansible/entrypoint/deploy/site.yml')).toBe(true);
    expect(has(job, 'helm/module/deploy/chart/web-chart')).toBe(true);
    expect(has(job, 'helm/value/deploy/chart/replicas')).toBe(true);
  });

  it('lead from a stage of Jenkins to the target of make', () => {
    const pairs = reportOf(files('jenkins')).relations.map(({ from, to }) => `${from} > ${to}`);
    expect(pairs).toContain('jenkins/stage/Jenkinsfile/Build > make/job/./image');
  });

  it('lead from a job to the action and the workflow of this repository that it uses', () => {
    expect(has('job/.github/workflows/deploy.yml/deploy', 'workflow/.github/actions/notify/Notify')).toBe(true);
    expect(has('job/.github/workflows/deploy.yml/reuse', 'workflow/.github/workflows/audit.yml')).toBe(true);
  });

  it('lead from a deployed image to the step that makes it', () => {
    const together = reportOf([
      ...files('github-actions'),
      ...files('kubernetes').map((file) => ({ ...file, path: `k8s/${file.path}` })),
    ]);
    expect(together.relations).toContainEqual({
      from: 'kubernetes/image/k8s/base/registry.example.net/shop/web:2.4.1',
      to: 'github-actions/output/.github/workflows/deploy.yml/registry.example.net/shop/web',
      kind: 'depends-on',
    });
  });

  it('lead from a pipeline to the script it runs and the file it includes', () => {
    const pipeline = reportOf(files('gitlab-ci'));
    const pairs = pipeline.relations.map(({ from, to }) => `${from} > ${to}`);
    expect(pairs).toContain(
      'gitlab-ci/workflow/.gitlab-ci.yml/.gitlab-ci.yml > gitlab-ci/workflow/ci/common.yml/common.yml',
    );
    expect(pairs.some((pair) => pair.startsWith('gitlab-ci/job/.gitlab-ci.yml/smoke > shell/'))).toBe(true);
  });
});

describe('values that templates use', () => {
  it('are left over only where values.yaml does not declare them', () => {
    const { facts } = reportOf(files('helm'));
    const left = facts.filter((fact) => fact.status === 'inferred' && fact.kind === 'input');
    expect(new Set(facts.map((fact) => fact.id)).size).toBe(facts.length);
    expect(left.map((fact) => fact.name).sort()).toEqual([
      'nameOverride',
      'podAnnotations',
      'probes.enabled',
      'resources',
      'service.enabled',
    ]);
  });
});
