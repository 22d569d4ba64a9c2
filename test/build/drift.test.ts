import { expect, it } from 'vitest';
import { REQUIREMENTS } from '../../mcp-server/src/entry/demo/artifacts.ts';
import { type Project, project } from '../helpers/project.ts';
import { ID, reach } from '../helpers/zone-file.ts';

interface Finding {
  rule: string;
  path: string;
  severity: string;
}
const drift = (work: Project) => {
  const { exit, findings } = work.json('verify') as unknown as { exit: number; findings: Finding[] };
  return { exit, drift: findings.filter((one) => one.rule === 'drift').map((one) => `${one.severity} ${one.path}`) };
};
const digest = (text: string) => /digest ([0-9a-f]{12})/.exec(text)![1]!;

it('is accepted by a person for a reason, from one content to another and no further [R-DRIFT-1]', async () => {
  const work = project();
  await reach(work, 'as-built');
  const built = work.read('zone/generate.mjs');
  expect(work.cli('submit', ID, 'drift:current', '--reason', 'x').err).toContain('no file of zone-file moved');
  work.write('zone/generate.mjs', `${built}// hotfix\n`);
  expect(drift(work)).toEqual({ exit: 1, drift: ['error zone/generate.mjs'] });
  expect(work.cli('submit', ID, 'drift:current').err).toContain('drift is accepted for a reason');
  const { out } = work.cli('submit', ID, 'drift:current', '--reason', 'hotfix of CHG0041');
  expect(drift(work).exit).toBe(1);
  const shown = work.cli('review', ID, 'drift:current').out;
  expect(shown).toContain('"reason": "hotfix of CHG0041"');
  expect(shown).toContain('// hotfix');
  work.types(digest(out));
  expect(drift(work)).toEqual({ exit: 0, drift: [] });
  expect(work.read(`deliveries/${ID}/history.md`)).toContain('submitted drift:current for approval');
  work.write('zone/generate.mjs', `${built}// hotfix\n// and more\n`);
  expect(drift(work)).toEqual({ exit: 1, drift: ['error zone/generate.mjs'] });
  work.write('zone/generate.mjs', built);
  expect(drift(work)).toEqual({ exit: 0, drift: [] });
});

it('is as bad as the requirements say that it touches [R-DRIFT-2]', async () => {
  const work = project();
  const requirements = REQUIREMENTS.replace(/(### REQ-1: .*\n)/, '$1\n- Drift: info\n').replace(
    /(### REQ-2: .*\n)/,
    '$1\n- Drift: warning\n',
  );
  await reach(work, 'as-built', { requirements });
  expect(work.cli('validate', ID).exit).toBe(0);
  work.write('zone/hosts.json', `${work.read('zone/hosts.json')}\n`);
  expect(drift(work)).toEqual({ exit: 0, drift: ['info zone/hosts.json'] });
  work.write('zone/generate.mjs', `${work.read('zone/generate.mjs')}// more\n`);
  expect(drift(work)).toEqual({ exit: 0, drift: ['warning zone/generate.mjs', 'info zone/hosts.json'] });
});
