import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedSource } from '../../mcp-server/src/adapters/extract/named-source.ts';
import { extractors } from '../../mcp-server/src/adapters/extractors/catalogue.ts';
import { extract } from '../../mcp-server/src/app/extract.ts';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { probesSchema } from '../../mcp-server/src/domain/policy/probes.ts';
import { project } from '../helpers/project.ts';
import { itentialPlatform, type Setting } from '../probes/itential-platform.ts';
import type { Platform } from '../probes/platform.ts';
import { extractFolder, fixtures } from './fixtures.ts';

type Document = Record<string, unknown>;
const PASSWORD = 'planted-password-9876543210';
const read = (name: string): Document => JSON.parse(readFileSync(join(fixtures, 'itential', name), 'utf8'));

const bundle = read('branch-vlans.project.json');
const hello = { _id: 'w1', ...read('hello.json') };
const { triggers, ...automation } = read('automation.json');
const golden = (read('golden-config.json')['data'] as Document[])[0]!;
const agents = { _id: 'a1', name: 'Helpers', agents: [read('agent.json')] };
const parts = bundle['components'] as { type: string; document?: Document }[];
const documentOf = (type: string) => parts.find((one) => one.type === type)!.document!;
const form = { id: 'f1', ...documentOf('jsonForm'), name: 'Form of its own' };
const command = { _id: 'Ping', ...documentOf('mopCommandTemplate'), name: 'Ping' };

/** Everything that an export can hold, once. */
const STOCK: Omit<Setting, 'password'> = {
  projects: [bundle],
  // What is in a project is in the list of workflows, too.
  workflows: [hello, { ...documentOf('workflow'), _id: 'w0', name: `@${bundle['_id']}: Provision branch VLAN` }],
  automations: [automation],
  triggers: (triggers as Document[]).map((one) => ({ ...one, actionId: automation['_id'] })),
  templates: [{ _id: 't1', ...documentOf('template') }],
  transformations: [{ ...documentOf('transformation'), _id: 'x1' }],
  forms: [form],
  'command-templates': [command],
  'analytic-templates': [{ ...documentOf('mopAnalyticTemplate'), _id: 'b1' }],
  'golden-configs': [golden],
  agents: [agents],
};

const open = (more: Partial<Setting> = {}) => itentialPlatform({ password: PASSWORD, ...STOCK, ...more });

async function live({ url }: Platform, timeout = 5): Promise<ExtractReport> {
  const settings = probesSchema.parse({
    timeout,
    systems: [{ name: 'lab', kind: 'itential', url, 'user-env': 'LAB_USER', 'password-env': 'LAB_PASSWORD' }],
  });
  // A name that stands in many documents.
  const env = { LAB_USER: 'Provision', LAB_PASSWORD: PASSWORD };
  const source = await namedSource('itential:lab', { from: '/', env, project: async () => ({ root: '/', settings }) });
  return extract({ extractors, ...source!.ports }, source!.root);
}

const left = ({ skipped }: ExtractReport) => skipped.map(({ path, detail }) => `${path}: ${detail}`);
const names = ({ facts }: ExtractReport, kind: string) =>
  facts.filter((one) => one.kind === kind).map((one) => one.name);

describe('a running Itential Platform', () => {
  it('[R-EXPORT-4] gives the same facts as the files that were exported from it', async () => {
    const { lab, env } = policyFor(await open());
    // The files of an export as a person would put them down, by hand from the fixtures.
    const files: Record<string, Document> = {
      'projects/Branch VLANs.json': bundle,
      'workflows/Say "hello".json': hello,
      'automations/Branch VLAN.json': { ...automation, triggers: STOCK.triggers },
      'templates/VLAN on a switch.json': STOCK.templates![0]!,
      'transformations/Message text.json': STOCK.transformations![0]!,
      'forms/Form of its own.json': form,
      'command-templates/Ping.json': command,
      'analytic-templates/Before and after.json': STOCK['analytic-templates']![0]!,
      'golden-configs/Access switches.json': { data: [golden] },
      'agents/Helpers.json': agents,
    };
    for (const [path, document] of Object.entries(files))
      lab.write(`by-hand/${path}`, `${JSON.stringify(document, null, 2)}\n`);
    const exported = await extractFolder(lab.path('by-hand'));
    const ran = await lab.start('extract', 'itential:lab', '--json').done;
    expect([ran.err, ran.exit]).toEqual([expect.any(String), 0]);
    expect(JSON.parse(ran.out)).toEqual(exported);
    expect(exported.facts.length).toBeGreaterThan(40);
    expect(env['LAB_PASSWORD']).toBe(PASSWORD);
    expect(ran.out + ran.err).not.toMatch(/planted-password|itential-token/);
  });

  it('[R-EXPORT-4] is only read, and starts a delivery whose places name it; kept as files, they can be opened', async () => {
    const api = await open();
    const { lab } = policyFor(api);
    const drafted = await lab.start('extract', 'itential:lab', '--group', 'projects', '--out', 'vlans').done;
    expect([drafted.exit, drafted.err]).toEqual([0, expect.any(String)]);
    expect(lab.read('deliveries/vlans/requirements.md')).toContain('external://itential/lab/');
    const saved = await lab.start(
      'extract',
      'itential:lab',
      '--save',
      'exports',
      '--group',
      'projects',
      '--out',
      'kept',
    ).done;
    expect([saved.exit, saved.err]).toEqual([0, expect.any(String)]);
    expect(lab.read('deliveries/kept/design.md')).toContain('exports/projects/Branch VLANs.json');
    expect(lab.cli('extract', 'itential:lab', '--save', 'exports')).toMatchObject({ exit: 2 });
    const asked = new Set(api.asked.map((one) => one.split(/[? ]/).slice(0, 2).join(' ')));
    expect([...asked].filter((one) => one.startsWith('POST')).sort()).toEqual([
      'POST /configuration_manager/export/goldenconfigs',
      'POST /oauth/token',
    ]);
    expect([...asked].filter((one) => !/^(?:GET|POST) /.test(one))).toEqual([]);
  });

  it('reads every page, in one order', async () => {
    const many = Array.from({ length: 230 }, (_, at) => ({ ...hello, _id: `w${1000 - at}`, name: `Workflow ${at}` }));
    const report = await live(await open({ workflows: many, projects: [] }));
    expect(names(report, 'workflow').filter((name) => name.startsWith('Workflow '))).toHaveLength(230);
    expect(left(report)).toEqual([]);
  });

  it('logs in once more when a token ends on the way, as often as tokens that served end', async () => {
    const api = await open({ life: 12 });
    const report = await live(api);
    expect(names(report, 'workflow')).toContain('Say "hello"');
    expect(api.asked.filter((one) => one.includes('/oauth/token')).length).toBeGreaterThan(1);
  });

  it('[R-EXPORT-5] whose list moves while it is read is said to be incomplete', async () => {
    let total = 130;
    const report = await live(
      await open({
        override: ({ path, query }) => {
          if (path !== '/automation-studio/workflows') return undefined;
          const skip = Number(query.get('skip'));
          const items = Array.from({ length: Math.max(0, Math.min(100, --total - skip)) }, (_, at) => ({
            _id: `${skip + at}`,
            name: 'Say "hello"',
          }));
          return { body: { items, skip, limit: 100, total } };
        },
      }),
    );
    expect(left(report)).toEqual(['workflows: the list changed while it was read: some of it may be missing']);
  });

  it('[R-EXPORT-5] says what an account may not see, and tells it from what is not there', async () => {
    const hidden = await live(
      await open({
        projects: [],
        override: ({ path }) => (path === '/transformations' ? { status: 403 } : undefined),
      }),
    );
    expect(left(hidden)).toEqual([
      'projects/65f0c0ffee0000000000abcd: this account sees parts of it only',
      'transformations: this account may not look (403)',
    ]);
    expect(names(hidden, 'workflow')).toContain('Provision branch VLAN');
  });

  it.each([
    ['too many requests', { status: 429, headers: { 'retry-after': '600' } }, /429/],
    ['an error inside', { status: 500 }, /500/],
    ['a page of a proxy', { headers: { 'content-type': 'text/html' }, body: '<html>Sign in</html>' }, /web page/],
    ['another version of the interface', { body: { rows: [] } }, /not what this interface promises/],
    ['an endless answer', { body: `"${'x'.repeat(9 * 1024 * 1024)}"` }, /longer than 8 MiB/],
  ])('[R-EXPORT-5] costs only what is answered with %s', async (_, answer, said) => {
    const broken = (path: string) => path.startsWith('/json-forms') || path.includes('/detailed/');
    const report = await live(await open({ override: ({ path }) => (broken(path) ? answer : undefined) }));
    expect(report.skipped.map(({ path }) => path)).toEqual(['forms', 'workflows/Say "hello"']);
    for (const { detail } of report.skipped) expect(detail).toMatch(said);
    expect(names(report, 'workflow')).toContain('Provision branch VLAN');
  });

  it('[R-EXPORT-5] that stops answering costs what was open, and never the session', async () => {
    const started = performance.now();
    const report = await live(
      await open({ override: ({ path }) => (path === '/transformations' ? { hang: true } : undefined) }),
      1,
    );
    expect(left(report)).toEqual(['transformations: no answer in time']);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('that is slow is read to its end: only silence ends it', async () => {
    const report = await live(
      await open({
        override() {
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 150);
          return undefined;
        },
      }),
      1,
    );
    expect(left(report)).toEqual([]);
  });

  it('where nobody can log in, and one that policy does not name, say so before anything is read', async () => {
    await expect(live(await itentialPlatform({ password: 'another' }))).rejects.toMatchObject({
      code: 'platform-silent',
      message: 'itential/lab: it does not accept the credential, or it has expired (401)',
    });
    const { lab } = policyFor(await open());
    expect(lab.cli('extract', 'itential:prod')).toMatchObject({ exit: 2, err: expect.stringContaining('"prod"') });
  });
});

/** A project whose policy names the platform. */
function policyFor({ url }: Platform) {
  const lab = project();
  lab.env['LAB_USER'] = 'lab';
  lab.env['LAB_PASSWORD'] = PASSWORD;
  lab.write(
    'countersign.yaml',
    `countersign: policy/1\nprobes:\n  systems:\n    - { name: lab, kind: itential, url: "${url}", user-env: LAB_USER, password-env: LAB_PASSWORD }\n`,
  );
  lab.git('add', '.');
  lab.git('commit', '--quiet', '-m', 'policy');
  return { lab, env: lab.env };
}
