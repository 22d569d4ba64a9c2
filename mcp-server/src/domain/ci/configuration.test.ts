import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { configurationOf, environmentsOf } from './configuration.ts';
import { formatTest } from './format-test.ts';
import { CI_TARGETS, ciFiles } from './job.ts';
import { inMarkers } from './markers.ts';
import { line, word } from './shell-text.ts';

/** Files that were read and found right; `npx vitest run -u` writes them anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/ci');

const table = (...rows: string[]) =>
  [
    '## Configuration',
    '',
    '| Name | Required | Format | Default | Secret | Meaning |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
const DESIGN = readDesign(
  `${table(
    '| API_URL | yes | url | none | no | where the service is |',
    '| RETRIES | no | integer | 3 | no | attempts |',
    '| NOTE | no |  | say "hi" $HOME | no |  |',
    '| TOKEN | yes | text | abc | yes | of the service |',
    "| MODE | yes | one of fast, slow or it's | - | no | how |",
    '| LEVEL | yes | one of: low, high | n/a | no | how much |',
  )}
## Verification

### CHK-1: It $(answers)

- Criterion: AC-1.1
- Method: command
- Expect: exit 3
- Expect: stdout contains it's up
- Expect: stderr matches /warn.*/i

\`\`\`bash
curl "$API_URL"
\`\`\`

### CHK-2: It writes

- Criterion: AC-1.2
- Method: command
- Expect: file out/a.txt exists
- Expect: file out/a.txt contains \${{ secrets.X }}

\`\`\`sh
make out
\`\`\`

### CHK-3: A person looks

- Criterion: AC-1.3
- Method: manual

## Environments

### ENV-1: Staging (EU)

### prod
`,
);

describe('the variables of a design', () => {
  it('have what the table says, with yes for a missing answer and no default for a secret', () => {
    expect(configurationOf(DESIGN).variables.slice(0, 4)).toEqual([
      {
        name: 'API_URL',
        required: true,
        format: 'url',
        fallback: '',
        secret: false,
        meaning: 'where the service is',
        line: 5,
      },
      {
        name: 'RETRIES',
        required: false,
        format: 'integer',
        fallback: '3',
        secret: false,
        meaning: 'attempts',
        line: 6,
      },
      { name: 'NOTE', required: false, format: '', fallback: 'say "hi" $HOME', secret: false, meaning: '', line: 7 },
      { name: 'TOKEN', required: true, format: 'text', fallback: '', secret: true, meaning: 'of the service', line: 8 },
    ]);
    const [bare] = configurationOf(readDesign('## Configuration\n\n| Name |\n| --- |\n| A |\n')).variables;
    expect(bare).toEqual({
      name: 'A',
      required: true,
      format: '',
      fallback: '',
      secret: false,
      meaning: '',
      line: 5,
    });
  });

  it('have names that an environment can carry, each once', () => {
    const long = 'a'.repeat(129);
    const design = readDesign(
      table('| 1A | | | | | |', '| A-B | | | | | |', '| _a1 | | | | | |', '| _a1 | | | | | |', `| ${long} | | | | | |`),
    );
    const { variables, unusable } = configurationOf(design);
    expect(variables.map(({ name }) => name)).toEqual(['_a1']);
    expect(unusable).toEqual([
      { name: '1A', line: 5 },
      { name: 'A-B', line: 6 },
      { name: '_a1', line: 8 },
      { name: long, line: 9 },
    ]);
    expect(configurationOf(readDesign('# Nothing\n'))).toEqual({ variables: [], unusable: [] });
  });

  it('are set in the environments that the design has blocks for, as names of files', () => {
    expect(environmentsOf(DESIGN)).toEqual(['staging-eu', 'prod']);
    expect(environmentsOf(readDesign('## Environments\n\n### Prod!\n\n### prod\n\n### ...\n'))).toEqual(['prod']);
    expect(environmentsOf(readDesign('# Nothing\n'))).toEqual([]);
  });
});

describe('the test of a format', () => {
  const of = (format: string) => formatTest({ ...configurationOf(DESIGN).variables[0]!, name: 'A', format });
  const grep = (pattern: string) => `printf '%s\\n' "$A" | grep -Eq -- '${pattern}'`;

  it.each([
    ['integer', grep('^-?[0-9]+$')],
    ['Port of the service', grep('^-?[0-9]+$')],
    ['number', grep('^-?[0-9]+([.][0-9]+)?$')],
    ['yes / no', grep('^(true|false|yes|no|0|1)$')],
    ['boolean', grep('^(true|false|yes|no|0|1)$')],
    ['https URL', grep('^[a-z][a-z0-9+.-]*://[^[:space:]]+$')],
    ['e-mail', grep('^[^@[:space:]]+@[^@[:space:]]+$')],
    ['IPv4', grep('^[0-9]{1,3}([.][0-9]{1,3}){3}$')],
    ['40 hex digits', grep('^[0-9a-f]{40}$')],
    ['one of a, b', `case "$A" in 'a'|'b') true;; *) false;; esac`],
    ['One of: a | b or c-1', `case "$A" in 'a'|'b'|'c-1') true;; *) false;; esac`],
    [
      "/^it's$/",
      `node -e 'process.exit(new RegExp(process.argv[1]).test(process.env[process.argv[2]])?0:1)' '^it'\\''s$' A`,
    ],
  ])('%s', (format, command) => expect(of(format)).toBe(command));

  it.each(['', 'text', 'internal name', 'points', 'one of a b, c', 'one of', '/(/', '/', 'a, b', 'a number', '40 hex'])(
    'is not there for %j, which only people understand',
    (format) => expect(of(format)).toBeUndefined(),
  );
});

describe('text in a script', () => {
  it.each([
    ['a b', "'a b'"],
    ["it's $(x)", "'it'\\''s $(x)'"],
    ['a\0b', "'ab'"],
    ['', "''"],
  ])('%j is the word %s', (text, expected) => expect(word(text)).toBe(expected));

  it('is on one line in names and messages', () => {
    expect(line(' a\n\tb\u202e c ')).toBe('a b c');
  });
});

describe('a block between markers', () => {
  const [opening, closing] = [
    '# >>> countersign dns: written by countersign ci, edits belong outside the markers',
    '# <<< countersign dns',
  ];

  it('is appended where there is none, on a line of its own', () => {
    expect(inMarkers('', 'dns', 'a\n\nb\n', 2)).toBe(`  ${opening}\n  a\n\n  b\n  ${closing}\n`);
    expect(inMarkers('before', 'dns', 'a', 0)).toBe(`before\n${opening}\na\n${closing}\n`);
    expect(inMarkers('before\r\n', 'dns', 'a', 0)).toBe(`before\r\n${opening}\r\na\r\n${closing}\r\n`);
  });

  it('takes the place of the one that is there, and all else stays', () => {
    const text = (block: string) => `one\n${block}\ntwo\n`;
    const old = `  # >>> countersign dns: in other words\nold\n ${closing}  `;
    expect(inMarkers(text(old), 'dns', 'a', 0)).toBe(text(`${opening}\na\n${closing}`));
    expect(inMarkers(old, 'dns', 'a', 0)).toBe(`${opening}\na\n${closing}`);
    expect(inMarkers(`# >>> countersign dns\n${closing}\nx`, 'dns', 'a', 0)).toBe(`${opening}\na\n${closing}\nx`);
  });

  it('is not that of another delivery, nor one without an end', () => {
    const other = '# >>> countersign dns-2: x\n# <<< countersign dns-2\n';
    expect(inMarkers(other, 'dns', 'a', 0)).toBe(`${other}${opening}\na\n${closing}\n`);
    const open = `${closing}\n# >>> countersign dns: x\n`;
    expect(inMarkers(open, 'dns', 'a', 0)).toBe(`${open}${opening}\na\n${closing}\n`);
  });
});

describe.each(CI_TARGETS)('the files of a job for %s', (target) => {
  it('are the pipeline and an example of each environment', async () => {
    const { files, unusable } = ciFiles('dns', DESIGN, target, () => undefined);
    expect(unusable).toEqual([]);
    expect(files.map(({ path }) => path)).toEqual([
      target === 'github' ? '.github/workflows/countersign-dns.yml' : '.gitlab/countersign-dns.yml',
      'env/dns/.env.example',
      'env/dns/staging-eu.env',
      'env/dns/prod.env',
    ]);
    for (const { path, text } of files)
      await expect(text).toMatchFileSnapshot(join(EXPECTED, target, path.replace(/^.*\//, '').replace(/^\./, '')));
  });

  it('keep what stands around the markers', () => {
    const { files } = ciFiles('dns', DESIGN, target, (path) => `# mine: ${path}\n`);
    for (const { path, text } of files) expect(text.startsWith(`# mine: ${path}\n`)).toBe(true);
  });
});
