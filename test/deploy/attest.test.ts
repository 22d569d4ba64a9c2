import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { attestationBundle } from '../../mcp-server/src/app/attest.ts';
import { applyDeploy } from '../../mcp-server/src/app/deploy/apply.ts';
import { planDeploy } from '../../mcp-server/src/app/deploy/plan.ts';
import { verify } from '../../mcp-server/src/app/verify.ts';
import { makeKey } from '../helpers/openssh.ts';
import { program } from '../helpers/project.ts';
import { Desk } from '../helpers/walk.ts';
import { openWorkshop, Person, type Workshop } from '../helpers/workshop.ts';

const ID = 'zone-file';
let shop: Workshop;
let desk: Desk;
let bundle: string;
const ACTOR = { kind: 'human', name: 'Ada', via: 'cli' } as const;

/** A signed delivery, deployed once with a recorded approval, and its bundle with a signed statement. */
beforeAll(async () => {
  shop = openWorkshop(false);
  const ada = new Person(shop, 'Ada');
  desk = new Desk(ada, ada.repository());
  await desk.admit();
  const deploy = { tool: 'command', plan: ['echo', 'x'], apply: ['true'], checks: [{ name: 'there', run: ['true'] }] };
  desk.ports.files.write(
    'countersign.yaml',
    `countersign: policy/1\nenvironments:\n  staging:\n    deploy: ${JSON.stringify({ ...deploy, inputs: ['zone/'] })}\n`,
  );
  await desk.toDesign(ID);
  await desk.decide(await desk.build(ID));
  await staging({ recorded: true });
  bundle = join(shop.folder, 'bundle');
  const by = { name: ada.name, email: ada.email };
  const files = await attestationBundle(desk.ports, ID, { key: desk.key, by });
  for (const [path, text] of files) {
    execFileSync('mkdir', ['-p', join(bundle, path, '..')]);
    writeFileSync(join(bundle, path), text);
  }
}, 120_000);
afterAll(() => shop.close());

async function staging(how: { recorded: boolean }): Promise<void> {
  const planned = await planDeploy(desk.ports, ID, 'staging', { sets: [], actor: ACTOR });
  await desk.decide(planned.data.digest!, how);
  const { blocks } = await applyDeploy(desk.ports, ID, 'staging', { sets: [], actor: ACTOR });
  expect(blocks).toEqual([]);
}

/** Commands of the bundle's README, run as they stand there. */
function asWritten(folder: string) {
  const [, script] = /```sh\n([\s\S]*?)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))!;
  return {
    script: script!,
    ...spawnSync('bash', ['-euo', 'pipefail', '-c', script!], { cwd: folder, encoding: 'utf8' }),
  };
}

/** `verify --bundle` in a folder that is no repository. */
function checked(folder: string, ...more: string[]) {
  const argv = [program('cli'), 'verify', '--bundle', folder, ...more, '--json'];
  const { status, stdout } = spawnSync(process.execPath, argv, { cwd: tmpdir(), encoding: 'utf8' });
  return { exit: status, ...(JSON.parse(stdout) as { blocks: string[]; levels: object; statement: string }) };
}

describe('an attestation', () => {
  it('[R-ATTEST-1] is checked with sha256sum and ssh-keygen alone, as its README says', () => {
    const { script, status, stdout, stderr } = asWritten(bundle);
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(script.match(/ssh-keygen -Y verify/g)).toHaveLength(5);
    expect(stdout.match(/Good "countersign-approval-v1" signature for ada@/g)).toHaveLength(4);
    expect(stdout).toContain('Good "countersign-attestation-v1" signature');
  });

  it('[R-ATTEST-1] is an in-toto statement whose subjects are the delivered files', () => {
    const statement = JSON.parse(readFileSync(join(bundle, 'statement.json'), 'utf8'));
    expect(statement._type).toBe('https://in-toto.io/Statement/v1');
    const sums = statement.subject.map(
      (one: { name: string; digest: { sha256: string } }) => `${one.digest.sha256}  ${one.name}\n`,
    );
    expect(sums).toHaveLength(2);
    execFileSync('sha256sum', ['--check', '--strict'], { cwd: desk.root, input: sums.join('') });
    expect(statement.predicate.deploys).toMatchObject([{ environment: 'staging', outcome: 'verified' }]);
    expect(statement.predicate.subjects.map((one: { about: string }) => one.about)).toContain('deploy:staging');
  });

  it('[R-ATTEST-2] is checked by verify without a repository, by the signers that the reader trusts', () => {
    expect(checked(bundle)).toMatchObject({
      exit: 0,
      blocks: [],
      statement: 'signed',
      levels: { signed: 4, recorded: 1 },
    });
    expect(checked(bundle, '--signers', join(bundle, 'allowed_signers')).exit).toBe(0);
    const other = makeKey(shop.folder, 'other', 'ed25519');
    const signers = join(shop.folder, 'others');
    writeFileSync(signers, `ada@example.org ${other.public}\n`);
    const refused = checked(bundle, '--signers', signers);
    expect(refused).toMatchObject({ exit: 3, levels: { void: 4, recorded: 1 } });
    expect(refused.blocks).toContain('statement.json.sig: its key is not among the signers');
  });

  const file = (folder: string) => readdirSync(join(bundle, folder)).sort()[0]!;
  it.each<[string, (at: string) => void, RegExp]>([
    [
      'a word of the statement',
      (at) => edit(at, 'statement.json', 'verified', 'applied'),
      /statement\.json is not what/,
    ],
    ['an event', (at) => edit(at, `ledger/${file('ledger')}`, '"v":1', '"v": 1'), /ledger\//],
    ['an event that is gone', (at) => rmSync(join(at, 'ledger', file('ledger'))), /parent|first|SHA256SUMS/],
    ['evidence', (at) => edit(at, `evidence/${file('evidence')}`, /^/, ' '), /is not its name/],
    [
      'a signed word',
      (at) => edit(at, `signatures/${file('signatures')}`, 'approve', 'reject'),
      /is not what the ledger holds/,
    ],
    ['a file more', (at) => writeFileSync(join(at, 'more'), ''), /does not name exactly/],
    ['a statement that is none', (at) => writeFileSync(join(at, 'statement.json'), '{}'), /is no statement/],
  ])('[R-ATTEST-2] shows that %s was changed', (_, change, expected) => {
    const copy = mkdtempSync(join(shop.folder, 'copy-'));
    cpSync(bundle, copy, { recursive: true });
    change(copy);
    const { exit, blocks } = checked(copy);
    expect(exit).toBe(3);
    expect(blocks.join('\n')).toMatch(expected);
    if (!/file more|is none/.test(_)) expect(asWritten(copy).status).not.toBe(0);
  });

  function edit(at: string, path: string, from: string | RegExp, to: string): void {
    const text = readFileSync(join(at, path), 'utf8');
    expect(text.replace(from, to)).not.toBe(text);
    writeFileSync(join(at, path), text.replace(from, to));
  }

  it('is written to an empty folder only', () => {
    const attest = (folder: string) => {
      const argv = [program('cli'), 'attest', ID, '--out', folder];
      return spawnSync(process.execPath, argv, { cwd: desk.root, env: desk.person.env }).status;
    };
    expect(attest(bundle)).toBe(2);
    const fresh = join(shop.folder, 'new');
    expect(attest(fresh)).toBe(0);
    expect(checked(fresh)).toMatchObject({ exit: 0, statement: 'unsigned' });
  });
});

it('[R-DEPLOY-22] verify --require holds the last deploy to each environment to the level', async () => {
  const low = () =>
    verify(desk.ports, { require: 'signed' })
      .data.findings.filter((one) => one.rule === 'level-too-low')
      .map((one) => one.message);
  expect(low()).toEqual([expect.stringMatching(/^the deploy [0-9a-f]{12} to staging is below the level signed/)]);
  await staging({ recorded: false });
  expect(low()).toEqual([]);
});
