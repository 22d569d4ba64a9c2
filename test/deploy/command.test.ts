import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { approve, deploy, deployable, deployed } from '../helpers/deployable.ts';
import { ID } from '../helpers/zone-file.ts';

it('deploys what was approved, environment after environment, and tells it in the history', async () => {
  const work = await deployable();
  expect(deploy(work, 'prod', 'apply').blocks).toContainEqual('staging comes first, and nothing was deployed there');
  const planned = deploy(work, 'staging', 'plan');
  expect(planned).toMatchObject({ exit: 0, blocks: [], plan: { summary: { creates: 2, changes: 0, destroys: 0 } } });
  expect(deploy(work, 'staging', 'apply')).toMatchObject({
    exit: 1,
    blocks: [expect.stringContaining('waits for a person')],
  });
  expect(existsSync(`${work.home}/staging`)).toBe(false);
  const shown = work.cli('review', ID, 'deploy:staging').out;
  expect(shown).toContain(`Deploy of ${ID} to staging with command`);
  expect(shown).toContain('2 created, 0 changed, 0 destroyed');
  approve(work, planned);
  const asks = { tool_name: 'Bash', tool_input: { command: `countersign deploy ${ID} staging apply` } };
  expect(work.hook('pre-tool-use', asks)?.hookSpecificOutput?.permissionDecision).toBeUndefined();
  expect(deploy(work, 'staging', 'apply')).toMatchObject({ exit: 0, outcome: 'verified', blocks: [] });
  expect(readFileSync(`${work.home}/staging/values.yaml`, 'utf8')).toContain('site: staging');
  expect(deployed(work, 'prod')).toMatchObject({ exit: 0, outcome: 'verified' });
  const history = work.read(`deliveries/${ID}/history.md`);
  expect(history).toMatch(/began deploying build [0-9a-f]{12} to prod as approved in [0-9a-f]{12}, plan/);
  expect(history).toMatch(/to prod verified, 1 of 1 checks passed/);
  expect(work.cli('verify')).toMatchObject({ exit: 0 });
});

it('takes an apply for done however much it prints', async () => {
  const noisy = "process.stdout.write('x'.repeat(33 * 1024 * 1024))";
  const work = await deployable({ staging: { apply: ['node', '-e', noisy], checks: [] } });
  expect(deployed(work, 'staging')).toMatchObject({ exit: 0, outcome: 'applied', blocks: [] });
});
