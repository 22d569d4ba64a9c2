import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { readRequirements } from '../artifact/requirements.ts';
import { generalise } from './generalise.ts';

/** Documents that were read and found right; `npx vitest run --update` writes them anew. */
const FOLDER = join(import.meta.dirname, '../../../../test/fixtures/generalised');
const text = (name: string) => readFileSync(join(FOLDER, name), 'utf8').replaceAll('\r\n', '\n');

const made = (spec: string, title: string, design?: string) =>
  generalise(readRequirements(spec), design === undefined ? undefined : readDesign(design), { name: 'zones', title });

describe('a spec of one site', () => {
  it.each([
    ['with-design', text('design.md')],
    ['without-design', undefined],
  ])('becomes a template %s, the rest byte for byte', async (name, design) => {
    const title = 'Zone transfer with a re-sync and checks, from one list of names and addresses, for many sites';
    const { requirements, answers, facts, ...rest } = made(text('spec.md'), title, design);
    await expect(requirements).toMatchFileSnapshot(join(FOLDER, `${name}-requirements.md`));
    await expect(`${answers}---\n${facts}---\n${JSON.stringify(rest, null, 1)}\n`).toMatchFileSnapshot(
      join(FOLDER, `${name}-rest.txt`),
    );
  });

  it('has the same with line ends of Windows', () => {
    const unix = made(text('spec.md'), 'Zones', text('design.md'));
    const windows = made(text('spec.md').replaceAll('\n', '\r\n'), 'Zones', text('design.md'));
    expect({ ...windows, requirements: '', answers: '' }).toEqual({ ...unix, requirements: '', answers: '' });
    expect(windows.requirements.replaceAll('\r\n', '\n')).toBe(unix.requirements);
  });
});

describe('a spec with next to nothing in it', () => {
  it('becomes a template without questions, and one with limits asks about them in a section of its own', () => {
    const front = '---\ncountersign: requirements/1\ntitle: Small\nowner: Al\n---\n';
    const plain = made(`${front}\n## Goal\n\nNone of Al said`, 'Of it');
    expect(plain).toEqual({
      requirements:
        '---\ncountersign: requirements/1\ntitle: "Of it"\nowner: Unassigned\nrisk: standard\ntemplate: zones\n---\n\n## Goal\n\nNone of Al said',
      answers: 'countersign: answers/1\ntitle: Small\nowner: Al\nanswers: {}\n',
      facts: 'countersign: template/1\ntitle: Of it\nsummary: None of Al said\ntags: []\n',
      questions: [],
      reopened: [],
      leftOut: [],
    });
    const limited = made(`${front}\n## Limits\n\n| Limit | Value |\n|---|---|\n| rto | PT1M |\n`, 'It');
    expect(limited.requirements).toMatch(
      /\| rto \| PT1M \|\n\n## Questions\n\n### Q-1: Do the limits hold here\?\n\n- Decides: `rto`\n- Default: the values of the Limits table\n- Answer:\n$/,
    );
    expect(limited.facts).toBe('countersign: template/1\ntitle: It\nsummary: It\ntags: []\n');
  });
});
