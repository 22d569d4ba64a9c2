import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../../mcp-server/src/domain/artifact/design.ts';
import type { Finding } from '../../mcp-server/src/domain/finding.ts';
import { project } from '../helpers/project.ts';
import { fixtures } from './fixtures.ts';

describe('a draft from exports of the Itential Platform', () => {
  it('is read without an error, adopts the export, and lists inputs, decisions and people', () => {
    const work = project();
    for (const name of ['branch-vlans.project.json', 'automation.json'])
      cpSync(join(fixtures, 'itential', name), work.path(name));
    work.git('add', '.');
    work.git('commit', '--quiet', '-m', 'exports');
    expect(work.cli('extract', '.', '--out', 'vlans').exit).toBe(0);
    const findings = work.json('validate', 'vlans')['findings'] as Finding[];
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const design = work.read('deliveries/vlans/design.md');
    expect(readDesign(design).components.map(({ action, paths }) => [action, paths])).toContainEqual([
      'adopt',
      ['branch-vlans.project.json'],
    ]);
    expect(design).toMatch(/\| `vlanId` \| yes \| `number` \|/);
    expect(design).toContain('`Is the VLAN free?`');
    const requirements = work.read('deliveries/vlans/requirements.md');
    expect(requirements).toContain('A person decides: `Approve the change`');
    expect(requirements).toContain('one of `Ask for a VLAN`, `Every night`, `From the ticket system` and `By request`');
    expect(requirements).not.toContain('ann@example.org');
  });
});
