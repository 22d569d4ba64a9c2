import { describe, expect, it } from 'vitest';
import { deployPlan } from '../../../../test/helpers/deploy-story.ts';
import { amounts, planPage } from './page.ts';

const build = 'b'.repeat(64);
const plan = deployPlan({ build, inputs: { files: 2, sha256: 'c'.repeat(64) } });

describe('how much a plan does', () => {
  it.each([
    [{ creates: 1, changes: 2, destroys: 0, hosts: null }, '1 created, 2 changed, 0 destroyed'],
    [
      { creates: null, changes: 2, destroys: null, hosts: { changed: 1, all: 3 } },
      'unknown created, 2 changed, unknown destroyed, 1 of 3 hosts',
    ],
  ])('%j is %s', (summary, expected) => expect(amounts(summary)).toBe(expected));
});

describe('the page of a plan', () => {
  it('says what is deployed, what will be run, and what would change', () => {
    expect(planPage(plan)).toBe(
      [
        '# Deploy of vlan-provisioning to prod with terraform',
        '',
        '1 created, 0 changed, 0 destroyed',
        '',
        '## What is deployed',
        '',
        '- build bbbbbbbbbbbb',
        '- 2 files, cccccccccccc',
        '',
        '## What will be run',
        '',
        '- "terraform" "apply"',
        '',
        '## What would change',
        '',
        '- create a.b',
        '',
        '## Differences',
        '',
        '    text',
        '',
      ].join('\n'),
    );
  });

  it('says all that is there to say, each on a line of its own whatever it holds', () => {
    const page = planPage(
      deployPlan({
        ...plan,
        action: 'rollback',
        overlay: [{ path: 'prod.tfvars', sha256: 'd'.repeat(64) }],
        sets: { vlan: '7', name: 'a\n## b' },
        run: ['ops', 'a b'],
        items: [],
        differs: ['size is another'],
        admits: ['hooks'],
        detail: { a: ['```'] },
      }),
    );
    expect(page).toBe(
      [
        '# Rollback of vlan-provisioning to prod with terraform',
        '',
        '1 created, 0 changed, 0 destroyed',
        '',
        '## What is deployed',
        '',
        '- build bbbbbbbbbbbb',
        '- 2 files, cccccccccccc',
        '- prod.tfvars dddddddddddd',
        '- vlan=7',
        '- name=a ## b',
        '',
        '## What will be run',
        '',
        '- "ops" "a b"',
        '',
        '## What is different here',
        '',
        '- size is another',
        '',
        '## What the rehearsal cannot see',
        '',
        '- hooks',
        '',
        '## Differences',
        '',
        '    {',
        '     "a": [',
        '      "```"',
        '     ]',
        '    }',
        '',
      ].join('\n'),
    );
  });

  it.each(['', null])('has no differences where the detail is %j', (detail) => {
    expect(planPage(deployPlan({ detail }))).not.toContain('Differences');
  });

  it('shows a text of several lines without its last line end', () => {
    expect(planPage(deployPlan({ detail: 'a\n\n# b\n' }))).toMatch(/\n\n {4}a\n {4}\n {4}# b\n$/);
  });

  const items = (count: number) =>
    Array.from({ length: count }, (_, at) => ({ address: `a.${at + 1}`, action: 'create' as const }));

  it('lists 200 things that would change and counts the others', () => {
    const all = planPage(deployPlan({ items: items(200) }));
    expect(all).toContain('- create a.200\n');
    expect(all).not.toContain('more');
    const more = planPage(deployPlan({ items: items(203) }));
    expect(more).toContain('- create a.200\n- and 3 more\n');
    expect(more).not.toContain('a.201');
  });

  it('shows 60,000 characters of the differences and counts the others', () => {
    const whole = planPage(deployPlan({ detail: 'x'.repeat(60_000) }));
    expect(whole).not.toContain('left out');
    const cut = planPage(deployPlan({ detail: 'x'.repeat(60_007) }));
    expect(cut).toContain(`    ${'x'.repeat(60_000)}\n    [7 characters left out; the plan has them]\n`);
  });
});
