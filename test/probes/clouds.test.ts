import { execFile } from 'node:child_process';
import { generateKeyPairSync, verify } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { type AwsSetting, awsPlatform } from './aws-platform.ts';
import { missing, Site } from './looking.ts';
import { type Answer, platform, proxyTo, type Request } from './platform.ts';

const KEY_ID = 'AKIAPLANTED000000001';
const SECRET = 'planted/secret+key/0123456789abcdefghij';
const PERSON = 'someone-else@example.org';
const quota = (QuotaName: string, Value: number, Unit = 'None') => ({
  ServiceCode: 'x',
  QuotaName,
  Value,
  Unit,
  Adjustable: true,
});

const noAws = missing('aws', '--version');

/** The real program of AWS, whose every host is led to a platform that checks its signatures. */
async function asking(more: Partial<AwsSetting> = {}, env: Record<string, string> = {}) {
  const api = await awsPlatform({
    keyId: KEY_ID,
    secret: SECRET,
    decisions: { 'ec2:CreateVpc': 'allowed', 'iam:CreateUser': 'explicitDeny' },
    quotas: {
      ec2: [quota('Running On-Demand Standard instances', 5), quota('EC2-VPC Elastic IPs', 5), quota('Snapshots', 10)],
      vpc: [quota('VPCs per Region', 5)],
    },
    ...more,
  });
  const site = new Site();
  site.env = {
    ...site.env,
    AWS_CA_BUNDLE: site.file('../ca.pem', api.certificate),
    HTTPS_PROXY: await proxyTo(api),
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: KEY_ID,
    AWS_SECRET_ACCESS_KEY: SECRET,
    ...env,
  };
  site.settings = {
    timeout: 60,
    clouds: { aws: { regions: ['eu-central-1'], actions: ['ec2:CreateVpc', 'iam:CreateUser', 'ec2:DeleteVpc'] } },
  };
  // The others are not what this is about.
  for (const name of ['az', 'gcloud']) site.program(name, 'exit 127');
  const looked = await site.look({ probes: ['cloud'] });
  for (const planted of [SECRET, KEY_ID, 'planted-session'])
    expect(JSON.stringify({ facts: looked.facts, calls: looked.calls })).not.toContain(planted);
  return { ...looked, api };
}

describe.skipIf(noAws !== undefined)(`aws, the real one${noAws ? `: ${noAws}` : ''}`, { timeout: 60_000 }, () => {
  it('[R-PROBE-1] tells account and principal, quotas over all pages, and each right that policy asks about', async () => {
    const { of, api } = await asking();
    expect(of('cloud/aws')?.offers).toEqual(['123456789012', 'arn:aws:iam::123456789012:user/lab']);
    expect(of('cloud/aws/quotas/eu-central-1/ec2')).toMatchObject({
      kind: 'quota',
      offers: ['EC2-VPC Elastic IPs: 5', 'Running On-Demand Standard instances: 5', 'Snapshots: 10'],
    });
    expect(of('cloud/aws/quotas/eu-central-1/vpc')?.offers).toEqual(['VPCs per Region: 5']);
    expect(of('cloud/aws/right/ec2:CreateVpc')).toMatchObject({ kind: 'right', outcome: 'present' });
    expect(of('cloud/aws/right/iam:CreateUser')).toMatchObject({
      outcome: 'denied',
      reason: 'its policies do not allow it (explicitDeny)',
    });
    expect(of('cloud/aws/right/ec2:DeleteVpc')?.outcome).toBe('denied');
    expect(new Set(api.asked.map((one) => one.split(' ')[0]))).toEqual(new Set(['POST']));
  });

  it('[R-PROBE-1] asks for the policies of the role whose session it is', async () => {
    const arn = 'arn:aws:sts::123456789012:assumed-role/Deployer/session-1';
    const { of } = await asking({ arn });
    expect(of('cloud/aws/right/ec2:CreateVpc')).toMatchObject({ outcome: 'present' });
  });

  it('[R-PROBE-2] is denied with an expired token and with a wrong key', async () => {
    const expired = await asking(
      { session: 'planted-session-new-000' },
      { AWS_SESSION_TOKEN: 'planted-session-old-000' },
    );
    expect(expired.of('cloud/aws')).toMatchObject({ outcome: 'denied', reason: expect.stringContaining('expired') });
    const wrong = await asking({}, { AWS_SECRET_ACCESS_KEY: 'another/key/0123456789abcdefghijklmnopq' });
    expect(wrong.of('cloud/aws')).toMatchObject({
      outcome: 'denied',
      reason: expect.stringContaining('Signature'),
    });
  });

  it('[R-PROBE-2] keeps apart what the account may not ask, a service that is not there, and too many requests', async () => {
    const { of } = await asking({
      quotas: { ec2: [] },
      override: ({ body }, host) =>
        host.startsWith('iam.') && body.includes('CreateVpc')
          ? {
              status: 403,
              headers: { 'content-type': 'text/xml' },
              body: '<ErrorResponse><Error><Code>AccessDenied</Code><Message>User lab is not authorized to perform: iam:SimulatePrincipalPolicy</Message></Error></ErrorResponse>',
            }
          : host.startsWith('servicequotas.') && body.includes('"vpc"')
            ? {
                status: 429,
                headers: { 'content-type': 'application/x-amz-json-1.1' },
                body: { __type: 'TooManyRequestsException', Message: 'Too many requests' },
              }
            : undefined,
    });
    expect(of('cloud/aws/right/ec2:CreateVpc')).toMatchObject({
      outcome: 'denied',
      reason: expect.stringContaining('not authorized'),
    });
    expect(of('cloud/aws/quotas/eu-central-1/vpc')).toMatchObject({
      outcome: 'not-probed',
      reason: expect.stringContaining('Too many requests'),
    });
    expect(of('cloud/aws/quotas/eu-central-1/ec2')).toMatchObject({ outcome: 'absent' });
  });
});

const noGcloud = missing('gcloud', '--version');

/** The real program of Google, logged in as a service account, whose every host is led to one platform. */
async function askingGoogle(answer: (request: Request, host: string) => Answer | undefined) {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const account = 'lab@planted-project.iam.gserviceaccount.com';
  const token = 'ya29.planted-token-0123456789';
  const api = await platform(
    (request) => {
      const host = request.headers.host ?? '';
      if (host.startsWith('oauth2.')) {
        const [head, body, signature] = (new URLSearchParams(request.body).get('assertion') ?? '').split('.');
        const right = verify(
          'sha256',
          Buffer.from(`${head}.${body}`),
          publicKey,
          Buffer.from(signature ?? '', 'base64url'),
        );
        return right
          ? { body: { access_token: token, expires_in: 3599, token_type: 'Bearer' } }
          : { status: 400, body: { error: 'invalid_grant', error_description: 'Invalid JWT Signature.' } };
      }
      if (request.headers.authorization !== `Bearer ${token}`)
        return googleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
      return answer(request, host) ?? googleError(404, 'NOT_FOUND', 'Not found');
    },
    { tls: true },
  );
  const site = new Site();
  const key = {
    type: 'service_account',
    project_id: 'planted-project',
    private_key_id: 'k1',
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
    client_email: account,
    client_id: '1',
    token_uri: 'https://oauth2.googleapis.com/token',
  };
  site.env = {
    ...site.env,
    HTTPS_PROXY: await proxyTo(api),
    CLOUDSDK_CONFIG: join(site.base, 'gcloud'),
    CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE: site.file('../ca.pem', api.certificate),
  };
  const keyFile = site.file('../key.json', JSON.stringify(key));
  const env = { ...site.env, CLOUDSDK_CORE_DISABLE_PROMPTS: '1' };
  const run = (...args: string[]) => promisify(execFile)('gcloud', args, { env });
  await run('auth', 'activate-service-account', '--key-file', keyFile);
  await run('config', 'set', 'project', 'planted-project');
  for (const name of ['aws', 'az']) site.program(name, 'exit 127');
  site.settings = { timeout: 60, clouds: { google: { regions: ['europe-west1', 'mars-north1'] } } };
  const looked = await site.look({ probes: ['cloud'] });
  for (const planted of [token, PERSON])
    expect(JSON.stringify({ facts: looked.facts, calls: looked.calls })).not.toContain(planted);
  return looked;
}

const googleError = (code: number, status: string, message: string): Answer => ({
  status: code,
  body: { error: { code, message, status, errors: [{ message, domain: 'global', reason: 'x' }] } },
});

describe.skipIf(noGcloud !== undefined)(
  `gcloud, the real one${noGcloud ? `: ${noGcloud}` : ''}`,
  { timeout: 120_000 },
  () => {
    it('[R-PROBE-1] tells project and account, quotas with their usage, and roles of the account alone', async () => {
      const { of } = await askingGoogle(({ path, method }, host) => {
        if (host.startsWith('compute.') && path.endsWith('/regions/europe-west1'))
          return {
            body: { kind: 'compute#region', name: 'europe-west1', quotas: [{ metric: 'CPUS', limit: 24, usage: 8 }] },
          };
        if (method === 'POST' && path === '/v1/projects/planted-project:getIamPolicy')
          return {
            body: {
              version: 1,
              etag: 'BwXhqDVXmAU=',
              bindings: [
                {
                  role: 'roles/compute.networkAdmin',
                  members: ['serviceAccount:lab@planted-project.iam.gserviceaccount.com'],
                },
                { role: 'roles/owner', members: [`user:${PERSON}`] },
              ],
            },
          };
        return undefined;
      });
      expect(of('cloud/google')?.offers).toEqual(['lab@planted-project.iam.gserviceaccount.com', 'planted-project']);
      expect(of('cloud/google/quotas/europe-west1')).toMatchObject({ kind: 'quota', offers: ['CPUS: 8 of 24 used'] });
      expect(of('cloud/google/quotas/mars-north1')?.outcome).toBe('absent');
      expect(of('cloud/google/rights')).toMatchObject({ kind: 'right', offers: ['roles/compute.networkAdmin'] });
    });
  },
);

describe('programs of clouds', () => {
  it('[R-PROBE-2] that are told no region and no action say so, and nothing of the sort is asked', async () => {
    const site = new Site();
    site.program('aws', `echo '{"Account":"123456789012","Arn":"arn:aws:iam::123456789012:user/lab"}'`);
    for (const name of ['az', 'gcloud']) site.program(name, 'exit 127');
    const { of, calls } = await site.look({ probes: ['cloud'] });
    for (const [id, key] of [
      ['cloud/aws/quotas', 'aws.regions'],
      ['cloud/aws/rights', 'aws.actions'],
    ] as const)
      expect(of(id)).toMatchObject({
        outcome: 'not-probed',
        reason: `countersign.yaml names none (probes.clouds.${key})`,
      });
    expect(calls.filter(({ call }) => call.startsWith('aws')).map(({ call }) => call)).toEqual([
      'aws sts get-caller-identity --output json',
    ]);
  });

  it('[R-PROBE-1] tell usage against limits of Azure, in numbers and in text, and roles at their scopes', async () => {
    const site = new Site();
    site.settings = { clouds: { azure: { regions: ['westeurope', 'nowhere'] } } };
    const usages = [{ currentValue: 4, limit: 10, localName: 'Total Regional vCPUs', name: { value: 'cores' } }];
    const networks = [
      { currentValue: '1', limit: '50', localName: 'Virtual Networks', name: { value: 'VirtualNetworks' } },
    ];
    const roles = [
      { roleDefinitionName: 'Contributor', scope: '/subscriptions/s-1/resourceGroups/net', principalName: PERSON },
    ];
    const print = (answer: unknown) => `echo '${JSON.stringify(answer)}'`;
    site.program(
      'az',
      `case "$*" in
  "account show"*) ${print({ id: 's-1', name: 'Lab', user: { name: 'lab@example.org', type: 'user' }, tenantId: 't' })};;
  *nowhere*) echo "ERROR: (NoRegisteredProviderFound) No registered resource provider found for location 'nowhere'" >&2; exit 1;;
  "vm list-usage --location westeurope"*) ${print(usages)};;
  "network list-usages --location westeurope"*) ${print(networks)};;
  "role assignment list --assignee lab@example.org"*) ${print(roles)};;
esac`,
    );
    for (const name of ['aws', 'gcloud']) site.program(name, 'exit 127');
    const { of, facts } = await site.look({ probes: ['cloud'] });
    expect(of('cloud/azure/quotas/westeurope/compute')?.offers).toEqual(['cores: 4 of 10 used']);
    expect(of('cloud/azure/quotas/westeurope/network')?.offers).toEqual(['VirtualNetworks: 1 of 50 used']);
    expect(of('cloud/azure/quotas/nowhere/compute')?.outcome).not.toBe('present');
    expect(of('cloud/azure/rights')?.offers).toEqual(['Contributor on /subscriptions/s-1/resourceGroups/net']);
    expect(JSON.stringify(facts)).not.toContain(PERSON);
  });
});
