import { describe, expect, it } from 'vitest';
import { readDesign } from '../artifact/design.ts';
import { readRequirements } from '../artifact/requirements.ts';
import { requirementsAt, weighDrift } from './severity.ts';

const requirements = readRequirements(
  ['error', 'Warning', 'info', 'harmless', '']
    .map(
      (word, at) =>
        `### REQ-${at + 1}: Title\n\nIt shall.\n${word === '' ? '' : `\n- Drift: ${word}\n`}\n- **AC-${at + 1}.1** x\n`,
    )
    .join('\n')
    .replace(/^/, '## Requirements\n\n'),
);

describe('how bad drift is', () => {
  it.each([
    [['REQ-2'], 'warning'],
    [['REQ-3'], 'info'],
    [['REQ-3', 'REQ-2'], 'warning'],
    [['REQ-2', 'REQ-1', 'REQ-3'], 'error'],
  ])('follows the strictest of what the requirements %j say: %s', (ids, severity) => {
    expect(weighDrift(requirements, ids)).toEqual({ severity, requirements: ids });
  });

  it.each([[[]], [['REQ-4']], [['REQ-5']], [['REQ-9']], [['REQ-3', 'REQ-5']]])(
    'is an error where they %j say nothing that counts',
    (ids) => {
      expect(weighDrift(requirements, ids).severity).toBe('error');
    },
  );

  it('is an error where the requirements cannot be read', () => {
    expect(weighDrift(undefined, ['REQ-3']).severity).toBe('error');
  });
});

describe('the requirements of a path', () => {
  const design = readDesign(
    [
      '## Components\n',
      '### CMP-1: One\n\n- Realises: REQ-1, REQ-2\n- Paths: roles/web/, site.yml\n',
      '### CMP-2: Two\n\n- Realises: REQ-2, REQ-12\n- Paths: site.yml\n',
      '### CMP-3: Three\n\n- Realises: REQ-7\n- Paths: other/\n',
    ].join('\n'),
  );

  it('are those that its components realise, each once', () => {
    expect(requirementsAt(design, 'roles/web/tasks/main.yml')).toEqual(['REQ-1', 'REQ-2']);
    expect(requirementsAt(design, 'site.yml')).toEqual(['REQ-1', 'REQ-2', 'REQ-12']);
    expect(requirementsAt(design, 'elsewhere')).toEqual([]);
    expect(requirementsAt(undefined, 'site.yml')).toEqual([]);
  });
});
