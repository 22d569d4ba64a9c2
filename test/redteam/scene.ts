import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decide } from '../../mcp-server/src/app/decide.ts';
import { planDeploy } from '../../mcp-server/src/app/deploy/plan.ts';
import { addSigner } from '../../mcp-server/src/app/trust.ts';
import { DELIVERY, makeStand, PERSON, type Stand } from '../helpers/stand.ts';
import type { Attack } from './attack.ts';

const SIGNED = `countersign: policy/1
gates:
  default:
    level: signed
signing:
  key: ~/.ssh/id_countersign
`;
const LAB = `countersign: policy/1
guard:
  sandboxes:
    - { kind: ansible-inventory, value: inventories/lab }
    - { kind: kube-context, value: kind-dev }
  people: [.github/workflows/]
`;

const OPTIONS = {
  plain: {},
  signed: { policy: SIGNED },
  lab: { policy: LAB, files: { 'inventories/lab': 'web1\n' } },
};

/** The ref that a branch is verified against. */
export const BASE = 'base';

/** The plugin as it would be installed, built from the sources as they are. */
export function buildPlugin(): string {
  const root = mkdtempSync(join(tmpdir(), 'countersign-plugin-'));
  const checkout = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync('node', ['scripts/build.mjs', join(root, 'mcp-server/dist')], { cwd: checkout });
  return root;
}

/** The repository that an attack happens in. */
export async function setScene(attack: Attack): Promise<Stand> {
  const stand =
    attack.set === 'deploys' ? await deployScene(attack) : await makeStand(attack.at, OPTIONS[attack.set ?? 'plain']);
  if (attack.set === 'signed') await setUpKeys(stand);
  // What the branch starts from, as CI would see it.
  const git = (...args: string[]) => execFileSync('git', args, { cwd: stand.project, env: stand.env });
  git('add', '--all');
  git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--allow-empty', '--message', 'Base');
  git('tag', BASE);
  return stand;
}

/** Two environments, each a folder that a command copies a file to. */
async function deployScene(attack: Attack): Promise<Stand> {
  const environment = (name: string) => `  ${name}:
    deploy:
      tool: command
      overlay: [ops/${name}.yaml]
      inputs: [ops/, zone/]
      plan: [cat, ops/${name}.yaml]
      apply: [cp, ops/${name}.yaml, /dev/null]
`;
  const stand = await makeStand(attack.at, { files: { 'ops/staging.yaml': 'a: 1\n', 'ops/prod.yaml': 'a: 2\n' } });
  const text = `countersign: policy/1\nenvironments:\n${environment('staging')}${environment('prod')}`;
  writeFileSync(join(stand.project, 'countersign.yaml'), text);
  const actor = { kind: 'agent', name: 'agent', via: 'cli' } as const;
  const { data, blocks } = await planDeploy(stand.ports, DELIVERY, 'staging', { sets: [], actor });
  if (data.digest === null) throw new Error(blocks.join('; '));
  decide(stand.ports, {
    decision: 'approve',
    digest: data.digest,
    comment: '',
    approver: PERSON,
    via: 'typed-command',
  });
  return stand;
}

/** A person's key with a passphrase, accepted and pinned; a copy that the suite signs with; the agent's own key. */
async function setUpKeys(stand: Stand): Promise<void> {
  const { home, root, ports } = stand;
  mkdirSync(join(home, '.ssh'), { mode: 0o700 });
  const make = (file: string, passphrase: string) =>
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-C', 'key', '-f', file]);
  const publicKey = (file: string) => readFileSync(`${file}.pub`, 'utf8').split(' ').slice(0, 2).join(' ');
  const [person, agent] = [join(root, 'person'), join(home, 'agent')];
  make(person, '');
  make(agent, '');
  const locked = join(home, '.ssh/id_countersign');
  copyFileSync(person, locked);
  copyFileSync(`${person}.pub`, `${locked}.pub`);
  chmodSync(locked, 0o600);
  execFileSync('ssh-keygen', ['-q', '-p', '-P', '', '-N', 'a passphrase', '-f', locked], { stdio: 'ignore' });
  addSigner(ports, PERSON.email, publicKey(person));
  writeFileSync(
    join(home, 'agent.signer'),
    `${PERSON.email} namespaces="countersign-approval-v1" ${publicKey(agent)}\n`,
  );
}
