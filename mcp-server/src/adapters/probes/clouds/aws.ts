import * as z from 'zod';
import { factId } from '../../../domain/feasibility/fact-id.ts';
import { type Hands, isRefusal } from '../probe.ts';
import { type Cloud, forEach, type Identity } from './cloud.ts';

const identity = z.object({ Account: z.string(), Arn: z.string() });
const quotas = z.object({
  Quotas: z.array(z.object({ QuotaName: z.string(), Value: z.number(), Unit: z.string().optional() })),
});
const simulated = z.object({ EvaluationResults: z.array(z.object({ EvalDecision: z.string() })) });

// Asking the address of a virtual machine for credentials takes seconds anywhere else; a refusal is repeated once, not five times.
const set = { AWS_PAGER: '', AWS_EC2_METADATA_DISABLED: 'true', AWS_MAX_ATTEMPTS: '2', AWS_RETRY_MODE: 'standard' };

/** Amazon Web Services: Service Quotas for limits, the IAM policy simulator for rights. */
export const aws: Cloud = {
  calls: {
    aws: { run: ['aws', 'sts', 'get-caller-identity', '--output', 'json'], set },
    'aws-quotas': {
      run: [
        'aws',
        'service-quotas',
        'list-service-quotas',
        '--service-code',
        '{service}',
        '--region',
        '{region}',
        '--output',
        'json',
      ],
      set,
    },
    'aws-right': {
      run: [
        'aws',
        'iam',
        'simulate-principal-policy',
        '--policy-source-arn',
        '{arn}',
        '--action-names',
        '{action}',
        '--output',
        'json',
      ],
      set,
    },
  },
  async identity({ ask }) {
    const answer = await ask('aws', identity);
    return isRefusal(answer) ? answer : { account: answer.value.Account, principal: answer.value.Arn };
  },
  async limits(id, who, hands) {
    const { regions, services, actions } = hands.settings.clouds.aws;
    await Promise.all([
      forEach({ id: `${id}/quotas`, kind: 'quota' }, 'aws.regions', regions, hands, async (region) => {
        await Promise.all(services.map((service) => serviceQuotas(id, region, service, hands)));
      }),
      forEach({ id: `${id}/rights`, kind: 'right' }, 'aws.actions', actions, hands, (action) =>
        right(id, who, action, hands),
      ),
    ]);
  },
};

async function serviceQuotas(id: string, region: string, service: string, { ask, found }: Hands): Promise<void> {
  const at = { id: `${id}/${factId('quotas', region, service)}`, kind: 'quota' } as const;
  const answer = await ask('aws-quotas', quotas, { values: { region, service } });
  if (isRefusal(answer)) return found({ ...at, ...answer });
  const offers = answer.value.Quotas.map(({ QuotaName: name, Value: value, Unit: unit }) =>
    unit === undefined || unit === 'None' ? `${name}: ${value}` : `${name}: ${value} ${unit}`,
  );
  if (offers.length === 0) return found({ ...at, outcome: 'absent', reason: 'the service lists no quota' });
  found({ ...at, outcome: 'present', offers });
}

/** The simulator knows the principal's own policies; what an organisation forbids on top may still say no. */
async function right(id: string, who: Identity, action: string, { ask, found }: Hands): Promise<void> {
  const at = { id: `${id}/${factId('right', action)}`, kind: 'right' } as const;
  const answer = await ask('aws-right', simulated, { values: { arn: sourceOf(who.principal), action } });
  if (isRefusal(answer)) return found({ ...at, ...answer });
  const decision = answer.value.EvaluationResults[0]?.EvalDecision ?? 'no decision';
  if (decision === 'allowed') return found({ ...at, outcome: 'present' });
  found({ ...at, outcome: 'denied', reason: `its policies do not allow it (${decision})` });
}

/** A session of a role has the policies of the role. */
function sourceOf(arn: string): string {
  const [, partition, account, role] = /^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\//.exec(arn) ?? [];
  return role === undefined ? arn : `arn:${partition}:iam::${account}:role/${role}`;
}
