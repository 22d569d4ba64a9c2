import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithDelivery } from '../../mcp-server/src/app/extract-compare.ts';
import { type Drafted, draftDelivery } from '../../mcp-server/src/app/extract-draft.ts';
import { rebind, rebindAll } from '../../mcp-server/src/app/rebind.ts';
import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import { readRequirements } from '../../mcp-server/src/domain/artifact/requirements.ts';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
import { errorsIn } from '../../mcp-server/src/domain/finding.ts';
import { AGENT, Lab } from '../helpers/lab.ts';
import { extractFolder, fixtures } from './fixtures.ts';
import { playbook } from './playbook.ts';

const nets = { 'net/site.yml': playbook };

async function drafted(lab: Lab, id = 'nets', group?: string): Promise<Drafted> {
  const report = await extractFolder(lab.root);
  return (await draftDelivery(lab.ports, { id, report, group, place: { prefix: '' }, actor: AGENT })).data;
}

/** Lines of a text that say something was concluded. */
const inferredLines = (text: string) => text.split('\n').filter((line) => line.includes('(inferred: '));

describe('a draft of every format', () => {
  it.each(readdirSync(fixtures))(
    'of %s has no errors, cites its claims, and is the same bytes again',
    async (fixture) => {
      const lab = new Lab();
      cpSync(join(fixtures, fixture), join(lab.root, 'src'), { recursive: true });
      const report = await extractFolder(lab.root);
      const stories = tellStories(report);
      expect(stories.length).toBeGreaterThan(0);
      const group = stories[0]!.entry.name;
      const first = await drafted(lab, 'draft-one', group);
      expect(errorsIn(first.findings)).toEqual([]);
      expect(first.artifacts).toHaveLength(2);
      const requirements = readRequirements(lab.artifact('draft-one', 'requirements.md'));
      const design = readDesign(lab.artifact('draft-one', 'design.md'));
      expect(requirements.requirements.length).toBeGreaterThan(0);
      expect(new Set(design.components.map(({ action }) => action))).toEqual(
        // What an agent did is built anew; what runs already is adopted.
        new Set([fixture === 'agent-runs' ? 'build' : 'adopt']),
      );
      const claims = inferredLines(lab.artifact('draft-one', 'requirements.md'));
      expect(claims.filter((line) => !/`[^`]+:\d+/.test(line))).toEqual([]);
      await drafted(lab, 'draft-two', group);
      for (const name of ['requirements.md', 'design.md'] as const)
        expect(lab.artifact('draft-two', name).replaceAll('draft-two', 'draft-one')).toBe(
          lab.artifact('draft-one', name),
        );
    },
  );
});

describe('what is drafted', () => {
  it('names the roles, the order, and what happens when a step fails', async () => {
    const lab = new Lab(nets);
    await drafted(lab);
    const requirements = lab.artifact('nets', 'requirements.md');
    const design = readDesign(lab.artifact('nets', 'design.md'));
    expect(design.bindings.map(({ role }) => role)).toEqual(
      expect.arrayContaining(['Address management', 'Network devices']),
    );
    const order = ['Take the next network', 'Read it back', 'Tell the switches'].map((step) =>
      lab.artifact('nets', 'design.md').indexOf(step),
    );
    expect(order.every((at, index) => at > 0 && at > (order[index - 1] ?? 0))).toBe(true);
    expect(`${requirements}${lab.artifact('nets', 'design.md')}`).toMatch(/ignore/i);
    expect(lab.artifact('nets', 'design.md')).toContain('```mermaid');
  });

  it('does not call harmless what modules and roles of others do', async () => {
    const lab = new Lab({
      'net/main.tf': 'module "net" {\n  source  = "acme/net/cloud"\n  version = "1.2.3"\n}\n',
      'play/site.yml': '- hosts: all\n  roles:\n    - acme.web\n',
    });
    await drafted(lab);
    const [requirements, design] = (['requirements.md', 'design.md'] as const).map((name) =>
      lab.artifact('nets', name),
    );
    expect(requirements).toContain('1 step, none of them is seen to write; 1 uses what is kept elsewhere');
    expect(requirements!.match(/Each step ends without an error/g)).toHaveLength(2);
    expect(design!.match(/: step 1 \(`.*`\) fails/g)).toHaveLength(2);
    expect(design).toContain('no way back was seen for step 1');
    expect(design).not.toContain('No step is seen to write');
  });

  it('takes bounds for requirements and the size of a matrix for none', async () => {
    const job = (more: string) =>
      `    runs-on: x\n    strategy:\n      matrix:\n        at: [a, b, c]\n${more}    steps:\n      - run: make\n`;
    const lab = new Lab({
      '.github/workflows/w.yml': `on: push\njobs:\n  one:\n${job('')}  two:\n${job('      max-parallel: 2\n')}`,
      'p/site.yml': playbook.replace('  tasks:', '  serial: 5\n  max_fail_percentage: 20\n  tasks:'),
    });
    await drafted(lab);
    const { requirements, limits } = readRequirements(lab.artifact('nets', 'requirements.md'));
    const text = lab.artifact('nets', 'requirements.md');
    expect(requirements.filter(({ title }) => title.startsWith('Bounds of'))).toHaveLength(3);
    expect(text).toContain("SHALL run at most `2` of the job's combinations at once.");
    expect(text).toContain('SHALL take the hosts of a play in batches of `5`.');
    expect(text).toContain('SHALL stop a play when more than `20` percent of its hosts have failed.');
    expect(limits).toEqual([]);
    expect(text).not.toContain('The code shows none');
  });

  it('says how many checks, ways to meet a failure and questions it leaves to the facts', async () => {
    const checks = [...Array(13).keys()].map(
      (n) => `    - name: Check ${n}\n      ansible.builtin.assert:\n        that: x${n}\n`,
    );
    const rescues = [...Array(7).keys()].map(
      (n) =>
        `    - block:\n        - name: Set ${n}\n          ansible.builtin.package:\n            name: p${n}\n      rescue:\n        - name: Undo ${n}\n          ansible.builtin.package:\n            name: q${n}\n`,
    );
    const lab = new Lab({ 'site.yml': `- hosts: all\n  tasks:\n${checks.join('')}${rescues.join('')}` });
    await drafted(lab);
    const text = lab.artifact('nets', 'requirements.md');
    expect(text).toContain('\n\n5 more checks are in the facts.\n');
    expect(text).toContain('\n\n2 more answers to failures are in the design.\n');
    expect(readRequirements(text).requirements[0]!.criteria).toHaveLength(8);
  });

  it('tells of declared infrastructure what is made, and of an input that several parts declare no default of one', async () => {
    const input = (more: string) => `variable "size" {\n${more}}\nvariable "key" {\n  default = "k"\n}\n`;
    const lab = new Lab({
      'a/main.tf': `${input('  default = "small"\n')}resource "aws_vpc" "v" {\n  cidr_block = "\${var.size}\${var.key}"\n}\nmodule "n" {\n  source = "acme/net/aws"\n  vpc    = aws_vpc.v.id\n}\n`,
      'b/main.tf': `${input('  default = "large"\n').replace('"k"', '"k"\n  sensitive = true')}resource "aws_vpc" "w" {\n  cidr_block = "\${var.size}\${var.key}"\n}\n`,
    });
    await drafted(lab);
    const requirements = lab.artifact('nets', 'requirements.md');
    expect(requirements).toContain('SHALL make `aws_vpc.v` and `module.n`, each after what it refers to.');
    const rows = lab.artifact('nets', 'design.md').match(/^\| `(?:size|key)` .*$/gm)!;
    expect(rows).toEqual([
      // What is secret comes first.
      expect.stringMatching(/^\| `key` \| no \|.*\| {2}\| yes \|/),
      expect.stringMatching(
        /^\| `size` \| no \|.*\| {2}\| no \| 2 defaults, one for each part .*a\/main.tf:1`.*b\/main.tf:1`/,
      ),
    ]);
  });

  it('says how many systems its picture leaves out', async () => {
    const uses = [...Array(30).keys()].map((n) => `module "m${n}" {\n  source = "acme/part${n}/aws"\n}\n`);
    const lab = new Lab({ 'net/main.tf': uses.join('') });
    await drafted(lab);
    expect(lab.artifact('nets', 'design.md')).toMatch(/more2\["\d more systems"\]/);
  });

  it('is nothing where nothing can be started, and waits for a choice where there is too much', async () => {
    await expect(drafted(new Lab({ 'notes.txt': 'hello' }))).rejects.toThrow('nothing was found there');
    const many = new Lab(Object.fromEntries([...Array(10).keys()].map((n) => [`case${n}/site.yml`, playbook])));
    const asked = await drafted(many);
    expect([asked.artifacts, asked.groups.length]).toEqual([[], 10]);
    await expect(drafted(many, 'nets', 'nowhere')).rejects.toThrow(/nowhere/);
    expect((await drafted(many, 'nets', 'case3')).artifacts).toHaveLength(2);
  });
});

describe('the same tree later', () => {
  const later = async (change: (lab: Lab) => void) => {
    const lab = new Lab(nets);
    await drafted(lab);
    change(lab);
    return compareWithDelivery(lab.ports, 'nets', await extractFolder(join(lab.root)));
  };
  const ids = (facts: readonly { id: string }[]) => facts.map(({ id }) => id);

  it('is the same where nothing moved', async () => {
    const { data, next } = await later(() => {});
    expect(data).toMatchObject({ facts: { added: [], removed: [], changed: [], moved: 0 }, gaps: { added: [] } });
    expect(next).toBe('');
  });

  it('names what is new, gone, different, and what only moved', async () => {
    const { data } = await later((lab) =>
      lab.write(
        'net/site.yml',
        `# moved\n${playbook.replace('Read it back', 'Look at it').replace('ignore_errors: true', 'ignore_errors: false')}`,
      ),
    );
    expect(ids(data.facts.added)).toContain('ansible/task/net/Look at it');
    expect(ids(data.facts.removed)).toContain('ansible/task/net/Read it back');
    expect(data.facts.changed.map(({ after, keys }) => [after.name, keys])).toContainEqual([
      'Tell the switches',
      expect.arrayContaining([expect.any(String)]),
    ]);
    expect(data.facts.moved).toBeGreaterThan(0);
  });

  it('tells a new gap from the known ones', async () => {
    const { data } = await later((lab) =>
      lab.write('net/site.yml', playbook.replace('  tasks:', '  vars:\n    db_password: hunter2-of-them\n  tasks:')),
    );
    expect(data.gaps.added.length).toBeGreaterThan(0);
    expect(data.gaps.known).toBeGreaterThan(0);
    expect(JSON.stringify(data)).not.toContain('hunter2');
  });

  it('is refused for a delivery that was not drafted from an extraction', async () => {
    const lab = new Lab(nets);
    await drafted(lab);
    const empty: ExtractReport = await extractFolder(join(fixtures, 'make'));
    lab.write('deliveries/nets/design.md', '# By hand\n');
    lab.write('deliveries/nets/requirements.md', '# By hand\n');
    expect(() => compareWithDelivery(lab.ports, 'nets', empty)).toThrow('not drafted from an extraction');
  });
});

describe('rebinding', () => {
  it('drafts the design for another system and leaves the requirements alone', async () => {
    const lab = new Lab(nets);
    await drafted(lab);
    const before = lab.artifact('nets', 'requirements.md');
    const { data, next } = rebind(lab.ports, 'nets', 'Address management', 'netbox', await extractFolder(lab.root));
    expect(data).toMatchObject({ role: 'Address management', bound: false, touched: [{ effort: 'rewrite' }] });
    expect(data.ties).toBeGreaterThan(0);
    const systems = readDesign(data.design!).bindings.map(({ system }) => system);
    expect(systems).toContain('netbox');
    expect(systems).not.toContain('infoblox');
    for (const point of ['Data migration', 'Parallel run', 'Cutover', 'Rollback'])
      expect(data.design).toContain(`**${point}**`);
    expect(next).toContain('/spec-change nets');
    expect(lab.artifact('nets', 'requirements.md')).toBe(before);
    const other = rebind(lab.ports, 'nets', 'Load balancing', 'haproxy', await extractFolder(lab.root)).data;
    expect(other).toMatchObject({ role: null, ties: 0, touched: [] });
  });

  it('orders all deliveries by what they depend on, and says how far each is', async () => {
    const lab = new Lab(nets);
    await drafted(lab, 'base');
    await drafted(lab, 'above');
    const path = 'deliveries/above/requirements.md';
    lab.write(path, lab.artifact('above', 'requirements.md').replace('\n---\n', '\ndepends-on: [base]\n---\n'));
    const tree = await extractFolder(lab.root);
    const rows = () => rebindAll(lab.ports, 'infoblox', 'netbox', tree).data.rows;
    expect(rows().map(({ delivery, progress }) => [delivery, progress])).toEqual([
      ['base', 'to do'],
      ['above', 'to do'],
    ]);
    lab.write('deliveries/base/design.md', rebind(lab.ports, 'base', 'infoblox', 'netbox', tree).data.design!);
    expect(rows()[0]).toMatchObject({ delivery: 'base', progress: 'bound, ties left' });
    lab.write('net/site.yml', playbook.replaceAll('infoblox.nios_modules.nios_network', 'netbox.netbox.netbox_prefix'));
    const moved = await extractFolder(lab.root);
    expect(rebindAll(lab.ports, 'infoblox', 'netbox', moved).data.rows[0]).toMatchObject({ progress: 'done' });
    lab.remove('deliveries/base/design.md');
    expect(() => rebind(lab.ports, 'base', 'infoblox', 'netbox', tree)).toThrow('has no design');
  });
});
