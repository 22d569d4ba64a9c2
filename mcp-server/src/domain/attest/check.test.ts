import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import type { CheckedSignature } from '../decision/assurance.ts';
import { statementBytes } from '../decision/statement.ts';
import { sha256 } from '../hash.ts';
import { NAMESPACE } from '../signing/namespace.ts';
import {
  ATTESTATION_NAMESPACE,
  type Bundle,
  readme,
  SIGNERS_FILE,
  STATEMENT_FILE,
  SUMS_FILE,
  signedWords,
  sumsOf,
} from './bundle.ts';
import { checkBundle } from './check.ts';
import { attestation } from './statement.ts';

/** The wire blob of an Ed25519 key of this letter. */
function key(letter: string): string {
  const type = Buffer.from('ssh-ed25519');
  const size = (count: number) => Buffer.from([0, 0, 0, count]);
  return Buffer.concat([size(type.length), type, size(32), Buffer.alloc(32, letter)]).toString('base64');
}
const signer = (letter: string, options = '') => `grace@example.org ${options}ssh-ed25519 ${key(letter)}\n`;
const NOW = Date.UTC(2026, 0, 6);

/** Stands for the mathematics of a signature: `KEY NAMESPACE HASH` holds for the message of that hash. */
const sign = (letter: string, message: string, namespace: string) => `${key(letter)} ${namespace} ${sha256(message)}`;
function check(message: string, armored: string): CheckedSignature {
  const [by, namespace, hash] = armored.split(' ');
  if (hash === undefined) return { problem: 'it cannot be read' };
  return { key: by!, namespace: namespace!, holds: hash === sha256(message) };
}

/** A ledger with an approval that is signed, and evidence. */
function told() {
  const story = new LedgerBuilder();
  const text = 'first draft';
  const submission = story.submit('stage:requirements', {
    artifacts: [{ path: 'requirements.md', sha256: sha256(text) }],
  });
  const statement = {
    v: 1,
    subject: submission.body.digest,
    decision: 'approve',
    approver: { name: 'Grace', email: 'grace@example.org' },
    seen: [],
    nonce: 'nonce-of-the-decision',
    at: submission.at,
    comment: '',
  } as const;
  const signature = sign('a', statementBytes({ ...statement, seen: [] }), NAMESPACE);
  story.add('decided', { level: 'signed', statement: { ...statement, seen: [] }, signature });
  return { story, text };
}

function bundle(own?: { letter: string; namespace?: string; message?: string }): Bundle {
  const { story, text } = told();
  const ledger = story.ledger();
  const files: Bundle = new Map([
    [SIGNERS_FILE, signer('a')],
    [STATEMENT_FILE, attestation(ledger, (hash) => (hash === sha256(text) ? text : undefined))],
    [`evidence/${sha256(text)}`, text],
    ...story.files().map(({ name, content }) => [`ledger/${name}`, content] as const),
    ...signedWords(ledger).flatMap(({ path, bytes, signature }) => [
      [path, bytes] as const,
      [`${path}.sig`, signature] as const,
    ]),
  ]);
  if (own !== undefined) {
    const { letter, namespace = ATTESTATION_NAMESPACE, message = files.get(STATEMENT_FILE)! } = own;
    files.set(`${STATEMENT_FILE}.sig`, sign(letter, message, namespace));
  }
  return files.set(SUMS_FILE, sumsOf(files));
}

const checked = (files: Bundle, signers?: string, now = NOW) => checkBundle(files, { signers, check, now });

/** With one file changed, and the sums written anew. */
function changed(path: string, text: string | undefined, files = bundle()): Bundle {
  if (text === undefined) files.delete(path);
  else files.set(path, text);
  return files.set(SUMS_FILE, sumsOf(files));
}
const pathIn = (folder: string, files = bundle()) => [...files.keys()].find((path) => path.startsWith(`${folder}/`))!;

describe('a bundle', () => {
  it('that is whole has no fault, and decisions at what they are worth with the signers', () => {
    const whole = { delivery: 'vlan-provisioning', events: 3, statement: 'unsigned', faults: [] };
    expect(checked(bundle())).toEqual({ ...whole, levels: { signed: 1 } });
    expect(checked(bundle(), signer('a'))).toEqual({ ...whole, levels: { signed: 1 } });
  });

  it('holds its decisions against the signers of the reader, not its own', () => {
    const { levels, faults } = checked(bundle(), signer('b'));
    expect(levels).toEqual({ void: 1 });
    expect(faults).toEqual([
      expect.stringMatching(/^decision [0-9a-f]{12}: the key is not among the allowed signers$/),
    ]);
  });

  it('whose key was revoked has no decision that counts', () => {
    const { levels, faults } = checked(changed('revoked_keys', `ssh-ed25519 ${key('a')}\n`));
    expect([levels, faults]).toEqual([{ void: 1 }, [expect.stringMatching(/: the key was revoked$/)]]);
  });

  it.each([
    ['no statement', () => changed(STATEMENT_FILE, undefined)],
    ['a statement that is no JSON', () => changed(STATEMENT_FILE, '{')],
    ['a statement of nothing', () => changed(STATEMENT_FILE, '{}')],
    ['a statement of a number', () => changed(STATEMENT_FILE, '{"predicate":{"delivery":1}}')],
  ])('with %s is no bundle', (_, files) => {
    expect(checked(files())).toEqual({
      delivery: '',
      events: 0,
      levels: {},
      statement: 'unsigned',
      faults: ['statement.json is no statement of a delivery'],
    });
  });

  it('with an event that is not its name says so, and counts nothing', () => {
    const files = bundle();
    const path = pathIn('ledger', files);
    const { levels, events, faults } = checked(changed(path, `${files.get(path)} `, files));
    expect([levels, events]).toEqual([{}, 0]);
    expect(faults[0]!.startsWith(`${path}: `)).toBe(true);
  });

  it('with sums of other files, or without, says so', () => {
    const files = bundle();
    files.set('more.txt', '');
    expect(checked(files).faults).toEqual(['SHA256SUMS does not name exactly these files']);
    files.delete(SUMS_FILE);
    expect(checked(files).faults).toEqual(['SHA256SUMS does not name exactly these files']);
  });

  it('with evidence that is gone or is not its name says which', () => {
    const path = pathIn('evidence');
    expect(checked(changed(path, undefined)).faults).toEqual([`${path} is cited and not there`]);
    expect(checked(changed(path, 'other')).faults).toEqual([`${path} is not its name`]);
  });

  it('with another statement than the ledger makes says so', () => {
    const text = bundle().get(STATEMENT_FILE)!;
    const other = text.replace('"title":"VLAN provisioning"', '"title":"VLAN"');
    expect(checked(changed(STATEMENT_FILE, other)).faults).toEqual(['statement.json is not what the ledger says']);
  });

  it('with other signed words than the ledger holds says so', () => {
    const path = pathIn('signatures');
    const fault = [`${path} is not what the ledger holds`];
    expect(checked(changed(path, '{}')).faults).toEqual(fault);
    expect(checked(changed(`${path}.sig`, undefined)).faults).toEqual(fault);
  });

  describe('whose statement is signed', () => {
    it('is signed where the key is among the signers, whatever their namespaces', () => {
      expect(checked(bundle({ letter: 'a' }))).toMatchObject({ statement: 'signed', faults: [] });
      const limited = signer('a', `namespaces="${NAMESPACE}" `);
      expect(checked(bundle({ letter: 'a' }), limited)).toMatchObject({ statement: 'signed', faults: [] });
    });

    it.each([
      ['a key of nobody', () => bundle({ letter: 'b' }), 'its key is not among the signers'],
      ['another statement', () => bundle({ letter: 'a', message: 'x' }), 'it is not over this statement'],
      ['another purpose', () => bundle({ letter: 'a', namespace: 'git' }), 'it was signed for git'],
      ['no signature', () => changed(`${STATEMENT_FILE}.sig`, 'x'), 'it cannot be read'],
    ])('has a fault with %s', (_, files, fault) => {
      expect(checked(files())).toMatchObject({ statement: 'signed', faults: [`statement.json.sig: ${fault}`] });
    });

    it.each([
      ['cert-authority ', NOW, false],
      ['valid-after="20260106Z" ', NOW, true],
      ['valid-after="20260106Z" ', NOW - 1, false],
      ['valid-before="20260106Z" ', NOW, true],
      ['valid-before="20260106Z" ', NOW + 1, false],
    ])('counts by the options of the key: %s', (options, now, known) => {
      const { faults } = checked(bundle({ letter: 'a' }), signer('a', options), now);
      expect(faults.includes('statement.json.sig: its key is not among the signers')).toBe(!known);
    });
  });
});

describe('the files of a bundle', () => {
  it('have their sums as sha256sum writes them, sorted by path, without those of the sums', () => {
    const files: Bundle = new Map([
      ['b', '2'],
      [SUMS_FILE, 'old'],
      ['a/c', '1'],
    ]);
    expect(sumsOf(files)).toBe(`${sha256('1')}  a/c\n${sha256('2')}  b\n`);
  });

  it('are explained with the commands that check each signature', () => {
    const { story } = told();
    const ledger = story.ledger();
    const [word] = signedWords(ledger);
    const lines = readme('vlan-provisioning', ledger, undefined).split('\n');
    expect(lines[0]).toBe('# Attestation of vlan-provisioning');
    const from = lines.indexOf('```sh');
    expect(lines.slice(from, from + 4)).toEqual([
      '```sh',
      'sha256sum --check --quiet SHA256SUMS',
      `ssh-keygen -Y verify -f allowed_signers -I 'grace@example.org' -n ${NAMESPACE} -s ${word!.path}.sig < ${word!.path}`,
      '```',
    ]);
    expect(readme('vlan-provisioning', ledger, "o'neil; rm").split('\n')[from + 2]).toBe(
      `ssh-keygen -Y verify -f attestors -I 'o'\\''neil; rm' -n ${ATTESTATION_NAMESPACE} -s statement.json.sig < statement.json`,
    );
  });

  it('hold the words of people that are signed, and no others', () => {
    const { story } = told();
    story.approve(story.submit('stage:design'));
    const [word, ...more] = signedWords(story.ledger());
    expect(more).toEqual([]);
    expect(word!.path).toBe(`signatures/${word!.event.id.slice(0, 12)}.json`);
    expect(JSON.parse(word!.bytes)).toMatchObject({ decision: 'approve' });
  });
});
