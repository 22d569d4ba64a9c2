import { aws } from './clouds/aws.ts';
import { azure } from './clouds/azure.ts';
import type { Cloud } from './clouds/cloud.ts';
import { google } from './clouds/google.ts';
import { defineProbe } from './probe.ts';

const CLOUDS: Readonly<Record<string, Cloud>> = { aws, azure, google };

const SECRETS = ['AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AZURE_CLIENT_SECRET'];

/** The account that each cloud's own program is logged in to, with its limits and rights; no resource is listed. */
export const clouds = defineProbe({
  name: 'cloud',
  answers: 'which account and principal the programs of AWS, Azure and Google are logged in as, quotas, and rights',
  needs: 'aws, az or gcloud with a log-in; probes.clouds for regions and actions',
  strips: 'credentials, other members of policies',
  env: [
    'AWS_PROFILE',
    'AWS_REGION',
    'AWS_CONFIG_FILE',
    'AWS_SHARED_CREDENTIALS_FILE',
    'AWS_ACCESS_KEY_ID',
    'AWS_SECRET_ACCESS_KEY',
    'AWS_SESSION_TOKEN',
    'AWS_ENDPOINT_URL',
    'AWS_CA_BUNDLE',
    'AZURE_CONFIG_DIR',
    'CLOUDSDK_CONFIG',
    'CLOUDSDK_CORE_CUSTOM_CA_CERTS_FILE',
    'GOOGLE_APPLICATION_CREDENTIALS',
  ],
  calls: Object.assign({}, ...Object.values(CLOUDS).map((cloud) => cloud.calls)),
  targets: () => Object.keys(CLOUDS).map((name) => ({ id: `cloud/${name}` })),
  async look({ id }, hands) {
    for (const name of SECRETS) hands.secret(name);
    const cloud = CLOUDS[id.slice('cloud/'.length)]!;
    const who = await cloud.identity(hands);
    if ('outcome' in who) return hands.found({ id, kind: 'account', ...who });
    hands.found({ id, kind: 'account', outcome: 'present', offers: [who.account, who.principal] });
    await cloud.limits(id, who, hands);
  },
});
