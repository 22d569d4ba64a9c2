import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { makeKey } from '../helpers/openssh.ts';
import { atTerminal } from '../helpers/terminal.ts';
import { NEW_KEY, openWorkshop, PASSPHRASE, Person, SIGNED, type Workshop, writeFiles } from '../helpers/workshop.ts';

let shop: Workshop;
beforeAll(() => {
  shop = openWorkshop();
});
afterAll(() => shop.close());

const ID = 'zone-file';

/** A repository where Ada may sign and a delivery waits for the decision on its requirements. */
function prepared(options: { track?: string; policy?: string } = {}) {
  const ada = new Person(shop, 'Ada');
  const root = ada.repository();
  const { track = 'standard', policy } = options;
  if (policy !== undefined) writeFiles(root, { 'countersign.yaml': policy });
  expect(ada.types(root, ['init', '--signed', '--yes'], NEW_KEY)).toMatchObject({ exit: 0, unanswered: [] });
  expect(ada.run(root, ['new', ID, '--track', track]).exit).toBe(0);
  writeFiles(root, { [`deliveries/${ID}/requirements.md`]: REQUIREMENTS });
  expect(ada.run(root, ['submit', ID, 'requirements'])).toMatchObject({ exit: 0 });
  return { ada, root };
}

/** Another person whose key is among the signers, added by Ada. */
function joined(root: string, ada: Person, name: string): Person {
  const person = new Person(shop, name);
  mkdirSync(join(person.home, '.ssh'), { mode: 0o700 });
  makeKey(join(person.home, '.ssh'), 'id_countersign', 'ed25519', undefined, PASSPHRASE);
  const key = join(person.home, '.ssh', 'id_countersign.pub');
  expect(ada.types(root, ['trust', '--add', key, '--for', person.email], []).exit).toBe(0);
  expect(person.types(root, ['trust'], [['Type accept', 'accept']]).exit).toBe(0);
  return person;
}

const gate = (person: Person, root: string, at = 0) => person.json(root, 'status', ID).deliveries[0].gates[at];
const events = (root: string) => readdirSync(join(root, 'deliveries', ID, 'ledger')).length;
const approve = (person: Person, root: string, subject = 'requirements', env = {}) =>
  person.types(root, ['approve', ID, subject], SIGNED, env);

describe('a signed approval', () => {
  it('[R-SIGN-5] goes from nothing to an open gate with two passphrases and a digest', () => {
    const { ada, root } = prepared();
    expect(gate(ada, root)).toMatchObject({ state: 'blocked' });
    const session = approve(ada, root);
    expect(session).toMatchObject({ exit: 0, unanswered: [] });
    expect(session.screen).toContain('level signed. The gate is open.');
    expect(gate(ada, root)).toMatchObject({ state: 'open', approvals: [{ approver: 'Ada', level: 'signed' }] });
    expect(ada.run(root, ['verify'])).toMatchObject({ exit: 0 });
  });

  it('[R-SIGN-5] a wrong passphrase or a wrong digest records nothing', () => {
    const { ada, root } = prepared();
    const before = events(root);
    const wrong = ada.types(root, ['approve', ID, 'requirements'], [SIGNED[0]!, ['Enter passphrase', 'guess']]);
    expect(wrong).toMatchObject({ exit: 4 });
    expect(wrong.screen).toContain('the passphrase is wrong');
    expect(ada.types(root, ['approve', ID, 'requirements'], [['type its digest', '0123456789ab']])).toMatchObject({
      exit: 1,
    });
    expect(ada.types(root, ['approve', ID, 'requirements'], [['type its digest', '']])).toMatchObject({ exit: 1 });
    expect(events(root)).toBe(before);
  });

  it('[R-SIGN-6] needs a terminal, and not an agent\u2019s', () => {
    const { ada, root } = prepared();
    const before = events(root);
    const piped = ada.run(root, ['approve', ID, 'requirements', '--json']);
    expect(piped.exit).toBe(4);
    expect(JSON.parse(piped.stdout).error).toMatchObject({ code: 'no-terminal' });
    const agent = ada.types(root, ['approve', ID, 'requirements'], [], { CLAUDECODE: '1' });
    expect(agent).toMatchObject({ exit: 2 });
    expect(events(root)).toBe(before);
  });

  it('[R-SIGN-6] warns when ssh-agent holds the key, and asks for the passphrase all the same', () => {
    const { ada, root } = prepared();
    const started = execFileSync('ssh-agent', ['-s'], { encoding: 'utf8' });
    const [socket, pid] = [/SSH_AUTH_SOCK=([^;]+)/.exec(started)![1]!, Number(/SSH_AGENT_PID=(\d+)/.exec(started)![1])];
    try {
      const env = { SSH_AUTH_SOCK: socket };
      const key = join(ada.home, '.ssh', 'id_countersign');
      const added = atTerminal(['ssh-add', key], {
        cwd: root,
        env: { ...ada.env, ...env },
        steps: [['passphrase', PASSPHRASE]],
      });
      expect(added.exit).toBe(0);
      const session = approve(ada, root, 'requirements', env);
      expect(session).toMatchObject({ exit: 0, unanswered: [] });
      expect(session.screen).toContain('ssh-agent holds');
    } finally {
      process.kill(pid);
    }
  });

  it('[R-SIGN-6] says what to install where OpenSSH is missing', () => {
    const { ada, root } = prepared();
    const before = events(root);
    const bare = join(ada.home, 'bin');
    mkdirSync(bare);
    for (const tool of ['node', 'git'])
      symlinkSync(execFileSync('which', [tool], { encoding: 'utf8' }).trim(), join(bare, tool));
    const session = ada.types(root, ['approve', ID, 'requirements'], [SIGNED[0]!], { PATH: bare });
    expect(session).toMatchObject({ exit: 4 });
    expect(session.screen).toContain('OpenSSH 8.2 or newer');
    expect(events(root)).toBe(before);
    expect(ada.run(root, ['status'], { PATH: bare })).toMatchObject({ exit: 0 });
  });
});

describe('trust in signers', () => {
  it('[R-TRUST-1] is asked for at the first use on a machine, and until then a signature is worth a record', () => {
    const { ada, root } = prepared();
    approve(ada, root);
    const bob = new Person(shop, 'Bob');
    expect(gate(bob, root).approvals).toMatchObject([{ level: 'recorded' }]);
    expect(bob.types(root, ['trust'], [['Type accept', 'no']])).toMatchObject({ exit: 2 });
    expect(gate(bob, root).approvals).toMatchObject([{ level: 'recorded' }]);
    expect(bob.types(root, ['trust'], [['Type accept', 'accept']])).toMatchObject({ exit: 0 });
    expect(gate(bob, root).approvals).toMatchObject([{ level: 'signed' }]);
  });

  it('[R-TRUST-2] does not follow a changed list: an agent that adds its own key gains nothing until a person accepts', () => {
    const { ada, root } = prepared();
    const agent = new Person(shop, 'Ada');
    mkdirSync(join(agent.home, '.ssh'));
    const key = makeKey(join(agent.home, '.ssh'), 'id_countersign', 'ed25519');
    const list = join(root, 'deliveries/allowed_signers');
    writeFileSync(list, `${readFileSync(list, 'utf8')}ada@example.org ${key.public}\n`);
    const forged = agent.types(root, ['approve', ID, 'requirements'], [['Type accept', 'accept'], SIGNED[0]!]);
    expect(forged.screen).toContain('level signed');

    expect(gate(ada, root)).toMatchObject({ state: 'blocked', approvals: [] });
    const verified = ada.run(root, ['verify', '--json']);
    expect(verified.exit).toBe(1);
    const rules = JSON.parse(verified.stdout).findings.map((one: { rule: string }) => one.rule);
    expect(rules).toContain('signature');
    expect(rules).toContain('signers-changed');
    expect(ada.json(root, 'trust')).toMatchObject({ state: 'changed' });
    expect(ada.types(root, ['trust'], [['Type accept', 'accept']])).toMatchObject({ exit: 0 });
    expect(gate(ada, root)).toMatchObject({ state: 'open' });
  });

  it('[R-SIGN-4] ends at once with a revoked key, and does not come back with the list\u2019s line', () => {
    const { ada, root } = prepared();
    approve(ada, root);
    const revoked = join(root, 'deliveries/revoked_keys');
    writeFileSync(revoked, readFileSync(join(ada.home, '.ssh', 'id_countersign.pub')));
    expect(gate(ada, root)).toMatchObject({ state: 'blocked' });
    expect(ada.types(root, ['trust'], [['Type accept', 'accept']]).screen).toContain('revoked');
    writeFileSync(revoked, '');
    expect(gate(ada, root)).toMatchObject({ state: 'blocked' });
    writeFileSync(revoked, readFileSync(join(ada.home, '.ssh', 'id_countersign.pub')));
    expect(approve(ada, root).screen).toContain('the key was revoked');
  });

  it('[R-SIGN-7] a rotated key: what the old one signed in its time holds, what it signs now does not', () => {
    const { ada, root } = prepared();
    approve(ada, root);
    const list = join(root, 'deliveries/allowed_signers');
    const tomorrow = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
    const before = readFileSync(list, 'utf8');
    const until = (day: string) => before.replace('namespaces=', `valid-before="${day}Z",namespaces=`);
    writeFileSync(list, until(tomorrow));
    ada.types(root, ['trust'], [['Type accept', 'accept']]);
    expect(gate(ada, root)).toMatchObject({ state: 'open' });
    writeFileSync(list, until('20200101'));
    ada.types(root, ['trust'], [['Type accept', 'accept']]);
    expect(gate(ada, root)).toMatchObject({ state: 'blocked' });
    expect(approve(ada, root).screen).toContain('the key was not valid at that time');
  });
});

describe('what policy asks of signatures', () => {
  it('[R-TRACK-1] a strict gate opens with a signature of somebody else than the author only', () => {
    const { ada, root } = prepared({ track: 'strict' });
    const bob = joined(root, ada, 'Bob');
    expect(approve(ada, root).screen).toContain('The gate is still blocked');
    expect(gate(ada, root).reasons[0].text).toContain("the author's own approval does not count");
    const recorded = bob.types(root, ['approve', ID, 'requirements', '--recorded'], [SIGNED[0]!]);
    expect(recorded.screen).toContain('The gate is still blocked');
    expect(approve(bob, root).screen).toContain('The gate is open');
  });

  it('[R-RULE-8] a quorum of two and a role count people, each with their own key', () => {
    const policy = [
      'countersign: policy/1',
      'gates: { default: { level: signed, approvers: 2, roles: [security] } }',
      'roles: { security: [sue@example.org] }',
      '',
    ].join('\n');
    const { ada, root } = prepared({ policy });
    const [bob, sue] = [joined(root, ada, 'Bob'), joined(root, ada, 'Sue')];
    expect(approve(ada, root).screen).toContain('The gate is still blocked');
    bob.types(root, ['trust'], [['Type accept', 'accept']]);
    expect(approve(bob, root).screen).toContain('needs an approval from role security');
    expect(approve(sue, root).screen).toContain('The gate is open');
  });

  it('[R-RULE-12] a laxer policy opens nothing until a signed decision at the old level accepts it', () => {
    const policy = (level: string) => `countersign: policy/1\ngates:\n  default: { level: ${level} }\n`;
    const { ada, root } = prepared({ policy: policy('signed') });
    const recorded = (subject: string) => ada.types(root, ['approve', ID, subject, '--recorded'], [SIGNED[0]!]);
    recorded('requirements');
    writeFileSync(join(root, 'countersign.yaml'), `${policy('recorded')}signing:\n  key: ~/.ssh/id_countersign\n`);
    expect(gate(ada, root)).toMatchObject({ state: 'blocked' });
    expect(ada.run(root, ['submit', ID, 'policy:current'])).toMatchObject({ exit: 0 });
    recorded('policy:current');
    expect(gate(ada, root)).toMatchObject({ state: 'blocked' });
    approve(ada, root, 'policy:current');
    expect(gate(ada, root)).toMatchObject({ state: 'open' });
  });
});

describe('setting up signing', () => {
  it('[R-SIGN-5] again changes nothing, and a refused passphrase makes no key', () => {
    const { ada, root } = prepared();
    const before = readFileSync(join(root, 'deliveries/allowed_signers'), 'utf8');
    expect(ada.types(root, ['init', '--signed', '--yes'], [])).toMatchObject({ exit: 0 });
    expect(readFileSync(join(root, 'deliveries/allowed_signers'), 'utf8')).toBe(before);
    const eve = new Person(shop, 'Eve');
    const torn = eve.types(
      eve.repository(),
      ['init', '--signed', '--yes'],
      [
        ['Enter passphrase', 'one two three'],
        ['Enter same passphrase', 'another'],
        ['Enter passphrase', '\u0003'],
      ],
    );
    expect(torn.exit).not.toBe(0);
    expect(existsSync(join(eve.home, '.ssh', 'id_countersign'))).toBe(false);
  });
});
