import { baseName, folderOf } from '../../../domain/extract/build.ts';
import { taskKeywords } from './module.ts';
import { isModuleName } from './modules.ts';

export type AnsibleFileKind =
  | 'playbook'
  | 'tasks'
  | 'handlers'
  | 'defaults'
  | 'vars'
  | 'group-vars'
  | 'host-vars'
  | 'meta'
  | 'argument-specs'
  | 'requirements'
  | 'galaxy'
  | 'inventory-ini'
  | 'inventory-yaml'
  | 'template'
  | 'plugin'
  | 'vault';

export interface AnsibleFile {
  kind: AnsibleFileKind;
  /** Folder of the role or playbook that the file belongs to. */
  scope: string;
  /** Name of the role, when the path tells it. */
  role?: string;
}

const yaml = /\.ya?ml$/;
const sections = new Set(['tasks', 'handlers', 'defaults', 'vars', 'meta', 'templates']);
// What lies under these folders of a role tries the role out and is no part of it.
const aside = new Set(['tests', 'molecule', 'files', 'examples']);
const strong =
  /^\s*(?:-\s+)?(?:hosts|import_playbook|gather_facts|become|become_user|register|with_items|with_dict|notify|delegate_to|ignore_errors|failed_when|changed_when|run_once|include_tasks|import_tasks|include_role|import_role|loop_control):/m;

/** What a task wants a thing to be; said by tasks of modules that nobody has heard of as well. */
const wantedState =
  /^\s+state:\s*["']?(?:present|absent|started|stopped|restarted|latest|directory|touch|mounted|enabled|disabled|merged|replaced|overridden)["']?\s*$/m;

/** What a file is to Ansible, by its path and where that is not enough by the first lines; undefined for other files. */
export function recognise(path: string, head: string): AnsibleFile | undefined {
  const name = baseName(path);
  const folder = folderOf(path);
  if (head.startsWith('$ANSIBLE_VAULT;')) return { ...(inFolder(path) ?? { scope: folder }), kind: 'vault' };
  const owner = inFolder(path);
  if (owner?.in === 'templates' || name.endsWith('.j2'))
    return { kind: 'template', scope: owner?.scope ?? templateScope(path), ...roleOf(owner) };
  if (
    /(?:^|\/)(?:plugins\/\w+|library|module_utils|(?:action|callback|connection|filter|inventory|lookup|strategy|test|vars)_plugins)\/[^/]+\.py$/.test(
      path,
    ) &&
    name !== '__init__.py'
  )
    return { kind: 'plugin', scope: folderOf(folder.replace(/\/plugins\/\w+$/, '/plugins')) };
  const variables = variableFolder(path);
  if (variables !== undefined) return variables;
  if (looksLikeIni(path, name, head)) return { kind: 'inventory-ini', scope: folder };
  if (!yaml.test(name) || /(?:^|\/)(?:\.github|\.gitlab|molecule\/[^/]+\/molecule|changelogs)/.test(path))
    return undefined;
  return recogniseYaml(path, name, folder, head, owner);
}

function recogniseYaml(
  path: string,
  name: string,
  folder: string,
  head: string,
  owner: Owner | undefined,
): AnsibleFile | undefined {
  const isList = startsWithList(head);
  const base = { scope: owner?.scope ?? folder, ...roleOf(owner) };
  if (owner?.in === 'meta') {
    if (/^argument_specs\./.test(name)) return { kind: 'argument-specs', ...base };
    if (
      /^main\./.test(name) &&
      (base.role !== undefined || /^\s*(?:galaxy_info|dependencies|argument_specs|allow_duplicates):/m.test(head))
    )
      return { kind: 'meta', ...base };
    if (/^requirements\./.test(name)) return { kind: 'requirements', ...base };
    return undefined;
  }
  if (isList && isPlaybook(head)) return { kind: 'playbook', scope: folder };
  if (owner !== undefined && (owner.in === 'tasks' || owner.in === 'handlers') && (isList || isEmptyYaml(head)))
    return { kind: owner.in, ...base };
  if (
    owner !== undefined &&
    (owner.in === 'defaults' || owner.in === 'vars') &&
    !isList &&
    !/^(?:apiVersion|\$schema):/m.test(head)
  )
    return { kind: owner.in, ...base };
  if (/^requirements[\w-]*\.ya?ml$/.test(name) && /^[ \t]*(?:-[ \t]*)?(?:collections|roles|src|name):/m.test(head))
    return { kind: 'requirements', scope: folder };
  if (/^galaxy\.ya?ml$/.test(name) && /^namespace:/m.test(head)) return { kind: 'galaxy', scope: folder };
  if (isList && hasTasks(head)) return { kind: 'tasks', scope: folder };
  if (
    /(?:^|[._-])vars?(?:[._-]|$)/.test(name.replace(yaml, '')) &&
    !isList &&
    !/^(?:apiVersion|\$schema|stages|jobs):/m.test(head)
  )
    return { kind: 'vars', scope: folder };
  if (
    /^plugin:\s*\S+/m.test(head) ||
    (/(?:^|\/)inventor(?:y|ies)(?:\/|[^/]*$)|(?:^|\/)hosts\.ya?ml$/.test(path) &&
      /^\s*(?:hosts|children|all):/m.test(head)) ||
    /^all:\s*\n(?:\s*#.*\n)*\s+(?:hosts|children|vars):/m.test(head)
  )
    return isList ? undefined : { kind: 'inventory-yaml', scope: folder };
  return undefined;
}

interface Owner {
  scope: string;
  role?: string;
  in: string;
}

/** The role, or the folder, whose `tasks/`, `vars/` ... holds the file. */
function inFolder(path: string): Owner | undefined {
  const parts = path.split('/');
  parts.pop();
  for (let start = parts.indexOf('roles'); start >= 0; start = parts.indexOf('roles', start + 1)) {
    const end = parts.findIndex((part, index) => index > start + 1 && sections.has(part));
    const name = parts.slice(start + 1, end);
    if (end < 0 || name.some((part) => aside.has(part))) continue;
    return { scope: parts.slice(0, end).join('/'), role: name.join('/'), in: parts[end] as string };
  }
  const at = parts.findIndex((part) => sections.has(part) && part !== 'templates');
  if (at < 0) return undefined;
  return { scope: at === 0 ? '.' : parts.slice(0, at).join('/'), in: parts[at] as string };
}

function roleOf(owner: Owner | undefined): { role?: string } {
  return owner?.role === undefined ? {} : { role: owner.role };
}

function templateScope(path: string): string {
  const at = path.search(/(?:^|\/)templates\//);
  return at < 0 ? folderOf(path) : at === 0 ? '.' : path.slice(0, at);
}

function variableFolder(path: string): AnsibleFile | undefined {
  const match = /^(?:(.*)\/)?(group_vars|host_vars)\/(.+)$/.exec(path);
  if (match === null || !/(?:\.ya?ml|\.json|\/[^./]+)$/.test(path)) return undefined;
  return { kind: match[2] === 'group_vars' ? 'group-vars' : 'host-vars', scope: match[1] ?? '.' };
}

function looksLikeIni(path: string, name: string, head: string): boolean {
  const isNamed =
    /^(?:hosts|inventory)(?:[._-][\w-]+)?(?:\.ini|\.cfg)?$/.test(name) ||
    (/(?:^|\/)inventor(?:y|ies)(?:\/|$)/.test(folderOf(path)) && /^[^.]+(?:\.ini)?$/.test(name));
  return isNamed && !head.startsWith('#!') && /^\[[\w.-]+(?::(?:children|vars))?\]\s*(?:[#;].*)?$/m.test(head);
}

/** The first line that is no comment, marker or blank; undefined when the head has none. */
function firstLine(head: string): string | undefined {
  return head.split('\n').find((line) => /^\s*[^\s#]/.test(line) && !/^(?:---|%)/.test(line));
}

function startsWithList(head: string): boolean {
  return /^\s*-(?:\s|$)/.test(firstLine(head) ?? '');
}

function isEmptyYaml(head: string): boolean {
  return head.length < 4096 && firstLine(head) === undefined;
}

/** The lines of a list's items themselves, without what stands deeper. */
function itemLines(head: string): string[] {
  const [, indent = '', gap = ' '] = /^(\s*)-(\s*)/.exec(firstLine(head) ?? '') ?? [];
  const deeper = `${indent} ${gap.replace(/\r/g, '')}`;
  return head.split('\n').flatMap((line) => {
    if (line.startsWith(`${indent}-`)) return line.slice(indent.length + 1).trimStart();
    return line.startsWith(deeper) ? line.slice(deeper.length) : [];
  });
}

/** A list whose items themselves say `hosts` or `import_playbook`; deeper keys of these names mean something else. */
function isPlaybook(head: string): boolean {
  return itemLines(head).some((inner) =>
    /^(?:hosts|(?:ansible\.builtin\.)?import_playbook):|^include:\s*\S+\.ya?ml/.test(inner),
  );
}

/** A list with words that only tasks have, or with two different module names. */
function hasTasks(head: string): boolean {
  if (strong.test(head) || (/^\s*- name:/m.test(head) && wantedState.test(head))) return true;
  const found = new Set<string>();
  for (const [, key] of head.matchAll(/^\s*(?:- )?([a-z_][\w.]*):/gm))
    if (key !== undefined && key !== 'name' && isModuleName(key)) found.add(key);
  return found.size >= 2 || [...found].some((key) => key.includes('.')) || (found.size === 1 && areTasks(head));
}

/** Named items that hold keywords of tasks and nothing else but modules with arguments below them, or blocks of such. */
function areTasks(head: string): boolean {
  const whole = head.length < 4096 ? head : head.slice(0, head.lastIndexOf('\n'));
  const keys = itemLines(whole).flatMap((line) => /^([A-Za-z_][\w.]*):(?:\s*(.*))?$/.exec(line.trimEnd()) ?? []);
  const named = new Map<string, string>();
  for (let at = 0; at < keys.length; at += 3) named.set(keys[at + 1] as string, keys[at + 2] ?? '');
  return (
    named.has('name') &&
    [...named].every(([key]) => taskKeywords.has(key) || isModuleName(key)) &&
    [...named].some(([key, rest]) => rest === '' && (key === 'block' || isModuleName(key)))
  );
}
