import type { Tool } from '../tool.ts';

/** Verbs behind resource groups of any depth: the first operand that is one of these decides. */
const CLOUD_VERBS = {
  reads:
    'list|list-*|*-list|ls|show|show-*|describe|describe-*|get|get-*|*-get|search|search-*|tail|wait|validate|' +
    'diff|preview|check|check-*|explain|exists|what-if|query|read|lookup|export|print-*|test-iam-permissions|cat|du|hash|' +
    'analyze-*|summarize-*|view|*-view|download|download-*',
  mutates:
    'create|create-*|delete|delete-*|update|update-*|set|set-*|add|add-*|remove|remove-*|deploy|start|stop|restart|apply|import|' +
    'invoke|execute|submit|enable|disable|attach|detach|reset|resize|move|copy|upload|upload-*|patch|put|replace|rollback|purge|' +
    'terminate|destroy|rm|mv|cp|rsync|call|publish|rotate|scale|promote|undelete|restore|reboot|rebuild',
};

/** Cloud providers. */
export const CLOUD: readonly Tool[] = [
  {
    tool: 'aws',
    valued:
      '--profile --region --output --query --endpoint-url --cli-input-json --cli-input-yaml --ca-bundle --color --cli-read-timeout --cli-connect-timeout --exclude --include --acl --storage-class --sse --cache-control --content-type --page-size --metadata',
    reads: [
      '* describe-*|list-*|get-*|head-*|batch-get-*|search-*|lookup-*|filter-*|validate-*|simulate-*|preview-*|check-*|estimate-*|select-*|decode-*|view-*|help|wait|query|scan|test-*',
      'help',
      '* * help',
      's3 ls|presign',
      's3 cp|mv|sync s3:* !s3:*',
      'configure|sso|login|logout|history',
      'logs tail|start-query|start-live-tail',
      'sts assume-role|assume-role-with-*',
      'eks update-kubeconfig',
      'kms encrypt|decrypt',
      'cloudformation create-change-set|detect-*|package',
      'dynamodb transact-get-items',
      'iam generate-*',
      'cloudtrail lookup-*',
      'codeartifact login',
      'ce|pricing|support *',
    ],
    dry: ['--dry-run', '--dryrun', '--no-execute-changeset', '--generate-cli-skeleton', '--version'],
    targets: {
      profile: '--profile AWS_PROFILE AWS_DEFAULT_PROFILE',
      region: '--region AWS_REGION AWS_DEFAULT_REGION',
      endpoint: '--endpoint-url AWS_ENDPOINT_URL',
      credentials: 'AWS_ACCESS_KEY_ID',
    },
  },
  {
    tool: 'az',
    valued: '--subscription -g --resource-group -o --output --query -n --name',
    verbs: CLOUD_VERBS,
    reads: [
      'login|logout|configure|config|extension|interactive|feedback|cloud|upgrade|version|find|bicep|self-test|survey',
      'account set|clear',
      'rest !--method',
      'rest --method=get|GET',
      'aks install-cli',
      'acr login',
    ],
    dry: ['--what-if', '-w', '--dryrun', '--dry-run', '--validate-only', '--version'],
    targets: { subscription: '--subscription', 'resource-group': '-g --resource-group', config: 'AZURE_CONFIG_DIR' },
  },
  {
    tool: 'gcloud',
    valued:
      '--project --account --configuration --format --zone --region --filter --impersonate-service-account --verbosity --billing-project --location --cluster --limit --sort-by --flatten --flags-file --access-token-file --organization --folder',
    verbs: CLOUD_VERBS,
    reads: [
      'auth|config|init|info|version|help|components|topic|feedback|cheat-sheet|survey',
      'alpha|beta|preview auth|config',
      'storage cp|mv|rsync gs:* !gs:*',
      'kms encrypt|decrypt',
      'builds log',
      'compute config-ssh',
    ],
    dry: ['--dry-run', '--validate-only', '--version', '-v'],
    targets: {
      project: '--project CLOUDSDK_CORE_PROJECT',
      account: '--account CLOUDSDK_CORE_ACCOUNT',
      configuration: '--configuration CLOUDSDK_ACTIVE_CONFIG_NAME',
      impersonate: '--impersonate-service-account',
    },
  },
  {
    tool: 'gsutil',
    valued: '-o -h -i -u',
    mutates: [
      'cp|mv|rsync * gs:*',
      'rm|mb|rb|acl|iam|setmeta|rewrite|cors|lifecycle|notification|versioning|web|retention|compose|label',
    ],
    dry: ['-n'],
  },
  {
    tool: 'bq',
    valued: '--project_id --location --dataset_id --format',
    mutates: ['mk|rm|load|insert|update|cp|cancel|query|truncate'],
    dry: ['--dry_run'],
    targets: { project: '--project_id' },
  },
  { tool: 'azcopy', mutates: ['copy|cp * https:*', 'sync|remove|rm|make|set-properties'], dry: ['--dry-run'] },
  {
    tool: 'azd',
    valued: '-e --environment -C --cwd',
    mutates: ['up|deploy|provision|down|publish'],
    dry: ['--preview'],
    targets: { environment: '-e --environment AZURE_ENV_NAME' },
  },
  {
    tool: 'oci',
    valued: '--profile --region -c --compartment-id --config-file --auth --output --query',
    verbs: CLOUD_VERBS,
    reads: ['setup|session'],
    targets: { profile: '--profile OCI_CLI_PROFILE', compartment: '-c --compartment-id' },
  },
  {
    tool: 'openstack',
    valued: '--os-cloud --os-project-name -f -c',
    verbs: CLOUD_VERBS,
    reads: ['help|complete', 'token issue'],
    targets: { cloud: '--os-cloud OS_CLOUD', project: '--os-project-name OS_PROJECT_NAME' },
  },
  {
    tool: 'doctl',
    valued: '--context -c -t --access-token -o --output --format',
    verbs: CLOUD_VERBS,
    reads: ['auth|version|completion|help|balance', 'kubernetes cluster kubeconfig'],
    targets: { context: '--context DIGITALOCEAN_CONTEXT' },
  },
  {
    tool: 'hcloud',
    valued: '--context -o',
    verbs: CLOUD_VERBS,
    reads: ['version|completion|help|context'],
    targets: { context: '--context HCLOUD_CONTEXT' },
  },
  { tool: 'linode-cli', valued: '--format', verbs: CLOUD_VERBS, reads: ['configure|completion'] },
  {
    tool: 'flyctl',
    binaries: ['flyctl', 'fly'],
    valued: '-a --app -c --config -o --org',
    mutates: [
      'deploy|launch|scale|destroy|restart|suspend|resume',
      'apps|volumes|machine|machines|secrets|certs|ips|postgres create|destroy|set|unset|add|remove|update|start|stop|restart|clone|run|kill|import|allocate-*|release|failover',
    ],
    targets: { app: '-a --app FLY_APP' },
  },
  {
    tool: 'heroku',
    valued: '-a --app -r --remote',
    mutates: [
      'ps:scale|ps:restart|ps:stop|config:set|config:unset|apps:create|apps:destroy|create|destroy|addons:create|addons:destroy|releases:rollback|rollback|pg:reset|pg:promote|maintenance:on|maintenance:off|pipelines:promote|run',
    ],
    targets: { app: '-a --app HEROKU_APP' },
  },
  {
    tool: 'wrangler',
    valued: '-e --env -c --config',
    mutates: ['deploy|publish|delete|rollback', '* create|delete|put|upload', 'versions deploy'],
    dry: ['--dry-run'],
    targets: { environment: '-e --env' },
  },
  {
    tool: 'serverless',
    binaries: ['serverless', 'sls'],
    valued: '-s --stage -r --region --aws-profile -c --config',
    mutates: ['deploy|remove|rollback|invoke'],
    targets: { stage: '-s --stage', profile: '--aws-profile AWS_PROFILE', region: '-r --region' },
  },
  {
    tool: 'sam',
    valued: '--stack-name --region --profile --config-env -t',
    mutates: ['deploy|delete|sync|publish', 'pipeline bootstrap', 'remote invoke'],
    dry: ['--no-execute-changeset'],
    targets: { profile: '--profile AWS_PROFILE', stack: '--stack-name', region: '--region' },
  },
];
