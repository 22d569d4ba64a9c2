import * as z from 'zod';
import { factId } from '../../../domain/feasibility/fact-id.ts';
import { isRefusal } from '../probe.ts';
import { type Cloud, forEach, usage } from './cloud.ts';

const account = z.object({ id: z.string(), name: z.string(), user: z.object({ name: z.string() }) });
/** Numbers come as text from some providers. */
const amount = z.union([z.number(), z.string()]);
const usages = z.array(z.object({ currentValue: amount, limit: amount, name: z.object({ value: z.string() }) }));
const assignments = z.array(z.object({ roleDefinitionName: z.string(), scope: z.string() }));
const set = { AZURE_CORE_COLLECT_TELEMETRY: 'false' };

/** Microsoft Azure: usage against limits of a region, role assignments of the principal. */
export const azure: Cloud = {
  calls: {
    azure: { run: ['az', 'account', 'show', '--output', 'json'], set },
    'azure-compute': { run: ['az', 'vm', 'list-usage', '--location', '{region}', '--output', 'json'], set },
    'azure-network': { run: ['az', 'network', 'list-usages', '--location', '{region}', '--output', 'json'], set },
    'azure-rights': {
      run: [
        'az',
        'role',
        'assignment',
        'list',
        '--assignee',
        '{principal}',
        '--include-groups',
        '--include-inherited',
        '--output',
        'json',
      ],
      set,
    },
  },
  async identity({ ask }) {
    const answer = await ask('azure', account);
    return isRefusal(answer) ? answer : { account: answer.value.id, principal: answer.value.user.name };
  },
  async limits(id, { principal }, { ask, found, settings }) {
    const quotas = (region: string) =>
      Promise.all(
        ['compute', 'network'].map(async (what) => {
          const at = { id: `${id}/${factId('quotas', region, what)}`, kind: 'quota' } as const;
          const answer = await ask(`azure-${what}`, usages, { values: { region } });
          if (isRefusal(answer)) return found({ ...at, ...answer });
          const offers = answer.value.map(({ name, currentValue, limit }) => usage(name.value, currentValue, limit));
          found({ ...at, outcome: 'present', offers });
        }),
      ).then(() => {});
    const rights = async () => {
      const at = { id: `${id}/rights`, kind: 'right' } as const;
      const answer = await ask('azure-rights', assignments, { values: { principal } });
      if (isRefusal(answer)) return found({ ...at, ...answer });
      const offers = answer.value.map(({ roleDefinitionName: role, scope }) => `${role} on ${scope}`);
      if (offers.length === 0) return found({ ...at, outcome: 'absent', reason: 'no role is assigned here' });
      found({ ...at, outcome: 'present', offers });
    };
    await Promise.all([
      forEach({ id: `${id}/quotas`, kind: 'quota' }, 'azure.regions', settings.clouds.azure.regions, { found }, quotas),
      rights(),
    ]);
  },
};
