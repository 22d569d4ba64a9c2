import { rmSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { corpus } from '../../../../test/helpers/command-corpus.ts';
import { bindTo, denial, enter } from '../../../../test/helpers/guarded.ts';
import { DELIVERY, makeStand, type Progress, type Stand } from '../../../../test/helpers/stand.ts';

const ordinary = () => corpus('ordinary-commands').map(({ command }) => command);

const stands: Stand[] = [];
afterAll(() => {
  for (const { root } of stands) rmSync(root, { recursive: true, force: true });
});

async function refusals(progress: Progress): Promise<Map<string, string>> {
  const stand = await makeStand(progress);
  stands.push(stand);
  enter(stand);
  bindTo('bound', DELIVERY);
  const found = new Map<string, string>();
  for (const command of ordinary()) {
    const reason = await denial(stand, { tool: 'Bash', input: { command }, session: 'bound' });
    if (reason !== undefined) found.set(command, reason);
  }
  return found;
}

describe('ordinary commands in a session whose Build is open', () => {
  it('all pass', async () => {
    expect(await refusals('build')).toEqual(new Map());
  });
});

/** Those that write into the repository: until Build is open, only deliveries/ is for writing. */
const WRITING = [
  'terraform show -json tfplan > plan.json',
  'terraform state pull > state.json',
  'terraform graph | dot -Tsvg > graph.svg',
  'TF_LOG=DEBUG terraform plan 2> debug.log',
  'terraform-docs markdown table . > README.md',
  'cdk synth > template.yaml',
  'kubectl logs web-0 -c app --previous > crash.log',
  'kubectl create deployment web --image=nginx --dry-run=client -o yaml > deploy.yaml',
  'kubectl create secret generic s --from-literal=a=b --dry-run=client -o yaml | kubeseal > sealed.yaml',
  'flux create source git apps --url=https://example.com/x --export > source.yaml',
  'docker exec app pg_dump -U postgres app > dump.sql',
  "echo 'terraform apply' >> notes.md",
  "printf '%s\\n' 'helm uninstall web' > runbook.md",
  'echo "run: terraform apply" | tee -a runbook.md',
  "sed -i 's/terraform apply/terraform plan/' Makefile",
  'scp bastion:/var/log/app.log .',
  'nohup terraform plan > plan.log 2>&1 &',
  'xargs -a files.txt rm -f',
  'rsync -av src/ backup/',
  expect.stringContaining('cat > README.md'),
  expect.stringContaining('cat > deploy.sh'),
];

describe('ordinary commands in a session whose Build is closed', () => {
  it('pass but for those that write into the repository, which say so and what to do', async () => {
    const found = await refusals('requirements');
    expect([...found.keys()]).toEqual(WRITING);
    for (const reason of found.values())
      expect(reason).toMatch(
        /Build of zone-file is not open .*(?:Next: a person decides: \/approve [0-9a-f]{12}|Say it in plain words)/,
      );
  });
});
