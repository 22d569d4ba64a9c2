import { describe, expect, it } from 'vitest';
import { splice } from '../artifact/splice.ts';
import { renumber } from './renumber.ts';
import { ruleInput } from './rule.ts';

const HEAD = '## Requirements\n\n### REQ-1: A\n\nIt SHALL a.\n\n- **AC-1.1** a\n\n';

function renumbered(requirements: string, recorded: readonly string[] = [], design?: string): string {
  const artifacts = { 'requirements.md': requirements, ...(design === undefined ? {} : { 'design.md': design }) };
  const input = ruleInput(artifacts, { platform: undefined, stated: new Map() });
  return splice(requirements, renumber(input, new Set(recorded)).get('requirements.md') ?? []);
}

describe('renumbering what two branches added', () => {
  const twice = `${HEAD}### REQ-2: B\n\nIt SHALL b.\n\n- **AC-2.1** b\n\n### REQ-2: C\n\nIt SHALL c, as REQ-2 says.\n\n- **AC-2.1** c\n- **AC-2.2** d\n`;

  it('gives the later requirement the next free number, with its criteria and what it says of itself', () => {
    const after = renumbered(twice);
    expect(after.slice(0, after.indexOf('### REQ-3'))).toBe(twice.slice(0, twice.lastIndexOf('### REQ-2')));
    expect(after.slice(after.indexOf('### REQ-3'))).toBe(
      '### REQ-3: C\n\nIt SHALL c, as REQ-3 says.\n\n- **AC-3.1** c\n- **AC-3.2** d\n',
    );
    expect(renumbered(after)).toBe(after);
  });

  it('passes over numbers that were ever recorded', () => {
    expect(renumbered(twice, ['REQ-7'])).toContain('### REQ-8: C');
  });

  it.each<[string, string, string[], string | undefined]>([
    ['the record holds the id', twice, ['REQ-2'], undefined],
    ['the record holds one of its criteria', twice, ['AC-2.1'], undefined],
    ['another requirement refers to it', twice.replace('It SHALL a.', 'It SHALL a, see REQ-2.'), [], undefined],
    [
      'another requirement refers to a criterion',
      twice.replace('It SHALL a.', 'It SHALL a, see AC-2.1.'),
      [],
      undefined,
    ],
    ['the design refers to it', twice, [], '## Components\n\n### CMP-1: A\n\n- Realises: REQ-2\n'],
  ])('leaves it to a person where %s', (_, text, recorded, design) => {
    expect(renumbered(text, recorded, design)).toBe(text);
  });

  it.each<[string, string, string, string[]]>([
    ['a third one too', '### REQ-1: B\n\n### REQ-1: C\n', '### REQ-2: B\n\n### REQ-3: C\n', []],
    ['past the highest number, and no gap', '### REQ-1: B\n\n### REQ-9: C\n', '### REQ-10: B\n\n### REQ-9: C\n', []],
    ['by number, not by letters', '### REQ-1: B\n', '### REQ-11: B\n', ['REQ-10', 'REQ-9', 'CAP-40']],
    [
      'with a family of its own',
      '### REQ-1: B\n\n- **AC-1.1** b, not AC-11.1\n\n### REQ-11: C\n\n- **AC-11.2** c\n',
      '### REQ-1: B\n\n- **AC-1.1** b, not AC-11.1\n\n### REQ-11: C\n\n- **AC-11.2** c\n'.replace(
        'REQ-1: B\n\n- **AC-1.1',
        'REQ-12: B\n\n- **AC-12.1',
      ),
      [],
    ],
    [
      'and of criteria below one requirement',
      '- **AC-1.1** b\n- **AC-1.4** c\n',
      '- **AC-1.5** b\n- **AC-1.4** c\n',
      ['AC-2.8'],
    ],
    ['nothing that is there once', '### REQ-2: B\n\n- **AC-2.1** b\n', '### REQ-2: B\n\n- **AC-2.1** b\n', []],
  ])('gives %s', (_, before, after, recorded) => {
    expect(renumbered(`${HEAD}${before}`, recorded)).toBe(`${HEAD}${after}`);
  });

  it('gives no edits for an artifact where nothing moves', () => {
    const input = ruleInput({ 'requirements.md': HEAD }, { platform: undefined, stated: new Map() });
    expect(renumber(input, new Set())).toEqual(new Map());
  });

  it('renumbers criteria, questions, constraints and systems on their own lines, whatever the line ends', () => {
    const text = `${HEAD}- **AC-1.1** again\n\n## Systems\n\n| ID | System |\n|---|---|\n| SYS-1 | A |\n| SYS-1 | B |\n\n## Questions\n\n- **Q-1** Who?\n- **Q-1** When?\n`;
    const after = text
      .replace('**AC-1.1** again', '**AC-1.2** again')
      .replace('SYS-1 | B', 'SYS-2 | B')
      .replace('Q-1** When', 'Q-2** When');
    expect(renumbered(text)).toBe(after);
    expect(renumbered(text.replaceAll('\n', '\r\n'))).toBe(after.replaceAll('\n', '\r\n'));
  });
});
