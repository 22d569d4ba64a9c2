import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { bindTo, type Call, denial, enter } from '../../../../test/helpers/guarded.ts';
import { DELIVERY, makeStand, PERSON, type Progress, type Stand } from '../../../../test/helpers/stand.ts';
import { redraw } from '../../app/after.ts';
import { breakGlass, recordDeclaration } from '../../app/declare.ts';
import { guardPolicy } from '../../app/guard-index.ts';
import { startTask } from '../../app/tasks.ts';
import { guard } from './guard.ts';

const stands: Stand[] = [];
afterAll(() => {
  for (const { root } of stands) rmSync(root, { recursive: true, force: true });
});

async function stand(progress: Progress, policy?: string, files?: Record<string, string>): Promise<Stand> {
  const made = await makeStand(progress, { ...(policy && { policy }), ...(files && { files }) });
  stands.push(made);
  // The policy's part is compiled by the bundle in the field; here it is there already.
  guardPolicy(made.ports);
  return made;
}

let here: Stand;
const write = (path: string, extra: Partial<Call> = {}) =>
  denial(here, { tool: 'Write', input: { file_path: join(here.project, path), content: 'x' }, ...extra });
const run = (command: string, extra: Partial<Call> = {}) =>
  denial(here, { tool: 'Bash', input: { command }, session: 'bound', ...extra });
const useStand = (progress: Progress, policy?: string, files?: Record<string, string>) => {
  beforeAll(async () => {
    here = await stand(progress, policy, files);
  });
  beforeEach(() => {
    enter(here);
    bindTo('bound', DELIVERY);
  });
};

describe('while Build is not open', () => {
  useStand('requirements');

  it('a bound session writes below deliveries/ and nowhere else, whatever the tool', async () => {
    const say = /Build of zone-file is not open .* Next: a person decides: \/approve/;
    expect(await write('app.py', { session: 'bound' })).toMatch(say);
    expect(await run('echo x > app.py')).toMatch(say);
    expect(await run('cd deliveries && cp /etc/hostname ..')).toMatch(say);
    expect(await run("python3 - <<'E' > app.py\nprint(1)\nE")).toMatch(say);
    const notebook = { notebook_path: join(here.project, 'a.ipynb'), new_source: 'x' };
    expect(await denial(here, { tool: 'NotebookEdit', input: notebook, session: 'bound' })).toMatch(say);
    expect(await denial(here, { tool: 'Monitor', input: { command: 'tee app.py' }, session: 'bound' })).toMatch(say);
    expect(await write(`deliveries/${DELIVERY}/requirements.md`, { session: 'bound' })).toBeUndefined();
    expect(await run('echo x > /tmp/scratch')).toBeUndefined();
  });

  it('a path that only the run tells is not written', async () => {
    expect(await run('echo x > "$(git rev-parse --show-toplevel)/app.py"')).toMatch(/only the run tells/);
    expect(await run('for f in /tmp/*.txt; do echo x > "/tmp/$f"; done')).toBeUndefined();
  });

  it('a nested repository takes nothing out of it', async () => {
    mkdirSync(join(here.project, 'sub/.git'), { recursive: true });
    expect(await write('sub/app.py', { session: 'bound' })).toMatch(/not open/);
  });

  it('a session on nothing goes free, except in paths that the delivery owns', async () => {
    expect(await write('app.py')).toBeUndefined();
    expect(await run('terraform apply', { session: 'free' })).toBeUndefined();
  });

  it('naming a delivery that is not there frees nothing', async () => {
    await guard({
      session_id: 'lost',
      tool_name: 'mcp__plugin_countersign_countersign__submit',
      tool_input: { delivery: 'nowhere', stage: 'design' },
    });
    expect(await write('app.py', { session: 'lost', agent: 'countersign:builder' })).toMatch(/has named none/);
  });
});

describe('while the glass of a delivery is broken', () => {
  useStand('requirements');
  const open = (openMs: number) => {
    const declaration = breakGlass(here.ports, DELIVERY, { reason: 'switch down', openMs, by: PERSON });
    recordDeclaration(here.ports, DELIVERY, declaration, undefined);
    redraw(here.ports, DELIVERY);
  };

  it('[R-GLASS-1] its writes and effects pass until the time is over; the record stays closed', async () => {
    expect(await run('terraform apply')).toMatch(/changes real systems/);
    open(60_000);
    expect(await write('app.py', { session: 'bound' })).toBeUndefined();
    expect(await run('echo x > app.py && terraform apply')).toBeUndefined();
    expect(await write('zone/hosts.json')).toBeUndefined();
    for (const path of ['ledger/x.json', 'history.md'])
      expect(await write(`deliveries/${DELIVERY}/${path}`, { session: 'bound' })).toMatch(/record|Countersign/);
    expect(await run('countersign approve zone-file requirements')).toMatch(/decide for a person/);
    vi.useFakeTimers({ now: Date.now() + 61_000, toFake: ['Date'] });
    try {
      expect(await write('app.py', { session: 'bound' })).toMatch(/not open/);
      expect(await run('terraform apply')).toMatch(/changes real systems/);
    } finally {
      vi.useRealTimers();
    }
  });
});

describe('the agents of Countersign', () => {
  useStand('build');

  it('planners write no file at all outside deliveries/', async () => {
    for (const agent of ['countersign:spec', 'countersign:solution-architecture']) {
      expect(await write('zone/hosts.json', { agent, session: 'bound' })).toMatch(
        /writes artifacts through artifact_write/,
      );
      expect(await run('touch zone/hosts.json', { agent })).toMatch(/artifact_write/);
    }
  });

  it('the builder waits until the session has named its delivery', async () => {
    const agent = 'countersign:builder';
    expect(await write('zone/hosts.json', { agent, session: 'other' })).toMatch(/has named none/);
    expect(await run('terraform apply', { agent, session: 'other' })).toMatch(/changes real systems/);
  });

  it('the builder writes where a task is started, and makes the folders above; scratch files lie elsewhere', async () => {
    const agent = 'countersign:builder';
    const as = { agent, session: 'bound' };
    expect(await write('zone/hosts.json', as)).toMatch(/nothing of zone-file is being built. Next: tasks/);
    startTask(here.ports, DELIVERY, 'TSK-1.1', { kind: 'agent', name: 'agent', via: 'mcp' });
    expect(await write('zone/hosts.json', as)).toBeUndefined();
    for (const line of [
      'mkdir -p zone',
      'cp /tmp/h zone/hosts.json',
      'chmod 644 zone/hosts.json',
      'touch /tmp/scratch',
    ])
      expect(await run(line, as), line).toBeUndefined();
    for (const path of ['zone/generate.mjs', 'zone/other.json', 'README.md', 'zone/hosts.json.bak'])
      expect(await write(path, as), path).toMatch(/is outside what is being built of zone-file: zone\/hosts\.json\./);
    for (const line of [
      'rm -rf zone',
      'git checkout -- .',
      'sed -i s/a/b/ README.md',
      'mv zone/hosts.json zone/a.json',
    ])
      expect(await run(line, as), line).toMatch(/is outside what is being built/);
  });

  it('whoever else works in the session is told once, and not stopped', async () => {
    const say = async (path: string, session: string) =>
      (
        await guard({
          session_id: session,
          cwd: here.project,
          tool_name: 'Write',
          tool_input: { file_path: path, content: '' },
        })
      ).systemMessage;
    bindTo('talks', DELIVERY);
    expect(await say(join(here.project, 'zone/hosts.json'), 'talks')).toBeUndefined();
    expect(await say(join(here.project, 'README.md'), 'talks')).toMatch(
      /^outside the started tasks of zone-file: .* Nothing is blocked/,
    );
    expect(await say(join(here.project, 'other.md'), 'talks')).toBeUndefined();
    expect(await say(join(here.project, 'README.md'), 'unbound')).toBeUndefined();
  });
});

describe('the record', () => {
  useStand('build');

  it.each([
    `deliveries/${DELIVERY}/ledger/x.json`,
    `deliveries/${DELIVERY}/evidence/x.txt`,
    `deliveries/${DELIVERY}/history.md`,
    `deliveries/${DELIVERY}/tasks.md`,
    'deliveries/allowed_signers',
  ])('%s is written by nobody', async (path) => {
    expect(await write(path)).toMatch(/part of the record/);
    expect(await run(`echo x >> ${path}`, { session: 'free' })).toMatch(/part of the record/);
  });

  it.each([
    'rm -rf deliveries',
    'rm -rf deliveries/*',
    'rm -r deliveries/zone-file/led*',
    'mv deliveries d2',
    'git clean -fdx',
    'find . -delete',
    "find deliveries -name '*.json' -delete",
    'cd deliveries/zone-file && cp -rT /tmp/x .',
    'rsync -a --delete /tmp/x/ ./',
    'echo x > "$D/ledger/a.json"',
    'tar xf x.tgz',
  ])('%s would reach it', async (command) => {
    expect(await run(command)).toMatch(/record/);
  });

  it.each([
    'git stash',
    'git checkout -- .',
    'git apply a.patch',
    "find . -name '*.pyc' -delete",
    'cp /tmp/x .',
    'rm -rf build',
  ])('%s passes', async (command) => {
    expect(await run(command)).toBeUndefined();
  });

  it('is found behind a link', async () => {
    symlinkSync(join(here.project, `deliveries/${DELIVERY}/ledger`), join(here.project, 'notes'));
    expect(await write('notes/x.json')).toMatch(/part of the record/);
  });

  it('an approved artifact is changed with the tool that says what becomes stale', async () => {
    const path = `deliveries/${DELIVERY}/design.md`;
    expect(await write(path)).toMatch(/is approved as it is\. Change it with the artifact_write tool/);
    expect(await run(`sed -i s/a/b/ ${path}`)).toMatch(/artifact_write/);
    expect(await write(`deliveries/${DELIVERY}/notes.md`)).toBeUndefined();
  });

  it('what it rests on outside the repository is written by nobody either', async () => {
    for (const path of [
      '~/.config/countersign/pins/x.json',
      '~/.local/state/countersign/seen/x.json',
      '"$HOME"/.claude/plugins/data/countersign/sessions/x.json',
      '.git/countersign/guard.json',
    ])
      expect(await run(`echo x > ${path}`)).toMatch(/Nothing was written/);
    expect(await run('rm -rf ~/.config')).toMatch(/Nothing was written/);
  });
});

describe('the client’s settings', () => {
  useStand('requirements');
  const settings = (content: string) =>
    denial(here, { tool: 'Write', input: { file_path: join(here.project, '.claude/settings.json'), content } });

  it('may be written, but not to answer dialogs or to take the guard away', async () => {
    expect(await settings('{"permissions":{"allow":["Bash(ls)"]}}')).toBeUndefined();
    expect(await settings('{"hooks":{"Elicitation":[{"hooks":[]}]}}')).toMatch(/hooks\.Elicitation would answer/);
    expect(await settings('{"disableAllHooks":true}')).toMatch(/disableAllHooks/);
    expect(await settings('{"enabledPlugins":{"countersign@countersign":false}}')).toMatch(/enabledPlugins/);
    expect(await settings('{ "hooks": { // no JSON\n "\\u0045licitation": [] }')).toMatch(/Elicitation/);
  });

  it('are judged by what an edit makes of them', async () => {
    const file = join(here.project, '.claude/settings.local.json');
    mkdirSync(join(here.project, '.claude'), { recursive: true });
    writeFileSync(file, '{"hooks":{"Elicit":[{}]}}');
    const edit = (old_string: string, new_string: string) =>
      denial(here, { tool: 'Edit', input: { file_path: file, old_string, new_string } });
    expect(await edit('"Elicit"', '"ElicitationResult"')).toMatch(/ElicitationResult/);
    expect(await edit('"Elicit"', '"Stop"')).toBeUndefined();
  });

  it('are not written by a command line, whose text nobody reads', async () => {
    expect(await run('cp /tmp/x .claude/settings.json', { session: 'free' })).toMatch(/written with Write or Edit/);
    expect(await run('rsync -a /tmp/x/ .claude', { session: 'free' })).toMatch(/written with Write or Edit/);
  });
});

describe('sandboxes', () => {
  const policy = [
    'countersign: policy/1',
    'guard:',
    '  sandboxes:',
    '    - { kind: ansible-inventory, value: inventories/lab }',
    '    - { kind: kube-context, value: kind-dev }',
    '    - { kind: terraform-workspace, value: dev }',
    '    - { kind: terraform-folder, value: sandbox/net }',
    '    - { kind: account, value: lab }',
    '    - { kind: host, value: web1 }',
    '  people: [docs/runbook.md, secrets/]',
    '',
  ].join('\n');
  const files = { 'inventories/lab': '[web]\nweb1\n', 'vars.yml': 'a: 1\n', 'bad.yml': 'ansible_host: 10.0.0.1\n' };
  useStand('build', policy, files);

  it.each([
    'ansible-playbook -i inventories/lab site.yml',
    'cd playbooks; ansible-playbook -i ../inventories/lab site.yml -e vlan=100 -l web',
    'ANSIBLE_INVENTORY=inventories/lab ansible-playbook site.yml -e @vars.yml',
    'ansible web1 -i web1, -m apt -a name=x',
    'kubectl --context kind-dev apply -f x.yml',
    'helm upgrade web . --kube-context kind-dev',
    'TF_WORKSPACE=dev terraform apply',
    'cd sandbox/net && terraform apply -auto-approve',
    'terraform -chdir=sandbox/net destroy',
    'aws --profile lab ec2 stop-instances --instance-ids i',
    'ansible-playbook -i inventories/prod site.yml --check',
  ])('%s runs', async (command) => {
    expect(await run(command)).toBeUndefined();
  });

  it.each([
    ['ansible-playbook site.yml', /does not name a declared sandbox/],
    ['ansible-playbook -i inventories/lab2 site.yml', /inventories\/lab2 is no declared sandbox .*compared exactly/],
    ['ansible-playbook -i inventories/lab/../prod site.yml', /no declared sandbox/],
    ['ansible-playbook -i inventories/lab -i inventories/prod site.yml', /inventories\/prod/],
    ['ansible-playbook -i inventories/Lab site.yml', /no declared sandbox/],
    ['ansible-playbook -i "$INV" site.yml', /plain words/],
    ['ansible-playbook -i inventories/lab -e ansible_host=10.0.0.9 site.yml', /another machine/],
    ['ansible-playbook -i inventories/lab -e @bad.yml site.yml', /another machine/],
    ['ansible-playbook -i inventories/lab -e @gone.yml site.yml', /cannot be read/],
    ['ansible-playbook -i inventories/lab --ssh-common-args="-o HostName=p" site.yml', /another machine/],
    ['ansible-playbook -i web1,web2 site.yml', /host web2/],
    ['ssh bastion ansible-playbook -i inventories/lab site.yml', /runs on ssh bastion/],
    ['kubectl apply -f x.yml', /does not name/],
    ['kubectl --context kind-dev2 apply -f x.yml', /kind-dev2/],
    ['kubectl --context kind-dev --kubeconfig prod.conf apply -f x.yml', /leave it out/],
    ['kubectl --context kind-dev delete ns a; kubectl --context prod delete ns a', /context prod/],
    ['terraform workspace select dev && terraform apply', /does not name/],
    ['TF_WORKSPACE=development terraform apply', /development/],
    ['TF_WORKSPACE=dev terraform apply -var-file=prod.tfvars', /var-file prod.tfvars/],
    ['TF_WORKSPACE=dev AWS_PROFILE=prod terraform apply', /profile prod/],
    ['cd sandbox/net2 && terraform apply', /does not name/],
    ['terraform -chdir=sandbox/net/../../live apply', /does not name/],
    ['aws --profile labx ec2 stop-instances', /labx/],
    ['pulumi up -s dev', /no pulumi-stack is declared/],
    ['netlify deploy --prod && vault kv put secret/a b=c', /changes real systems/],
  ])('%s does not', async (command, why) => {
    const reason = await run(command);
    expect(reason).toMatch(why);
    expect(reason).toMatch(/Next: countersign deploy zone-file <env> plan.* the person runs it in their own terminal/);
  });

  it('policy, sandbox inventories and people’s paths are for a person', async () => {
    expect(await write('countersign.yaml')).toMatch(/a person edits it/);
    expect(await write('inventories/lab')).toMatch(/declared sandbox/);
    expect(await write('docs/runbook.md')).toMatch(/only a person writes/);
    expect(await run('rm -rf secrets')).toMatch(/only a person writes/);
    expect(await run('rm -rf docs')).toMatch(/only a person writes/);
    expect(await write('docs/other.md')).toBeUndefined();
  });
});

describe('the modes', () => {
  const policy = (mode: string) => `countersign: policy/1\nguard:\n  mode: ${mode}\n`;

  it('owned: a bound session is held to owned paths and the record', async () => {
    here = await stand('requirements', policy('owned'));
    enter(here);
    bindTo('bound', DELIVERY);
    expect(await write('app.py', { session: 'bound' })).toBeUndefined();
    expect(await run('terraform apply')).toBeUndefined();
    expect(await write(`deliveries/${DELIVERY}/ledger/x.json`)).toMatch(/record/);
  });

  it('off: nothing is denied', async () => {
    here = await stand('requirements', policy('off'));
    enter(here);
    bindTo('bound', DELIVERY);
    expect(await write('app.py', { session: 'bound' })).toBeUndefined();
    expect(await write(`deliveries/${DELIVERY}/ledger/x.json`)).toBeUndefined();
    expect(await run('terraform apply; countersign approve zone-file requirements')).toBeUndefined();
  });
});

describe('a finished delivery', () => {
  useStand('finished');

  it('lets its paths be edited and says once a session whose they are', async () => {
    const input = {
      session_id: 'later',
      cwd: here.project,
      tool_name: 'Write',
      tool_input: { file_path: join(here.project, 'zone/generate.mjs'), content: 'x' },
    };
    const first = await guard(input);
    expect(first.hookSpecificOutput?.permissionDecision).toBeUndefined();
    expect(first.systemMessage).toMatch(/owned by zone-file: \/spec-change zone-file keeps its record true/);
    expect(await guard(input)).toEqual({});
    expect((await guard({ ...input, session_id: 'another' })).systemMessage).toMatch(/owned by zone-file/);
  });
});

describe('approving in a person’s place', () => {
  useStand('requirements');

  it.each([
    'countersign approve zone-file requirements',
    'env -u CLAUDECODE node /x/mcp-server/dist/cli.mjs approve zone-file requirements',
    'ssh-keygen -Y sign -f k -n countersign-approval-v1 x',
    "claude -p '/approve 0123456789ab'",
    "echo '{}' | node hook.mjs user-prompt-expansion",
    'gh pr review 3 --approve',
    'script -qc "countersign approve zone-file requirements" /dev/null',
    'claude plugin disable countersign@countersign',
  ])('%s is refused in any session', async (command) => {
    expect(await run(command, { session: 'free' })).toMatch(/A person decides|only a person/);
  });

  it('reviews and signatures elsewhere are none of its business', async () => {
    const elsewhere = { cwd: here.home, session: 'free' };
    rmSync(join(here.home, 'deliveries'), { recursive: true, force: true });
    expect(existsSync(join(here.home, 'deliveries'))).toBe(false);
    process.env['CLAUDE_PROJECT_DIR'] = here.home;
    expect(await run('gh pr review 3 --approve', elsewhere)).toBeUndefined();
    expect(await run('ssh-keygen -Y sign -f k -n git x', elsewhere)).toBeUndefined();
  });
});
