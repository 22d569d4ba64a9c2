import { expect, it } from 'vitest';
import { dependenciesOf } from './dependencies.ts';
import { installedPackages } from './install-commands.ts';
import { npmDependencies } from './npm.ts';
import { pipDependencies } from './pip.ts';

const short = (found: readonly { name: string; version: string; pinned: boolean | null; line: number }[]) =>
  found.map((one) => `${one.name} ${one.version || '-'} ${one.pinned} ${one.line}`);

it('reads what commands install, line by line, across continued lines and without options [R-DEP-1]', () => {
  const text = [
    'FROM debian:12',
    'RUN apt-get update && apt-get install -y --no-install-recommends \\',
    '    curl=7.88.1-10 \\',
    '    jq && rm -rf /var/lib/apt/lists/*',
    'RUN pip install -r requirements.txt requests==2.31.0 "flask>=2" ./local $EXTRA',
    'RUN npm install -g @scope/tool@1.2.3 left-pad',
    'RUN my-apt-get install nothing',
  ].join('\n');
  expect(short(installedPackages('Dockerfile', text))).toEqual([
    'curl 7.88.1-10 true 2',
    'jq - false 2',
    'requests ==2.31.0 true 5',
    'flask >=2 false 5',
    '@scope/tool 1.2.3 true 6',
    'left-pad - false 6',
  ]);
});

it('reads package.json, with version and licence from the lock file beside it', () => {
  const manifest = '{\n  "dependencies": {\n    "left-pad": "^1.3.0",\n    "zod": "4.0.0"\n  }\n}';
  const lock = '{"packages":{"node_modules/left-pad":{"version":"1.3.0","license":"WTFPL"}}}';
  const found = npmDependencies('package.json', manifest, lock);
  expect(short(found)).toEqual(['left-pad 1.3.0 true 3', 'zod 4.0.0 true 4']);
  expect(found.map((one) => one.licence)).toEqual(['WTFPL', '']);
  expect(npmDependencies('package.json', '{ broken', undefined)).toEqual([]);
});

it('reads requirements.txt without options, comments and markers', () => {
  const text = '# tools\n-r other.txt\nrequests==2.31.0 ; python_version > "3"\nflask[async]>=2,<3\njinja2\n';
  expect(short(pipDependencies('requirements.txt', text))).toEqual([
    'requests ==2.31.0 true 3',
    'flask >=2,<3 false 4',
    'jinja2  false 5'.replace('  ', ' - '),
  ]);
});

it('names component, licence of a vendored role, and whether the design names it', () => {
  const texts = new Map([
    ['ops/Dockerfile', 'RUN apk add --no-cache curl=8.1'],
    ['ops/roles/acme.web/meta/main.yml', 'galaxy_info:\n  license: Apache-2.0\n'],
  ]);
  const role = {
    id: 'r',
    format: 'ansible',
    kind: 'role',
    scope: 'ops',
    name: 'acme.web',
    status: 'observed',
    evidence: [{ path: 'ops/requirements.yml', line: 2, endLine: 2 }],
    attributes: { external: true, version: '1.0.0', pinned: true },
  } as const;
  const component = { id: 'CMP-1', paths: ['ops/'] } as never;
  const found = dependenciesOf({
    facts: [{ ...role, evidence: [...role.evidence] }],
    texts,
    formats: new Map([['ops/Dockerfile', new Set(['dockerfile'])]]),
    components: [component],
    design: 'We use the role acme.web.',
  });
  expect(found.map((one) => [one.kind, one.name, one.licence, one.component, one.designed])).toEqual([
    ['package', 'curl', '', 'CMP-1', false],
    ['role', 'acme.web', 'Apache-2.0', '', true],
  ]);
});
