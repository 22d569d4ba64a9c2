import { expect, it } from 'vitest';
import { kinshipOf, lessonOf } from './lessons.ts';

const requirements =
  '---\ntemplate: vlan-provisioning\n---\n\n| ID | System |\n| --- | --- |\n| SYS-1 | Source of truth | a |\n| SYS-2 | `Switches` | b |\n';
const asBuilt =
  '## Deviations\n\n| Id | Designed |\n| --- | --- |\n| DEV-1 | two trunks |\n\n## Residual issues\n\nNone known.\n\n## Learnings\n\n- Save the configuration.\n\nRead back twice.\n';

it('[R-LESSON-1] finds what two deliveries have in common', () => {
  expect([...kinshipOf(requirements)]).toEqual(['source of truth', 'switches', 'template vlan-provisioning']);
  expect(kinshipOf('').size).toBe(0);
});

it('[R-LESSON-1] says what was learned, and nothing where nothing was written down or shared', () => {
  expect(lessonOf('office', ['switches'], asBuilt)).toEqual({
    delivery: 'office',
    shared: ['switches'],
    learnings: ['Read back twice.', 'Save the configuration.'],
    residual: [],
    deviations: ['DEV-1 | two trunks'],
  });
  expect(lessonOf('office', [], asBuilt)).toBeUndefined();
  expect(lessonOf('office', ['switches'], '## Learnings\n\nNone written down.\n')).toBeUndefined();
});
