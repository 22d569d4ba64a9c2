import { describe, expect, it } from 'vitest';
import { human, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { statementBytes } from '../decision/statement.ts';
import { sha256 } from '../hash.ts';
import { readme, signedWords, sumsOf } from './bundle.ts';

describe('the sums of a bundle', () => {
  it('are those of each file but their own, by path', () => {
    const files = new Map([
      ['b/z', 'one'],
      ['a', 'two'],
      ['SHA256SUMS', 'old'],
      ['b/a', 'three'],
    ]);
    expect(sumsOf(files)).toBe(`${sha256('two')}  a\n${sha256('three')}  b/a\n${sha256('one')}  b/z\n`);
    expect(sumsOf(new Map())).toBe('');
  });
});

describe('what a reader of a bundle is told', () => {
  const told = (signature: string | undefined, attestor?: string) => {
    const story = new LedgerBuilder({ delivery: 'zone' });
    const submission = story.submit('stage:design');
    story.approve(submission);
    const statement = {
      v: 1 as const,
      subject: submission.body.digest,
      decision: 'approve' as const,
      approver: { name: "Ada O'Hara", email: 'ada@example.org' },
      seen: [],
      nonce: 'nonce-of-a-signed-decision',
      at: '2026-01-05T10:00:00.000Z',
      comment: '',
    };
    const event = story.add(
      'decided',
      { level: 'signed', statement, ...(signature === undefined ? {} : { signature }) },
      { actor: human("Ada O'Hara") },
    );
    return { event, statement, words: signedWords(story.ledger()), text: readme('zone', story.ledger(), attestor) };
  };

  it('names each signed word with its bytes, and no other', () => {
    const { event, statement, words } = told('-----BEGIN');
    expect(words.map(({ path, bytes, signature }) => [path, bytes, signature])).toEqual([
      [`signatures/${event.id.slice(0, 12)}.json`, statementBytes(statement), '-----BEGIN'],
    ]);
    expect(told(undefined).words).toEqual([]);
  });

  it('has a command for each signature, with names as words of a shell', () => {
    const { text, words } = told('-----BEGIN', 'the "lab"\nof Oslo');
    const path = words[0]!.path;
    const commands = text.slice(text.indexOf('```sh\n') + 6, text.indexOf('\n```\n')).split('\n');
    expect(commands).toEqual([
      'sha256sum --check --quiet SHA256SUMS',
      `ssh-keygen -Y verify -f attestors -I 'the "lab" of Oslo' -n countersign-attestation-v1 -s statement.json.sig < statement.json`,
      `ssh-keygen -Y verify -f allowed_signers -I 'ada@example.org' -n countersign-approval-v1 -s ${path}.sig < ${path}`,
    ]);
    const prose = text.replace(/```sh\n[\s\S]*\n```\n/, 'COMMANDS\n');
    expect(prose).toBe(
      [
        '# Attestation of zone',
        '',
        '`statement.json` is an in-toto statement: the files of the approved build with their hashes, and who submitted, decided, checked',
        'and deployed what. `ledger/` and `evidence/` are what it follows from; each file there has the SHA-256 of its bytes for a name.',
        '',
        'With OpenSSH and sha256sum alone, in this folder:',
        '',
        'COMMANDS',
        '',
        'Whose keys count is not for this folder to say: compare `allowed_signers` with the list that you trust. A signature covers a',
        'statement, which names the digest of a subject in `ledger/`, which names the hashes of what was decided about.',
        '',
        'With the product: `countersign verify --bundle FOLDER --signers FILE` makes the statement again from the ledger and compares it.',
        'Hashes of text files are of their text with LF line ends and without a byte order mark.',
        '',
      ].join('\n'),
    );
    expect(told(undefined).text).toContain('```sh\nsha256sum --check --quiet SHA256SUMS\n```\n');
  });
});
