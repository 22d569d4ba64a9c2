// biome-ignore-all lint/suspicious/noTemplateCurlyInString: HCL templates are what is read
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { extractFolder, factOf, fixtures } from './fixtures.ts';

const report = await extractFolder(join(fixtures, 'terragrunt'));
const fact = (id: string) => factOf(report, id);
const tied = (id: string, kind: string) =>
  report.relations.filter((one) => one.from === id && one.kind === kind).map((one) => one.to);
const unit = (folder: string) => `terragrunt/module/${folder}/${folder}`;
const [net, web, jobs] = [unit('live/prod/net'), unit('live/prod/web'), unit('live/prod/jobs')];

describe('a unit', () => {
  it('calls the module of the repository that its source names, and gives it its inputs', () => {
    const source = 'terragrunt/module/live/prod/net/net';
    expect(tied(net, 'calls')).toEqual([source]);
    expect(fact(source).attributes).toMatchObject({
      sourceKind: 'local',
      source: '${get_repo_root()}/modules//net',
    });
    expect(tied(source, 'calls')).toEqual(['terraform/resource/modules/net/aws_vpc.this']);
    expect(tied('terragrunt/value/live/prod/net/cidr', 'writes')).toEqual(['terraform/input/modules/net/cidr']);
    expect(fact('terragrunt/value/live/prod/net/tags').evidence[0]).toMatchObject({ line: 27, endLine: 29 });
  });

  it('comes after the units that it depends on, with what stands in for their outputs', () => {
    expect(tied(web, 'depends-on')).toEqual([net]);
    expect(tied(jobs, 'depends-on')).toEqual([net, web]);
    const dependency = 'terragrunt/data/live/prod/web/net';
    expect(fact(dependency).attributes).toMatchObject({
      effect: 'read',
      unit: 'live/prod/net',
      mockOutputs: ['network_id'],
      mockCommands: ['validate', 'plan'],
    });
    expect(tied('terragrunt/value/live/prod/web/network_id', 'reads')).toEqual([dependency]);
  });

  it('takes its source from a local of what it includes, and is tied to where that lies', () => {
    const source = 'terragrunt/module/live/prod/web/terraform';
    expect(fact(web).attributes).toMatchObject({ type: 'unit', preventDestroy: true });
    expect(fact(source).attributes).toMatchObject({
      source: 'git::https://git.example.org/infra/modules.git//web?ref=v1.4.0',
      ref: 'v1.4.0',
      pinned: true,
    });
    expect(tied(web, 'includes')).toEqual([
      'terragrunt/value/root.hcl/root.hcl',
      'terragrunt/value/_common/web.hcl/_common/web.hcl',
    ]);
    expect(report.couplings).toContainEqual({
      system: 'git.example.org/infra/modules',
      class: 'module',
      swap: 'rewrite',
      evidence: [{ path: 'live/prod/web/terragrunt.hcl', line: 11, endLine: 11 }],
      consumers: [source],
    });
  });

  it('leaves open which of two sources a condition chooses, and follows both', () => {
    const source = 'terragrunt/module/live/prod/jobs/terraform';
    expect(fact(source)).toMatchObject({
      status: 'unresolved',
      attributes: { candidates: ['example/jobs/aws', '../../../modules/web'], pinned: true, ref: '2.1.0' },
    });
    expect(tied(source, 'calls')).toEqual(['terraform/resource/modules/web/null_resource.web']);
    expect(report.couplings.map(({ system }) => system)).toContain('example/jobs/aws');
  });

  it('runs its hooks around the module, reads files of values, and says what is decided for it', () => {
    expect(fact('terragrunt/step/live/prod/net/lint').attributes).toMatchObject({
      moment: 'before',
      on: ['plan', 'apply'],
    });
    expect(fact('terragrunt/step/live/prod/net/announce').attributes).toMatchObject({
      moment: 'after',
      runOnError: true,
      command: 'curl -fsS -X POST https://chat.example.org/hook',
      effect: 'write',
    });
    expect(tied('terragrunt/value/live/prod/net/vars', 'reads')).toEqual(['terraform/value/live/prod/net/zones']);
    expect(fact('terragrunt/decision/live/prod/web/exclude').attributes).toMatchObject({
      expression: 'feature.canary.value',
    });
    expect(fact('terragrunt/decision/live/prod/web/throttled').attributes).toMatchObject({
      by: 'retry',
      attempts: '3',
    });
    expect(fact('terragrunt/input/live/prod/web/canary').attributes).toMatchObject({
      default: 'false',
      from: 'feature',
    });
  });
});

describe('what units include', () => {
  it('says where the state lies, and which providers the generated code has, on their lines', () => {
    expect(fact('terragrunt/system/root.hcl/s3').attributes).toMatchObject({
      role: 'state',
      settings: ['bucket', 'key', 'region'],
    });
    expect(fact('terragrunt/provider/root.hcl/aws')).toMatchObject({
      attributes: { source: 'hashicorp/aws', constraint: '~> 5.0', pinned: true },
      evidence: [{ path: 'root.hcl', line: 25, endLine: 28 }],
    });
    expect(fact('terragrunt/provider/root.hcl/aws#2').evidence[0]).toMatchObject({ line: 31, endLine: 33 });
    expect(fact('terragrunt/value/root.hcl/terraform_version_constraint').attributes).toMatchObject({ bounded: false });
  });

  it('leaves to the unit which file above it is read, and names those that it may be', () => {
    expect(fact('terragrunt/value/root.hcl/account')).toMatchObject({
      status: 'unresolved',
      attributes: { candidates: ['live/prod/account.hcl'] },
    });
  });

  it('wants variables of the environment', () => {
    expect(fact('terragrunt/input/root.hcl/STATE_SUFFIX').attributes).toEqual({ required: true, from: 'environment' });
    expect(fact('terragrunt/input/live/prod/jobs/LOCAL').attributes).toEqual({ required: false, from: 'environment' });
  });
});

describe('a stack', () => {
  it('puts units where it says, from the repository or from elsewhere', () => {
    expect(fact('terragrunt/module/live/stack/edge').attributes).toMatchObject({
      path: 'edge',
      arguments: ['name'],
      pinned: false,
    });
    expect(tied('terragrunt/module/live/stack/net', 'calls')).toEqual([net]);
    expect(report.gaps.filter(({ rule }) => rule === 'unpinned-version').map(({ scope }) => scope)).toEqual([
      'live/stack',
    ]);
  });
});
