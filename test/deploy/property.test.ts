import { existsSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { decide } from '../../mcp-server/src/app/decide.ts';
import { applyDeploy } from '../../mcp-server/src/app/deploy/apply.ts';
import { planDeploy } from '../../mcp-server/src/app/deploy/plan.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { deployable, writePolicy } from '../helpers/deployable.ts';
import { ID, portsOf } from '../helpers/zone-file.ts';

const PERSON = { name: 'Ada Tester', email: 'ada@example.org' };
const ACTOR = { kind: 'human', ...PERSON, via: 'cli' } as const;

const STEP = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ do: fc.constant('edit' as const), to: fc.constantFrom('a: 1\n', 'a: 2\n', 'a: 3\n') }),
  },
  { weight: 4, arbitrary: fc.constant({ do: 'plan' as const }) },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constantFrom('approve' as const, 'approve' as const, 'reject' as const, 'revoke' as const),
    }),
  },
  { weight: 6, arbitrary: fc.constant({ do: 'apply' as const }) },
);

it('[R-DEPLOY-18] applies nothing that nobody approved, whatever is planned, decided, edited and applied in which order', async () => {
  const work = await deployable();
  const live = `${work.home}/live`;
  const there = () => (existsSync(live) ? readFileSync(live, 'utf8') : undefined);
  writePolicy(work, {
    staging: {
      deploy: {
        tool: 'command',
        inputs: ['ops/'],
        plan: ['cat', 'ops/staging.yaml'],
        apply: ['cp', 'ops/staging.yaml', live],
      },
    },
  });
  const ports = portsOf(work);
  let planned: { digest: string; text: string } | undefined;
  /** What a person allows at this moment, and has not been used. */
  let allowed: { digest: string; text: string } | undefined;
  let applies = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(STEP, { minLength: 4, maxLength: 10 }), async (steps) => {
      for (const step of steps) {
        if (step.do === 'edit') work.write('ops/staging.yaml', step.to);
        else if (step.do === 'plan') {
          const { digest } = (await planDeploy(ports, ID, 'staging', { sets: [], actor: ACTOR })).data;
          if (digest !== allowed?.digest) allowed = undefined;
          planned = { digest: digest!, text: work.read('ops/staging.yaml') };
        } else if (step.do === 'apply') {
          const before = there();
          const { data } = await applyDeploy(ports, ID, 'staging', { sets: [], actor: ACTOR });
          const text = work.read('ops/staging.yaml');
          expect(data.outcome).toBe(allowed?.text === text ? 'applied' : null);
          expect(there()).toBe(allowed?.text === text ? text : before);
          if (data.outcome !== null) {
            allowed = undefined;
            applies += 1;
          }
        } else if (planned !== undefined) {
          const { blocks } = decide(ports, {
            decision: step.do,
            digest: planned.digest,
            comment: '',
            approver: PERSON,
            via: 'typed-command',
          });
          if (blocks.length > 0) continue;
          const spent = work
            .events(ID)
            .some(
              (one) => one.type === 'deploy-started' && (one['body'] as { digest: string }).digest === planned!.digest,
            );
          allowed = step.do === 'approve' && !spent ? planned : undefined;
        }
      }
    }),
    { numRuns: 8, examples: [[[{ do: 'plan' }, { do: 'approve' }, { do: 'apply' }, { do: 'apply' }]]] },
  );
  const { findings } = verify(ports).data;
  expect(findings.filter((one) => one.rule !== 'stale-gate')).toEqual([]);
  expect(applies).toBeGreaterThan(0);
}, 120_000);
