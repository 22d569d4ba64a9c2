import { expect, it } from 'vitest';
import { ansible } from './ansible.ts';

it('cites where the name of a task stands that a merge key brings', () => {
  const text = `- name: Read the rule
  block:
    - &read
      name: Ask the monitor
      command: ceph config get mon
- name: Read it again
  block:
    - <<: *read
      delegate_to: other
`;
  const { facts } = ansible.extract({ path: 'roles/facts/tasks/main.yml', text });
  const tasks = facts.filter(({ kind, name }) => kind === 'task' && name === 'Ask the monitor');
  expect(tasks.map(({ evidence }) => evidence.map(({ line, endLine }) => [line, endLine]))).toEqual([
    [[4, 5]],
    [
      [8, 9],
      [4, 4],
    ],
  ]);
});
