import { describe, expect, it } from 'vitest';
import type { DoctorLine } from '../../mcp-server/src/domain/doctor/line.ts';
import { type Forged, hasGh, onGitHub, onGitLab } from './forge.ts';

const line = ({ work, env }: Forged, probe: string) => {
  const { lines } = JSON.parse(work.cliWith(env, 'doctor', '--json').out) as { lines: DoctorLine[] };
  return lines.find((one) => one.probe === probe)!;
};
const github = (branches: Record<string, boolean>) => ({ github: { repository: 'acme/net', pulls: {}, branches } });

describe('branch protection, as doctor sees it', () => {
  it.skipIf(!hasGh)('is good, missing, or not looked at on GitHub', async () => {
    const forge = await onGitHub();
    forge.says(github({ main: true }));
    expect(line(forge, 'branch-protection')).toMatchObject({ state: 'good', keepsFrom: [] });
    forge.says(github({ main: false }));
    expect(line(forge, 'branch-protection')).toMatchObject({ state: 'warning', keepsFrom: ['external'] });
    forge.says({ ...github({ main: true }), failing: { '/repos/acme/net/branches/main': 403 } });
    expect(line(forge, 'branch-protection')).toMatchObject({ state: 'unknown', keepsFrom: ['external'] });
  });

  it('is good, missing, or not looked at on GitLab', async () => {
    const forge = await onGitLab();
    const gitlab = (...names: string[]) => ({ gitlab: { project: 'acme/infra/net', merges: {}, protected: names } });
    forge.says(gitlab('main'));
    expect(line(forge, 'branch-protection').state).toBe('good');
    forge.says(gitlab());
    expect(line(forge, 'branch-protection').state).toBe('warning');
    const wrong = { ...forge, env: { ...forge.env, GITLAB_TOKEN: 'wrong' } };
    expect(line(wrong, 'branch-protection').state).toBe('unknown');
  });

  it('is about the accounts that policy names, too', async () => {
    const forge = await onGitLab();
    forge.says({ gitlab: { project: 'acme/infra/net', merges: {} } });
    expect(line(forge, 'accounts')).toMatchObject({ state: 'warning', keepsFrom: ['hosted'] });
    forge.work.write('countersign.yaml', 'countersign: policy/1\naccounts:\n  ada@example.org: ada\n');
    expect(line(forge, 'accounts').state).toBe('good');
    forge.work.write('.gitlab-ci.yml', 'check:\n  script:\n    - countersign verify --hosted\n');
    expect(line(forge, 'ci').keepsFrom).toEqual(['external']);
  });
});
