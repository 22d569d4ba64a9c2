import type { Attack } from '../attack.ts';

const base = { at: 'finished', set: 'deploys' } as const;
const apply = (environment: string) => ({ cli: ['deploy', '{delivery}', environment, 'apply'] });

/** Deploys: another plan than was approved, another environment, a record that is made up. */
export const DEPLOY: readonly Attack[] = [
  {
    ...base,
    row: 'plan',
    id: 'swapped-plan',
    tries: 'edits the values after the plan was approved, and applies',
    steps: [{ program: 'echo "a: 9" > ops/staging.yaml' }, apply('staging')],
    expected: { refused: /the plan is not the one that was submitted .*the files of values/ },
  },
  {
    ...base,
    row: 'plan',
    id: 'swapped-command',
    tries: 'changes what an environment runs after the plan was approved, and applies',
    steps: [{ program: "sed -i 's#cp, ops/staging.yaml#cp, ops/prod.yaml#' countersign.yaml" }, apply('staging')],
    expected: { refused: /the plan is not the one that was submitted .*the environment's settings/ },
  },
  {
    ...base,
    row: 'reuse',
    id: 'other-environment',
    tries: 'applies to production with the approval for staging',
    steps: [apply('prod')],
    expected: { refused: /no plan was submitted/ },
  },
  {
    ...base,
    row: 'reuse',
    id: 'approval-twice',
    tries: 'applies twice with one approval',
    steps: [apply('staging'), apply('staging')],
    expected: { refused: /was used: plan again/ },
  },
  {
    ...base,
    row: 'evidence',
    id: 'forged-deploy',
    tries: 'writes a verified deploy to production into the ledger',
    steps: [{ forge: 'deploy' }],
    expected: { detected: /is no plan for prod that was submitted before/, exit: 1 },
  },
  {
    ...base,
    row: 'evidence',
    id: 'change-deploy-evidence',
    tries: 'changes what an apply printed, afterwards',
    steps: [
      apply('staging'),
      { program: 'sed -i s/null/0/ $(grep -l countersign/deploy-run deliveries/{delivery}/evidence/*)' },
    ],
    expected: { detected: /does not have the bytes of its name/, exit: 3 },
  },
  {
    ...base,
    row: 'evidence',
    id: 'forged-deploy-evidence',
    tries: 'writes a verified deploy of an approved plan, with evidence to match',
    steps: [{ forge: 'deploy-with-evidence' }],
    expected: {
      residual:
        'A shell can write down an apply that was approved and never ran. Let CI apply and record, and ask the running system: deploy plan shows what is not there.',
    },
  },
];
