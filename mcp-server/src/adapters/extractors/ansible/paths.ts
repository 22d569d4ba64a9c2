import { folderOf, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Fact, FactKind, RelationKind } from '../../../domain/extract/contract.ts';
import type { Reading } from './context.ts';

/**
 * Refers to another file as Ansible would search it: below the role, then beside the file (Ansible user guide, "Search
 * paths"). A path with a template becomes a pattern.
 */
export function referToFile(
  reading: Reading,
  from: Fact,
  kind: RelationKind,
  folder: 'tasks' | 'handlers' | 'templates' | 'files' | 'vars',
  path: string,
  at: Span,
  kinds?: readonly FactKind[],
): void {
  const { file, place } = reading;
  const own = folderOf(reading.path);
  const text = path.trim();
  if (text === '' || text.length > 500) return;
  if (text.includes('{{')) {
    const tail = text.replace(/\{\{\s*(?:role_path|playbook_dir)\s*\}\}\//, '').replace(/\{\{[^}]*\}\}/g, '*');
    const base =
      text.startsWith('{{ role_path') || text.startsWith('{{ playbook_dir')
        ? place.scope
        : place.role === undefined
          ? own
          : `${place.scope}/${folder}`;
    const glob = resolveFrom(base, /\.\w+$/.test(tail) || folder !== 'tasks' ? tail : `${tail}*`);
    if (glob !== undefined) file.refer(from, kind, { by: 'pattern', glob }, at);
    return;
  }
  const folders = [`${place.scope}/${folder}`, `${own}/${folder}`, own, place.scope];
  const found = new Set(folders.map((base) => resolveFrom(base, text)));
  for (const target of found)
    if (target !== undefined)
      file.refer(from, kind, { by: 'path', path: target, ...(kinds === undefined ? {} : { kinds }) }, at);
}

/** Refers to a role by its name: as written, and without the collection. One with a template can be any role. */
export function referToRole(reading: Reading, from: Fact, kind: RelationKind, role: string, at: Span): void {
  const { file } = reading;
  if (role.includes('{{')) {
    // Of a role by its full name the collection is no folder.
    const glob = role
      .replace(/\{\{[^}]*\}\}/g, '*')
      .trim()
      .replace(/^[\w*]+\.[\w*]+\.(?=[\w*])/, '');
    file.refer(from, kind, { by: 'pattern', glob: `**roles/${glob}/tasks/main.yml` }, at);
    return;
  }
  const names = new Set([role]);
  if (role.includes('/')) names.add(role.slice(role.lastIndexOf('/') + 1));
  if (role.split('.').length > 2) names.add(role.slice(role.lastIndexOf('.') + 1));
  for (const name of names) file.refer(from, kind, { by: 'name', format: 'ansible', kinds: ['role'], name }, at);
  if (/^[\w-]+(?:\.[\w-]+)+$/.test(role))
    file.couple({
      system: role.split('.').length > 2 ? role.slice(0, role.lastIndexOf('.')) : role,
      class: 'role',
      swap: 'rewrite',
      at,
      consumers: [from],
    });
}
