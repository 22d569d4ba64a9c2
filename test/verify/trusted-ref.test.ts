import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { acceptSigners } from '../../mcp-server/src/app/trust.ts';
import { type VerifyOptions, verify } from '../../mcp-server/src/app/verify.ts';
import { Fault } from '../../mcp-server/src/domain/fault.ts';
import { sarif } from '../../mcp-server/src/domain/rules/sarif.ts';
import { VERIFY_RULES } from '../../mcp-server/src/domain/verify/rules.ts';
import { makeKey } from '../helpers/openssh.ts';
import { Desk } from '../helpers/walk.ts';
import { openWorkshop, Person, type Workshop } from '../helpers/workshop.ts';

const ID = 'zone-file';
let shop: Workshop;
let ada: Person;
/** A repository whose main holds a delivery with an approved Build; each test works on a copy, on a branch. */
let template: string;
beforeAll(async () => {
  shop = openWorkshop(false);
  ada = new Person(shop, 'Ada');
  template = ada.repository();
  const desk = new Desk(ada, template);
  writeFileSync(join(template, 'countersign.yaml'), policy('signed'));
  await desk.admit();
  desk.commit('set up');
  await desk.toDesign(ID);
  await desk.decide(await desk.build(ID));
  desk.commit('build approved');
}, 120_000);
afterAll(() => shop.close());

const policy = (level: string) => `countersign: policy/1\ngates:\n  default: { level: ${level} }\n`;
let desk: Desk;
beforeEach(() => {
  const root = join(mkdtempSync(join(shop.folder, 'clone-')), 'project');
  execFileSync('cp', ['-a', template, root]);
  desk = new Desk(ada, root);
  desk.git('checkout', '-q', '-b', 'change');
  acceptSigners(desk.ports);
});

const path = (name: string) => join(desk.root, name);
function verified(options: VerifyOptions = { trustFrom: 'main' }, who = desk) {
  const { data } = verify(who.ports, options);
  return {
    ...data,
    faulty: data.faults.map((one) => one.rule),
    errors: data.findings.filter((one) => one.severity === 'error').map((one) => `${one.rule} ${one.path}`),
    warnings: data.findings.filter((one) => one.severity === 'warning').map((one) => `${one.rule} ${one.path}`),
  };
}
const ledger = () => path(`deliveries/${ID}/ledger`);

describe('verify against a trusted ref', () => {
  it('[R-VERIFY-1] finds nothing in a sound change, and calls its approvals external', async () => {
    await desk.asBuilt(ID);
    desk.commit('as built');
    const result = verified();
    expect(result).toMatchObject({ faults: [], errors: [], warnings: [], trustedRef: 'main' });
    expect(result.deliveries[0]!.gates.map((gate) => gate.levels)).toEqual(Array(5).fill(['external']));
  });

  it('[R-VERIFY-1] needs nothing of this machine: a fresh home and a detached HEAD judge alike', () => {
    desk.git('checkout', '-q', '--detach');
    const runner = new Desk(new Person(shop, 'Runner'), desk.root);
    expect(verified({ trustFrom: 'main', require: 'external' }, runner)).toMatchObject({ faults: [], errors: [] });
    const alone = verified({}, runner);
    expect(alone.warnings.filter((one) => one.startsWith('signature'))).toHaveLength(1);
  });

  it("[R-VERIFY-2] an agent's own key in the list is an error, and what it signed counts for nothing", async () => {
    const agent = new Person(shop, 'Ada');
    const forged = new Desk(agent, desk.root);
    const key = makeKey(agent.home, 'own', 'ed25519');
    appendFileSync(path('deliveries/allowed_signers'), `ada@example.org ${key.public}\n`);
    forged.ports.trust.pin({ signers: readFileSync(path('deliveries/allowed_signers'), 'utf8'), revoked: '' });
    Object.assign(forged, { key: key.path });
    await forged.asBuilt(ID);
    const { errors, deliveries } = verified();
    expect(errors).toContain('signers-changed deliveries/allowed_signers');
    expect(errors.some((one) => one.startsWith('signature '))).toBe(true);
    expect(deliveries[0]!.gates.at(-1)).toMatchObject({ about: 'stage:as-built', state: 'blocked' });
  });

  it('[R-VERIFY-2] a laxer policy is an error and lowers nothing, until a signed decision accepts it', async () => {
    writeFileSync(path('countersign.yaml'), policy('recorded'));
    await desk.asBuilt(ID, { recorded: true });
    const before = verified();
    expect(before.errors).toEqual(['policy-changed countersign.yaml']);
    expect(before.deliveries[0]!.gates.at(-1)).toMatchObject({ state: 'blocked' });
    const digest = desk.submit(ID, 'policy:current');
    await desk.decide(digest, { recorded: true });
    expect(verified().errors).toEqual(['policy-changed countersign.yaml']);
    await desk.decide(digest);
    const after = verified();
    expect(after).toMatchObject({ errors: [], warnings: ['policy-changed countersign.yaml'] });
    expect(after.deliveries[0]!.gates.at(-1)).toMatchObject({ state: 'open', levels: ['recorded'] });
  });

  it('[R-VERIFY-2] the same decision lets a new signer in', async () => {
    const bob = new Person(shop, 'Bob');
    new Desk(bob, desk.root);
    await desk.admit(bob);
    expect(verified().errors).toEqual(['signers-changed deliveries/allowed_signers']);
    await desk.decide(desk.submit(ID, 'policy:current'));
    expect(verified()).toMatchObject({ errors: [], warnings: ['signers-changed deliveries/allowed_signers'] });
  });

  it('[R-VERIFY-2] a new delivery started below the trusted track is an error', async () => {
    writeFileSync(path('countersign.yaml'), `${policy('signed')}track: light\n`);
    desk.start('quick', 'light');
    expect(verified().errors).toContain('track-lowered deliveries/quick');
  });

  it('[R-VERIFY-3] events that were dropped, and deliveries that were deleted, are integrity faults', () => {
    const newest = desk.ports.deliveries.ledgerNames(ID);
    const heads = newest.filter(
      (name) => !newest.some((other) => readFileSync(join(ledger(), other), 'utf8').includes(name.slice(0, 64))),
    );
    for (const name of heads) unlinkSync(join(ledger(), name));
    expect(verified({}).faulty).toEqual([]);
    expect(verified().faulty).toEqual(['dropped-event']);
    rmSync(path(`deliveries/${ID}`), { recursive: true });
    expect(verified().faulty).toEqual(['deleted-delivery']);
  });

  it('[R-VERIFY-3] what came to the ref after the change left it is not missing', async () => {
    desk.commit('the change');
    desk.git('checkout', '-q', 'main');
    await desk.asBuilt(ID);
    desk.commit('main goes on');
    desk.git('checkout', '-q', 'change');
    expect(verified()).toMatchObject({ faulty: [], errors: [] });
  });

  it('[R-VERIFY-5] a date before the expiry of a key counts only in events that the ref holds', async () => {
    await desk.decide(desk.submit(ID, 'risk:standard'));
    const list = readFileSync(path('deliveries/allowed_signers'), 'utf8').replace(
      'namespaces=',
      'valid-before="20990101Z",namespaces=',
    );
    const expired = list.replace(
      '20990101Z',
      `${new Date(Date.now() + 1000).toISOString().replace(/\D/g, '').slice(0, 14)}Z`,
    );
    desk.git('checkout', '-q', 'main');
    writeFileSync(path('deliveries/allowed_signers'), expired);
    desk.commit('the key ends');
    desk.git('checkout', '-q', '-B', 'change');
    await new Promise((resolve) => setTimeout(resolve, 2200));
    expect(verified().errors).toEqual([]);
    makeBackdated();
    await desk.decide(desk.submit(ID, 'risk:low'), { at: new Date(Date.now() - 86_400_000) }).catch(() => undefined);
    expect(verified().errors.some((one) => one.startsWith('signature '))).toBe(true);

    function makeBackdated() {
      desk.ports.trust.pin({ signers: list, revoked: '' });
    }
  });

  it('[R-SIGN-4] a revocation that the change brings takes the approvals away', () => {
    writeFileSync(path('deliveries/revoked_keys'), readFileSync(`${desk.key}.pub`));
    const { errors, deliveries } = verified();
    expect(errors.filter((one) => one.startsWith('signature'))).toHaveLength(4);
    expect(deliveries[0]!.gates.every((gate) => gate.state !== 'open')).toBe(true);
  });

  it('[R-VERIFY-7] a level below the required one is an error', async () => {
    writeFileSync(path('countersign.yaml'), policy('recorded'));
    desk.commit('recorded is enough here');
    desk.git('checkout', '-q', '-B', 'main');
    await desk.decide(desk.submit(ID, 'policy:current'));
    await desk.asBuilt(ID, { recorded: true });
    expect(verified({ require: 'recorded' }).errors).toEqual([]);
    expect(verified({ require: 'signed' }).errors).toEqual([`level-too-low deliveries/${ID}`]);
  });

  it('[R-VERIFY-8] the findings make a SARIF log with paths in the repository', () => {
    writeFileSync(path('zone/generate.mjs'), 'changed\n');
    const { faults, findings } = verified();
    const log = sarif([...faults, ...findings], VERIFY_RULES, '1.0.0');
    expect(log.runs[0]!.tool.driver.rules.length).toBe(VERIFY_RULES.length);
    const uris = log.runs[0]!.results.map((one) => one.locations[0]!.physicalLocation.artifactLocation.uri);
    expect(uris).toContain('zone/generate.mjs');
    expect(log.runs[0]!.results.every((one) => one.ruleIndex !== undefined)).toBe(true);
  });
});

describe('content that no approval covers', () => {
  it('[R-VERIFY-4] a file that differs from the approved Build, is gone, or came beside it, is an error', () => {
    writeFileSync(path('zone/generate.mjs'), 'export {};\n');
    expect(verified().errors).toEqual([`stale-gate deliveries/${ID}`, 'ungated zone/generate.mjs']);
    desk.git('checkout', '-q', '--', 'zone/generate.mjs');
    unlinkSync(path('zone/hosts.json'));
    expect(verified().errors).toContain('ungated zone/hosts.json');
  });

  it('[R-VERIFY-4] a design that no longer names a path does not hide it', () => {
    const design = path(`deliveries/${ID}/design.md`);
    writeFileSync(design, readFileSync(design, 'utf8').replaceAll('zone/generate.mjs', 'zone/other.mjs'));
    writeFileSync(path('zone/generate.mjs'), 'changed\n');
    expect(verified().errors).toContain('ungated zone/generate.mjs');
  });

  it('[R-VERIFY-4] a rebase, a squash and other line ends change nothing', async () => {
    await desk.asBuilt(ID);
    desk.commit('one');
    writeFileSync(path('unrelated.txt'), 'x\n');
    desk.commit('two');
    desk.git('checkout', '-q', 'main');
    writeFileSync(path('README.md'), 'main moved\n');
    desk.commit('main moves');
    desk.git('checkout', '-q', 'change');
    desk.git('rebase', '-q', 'main');
    expect(verified()).toMatchObject({ faulty: [], errors: [] });
    desk.git('reset', '-q', '--soft', 'main');
    desk.commit('squashed');
    expect(verified()).toMatchObject({ faulty: [], errors: [] });
    const file = path('zone/generate.mjs');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
    expect(verified()).toMatchObject({ faulty: [], errors: [] });
    desk.git('checkout', '-q', 'main');
    desk.git('merge', '-q', '--no-ff', 'change', '-m', 'merged');
    expect(verified({ trustFrom: 'main~1' })).toMatchObject({ faulty: [], errors: [] });
  });

  it('[R-RULE-22] after as-built a changed file is drift', async () => {
    await desk.asBuilt(ID);
    writeFileSync(path('zone/generate.mjs'), 'changed\n');
    expect(verified().errors).toEqual(['drift zone/generate.mjs']);
  });

  it('[R-VERIFY-4] a recorded approval of a Build that policy wants signed covers nothing', async () => {
    writeFileSync(path('zone/generate.mjs'), `${readFileSync(path('zone/generate.mjs'), 'utf8')}// more\n`);
    const { runCheck } = await import('../../mcp-server/src/app/run-check.ts');
    for (const check of ['CHK-2', 'CHK-3'])
      await runCheck(desk.ports, ID, check, { kind: 'agent', name: 'a', via: 'mcp' });
    await desk.decide(desk.submit(ID, 'build'), { recorded: true });
    expect(verified().errors).toContain('ungated zone/generate.mjs');
    await desk.decide(desk.submit(ID, 'build'));
    expect(verified().errors).toEqual([]);
  });

  it('[R-VERIFY-4] before any Build, what the ref holds is the baseline; what moved is ungated, or work in progress', async () => {
    const root = ada.repository();
    const adopter = new Desk(ada, root);
    await adopter.admit();
    adopter.ports.files.write('zone/generate.mjs', 'old, and here before\n');
    adopter.start('adopted');
    adopter.commit('baseline');
    adopter.git('checkout', '-q', '-b', 'change');
    await adopter.toDesign('second', {});
    const { DESIGN } = await import('../../mcp-server/src/entry/demo/artifacts.ts');
    adopter.write('adopted', 'design', DESIGN);
    expect(verified({ trustFrom: 'main' }, adopter).errors).toEqual([]);
    adopter.ports.files.write('zone/generate.mjs', 'changed\n');
    const { errors, warnings } = verified({ trustFrom: 'main' }, adopter);
    expect(errors).toContain('ungated zone/generate.mjs');
    expect(warnings).toContain('unapproved-build zone/generate.mjs');
  });
});

describe('a ref that cannot be had', () => {
  const code = (options: VerifyOptions, who = desk) => {
    try {
      verify(who.ports, options);
      return undefined;
    } catch (error) {
      return error instanceof Fault ? [error.kind, error.code, error.next] : error;
    }
  };

  it('[R-VERIFY-6] in a shallow clone is an environment error that says what to fetch', () => {
    desk.commit('more');
    desk.commit('and more');
    const root = join(mkdtempSync(join(shop.folder, 'shallow-')), 'project');
    desk.git('clone', '-q', '--depth', '1', '--branch', 'change', `file://${desk.root}`, root);
    const shallow = new Desk(ada, root);
    expect(verify(shallow.ports).data.faults).toEqual([]);
    expect(code({ trustFrom: 'origin/main' }, shallow)).toEqual([
      'environment',
      'unknown-ref',
      expect.stringContaining('git fetch origin main'),
    ]);
    shallow.git('fetch', '-q', '--depth', '1', 'origin', 'main:refs/remotes/origin/main');
    expect(code({ trustFrom: 'origin/main' }, shallow)).toEqual([
      'environment',
      'shallow-clone',
      expect.stringContaining('--unshallow'),
    ]);
    shallow.git('fetch', '-q', '--unshallow');
    expect(verify(shallow.ports, { trustFrom: 'origin/main' }).data).toMatchObject({ faults: [] });
  });

  it('[R-VERIFY-6] that is misspelled, or looks like an option, is a usage error', () => {
    for (const trustFrom of ['no-such-branch', '--all'])
      expect(code({ trustFrom })).toEqual(['input', 'unknown-ref', expect.any(String)]);
  });

  it('[R-VERIFY-3] with nothing in common with the change is compared as it is', () => {
    desk.git('checkout', '-q', '--orphan', 'new-start');
    desk.commit('all anew');
    expect(verified()).toMatchObject({ faulty: [] });
    rmSync(path(`deliveries/${ID}`), { recursive: true });
    expect(verified().faulty).toEqual(['deleted-delivery']);
    expect(readdirSync(desk.root)).toContain('countersign.yaml');
  });
});
