import { delimiter, isAbsolute } from 'node:path';
import { type Call, defineProbe, isRefusal, type Surroundings } from './probe.ts';

/** The only commands this probe runs. */
const TOOLS: Record<string, readonly string[]> = {
  ansible: ['--version'],
  'ansible-playbook': ['--version'],
  aws: ['--version'],
  az: ['version'],
  bash: ['--version'],
  curl: ['--version'],
  dig: ['-v'],
  docker: ['--version'],
  gcloud: ['--version'],
  gh: ['--version'],
  git: ['--version'],
  glab: ['--version'],
  helm: ['version', '--short'],
  jq: ['--version'],
  kubectl: ['version', '--client'],
  make: ['--version'],
  node: ['--version'],
  npm: ['--version'],
  openssl: ['version'],
  podman: ['--version'],
  python3: ['--version'],
  shellcheck: ['--version'],
  ssh: ['-V'],
  terraform: ['version'],
  tofu: ['version'],
  yamllint: ['--version'],
};

/** Many, and no other question follows from them: chains of questions go first. */
const NICE = 5;

/** Terraform asks its maker for news otherwise. */
const NO_NEWS = { CHECKPOINT_DISABLE: '1' };

/** Programs of one package, whose version another of them tells: to start Ansible takes longer than most of the others together. */
const SAME_PACKAGE: Readonly<Record<string, string>> = { 'ansible-playbook': 'ansible' };

/** Which program tells the version of this one: another of its package that lies beside it, or itself. */
function spokesman(name: string, { env, list }: Surroundings): string {
  const other = SAME_PACKAGE[name];
  if (other === undefined) return name;
  const folders = (env['PATH'] ?? '').split(delimiter).filter(isAbsolute);
  const listed = folders.map(list).find((names) => names.includes(name) || names.includes(other)) ?? [];
  return listed.includes(name) && listed.includes(other) ? other : name;
}

/** Names that may be asked for. */
export const LOCAL_TOOLS = Object.keys(TOOLS);

/** Asks the tools of this machine for their versions. A tool that is there and fails is not probed. */
export const localTools = defineProbe({
  name: 'tool',
  answers: 'which local programs are here, in which version',
  needs: 'nothing',
  strips: 'everything but the version',
  calls: Object.fromEntries(
    Object.entries(TOOLS).map(([name, args]): [string, Call] => [
      name,
      // Exit codes differ, and a version is an answer whatever the code.
      { run: [name, ...args], exits: [0, 1, 2, 255], nice: NICE, ...(name === 'terraform' ? { set: NO_NEWS } : {}) },
    ]),
  ),
  targets: (around) => LOCAL_TOOLS.map((name) => ({ id: `tool/${name}`, values: { asked: spokesman(name, around) } })),
  async look({ id, values }, { text, found }) {
    const name = values?.['asked'] ?? id.slice('tool/'.length);
    const answer = await text(name);
    if (isRefusal(answer)) {
      const gone = answer.reason === `${name} is not installed`;
      return found(gone ? { id, outcome: 'absent' } : { id, ...answer });
    }
    const version = /\d+(?:\.\d+)+[\w.+-]*/.exec(`${answer.value}\n${answer.text}`)?.[0];
    found(
      version === undefined
        ? { id, outcome: 'not-probed', reason: `${name} ${TOOLS[name]!.join(' ')} names no version` }
        : { id, outcome: 'present', version },
    );
  },
});
