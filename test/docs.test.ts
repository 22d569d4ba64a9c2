import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SECTIONS } from '../mcp-server/src/domain/artifact/sections.ts';
import { EXPECT_FORMS } from '../mcp-server/src/domain/build/expect.ts';
import { DEMANDED_LEVELS } from '../mcp-server/src/domain/decision/level.ts';
import { readEvent } from '../mcp-server/src/domain/ledger/event.ts';
import { DEFAULT_POLICY, policySchema, readPolicy } from '../mcp-server/src/domain/policy/policy.ts';
import { STAGE, STAGES } from '../mcp-server/src/domain/stage.ts';
import { compose } from '../mcp-server/src/entry/compose.ts';
import { walk } from '../mcp-server/src/entry/demo/walk.ts';
import { VERBS } from '../mcp-server/src/entry/verbs/catalogue.ts';

const ROOT = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
/** What neither git nor a package holds. */
const GENERATED = new Set(['.git', 'node_modules', 'coverage', 'reports', '.stryker-tmp', '.cache']);

interface Block {
  lang: string;
  text: string;
}

/** Headings, fenced blocks by the heading above them, and the prose without them. */
function parts(markdown: string): { headings: string[]; blocks: Map<string, Block[]>; prose: string } {
  const headings: string[] = [];
  const blocks = new Map<string, Block[]>();
  const prose: string[] = [];
  let open: { fence: string; block: Block } | undefined;
  for (const line of markdown.split('\n')) {
    const fence = /^(`{3,})(.*)$/.exec(line);
    if (open !== undefined) {
      if (fence?.[1] === open.fence) open = undefined;
      else open.block.text += `${line}\n`;
    } else if (fence !== null) {
      const under = headings.at(-1) ?? '';
      open = { fence: fence[1]!, block: { lang: fence[2]!, text: '' } };
      blocks.set(under, [...(blocks.get(under) ?? []), open.block]);
    } else {
      const heading = /^#{1,6} (.+)$/.exec(line)?.[1];
      if (heading !== undefined) headings.push(heading);
      prose.push(line);
    }
  }
  return { headings, blocks, prose: prose.join('\n') };
}

/** The rows of every table as their cells. */
const rows = (markdown: string) =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

/** The text between one heading and the next of its level or above. */
function below(markdown: string, heading: string): string {
  const level = heading.indexOf(' ');
  const [, rest = ''] = markdown.split(`${heading}\n`);
  return rest.split(new RegExp(`^#{1,${level}} `, 'm'))[0]!;
}

function markdownFiles(folder = ROOT): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (GENERATED.has(entry.name) || relative(ROOT, path) === join('test', 'fixtures')) return [];
    if (entry.isDirectory()) return markdownFiles(path);
    return entry.name.endsWith('.md') ? [relative(ROOT, path)] : [];
  });
}

describe('README.md', () => {
  const { blocks } = parts(read('README.md'));
  const scripts = (JSON.parse(read('package.json')) as { scripts: Record<string, string> }).scripts;

  it('starts in one command, which is that of the package and a verb of it', () => {
    expect(blocks.get('Quick start')).toHaveLength(1);
    const { bin } = JSON.parse(read('package.json')) as { bin: { countersign: string } };
    expect(blocks.get('Quick start')![0]!.text).toBe(`node ${bin.countersign} demo\n`);
    expect(VERBS).toHaveProperty('demo');
  });

  it('tests in one command, which is the one that CI runs', () => {
    expect(blocks.get('Development')).toHaveLength(1);
    const command = blocks.get('Development')![0]!.text;
    expect(command).toBe('npm cit --include=dev\n');
    expect(read('.ci/run').split('\n')).toContain(command.trim());
    expect(scripts).toHaveProperty('test');
  });

  it('names command and artifact of every stage', () => {
    const table = rows(below(read('README.md'), '## The lifecycle')).slice(2);
    const expected = STAGES.map((stage) => [STAGE[stage].title, `\`${STAGE[stage].command} <id>\``]);
    expect(table.map((row) => row.slice(0, 2))).toEqual(expected);
    for (const [at, stage] of STAGES.entries()) expect(table[at]![2]).toContain(STAGE[stage].artifact ?? 'manifest');
  });

  it('describes every level, weakest first', () => {
    const table = rows(below(read('README.md'), '## How approvals work')).slice(2);
    expect(table.map((row) => row[0])).toEqual(DEMANDED_LEVELS.map((level) => `\`${level}\``));
  });

  it('names exactly the tools of the client that the guard looks at', () => {
    const { hooks } = JSON.parse(read('hooks/hooks.json')) as { hooks: { PreToolUse: { matcher: string }[] } };
    const matched = hooks.PreToolUse.flatMap(({ matcher }) => matcher.split(/\|(?![^(]*\))/));
    const tools = matched.filter((tool) => !tool.startsWith('mcp__'));
    const [sentence] = below(read('README.md'), '## What the guard does, and what it does not').split('a hook looks');
    expect([...sentence!.matchAll(/`(\w+)`/g)].map((match) => match[1])).toEqual(tools);
  });

  it('names only npm scripts that are there, as all pages do', () => {
    const named = markdownFiles().flatMap((path) =>
      [...read(path).matchAll(/npm run (?:-s )?([\w:-]+)/g)].map((match) => `${path} ${match[1]}`),
    );
    expect(named.filter((one) => !(one.split(' ')[1]! in scripts))).toEqual([]);
  });
});

describe('links', () => {
  /** As the git hosts make them. */
  const anchors = (markdown: string) =>
    new Set(
      parts(markdown).headings.map((heading) =>
        heading
          .toLowerCase()
          .replace(/[^\p{L}\p{N} _-]/gu, '')
          .replaceAll(' ', '-'),
      ),
    );

  it.each(markdownFiles().map((path) => [path]))('%s links to files and headings that are there', (path) => {
    const { prose } = parts(read(path));
    const targets = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1]!);
    const broken = targets.filter((target) => {
      if (/^[a-z]+:/.test(target)) return false;
      const [file = '', anchor] = target.split('#');
      const to = file === '' ? path : join(dirname(path), file);
      return !existsSync(join(ROOT, to)) || (anchor !== undefined && !anchors(read(to)).has(anchor));
    });
    expect(broken).toEqual([]);
  });
});

describe('docs/cli.md', () => {
  const page = read('docs/cli.md');
  const headings = parts(page).headings.flatMap((heading) => /^`([^` ]+)[^`]*`$/.exec(heading)?.[1] ?? []);

  it('has a section for every verb, in their order, and for no other', () => {
    expect(headings).toEqual(Object.keys(VERBS));
  });

  it.each(Object.entries(VERBS))('has exactly the options of %s', async (name, { load }) => {
    const { options = {} } = await load();
    const heading = page.split('\n').find((line) => new RegExp(`^### \`${name}[ \`]`).test(line))!;
    const named = [...below(page, heading).matchAll(/--([a-z-]+)/g)].map((match) => match[1]!);
    expect([...new Set(named)].sort()).toEqual(Object.keys(options).sort());
  });

  it('shows JSON that is JSON', () => {
    const examples = [...parts(page).blocks.values()].flat().filter((block) => block.lang === 'json');
    expect(examples).toHaveLength(2);
    for (const { text } of examples) expect(JSON.parse(text).schema).toMatch(/^countersign\/[a-z-]+@1$/);
  });
});

describe('docs/policy.md', () => {
  const page = read('docs/policy.md');

  interface Shape {
    properties?: Record<string, Shape>;
    additionalProperties?: Shape | boolean;
    items?: Shape;
    default?: unknown;
  }

  /** What stands for the keys of a map. */
  const NAMES: Record<string, string> = {
    gates: '<gate>',
    risks: '<risk>',
    environments: '<environment>',
    roles: '<role>',
    accounts: '<person>',
    'probes.match': '<need>',
    rules: '<rule>',
    'environments.<environment>.deploy.sets': '<input>',
    'environments.<environment>.deploy.standing.sets': '<input>',
  };

  /** Every key of a schema as a path. What a shape holds is listed where the shape first occurs. */
  function keysOf(shape: Shape, path: string, listed = new Set<string>()): string[] {
    const { default: _, ...bare } = shape;
    const known = listed.has(JSON.stringify(bare));
    listed.add(JSON.stringify(bare));
    if (known) return [];
    const { properties = {}, additionalProperties: values, items } = shape;
    const children = [
      ...Object.entries(properties).map(([key, one]) => [`${path}.${key}`, one] as const),
      ...(typeof values === 'object' ? [[`${path}.${NAMES[path.slice(1)]}`, values] as const] : []),
      ...Object.entries(items?.properties ?? {}).map(([key, one]) => [`${path}[].${key}`, one] as const),
    ];
    return children.flatMap(([at, one]) => [at, ...keysOf(one, at, listed)]);
  }

  it('has a row for every key of the schema, and for no other', () => {
    const documented = rows(below(page, '## Keys')).flatMap(([key]) => /^`(.+)`$/.exec(key!)?.[1] ?? []);
    const keys = keysOf(z.toJSONSchema(policySchema, { io: 'input' }) as Shape, '');
    expect(documented).toEqual(keys.map((key) => key.slice(1)));
  });

  it('shows policies that hold; the first says what holds without a file', () => {
    const examples = [...parts(page).blocks.values()].flat().filter((block) => block.lang === 'yaml');
    expect(examples.length).toBeGreaterThan(2);
    const policies = examples.map(({ text }) => readPolicy(text));
    for (const policy of policies) expect(policy).toHaveProperty('policy');
    const gates = { default: { level: 'recorded', approvers: 1, separation: false } };
    expect(policies[0]).toEqual({ policy: { ...DEFAULT_POLICY, gates } });
  });
});

describe('what the demonstration leaves', () => {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-docs-'));
  const delivery = join(folder, 'deliveries', 'zone-file');
  const artifact = (name: string) => readFileSync(join(delivery, name), 'utf8');
  const shell = (script: string) => spawnSync('sh', ['-c', script], { cwd: delivery, encoding: 'utf8' });

  beforeAll(async () => {
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    git('init', '--quiet');
    git('config', 'user.name', 'Demo Person');
    git('config', 'user.email', 'demo@example.org');
    const { ports } = compose(folder, { ...process.env, XDG_STATE_HOME: join(folder, '.git', 'state') });
    await walk(ports, { stage() {}, step() {}, answer() {} });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Hashes and times differ from run to run. */
  const steady = (text: string) =>
    text.replace(/\b[0-9a-f]{12}(?:[0-9a-f]{52})?\b/g, '#').replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '@');

  it.each(['requirements.md', 'feasibility.md', 'design.md', 'tasks.md', 'as-built.md'])(
    'is what docs/artifacts.md shows as its example of %s',
    (name) => {
      const [example] = parts(read('docs/artifacts.md')).blocks.get(`Example: ${name}`)!;
      expect(steady(example!.text)).toBe(steady(artifact(name)));
    },
  );

  it('verifies by hand as docs/ledger.md says, and a change shows', () => {
    const [bytes, parents, digests, content] = parts(read('docs/ledger.md')).blocks.get('Verify by hand')!;
    for (const { text } of [bytes!, parents!, digests!]) expect(shell(text)).toMatchObject({ stdout: '', stderr: '' });
    expect(shell(content!.text).stdout).toMatch(/^([0-9a-f]{64})\nledger\/[0-9a-f]{64}\.json\n$/);
    const [first] = readdirSync(join(delivery, 'ledger'));
    shell(`mv ledger/${first} ../kept && sed 's/"zone-file"/"zone-fire"/' ../kept > ledger/${first}`);
    expect(shell(bytes!.text).stdout).toBe(`changed: ledger/${first}\n`);
    const submitted = shell(`grep -l '"type":"submitted"' ledger/*.json`).stdout.split('\n')[0]!;
    shell(`cp ${submitted} ../other && sed 's/"round":1/"round":2/' ../other > ${submitted}`);
    expect(shell(digests!.text).stdout).toBe(`false digest: ${submitted}\n`);
    const beginning = shell(`grep -l '"type":"created"' ledger/*.json`).stdout.trim();
    shell(`rm ${beginning}`);
    expect(shell(parents!.text).stdout).toBe(`missing: ${beginning.slice('ledger/'.length, -'.json'.length)}\n`);
  });
});

describe('docs/ledger.md', () => {
  const page = read('docs/ledger.md');

  it('shows events that are events, under the names that are theirs', () => {
    const shown = [...page.matchAll(/`([0-9a-f]{64})\.json`:\n\n```json\n(.+)\n```/g)];
    expect(shown).toHaveLength(3);
    for (const [, name, text] of shown) expect(readEvent(text!)).toMatchObject({ event: { id: name } });
  });
});

describe('docs/artifacts.md', () => {
  const page = read('docs/artifacts.md');

  it.each(Object.entries(SECTIONS))('lists the sections that are read in %s', (name, sections) => {
    const table = rows(below(page, `## ${name}`));
    for (const { title, required = false, prefix, columns = [] } of sections) {
      const [, , form, needed] = table.find((row) => row[0] === title)!;
      expect(needed === 'yes').toBe(required);
      if (prefix !== undefined && columns.length === 0) expect(form).toContain(`\`${prefix}-n\``);
      for (const column of columns) expect(form).toContain(column);
    }
  });

  it('shows every form of an expectation', () => {
    const shown = rows(below(page, '### Checks')).map(([form]) => form);
    for (const form of EXPECT_FORMS) expect(shown).toContain(`\`${form}\``);
  });
});

describe('the site', () => {
  it('leads to every page', () => {
    const config = read('docs/.vitepress/config.mjs');
    const listed = [...config.matchAll(/\['[^']+', '([\w-]+)'\]/g)].map((match) => `${match[1]}.md`);
    const pages = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md') && name !== 'index.md');
    expect([...new Set(listed)].sort()).toEqual(pages.sort());
  });
});

describe('generated pages', () => {
  it('are what their sources say', () => {
    const checked = spawnSync('node', ['scripts/generate-docs.mjs', '--check'], { cwd: ROOT, encoding: 'utf8' });
    expect(checked).toMatchObject({ status: 0, stderr: '' });
  });
});

describe('pages for those who change it', () => {
  it('AGENTS.md stays short', () => {
    expect(read('AGENTS.md').trimEnd().split('\n').length).toBeLessThanOrEqual(25);
  });

  it('ARCHITECTURE.md places every folder', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    const top = folders.map((entry) => entry.name).filter((name) => !GENERATED.has(name));
    const layers = readdirSync(join(ROOT, 'mcp-server/src')).map((name) => `mcp-server/src/${name}`);
    const page = read('ARCHITECTURE.md');
    const placed = (name: string) => page.includes(`\`${name}/`) || page.includes(`\`${name}\``);
    expect([...top, ...layers].filter((name) => !placed(name))).toEqual([]);
  });

  it('ARCHITECTURE.md names files that are there', () => {
    const named = [...read('ARCHITECTURE.md').matchAll(/`((?:app|domain|entry|adapters)\/[\w./-]+)`/g)];
    const missing = named.map((match) => match[1]!).filter((path) => !existsSync(join(ROOT, 'mcp-server/src', path)));
    expect(missing).toEqual([]);
  });
});
