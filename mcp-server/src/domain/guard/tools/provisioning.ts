import type { Tool } from '../tool.ts';

const TERRAFORM: Omit<Tool, 'tool'> = {
  go: true,
  mutates: [
    'apply|destroy|import|taint|untaint|refresh|force-unlock|test',
    'state mv|rm|push|replace-provider',
    'workspace new|delete',
    'init -migrate-state|-force-copy',
  ],
  targets: {
    directory: '-chdir',
    workspace: 'TF_WORKSPACE',
    'var-file': '-var-file',
    variable: '-var',
    state: '-state',
    arguments: 'TF_CLI_ARGS TF_CLI_ARGS_apply TF_CLI_ARGS_destroy',
    data: 'TF_DATA_DIR',
    profile: 'AWS_PROFILE',
    credentials: 'AWS_ACCESS_KEY_ID ARM_SUBSCRIPTION_ID GOOGLE_APPLICATION_CREDENTIALS',
  },
};

const TERRAFORM_VALUED = '-var -var-file -state -state-out -target -replace -backup -parallelism -lock-timeout -out';

/** Infrastructure as code. */
export const PROVISIONING: readonly Tool[] = [
  { tool: 'terraform', ...TERRAFORM, binaries: ['terraform', 'tf'], valued: TERRAFORM_VALUED },
  { tool: 'tofu', ...TERRAFORM, binaries: ['tofu', 'opentofu'], valued: TERRAFORM_VALUED },
  {
    tool: 'terragrunt',
    ...TERRAFORM,
    binaries: ['terragrunt', 'tg'],
    valued: `${TERRAFORM_VALUED} -terragrunt-working-dir -working-dir -terragrunt-config -config -queue-include-dir -queue-exclude-dir`,
    mutates: [
      ...TERRAFORM.mutates!,
      'apply-all|destroy-all',
      'run|run-all apply|destroy|import|taint|untaint|refresh|state|force-unlock',
      'stack run apply|destroy',
      'backend bootstrap|delete|migrate',
    ],
    targets: { ...TERRAFORM.targets, directory: '-chdir -working-dir -terragrunt-working-dir' },
  },
  { tool: 'cdktf', mutates: ['deploy|apply|destroy'], valued: '-a --app -o --output', operandTargets: { stack: 1 } },
  {
    tool: 'pulumi',
    valued:
      '-s --stack -C --cwd --config-file -c --config --color --logtostderr -v -p --parallel -m --message -t --target -r --replace -b',
    mutates: [
      'up|update|destroy|refresh|import|cancel|watch',
      'stack rm|init|import|rename',
      'state *',
      'deployment run',
      'env set|rm|init|edit',
    ],
    dry: ['--preview-only', '--dry-run'],
    targets: { stack: '-s --stack PULUMI_STACK', directory: '-C --cwd' },
  },
  {
    tool: 'cdk',
    binaries: ['cdk', 'aws-cdk'],
    valued:
      '-a --app -c --context --profile -o --output -r --role-arn --parameters --toolkit-stack-name --outputs-file --require-approval',
    mutates: ['deploy|destroy|bootstrap|import|rollback|gc|refactor|watch'],
    dry: ['--no-execute', '--method=prepare-change-set', '--dry-run'],
    targets: { profile: '--profile AWS_PROFILE' },
    operandTargets: { stack: 1 },
  },
  {
    tool: 'packer',
    go: true,
    valued: '-var -var-file -only -except',
    mutates: ['build'],
    targets: { 'var-file': '-var-file', variable: '-var' },
    operandTargets: { template: 1 },
  },
];
