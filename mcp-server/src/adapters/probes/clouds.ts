import * as z from 'zod';
import { type Asked, type Call, defineProbe, type Hands, isRefusal } from './probe.ts';

/** Who a cloud's own program says we are: account and principal. */
type Identity = { account: string; principal: string };

const aws = z.object({ Account: z.string(), Arn: z.string() });
const azure = z.object({ id: z.string(), name: z.string(), user: z.object({ name: z.string() }) });
const google = z.array(z.object({ account: z.string(), status: z.string() }));
const googleConfig = z.object({ core: z.object({ project: z.string().optional() }).optional() });

const CALLS: Record<string, Call> = {
  aws: {
    run: ['aws', 'sts', 'get-caller-identity', '--output', 'json'],
    // Asking the address of a virtual machine for credentials takes seconds anywhere else.
    set: { AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true' },
  },
  azure: { run: ['az', 'account', 'show', '--output', 'json'], set: { AZURE_CORE_COLLECT_TELEMETRY: 'false' } },
  google: { run: ['gcloud', 'auth', 'list', '--format=json'], set: { CLOUDSDK_CORE_DISABLE_PROMPTS: '1' } },
  'google-project': { run: ['gcloud', 'config', 'list', '--format=json'], set: { CLOUDSDK_CORE_DISABLE_PROMPTS: '1' } },
};

const SECRETS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AZURE_CLIENT_SECRET'];

/** The account that each cloud's own program is logged in to; no resource is listed. */
export const clouds = defineProbe({
  name: 'cloud',
  answers: 'which account and principal the programs of AWS, Azure and Google are logged in as',
  needs: 'aws, az or gcloud with a log-in',
  strips: 'credentials',
  env: [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL',
    'AZURE_CONFIG_DIR',
    'CLOUDSDK_CONFIG',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ],
  calls: CALLS,
  targets: () => ['aws', 'azure', 'google'].map((name) => ({ id: `cloud/${name}` })),
  async look({ id }, hands) {
    for (const name of SECRETS) hands.secret(name);
    const who = await IDENTITY[id.slice('cloud/'.length)]!(hands);
    if ('outcome' in who) return hands.found({ id, kind: 'account', ...who });
    hands.found({ id, kind: 'account', outcome: 'present', offers: [who.account, who.principal] });
  },
});

const IDENTITY: Record<string, (hands: Hands) => Promise<Identity | Exclude<Asked<never>, { value: never }>>> = {
  async aws({ ask }) {
    const answer = await ask('aws', aws);
    return isRefusal(answer) ? answer : { account: answer.value.Account, principal: answer.value.Arn };
  },
  async azure({ ask }) {
    const answer = await ask('azure', azure);
    return isRefusal(answer) ? answer : { account: answer.value.id, principal: answer.value.user.name };
  },
  async google({ ask }) {
    const answer = await ask('google', google);
    if (isRefusal(answer)) return answer;
    const active = answer.value.find(({ status }) => status === 'ACTIVE');
    if (active === undefined) return { outcome: 'denied', reason: 'gcloud: nobody is logged in' };
    const config = await ask('google-project', googleConfig);
    const project = isRefusal(config) ? undefined : config.value.core?.project;
    return { account: project ?? '(no project)', principal: active.account };
  },
};
