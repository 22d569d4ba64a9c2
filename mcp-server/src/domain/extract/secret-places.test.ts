import { describe, expect, it } from 'vitest';
import { findSecrets, redacted, scrubber } from './secrets.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const begin = (kind: string) => ['-----BEGIN ', kind, '-----'].join('');
const end = (kind: string) => ['-----END ', kind, '-----'].join('');
const RSA = ['RSA PRIVATE', 'KEY'].join(' ');
const BODY = 'MIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6P';

const values = (text: string, path = 'a.yml') => findSecrets(text, path).map((one) => one.value);

describe('a secret that is found', () => {
  it.each([
    ['a: 1\ndb_password: x1y2', { name: 'db_password', class: 'password', line: 2, endLine: 2, value: 'x1y2' }],
    ['token: a1b2c3d4e5f6', { name: 'token', class: 'token', line: 1 }],
    ['Authorization: Bearer a1b2c3d4e5f6g7', { name: 'Authorization', class: 'token' }],
    ['x\nurl: ftp://bob:pa55w0rd@h/x', { name: 'bob', class: 'credential-url', line: 2, value: 'pa55w0rd' }],
    ['curl -u admin:x1y2z3 h', { name: 'admin', class: 'password', value: 'x1y2z3' }],
    ['sshpass -p x1y2z3 ssh h', { name: '-p', class: 'password', value: 'x1y2z3' }],
    ['redis-cli -h h -a x1y2z3 ping', { name: '-a', value: 'x1y2z3' }],
    ['mariadb-dump -px1y2z3 shop', { name: '-p', value: 'x1y2z3' }],
    ['wget --user bob:x1y2z3 h', { name: 'bob', value: 'x1y2z3' }],
    ['mysql --password x1y2z3 -h h', { name: 'password', class: 'password', value: 'x1y2z3' }],
    ['--api-key=x1y2z3', { name: 'api-key', value: 'x1y2z3' }],
    ['password: |\n  one two\n  three4\nb: 1', { line: 2, endLine: 3, nameLine: 1, value: 'one two\n  three4' }],
    ['- name: DB_PASSWORD\n  value: x1y2z3', { name: 'DB_PASSWORD', line: 2, nameLine: 1 }],
    ['key = "DB_PASSWORD", default = "x1y2z3"', { line: 1, value: 'x1y2z3' }],
  ])('in %j has its name, its class and its lines', (text, expected) => {
    const found = findSecrets(text, 'a.sh');
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject(expected);
    if (!('nameLine' in expected)) expect(found[0]).not.toHaveProperty('nameLine');
  });

  it.each([
    [`AKIA${'ABCDEFGHIJKLMNOP'}`, 'AKIA'],
    [`glpat-${'a1B2c3D4e5F6g7H8i9J0'}`, 'glpat-'],
    [`hvs.${'a1B2c3D4e5F6g7H8i9J0k1L2'}`, 'hvs.'],
    [`sk_live_${'a1B2c3D4e5F6g7H8'}`, 'sk_live_'],
    [`npm_${'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5F6g7H8'}`, 'npm_'],
  ])('by the shape %s is called after it', (text, name) => {
    expect(findSecrets(`x ${text} y`)).toMatchObject([{ name, class: 'token', value: text }]);
  });

  it('is one, where two ways find the same text', () => {
    expect(values('curl -u admin:x1y2z3pass https://bob:x1y2z3pass@h')).toEqual(['x1y2z3pass', 'x1y2z3pass']);
    expect(values(`token: AKIA${'ABCDEFGHIJKLMNOP'}`)).toHaveLength(1);
    expect(values('url: https://h/?a=b\npassword: https://bob:pa55w0rd@h')).toEqual(['pa55w0rd']);
  });
});

describe('where a value ends', () => {
  it.each([
    ['password: two words # comment', 'a.yml', ['two words']],
    ['password: x1#y2', 'a.yml', ['x1#y2']],
    ['password = two words', 'a.ini', ['two words']],
    ['password = two words', '.env', ['two words']],
    ['password=two words', 'run.sh', ['two']],
    ['run password=x1y2;ls', 'run.sh', ['x1y2']],
    ['{ password: x1y2, b: 1 }', 'a.yml', ['x1y2']],
    ['  - password: two words', 'a.yml', ['two words']],
    ['"password": "x\\"1y2", "b": 1', 'a.json', ['x\\"1y2']],
    ["password: 'x 1'", 'a.yml', ['x 1']],
    ['password: "x1y2\nb: 1', 'a.yml', ['x1y2']],
    ['password: !unsafe x1y2', 'a.yml', ['x1y2']],
    ['password: >-\n  x1y2\n\n  z3', 'a.yml', ['x1y2\n\n  z3']],
    ['password: |\nb: 1', 'a.yml', []],
    ['password => "x1y2"', 'a.rb', ['x1y2']],
    ['password := "x1y2"', 'a.go', ['x1y2']],
    ['password ?= x1y2', 'Makefile', ['x1y2']],
    ['config["db_password"] = "x1y2"', 'a.py', ['x1y2']],
  ])('of %j in %s it is %j', (text, path, expected) => expect(values(text, path)).toEqual(expected));
});

describe('what is no literal', () => {
  it.each([
    ['password = variable', 'a.tf'],
    ['password = variable', 'a.py'],
    ['password = variable', 'Jenkinsfile.build'],
    ['password: |\n  text1', 'a.json'],
    ['{% if password == x1y2 %}', 'a.j2'],
    ['{{ password: x1y2 }}', 'a.yml'],
    ['# password: words only here', 'a.yml'],
    ['// password: words only', 'a.go'],
    ['--no-password x1y2', 'a.sh'],
    ['--prompt-password x1y2', 'a.sh'],
    ['--ask-password=x1y2', 'a.sh'],
    ['other: DB_PASSWORD\nvalue: x1y2z3', 'a.yml'],
    ['name: DB_PASSWORD\nother: x1y2z3', 'a.yml'],
    ['curl -u admin:$PASSWORD h', 'a.sh'],
    ['mycurling -u admin:x1y2z3 h', 'a.sh'],
    ['https://bob@h/x', 'a.sh'],
    ['https://bob:${PASS}@h', 'a.sh'],
    [`${begin(['RSA PUBLIC', 'KEY'].join(' '))}\n${BODY}\n`, 'a.pem'],
  ])('in %j of %s stays', (text, path) => expect(values(text, path)).toEqual([]));

  it('is one in a comment where it is distinctive', () => {
    expect(values('# password: hunter2')).toEqual(['hunter2']);
    expect(values('; password: x1y2z3a4', 'a.ini')).toEqual(['x1y2z3a4']);
  });
});

describe('a private key', () => {
  it('is found with its end, and each of several', () => {
    const key = `${begin(RSA)}\n${BODY}\n${end(RSA)}`;
    const found = findSecrets(`a\n${key}\nb\n${key}\n`);
    expect(found.map(({ line, endLine, value }) => [line, endLine, value])).toEqual([
      [2, 4, key],
      [6, 8, key],
    ]);
  });

  it('without an end goes as far as its lines are those of a key', () => {
    const headers = 'Proc-Type: 4,ENCRYPTED\nDEK-Info: AES,00\n\n';
    for (const rest of ['name: web', 'name: web\nmore: 1', '', `${begin(RSA)}\n...\n${end(RSA)}`]) {
      const [found] = findSecrets(`${begin(RSA)}\n${headers}${BODY}\n${BODY}\n${rest}`);
      expect([found!.line, found!.endLine]).toEqual([1, 6]);
    }
    expect(findSecrets(`${begin(RSA)}${BODY}`)[0]!.value).toBe(`${begin(RSA)}${BODY}`);
  });

  it('may be quoted, commented or indented line by line', () => {
    for (const mark of ['# ', '"', "'", '> ', '    ', '// ', '- ']) {
      const [found] = findSecrets(`${mark}${begin(RSA)}\n${mark}${BODY}\n${mark}${BODY}\nname: web\n`);
      expect([mark, found!.endLine]).toEqual([mark, 3]);
    }
  });

  it('of other programs is one, too', () => {
    for (const kind of [
      ['PRIVATE', 'KEY'],
      ['OPENSSH PRIVATE', 'KEY'],
      ['PGP PRIVATE', 'KEY BLOCK'],
    ].map((one) => one.join(' ')))
      expect(findSecrets(`${begin(kind)}\n${BODY}\n${end(kind)}\n`)).toMatchObject([
        { name: kind, class: 'private-key' },
      ]);
  });
});

describe('taking secrets out', () => {
  it('leaves a text alone where there are none', () => {
    const text = 'password: x';
    expect(scrubber([])(text)).toBe(text);
    expect(scrubber(['hunter2'])(text)).toBe(text);
  });

  it('takes the longer of two first, and every spelling', () => {
    expect(scrubber(['abc123', 'abc123def456'])('abc123def456 abc123')).toBe(`${redacted} ${redacted}`);
    expect(scrubber(['a\\nb1c2d3'])('a\nb1c2d3')).toBe(redacted);
    expect(scrubber(["it\\'s4you"])("say it's4you")).toBe(`say ${redacted}`);
  });

  it('takes an ordinary word out where its key or its place says that it is the secret', () => {
    const scrub = scrubber(['postgres']);
    expect([scrub('postgres', 'value'), scrub("'postgres'", 'default'), scrub('postgres', 'image')]).toEqual([
      redacted,
      redacted,
      'postgres',
    ]);
    expect(scrub('user=postgres DB_PASSWORD=postgres')).toBe(`user=postgres DB_PASSWORD=${redacted}`);
    expect(scrub('postgres and more', 'default')).toBe('postgres and more');
  });
});
