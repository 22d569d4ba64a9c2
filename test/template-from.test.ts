import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { DESIGN, REQUIREMENTS } from '../mcp-server/src/entry/demo/artifacts.ts';
import { project } from './helpers/project.ts';
import { ID, reach } from './helpers/zone-file.ts';

/** The demonstration's spec with what only one site has in it. */
const SITE = REQUIREMENTS.replace('The zone file of the lab', 'The zone file of lab.acme.io on ns1.lab.acme.io')
  .replace('- **AC-1.1** ', '- **AC-1.1** Below 10.20.0.0/16: ')
  .concat('\n### Q-7: Who loads the zone?\n\n- Decides: SYS-1\n- Answer: the team of ns1.lab.acme.io\n');

describe('template from', () => {
  it('[R-REUSE-1] turns a delivered spec into a template that a delivery starts from', async () => {
    const work = project();
    await reach(work, 'as-built', { requirements: SITE });
    const made = work.json('template', 'from', ID, '--name', 'zone', '--title', 'Zone file');
    expect(made).toMatchObject({ exit: 0, template: 'zone', reopened: expect.arrayContaining(['Q-7']), leftOut: [] });
    const text = work.read('templates/zone/requirements.md');
    expect(text).not.toContain('acme.io');
    expect(text).not.toContain('10.20.0.0');
    expect(text).toContain('Below the prefix of Q-');
    expect(text).toMatch(/^### Q-7: Who loads the zone\?\n\n- Decides: SYS-1\n- Answer:$/m);
    for (const id of SITE.match(/\b(?:REQ|AC|CAP|SYS|RSK|CON)-[\d.]*\d/g) ?? []) expect(text).toContain(id);
    expect(work.read('templates/zone/answers.yaml')).toContain('10.20.0.0/16');
    expect(work.json('new', '--list')).toMatchObject({
      templates: expect.arrayContaining([expect.objectContaining({ name: 'zone', from: 'project' })]),
    });
    const answers = work.path('templates/zone/answers.yaml');
    expect(work.cli('new', 'next', '--template', 'zone', '--answers', answers).exit).toBe(0);
    expect(work.cli('validate', 'next', '--strict')).toMatchObject({ exit: 0 });
  });

  it('[R-REUSE-2] refuses what is not delivered, and says what is missing', async () => {
    const work = project();
    await reach(work, 'design');
    const { exit, blocks } = work.json('template', 'from', ID);
    expect(exit).toBe(1);
    expect((blocks as string[]).join()).toContain('not delivered');
    expect(existsSync(work.path('templates'))).toBe(false);
    expect(work.cli('template', 'from', 'nothing').exit).toBe(2);
    expect(work.cli('template', 'from', ID, '--name', '../x').exit).toBe(2);
    expect(work.cli('template', 'make', ID).exit).toBe(2);
  });

  it('[R-REUSE-2] refuses a delivered spec with findings, and one whose text moved since', async () => {
    const work = project();
    await reach(work, 'as-built', {
      requirements: REQUIREMENTS.replace('print one', 'quickly print one'),
      design: DESIGN,
    });
    expect((work.json('template', 'from', ID)['blocks'] as string[]).join()).toContain('[vague-words]');
    work.write(`deliveries/${ID}/requirements.md`, `${work.read(`deliveries/${ID}/requirements.md`)}\nMore.\n`);
    expect((work.json('template', 'from', ID)['blocks'] as string[]).join()).toContain('not delivered');
    expect(existsSync(work.path('templates'))).toBe(false);
  });

  it('[R-REUSE-3] never writes over a template without being told', async () => {
    const work = project();
    await reach(work, 'as-built');
    expect(work.cli('template', 'from', ID).exit).toBe(0);
    // The same again is no loss.
    expect(work.cli('template', 'from', ID).exit).toBe(0);
    const path = `templates/${ID}/requirements.md`;
    work.write(path, `${work.read(path)}\nMine.\n`);
    const { exit, error } = work.json('template', 'from', ID) as { exit: number; error: { code: string } };
    expect([exit, error.code]).toEqual([2, 'template-exists']);
    expect(work.read(path)).toContain('Mine.');
    expect(work.cli('template', 'from', ID, '--replace').out).toContain('Replaced');
    expect(work.read(path)).not.toContain('Mine.');
  });
});
