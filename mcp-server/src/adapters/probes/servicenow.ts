import * as z from 'zod';
import { type Asked, defineProbe, isRefusal, type Refusal } from './probe.ts';
import { credential, isUnset, settingsOf, systemTargets } from './system.ts';

const rows = z.object({ result: z.array(z.object({ sys_id: z.string() })) });
const TABLES = ['change_request', 'incident', 'cmdb_ci', 'sc_req_item'] as const;

/** ServiceNow (Table API): which tables this account may read. */
export const servicenow = defineProbe({
  name: 'servicenow',
  answers: 'which of the tables of changes, incidents, requests and configuration items this account may read',
  needs: 'probes.systems with kind servicenow; a token, or user and password',
  strips: 'every record: only one id is asked for, and not kept',
  calls: Object.fromEntries(
    TABLES.map((table) => [table, { get: `/api/now/table/${table}?sysparm_limit=1&sysparm_fields=sys_id` }]),
  ),
  targets: (around) => systemTargets('servicenow', around),
  async look(target, hands) {
    const { id } = target;
    const { ask, found } = hands;
    const headers = credential(settingsOf(target, hands), hands, 'Bearer ');
    if (isUnset(headers)) return found({ id, kind: 'system', ...headers });
    const answers = await Promise.all(
      TABLES.map(async (table) => ({ table, answer: await ask(table, rows, { headers }) })),
    );
    const seen = answers.map(({ table, answer }) => ({ table, answer: visible(answer) }));
    const refused = seen.map(({ answer }) => answer).filter((answer) => 'outcome' in answer);
    found(
      seen.some(({ answer }) => !('outcome' in answer))
        ? { id, kind: 'system', outcome: 'present', health: 'running' }
        : { id, kind: 'system', ...refused[0]! },
    );
    for (const { table, answer } of seen)
      found(
        'outcome' in answer
          ? { id: `${id}/${table}`, kind: 'resource', ...answer }
          : { id: `${id}/${table}`, kind: 'resource', outcome: 'present', ...answer },
      );
  },
});

/** Access rules take rows out of an answer and leave the count that the header gives (Table API, X-Total-Count). */
function visible(answer: Asked<z.infer<typeof rows>>): { reason?: string } | Refusal {
  if (isRefusal(answer)) return answer;
  if (answer.value.result.length > 0) return {};
  const total = Number(answer.headers['x-total-count'] ?? 0);
  if (total > 0) return { outcome: 'denied', reason: 'access rules hide its rows from this account' };
  return { reason: 'no rows that this account may see' };
}
