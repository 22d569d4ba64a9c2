import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entropy, secretName } from './secret-shapes.ts';
import { findSecrets, redacted, scrubber } from './secrets.ts';

const values = (text: string, path = 'a.yml') => findSecrets(text, path).map((found) => found.value);
// Put together at run time, so that no scanner takes this file for a leak.
const token = `ghp_${'a1B2c3D4e5F6g7H8i9J0'.repeat(2).slice(0, 36)}`;
const pem = [
  '-----BEGIN RSA PRIVATE',
  'KEY-----\nMIIBOgIBAAJBAKj34Gk\nxFhD90vcNLYLInFEX6P\n-----END RSA PRIVATE',
  'KEY-----',
].join(' ');

describe('finding secrets', () => {
  it.each([
    ['db_password: hunter2', 'hunter2'],
    ['  - ansible_become_pass: "S3cr3t!"', 'S3cr3t!'],
    ["MYSQL_ROOT_PASSWORD='p w 1'", 'p w 1'],
    ['export API_KEY=abc123def', 'abc123def'],
    ['{"user":"a","password":"x1y2"}', 'x1y2'],
    ['{ user: a, password: x1y2, port: 1 }', 'x1y2'],
    ['mysql --password=x1y2z3 --host h', 'x1y2z3'],
    ['mysql --password x1y2z3 --host h', 'x1y2z3'],
    ['- name: DB_PASSWORD\n  value: x1y2z3', 'x1y2z3'],
    ['{ name = "DB_PASSWORD", value = "x1y2z3" }', 'x1y2z3'],
    ['Authorization: Bearer abcdef0123456789xyz', 'Bearer abcdef0123456789xyz'],
    ['url: https://bob:pa55w0rd@example.org/x', 'pa55w0rd'],
    ['password: |\n  two words\n  three\nnext: 1', 'two words\n  three'],
    ['password: correct horse battery # comment', 'correct horse battery'],
    [`note: ${token}`, token],
    ['clientSecret: s3cr3tvalue', 's3cr3tvalue'],
    ['pin_pwd: 4711', '4711'],
    ['curl -fsS -u admin:x1y2z3 https://example.org', 'x1y2z3'],
    ['sshpass -p x1y2z3 ssh host', 'x1y2z3'],
    ['mysql -u root -px1y2z3 shop', 'x1y2z3'],
  ])('%j holds %j', (text, value) => {
    expect(values(text)).toEqual([value]);
  });

  it.each([
    'password: "{{ vault_password }}"',
    'password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6162',
    'password = var.db_password',
    `password = "\${var.db_password}"`,
    'PASSWORD=$1',
    'PASSWORD=$(cat /run/secrets/x)',
    'password_file: /run/secrets/db',
    'password: /run/secrets/db',
    'token_url: https://example.org/token',
    'secret: my-app-config',
    'secretName: my-tls',
    'password: ""',
    'password:',
    'no_password: true',
    'password: <your password>',
    'token: ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    '# password: the password of the database',
    'max_tokens: 4096',
    'password: ENC[AES256_GCM,data:abc]',
    'api_key: *shared',
    'systemctl --no-ask-password restart web',
    'ansible-playbook --ask-pass site.yml',
    '{% set db_password = web__password %}',
    '## certificates start with -----BEGIN RSA ' +
      'PRIVATE KEY-----\n##\n## name should line up with a secret\nrepository: bitnami/web\n',
    "grep -q '-----BEGIN RSA " + 'PRIVATE KEY-----\' "$file" || exit 1\n',
    '-----BEGIN RSA ' + 'PRIVATE KEY-----\n...\n-----END RSA ' + 'PRIVATE KEY-----',
  ])('%j holds none', (text) => {
    expect(values(text, text.includes('var.') ? 'a.tf' : 'a.yml')).toEqual([]);
  });

  it('cites the lines of a PEM block and says its kind, not its text', () => {
    const [found] = findSecrets(`a: 1\nkey: |\n  ${pem.replaceAll('\n', '\n  ')}\nb: 2\n`);
    expect(found).toMatchObject({ name: 'RSA PRIVATE KEY', class: 'private-key', line: 3, endLine: 6 });
  });

  it('ends a PEM block without an end where its lines are no key any more', () => {
    const cut = pem.slice(0, pem.indexOf('\n-----END')).replaceAll('\n', '\n  ');
    const [found] = findSecrets(`key: |\n  ${cut}\nname: web-frontend-server\n`);
    expect(found).toMatchObject({ line: 2, endLine: 4 });
    expect(found?.value).not.toContain('web-frontend');
  });

  it('finds a secret wherever it is put, and cutting it out leaves none of it', () => {
    const word = fc.stringMatching(/^[a-z]{4,8}[0-9]{2,4}[A-Z]{1,4}$/);
    const form = fc.constantFrom('password: %', 'DB_PASSWORD="%"', '{"api_key": "%"}', 'x --password=% y');
    fc.assert(
      fc.property(word, form, fc.nat(3), (value, shape, before) => {
        const text = `${'a: b\n'.repeat(before)}${shape.replace('%', value)}\n`;
        const [found] = findSecrets(text, 'f.yml');
        expect(found).toMatchObject({ line: before + 1, value });
        expect(scrubber([value])(`run with ${value}!`)).toBe(`run with ${redacted}!`);
      }),
    );
  });

  it('takes time in proportion to the text', () => {
    const hostile = [
      'password'.repeat(50_000),
      `"password": "${'x'.repeat(400_000)}`,
      '-----BEGIN PRIVATE KEY-----\n'.repeat(15_000),
      '://a:'.repeat(80_000),
      `eyJ${'a'.repeat(400_000)}`,
      `${'password: '.repeat(40_000)}${' '.repeat(100_000)}`,
    ];
    for (const text of hostile) expect(findSecrets(text).length).toBeLessThan(60_000);
  });
});

describe('scrubbing', () => {
  it('leaves an ordinary word alone where it is no secret', () => {
    const scrub = scrubber(['postgres']);
    expect(scrub('postgres:15')).toBe('postgres:15');
    expect(scrub('POSTGRES_PASSWORD=postgres')).toBe(`POSTGRES_PASSWORD=${redacted}`);
    expect(scrub('"postgres"', 'default')).toBe(redacted);
    expect(scrub('postgres', 'POSTGRES_PASSWORD')).toBe(redacted);
  });

  it('removes the decoded spelling and each line of a long value', () => {
    const scrub = scrubber([pem, 'say \\"hi5\\"']);
    expect(scrub('x = "say "hi5""')).not.toContain('hi5');
    expect(scrub(`    ${pem.replaceAll('\n', '\n        ')}`)).not.toContain('MIIBOg');
  });
});

describe('names', () => {
  it('promise a secret only by their last word', () => {
    expect(
      ['db_password', 'dbPassword', 'SECRET_KEY', 'key', 'password_length', 'bypass', 'token'].map(secretName),
    ).toEqual(['strong', 'strong', 'strong', undefined, undefined, undefined, 'weak']);
  });

  it('measure entropy in bits a character', () => {
    expect(entropy('aaaa')).toBeCloseTo(0);
    expect(entropy('abcd')).toBeCloseTo(2);
  });
});
