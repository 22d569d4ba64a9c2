import { describe, expect, it } from 'vitest';
import { isExact } from './dependency.ts';
import { installedPackages } from './install-commands.ts';
import { npmDependencies } from './npm.ts';
import { pipDependencies } from './pip.ts';

const found = { kind: 'package', licence: '', path: 'a', line: 1 };

describe('a version', () => {
  it.each([
    ['1', true],
    [' v1.2.3 ', true],
    ['=1.2', true],
    ['== 1.2', true],
    ['2:1.0~rc1-3+b2', true],
    ['1.x', false],
    ['1.X.0', false],
    ['1.xz', true],
    ['1.2.3 || 2', false],
    ['1.*', false],
    ['===1', false],
    ['=>1', false],
    ['=a1', false],
    ['^1.2.3', false],
    ['~1', false],
    ['latest', false],
    ['', false],
  ])('%j is one: %s', (version, exact) => expect(isExact(version)).toBe(exact));
});

describe('package.json', () => {
  const manifest = `{
  "name": "zod",
  "dependencies": { "zod": "^4.0.0", "bad": 7, "exact": "1.2.3" },
  "devDependencies": {
    "vitest":"4.x"
  },
  "optionalDependencies": { "short": "4" },
  "peerDependencies": { "minor": "4.1" , "odd\\u0031" : "=1.2.3-rc.1" }
}`;
  const npm = { ...found, source: 'npm' };

  it('asks for packages of every group, each with its line', () => {
    expect(npmDependencies('a', manifest, undefined)).toEqual([
      { ...npm, name: 'zod', version: '^4.0.0', pinned: false, line: 3 },
      { ...npm, name: 'exact', version: '1.2.3', pinned: true, line: 3 },
      { ...npm, name: 'vitest', version: '4.x', pinned: false, line: 5 },
      { ...npm, name: 'short', version: '4', pinned: false, line: 7 },
      { ...npm, name: 'minor', version: '4.1', pinned: false, line: 8 },
      { ...npm, name: 'odd1', version: '=1.2.3-rc.1', pinned: true, line: 1 },
    ]);
  });

  it('has versions and licences of the lock file, where that says them', () => {
    const packages = {
      'node_modules/zod': { version: '4.0.9', license: 'MIT' },
      'node_modules/exact': { version: 7, license: ['X'] },
      'node_modules/a/node_modules/vitest': { version: '4.1.2' },
      'node_modules/short': null,
    };
    const lock = JSON.stringify({ packages });
    expect(npmDependencies('a', manifest, lock).map((one) => [one.name, one.version, one.pinned, one.licence])).toEqual(
      [
        ['zod', '4.0.9', true, 'MIT'],
        ['exact', '1.2.3', true, ''],
        ['vitest', '4.x', false, ''],
        ['short', '4', false, ''],
        ['minor', '4.1', false, ''],
        ['odd1', '=1.2.3-rc.1', true, ''],
      ],
    );
    for (const broken of ['{', '[]', '{"packages":[]}'])
      expect(npmDependencies('a', manifest, broken)).toEqual(npmDependencies('a', manifest, undefined));
  });

  it.each(['', 'null', '[]', '{"dependencies":[]}', '{"dependencies":"x"}'])('of %j asks for nothing', (text) => {
    expect(npmDependencies('a', text, undefined)).toEqual([]);
  });
});

describe('requirements.txt', () => {
  it('asks for packages; options, comments and included files are none', () => {
    const text = [
      'flask==1.0 \\',
      '    --hash=sha256:abc',
      '  requests[socks] >= 2 ; python_version < "3"',
      '# comment==1',
      '  # deeper==1',
      '-r other.txt',
      '-e .',
      '',
      'plain',
      'dash-ed_name.x~=1.4 # why',
      'a-b\r',
    ].join('\n');
    const pip = { ...found, source: 'PyPI' };
    expect(pipDependencies('a', text)).toEqual([
      { ...pip, name: 'flask', version: '==1.0', pinned: true },
      { ...pip, name: 'requests', version: '>= 2', pinned: false, line: 3 },
      { ...pip, name: 'plain', version: '', pinned: false, line: 9 },
      { ...pip, name: 'dash-ed_name.x', version: '~=1.4', pinned: false, line: 10 },
      { ...pip, name: 'a-b', version: '', pinned: false, line: 11 },
    ]);
  });
});

describe('commands that install', () => {
  const told = (text: string) =>
    installedPackages('a', text).map(
      ({ source, name, version, pinned, line }) =>
        `${line} ${source} ${name}${version === '' ? '' : ` ${version}`}${pinned === true ? ' pinned' : ''}`,
    );

  it.each<[string, string[]]>([
    ['apt-get install -y nginx=1.2-3 curl', ['1 apt nginx 1.2-3 pinned', '1 apt curl']],
    ['apt -y  -q install git', ['1 apt git']],
    ['apk add --no-cache jq=1.6-r0 yq~=4 zip~5', ['1 apk jq 1.6-r0 pinned', '1 apk yq 4 pinned', '1 apk zip 5 pinned']],
    ['apk add --virtual .build gcc', ['1 apk gcc']],
    ['dnf install python3-pip-21.0', ['1 rpm python3-pip 21.0 pinned']],
    ['yum install a; microdnf install b', ['1 rpm a', '1 rpm b']],
    [
      'pip install flask==1.0 "requests>=2" \'six\'',
      ['1 PyPI flask ==1.0 pinned', '1 PyPI requests >=2', '1 PyPI six'],
    ],
    ['pip3 install -r requirements.txt -c c.txt -i https://x ansible', ['1 PyPI ansible']],
    ['pip install . ./local ../up /abs .hidden $X ${Y} a$Z "$W" <x {a} a* `b`', ['1 PyPI .hidden']],
    [
      'npm i -g npm@10 @scope/tool@1.2.3 left-pad',
      ['1 npm npm 10 pinned', '1 npm @scope/tool 1.2.3 pinned', '1 npm left-pad'],
    ],
    ['gem install rake:13.0', ['1 RubyGems rake 13.0 pinned']],
    ['pip install a # not b', ['1 PyPI a']],
    ['pip install a#b', ['1 PyPI a#b']],
    ['pip install a && pip install b | cat; (pip install c)', ['1 PyPI a', '1 PyPI b', '1 PyPI c']],
    ['/usr/bin/pip install a', []],
    ['mypip install a', []],
    ['x-pip install a', []],
    ['pip uninstall a', []],
    ['pip  install', []],
    [
      'RUN apt-get update \\\n  && apt-get install -y \\\n    nginx \\\n    curl\nRUN pip install a',
      ['1 apt nginx', '1 apt curl', '5 PyPI a'],
    ],
    ['pip install a\\b \\', ['1 PyPI a\\b']],
    ['x\r\npip install a\r\n', ['2 PyPI a']],
    ['pip install a\\\nb', ['1 PyPI a', '1 PyPI b']],
  ])('%j bring in %j', (text, packages) => expect(told(text)).toEqual(packages));
});
