import { describe, expect, it } from 'vitest';
import { deploySchema } from '../environment.ts';
import { PLANNERS } from './catalogue.ts';
import type { PlanContext } from './planner.ts';

const same = (text: string) => text;
const projected = (tool: keyof typeof PLANNERS, ...outputs: string[]) =>
  PLANNERS[tool].project(
    outputs.map((stdout) => ({ exit: 0, stdout })),
    same,
  );
const context = (settings: object, sets: Record<string, string> = {}): PlanContext => ({
  settings: deploySchema.parse(settings),
  sets,
  saved: '/saved',
});

const RECAP = (changed: number) =>
  `PLAY RECAP *********\nweb1                       : ok=2    changed=${changed}    unreachable=0    failed=0    skipped=0\n`;

describe('Ansible', () => {
  const run = (hosts: readonly string[], folder: string) =>
    `TASK [copy] ****\n${hosts.map((host) => `--- before\n+++ after: /root/.ansible/tmp/${folder}/c.j2\n@@ -0,0 +1 @@\n+x\n\nchanged: [${host}]\n`).join('')}\n${RECAP(1)}`;

  it('gives the same plan in whatever order hosts answer and wherever temporary files lie', () => {
    expect(projected('ansible', run(['web1', 'web2'], 'ansible-local-1a/tmpx'))).toEqual(
      projected('ansible', run(['web2', 'web1'], 'ansible-local-2b/tmpy')),
    );
  });

  it('counts by the last recap: a difference that quotes another one changes nothing', () => {
    const quoted = `TASK [motd] ****\n+PLAY RECAP ***\n+web1 : ok=1 changed=0 unreachable=0\nchanged: [web1]\n${RECAP(3)}`;
    expect(projected('ansible', quoted)).toMatchObject({ summary: { changes: 3, hosts: { changed: 1, all: 1 } } });
  });

  it('is unreadable without a recap', () => {
    expect(projected('ansible', 'TASK [x] ***\nchanged: [web1]\n')).toEqual({ unreadable: expect.any(String) });
  });

  it('passes inputs on as JSON, so that one cannot set another', () => {
    const settings = {
      tool: 'ansible',
      target: { playbook: 'site.yml', inventory: 'hosts' },
      sets: { a: { pattern: '.*' } },
    };
    const { argv } = PLANNERS.ansible.apply(context(settings, { a: '1 become=true' }));
    expect(argv).toContain('{"a":"1 become=true"}');
  });
});

describe('Terraform', () => {
  const change = (actions: string[], more: object = {}) => ({ actions, before: null, after: { size: 1 }, ...more });
  const plan = (...changes: [string, object][]) =>
    JSON.stringify({
      format_version: '1.2',
      resource_changes: changes.map(([address, one]) => ({ address, change: one })),
    });

  it('counts a replacement as created and destroyed, and leaves out what stays', () => {
    const text = plan(
      ['a.b', change(['delete', 'create'])],
      ['a.c', change(['no-op'])],
      ['a.d', change(['read'])],
      ['a.e', change(['update'])],
    );
    expect(projected('terraform', '', text)).toMatchObject({
      summary: { creates: 1, changes: 1, destroys: 1 },
      items: [
        { address: 'a.b', action: 'replace' },
        { address: 'a.e', action: 'change' },
      ],
    });
  });

  it('takes out what is marked as sensitive, at any depth, and what is named like a secret', () => {
    const after = { list: [{ key: 'one', open: 'seen' }], password: 'hunter22', url: 'https://u:pass1234@h/' };
    const text = plan(['a.b', change(['create'], { after, after_sensitive: { list: [{ key: true }] } })]);
    const said = JSON.stringify(
      PLANNERS.tofu.project(
        ['', text].map((stdout) => ({ exit: 0, stdout })),
        same,
      ),
    );
    expect(said).toContain('seen');
    for (const secret of ['"one"', 'hunter22']) expect(said).not.toContain(secret);
  });

  it.each(['', '{}', '[]', '{"format_version":1}', '{"format_version":"1","resource_changes":[{}]}'])(
    'is unreadable as %j',
    (text) => {
      expect(projected('terraform', '', text)).toEqual({ unreadable: expect.any(String) });
    },
  );
});

describe('Helm', () => {
  const object = (kind: string, more = '') => `---\nkind: ${kind}\nmetadata: {name: web}\n${more}`;

  it('sees what is created, changed and destroyed by object, and names changed places without their values', () => {
    const after = object('Service') + object('Secret', 'data: {key: bmV3}\n');
    const before = object('Secret', 'data: {key: b2xk}\n') + object('Job');
    const found = projected('helm', after, before);
    expect(found).toMatchObject({ summary: { creates: 1, changes: 1, destroys: 1 } });
    expect(JSON.stringify(found)).toContain('data.key');
    expect(JSON.stringify(found)).not.toMatch(/bmV3|b2xk/);
  });

  it('is unreadable where a manifest is no YAML', () => {
    expect(projected('helm', 'kind: [', '')).toEqual({ unreadable: expect.any(String) });
  });
});

describe('a declared command', () => {
  it.each(['not JSON', '[1]', '{"creates":-1}', '{"items":[{"address":"x","action":"explode"}]}'])(
    'that prints %j cannot be counted',
    (text) => {
      const summary = { creates: null, changes: null, destroys: null, hosts: null };
      expect(projected('command', text)).toEqual({ summary, items: [], detail: text });
    },
  );
});

describe('settings', () => {
  it.each([
    [{ tool: 'ansible' }, /ansible needs target.playbook/],
    [{ tool: 'command', plan: ['x'] }, /command needs apply/],
    [
      { tool: 'helm', target: { context: 'a', release: 'b', chart: 'c' }, apply: ['x'] },
      /apply belongs to the tool command/,
    ],
    [{ tool: 'terraform', directory: '../elsewhere' }, /inside the project/],
    [{ tool: 'terraform', overlay: ['/etc/passwd'] }, /inside the project/],
    [{ tool: 'terraform', overlay: ['-destroy'] }, /inside the project/],
    [{ tool: 'terraform', windows: ['whenever'] }, /mon-fri/],
    [{ tool: 'terraform', sets: { a: { pattern: '(a+)+' } } }, /without groups/],
    [
      {
        tool: 'terraform',
        standing: {
          until: '2026-01-01T00:00:00Z',
          limits: { creates: 0, changes: 0, destroys: 0 },
          sets: { a: { pattern: 'a' } },
        },
      },
      /a is no input in sets/,
    ],
  ])('%j are refused', (settings, why) => {
    const read = deploySchema.safeParse(settings);
    expect(read.error?.issues.map((one) => one.message).join()).toMatch(why);
  });
});
