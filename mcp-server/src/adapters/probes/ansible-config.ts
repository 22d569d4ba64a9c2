import { join } from 'node:path';
import type { Surroundings } from './probe.ts';

/** What the project's ansible.cfg says of paths; nothing else of it is used, because it can name programs. */
export interface AnsibleConfig {
  inventories: string[];
  roles: string[];
}

/** Reads ansible.cfg as text: Ansible itself would also take plug-ins and password programs from it. */
export function readAnsibleConfig({ root, read }: Pick<Surroundings, 'root' | 'read'>): AnsibleConfig {
  const lines = (read(join(root, 'ansible.cfg')) ?? '').split('\n');
  let section = '';
  const values = new Map<string, string>();
  for (const line of lines) {
    section = /^\s*\[(\w+)\]/.exec(line)?.[1] ?? section;
    const setting = /^(inventory|roles_path)\s{0,9}[=:]\s{0,9}(\S.{0,999})$/.exec(line);
    if (section === 'defaults' && setting !== null) values.set(setting[1]!, setting[2]!.trim());
  }
  const split = (name: string, by: string) =>
    (values.get(name) ?? '')
      .split(by)
      .map((path) => path.trim().replace(/^\.\//, ''))
      .filter(isInside);
  return { inventories: split('inventory', ','), roles: [...new Set(['roles', ...split('roles_path', ':')])] };
}

const isInside = (path: string) => path !== '' && !/^[/~-]/.test(path) && !path.split('/').includes('..');
