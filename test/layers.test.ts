import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Project, project } from './helpers/project.ts';

const FILE = 'conventions/organisation.yaml';
const ORGANISATION = `countersign: conventions/1
name: Brackwater
track: strict
gates: { design: { level: signed, approvers: 2 } }
requirements:
  limits: { max-hosts: 1 }
  constraints: [Nothing changes from 20 June to 15 August.]
`;

/** Writes a layer, and a policy that pins it. */
function layer(work: Project, text = ORGANISATION, policy = ''): void {
  work.write(FILE, text);
  const pin = createHash('sha256').update(text).digest('hex');
  work.write('countersign.yaml', `countersign: policy/1\nlayers:\n  - { file: ${FILE}, sha256: ${pin} }\n${policy}`);
}

function personal(work: Project, text: string): void {
  mkdirSync(join(work.home, 'config', 'countersign'), { recursive: true });
  writeFileSync(join(work.home, 'config', 'countersign', 'conventions.yaml'), text);
}

describe('layers of conventions', () => {
  it('[R-LAYER-1] tighten what gates ask for, and the policy of the repository cannot take it back', () => {
    const work = project();
    layer(work, ORGANISATION, 'track: light\ngates: { design: { level: recorded, approvers: 1 } }\n');
    const { out, exit } = work.cli('policy', 'explain');
    expect(exit).toBe(0);
    expect(out).toContain('track strict');
    expect(out).toContain(`with ${FILE}`);
    expect(out).toMatch(/stage:design +2 approvals at level signed/);
  });

  it('go into what new starts, from a template and without', () => {
    const work = project();
    layer(work);
    personal(work, 'countersign: conventions/1\nrequirements: { questions: [Did I tell the desk?] }\n');
    for (const args of [['a'], ['b', '--template', 'bgp-peer']]) {
      expect(work.cli('new', ...args)).toMatchObject({ exit: 0 });
      const text = work.read(`deliveries/${args[0]}/requirements.md`);
      expect(text).toMatch(/^\| max-hosts \| 1 \|/m);
      expect(text).toContain('Nothing changes from 20 June to 15 August.');
      expect(text).toMatch(/^### Q-\d+: Did I tell the desk\?\n\n- Answer:$/m);
    }
  });

  it('go into what is drafted from code, from a design and from other tools as well', () => {
    const work = project();
    layer(work);
    work.write('up.sh', '#!/bin/sh\nset -e\nkubectl apply -f web.yaml\n');
    work.write('design.md', '# Web\n\nThe site is shipped.\n\n1. Apply the manifest\n2. Look at the page\n');
    work.write(
      '.kiro/specs/web/requirements.md',
      '# Requirements Document\n\n## Requirements\n\n### Requirement 1: Ship\n\n#### Acceptance Criteria\n\n1. WHEN asked THEN the system SHALL ship\n',
    );
    for (const args of [
      ['extract', 'up.sh', '--out', 'code'],
      ['new', 'design', '--from-design', 'design.md'],
      ['import', '.kiro', '--out', 'web'],
    ])
      expect(work.cli(...args), args.join(' ')).toMatchObject({ exit: 0 });
    const drafted = readdirSync(join(work.root, 'deliveries')).filter((name) => /^\w/.test(name));
    expect(drafted.length).toBeGreaterThanOrEqual(3);
    for (const id of drafted) {
      const text = work.read(`deliveries/${id}/requirements.md`);
      expect(text, id).toMatch(/^\| max-hosts \| 1 \|/m);
      expect(text, id).toContain('Nothing changes from 20 June to 15 August.');
      expect(work.cli('validate', id).out, id).not.toMatch(/\berror\b/);
    }
  });

  it('[R-LAYER-2] that are not as they were pinned, gone or broken stop every gate, and say why', () => {
    const work = project();
    layer(work);
    work.write(FILE, ORGANISATION.replace('signed', 'recorded'));
    expect(work.cli('policy', 'explain')).toMatchObject({ exit: 2, err: expect.stringContaining('its sha256 is ') });
    layer(work, 'countersign: conventions/1\nname: x\nguard: { mode: off }\n');
    expect(work.cli('policy', 'explain')).toMatchObject({ exit: 2, err: expect.stringContaining('guard') });
    work.write('countersign.yaml', work.read('countersign.yaml').replace(FILE, 'conventions/none.yaml'));
    expect(work.cli('new', 'a')).toMatchObject({ exit: 2, err: expect.stringContaining('is not there') });
    work.write('countersign.yaml', work.read('countersign.yaml').replace('conventions/none.yaml', '../../etc/hosts'));
    expect(work.cli('new', 'a').exit).toBe(2);
  });

  it('count as they lie at the trusted ref, so that a change cannot loosen them for itself', () => {
    const work = project();
    layer(work);
    work.git('add', '-A');
    work.git('commit', '-qm', 'conventions');
    work.git('checkout', '-qb', 'change');
    layer(work, ORGANISATION.replace('approvers: 2', 'approvers: 1'));
    expect(work.cli('new', 'a').exit).toBe(0);
    work.git('add', '-A');
    work.git('commit', '-qm', 'loosen');
    const { out, exit } = work.cli('verify', '--trust-from', 'main');
    expect(exit).toBe(1);
    expect(out).toContain('policy-changed');
  });
});

describe('a person’s own conventions', () => {
  it('[R-LAYER-2] decide no gate', () => {
    const work = project();
    personal(work, 'countersign: conventions/1\ngates: { design: { level: signed } }\n');
    expect(work.cli('policy', 'explain').out).toMatch(/stage:design +1 approval at level recorded/);
    expect(work.cli('new', 'a')).toMatchObject({ exit: 2, err: expect.stringContaining('gates') });
  });

  it('may start deliveries on a stricter track, and on no laxer one', () => {
    const work = project();
    personal(work, 'countersign: conventions/1\ntrack: light\n');
    expect(work.cli('new', 'a').out).toContain('on track standard');
    personal(work, 'countersign: conventions/1\ntrack: strict\n');
    expect(work.cli('new', 'b').out).toContain('on track strict');
  });
});
