import { describe, expect, it } from 'vitest';
import { deploySchema, environmentName } from './environment.ts';

const problems = (settings: object) =>
  deploySchema.safeParse(settings).error?.issues.map((one) => `${one.path.join('.')}: ${one.message}`) ?? [];
const terraform = (more: object) => ({ tool: 'terraform', ...more });
const standing = { until: '2026-01-01T00:00:00Z', limits: { creates: 0, changes: 0, destroys: 0 } };

describe('settings of an environment', () => {
  it('say the tool, and have defaults for everything else', () => {
    expect(deploySchema.parse({ tool: 'tofu' })).toEqual({
      tool: 'tofu',
      directory: '.',
      target: {},
      base: [],
      overlay: [],
      sets: {},
      after: [],
      windows: [],
      freezes: [],
      limits: {},
      health: [],
      checks: [],
      timeout: 1800,
      wait: 300,
      env: [],
    });
  });

  it.each([
    [{ tool: 'ansible', target: { playbook: 'site.yml', inventory: 'inv/hosts', hosts: 'web-1.example.org' } }],
    [{ tool: 'kubectl', target: { context: 'admin@prod', manifests: ['k8s/a.yaml'], namespace: 'shop' } }],
    [{ tool: 'helm', target: { context: 'prod', release: 'web', chart: 'charts/web' } }],
    [{ tool: 'command', plan: ['x'], apply: ['y', ''], rollback: ['z'] }],
    [terraform({ target: { workspace: 'prod' }, base: ['a..b/c.tfvars', 'with space'] })],
    [terraform({ windows: ['mon-fri 08:00-16:00'], freezes: ['2026-12-20T00:00:00Z/2027-01-04T00:00:00Z'] })],
    [terraform({ sets: { a: { pattern: '[a-z]+' } }, standing: { ...standing, sets: { a: { pattern: 'a' } } } })],
    [terraform({ timeout: 1, wait: 0, env: ['_A1'], ticket: 'CHG*', inputs: ['**'] })],
    [terraform({ timeout: 86_400, wait: 86_400, checks: [{ name: 'up', run: ['curl'], contains: 'ok' }] })],
  ])('%j are accepted', (settings) => {
    expect(problems(settings)).toEqual([]);
  });

  it.each([
    [{ tool: 'ansible' }, ['target: ansible needs target.playbook', 'target: ansible needs target.inventory']],
    [{ tool: 'kubectl' }, ['target: kubectl needs target.context', 'target: kubectl needs target.manifests']],
    [
      { tool: 'helm', target: { release: 'b' } },
      ['target: helm needs target.context', 'target: helm needs target.chart'],
    ],
    [{ tool: 'command', plan: ['x'] }, ['apply: command needs apply']],
    [{ tool: 'command', apply: ['x'] }, ['plan: command needs plan']],
    [
      terraform({ plan: ['x'], apply: ['x'] }),
      ['plan: plan belongs to the tool command', 'apply: apply belongs to the tool command'],
    ],
    [terraform({ standing: { ...standing, sets: { a: { pattern: 'a' } } } }), ['standing.sets: a is no input in sets']],
    [
      terraform({ standing: { ...standing, sets: { toString: { pattern: 'a' } } } }),
      ['standing.sets: toString is no input in sets'],
    ],
  ])('%j lack what the tool needs', (settings, expected) => {
    expect(problems(settings)).toEqual(expected);
  });

  it.each(['/etc/passwd', '../elsewhere', 'a/../b', 'a/..', '..', 'C:x', '-destroy', '', 'a\0b', 'a\\b'])(
    'the path %j is not inside the project',
    (path) => {
      expect(problems(terraform({ overlay: [path] }))).toEqual([
        'overlay.0: must be a path inside the project, with "/"',
      ]);
      expect(problems(terraform({ directory: path }))).toEqual([
        'directory: must be a path inside the project, with "/"',
      ]);
    },
  );

  it.each(['', '-x', 'a b', '.x', 'a;b', 'a'.repeat(254)])('%.20j is no name of a target', (word) => {
    expect(problems(terraform({ target: { workspace: word } }))).toEqual(['target.workspace: must be a name']);
  });

  it.each([
    [{ windows: ['whenever'] }, /^windows.0: must be like mon-fri/],
    [{ sets: { a: { pattern: '(a+)+' } } }, /^sets.a.pattern: must be a plain pattern without groups/],
    [{ sets: { '1a': { pattern: 'a' } } }, /^sets.1a: /],
    [{ limits: { creates: -1 } }, /^limits.creates: /],
    [{ limits: { hosts: 1 } }, /^limits: /],
    [{ timeout: 0 }, /^timeout: /],
    [{ timeout: 86_401 }, /^timeout: /],
    [{ wait: -1 }, /^wait: /],
    [{ wait: 86_401 }, /^wait: /],
    [{ env: ['A=B'] }, /^env.0: /],
    [{ env: ['A-B'] }, /^env.0: /],
    [{ ticket: '' }, /^ticket: /],
    [{ inputs: [] }, /^inputs: /],
    [{ rollback: [] }, /^rollback: /],
    [{ rollback: ['a\0'] }, /^rollback.0: /],
    [{ after: ['Prod'] }, /^after.0: must be lower-case/],
    [{ checks: Array(41).fill({ name: 'a', run: ['b'] }) }, /^checks: /],
    [{ health: [{ name: 'a' }] }, /^health.0.run: /],
    [{ standing: { ...standing, until: 'soon' } }, /^standing.until: /],
    [{ standing: { until: standing.until, limits: { creates: 0, changes: 0 } } }, /^standing.limits.destroys: /],
    [{ unknown: 1 }, /Unrecognized key/],
    [{ target: { host: 'a' } }, /Unrecognized key/],
  ])('%j are refused', (more, why) => {
    expect(problems(terraform(more))).toEqual([expect.stringMatching(why)]);
  });
});

describe('the name of an environment', () => {
  it.each(['a', '1', 'prod-eu-1', 'a'.repeat(64)])('may be %s', (name) =>
    expect(environmentName.safeParse(name).success).toBe(true),
  );
  it.each(['', '-a', 'A', 'a_b', 'a.b', 'a/b', ' a', 'a'.repeat(65)])('may not be %j', (name) =>
    expect(environmentName.safeParse(name).success).toBe(false),
  );
});
