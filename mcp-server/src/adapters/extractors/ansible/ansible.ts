import { baseName, buildFile, type FileBuilder } from '../../../domain/extract/build.ts';
import type { Extractor, SourceFile } from '../../../domain/extract/contract.ts';
import type { YamlNode } from '../yaml/node.ts';
import { parseYaml } from '../yaml/parse.ts';
import type { Reading } from './context.ts';
import { type AnsibleFile, type AnsibleFileKind, recognise } from './files.ts';
import { sayIniInventory, sayYamlInventory } from './inventory.ts';
import { changesSomething } from './own-modules.ts';
import { sayPlaybook } from './play.ts';
import { sayGalaxy, sayRequirements } from './requirements.ts';
import { sayArgumentSpecs, sayMeta, sayRole } from './role-meta.ts';
import { settleAnsible } from './settle.ts';
import { sayHandlers, sayTasks } from './task.ts';
import { sayTemplate } from './template-file.ts';
import { sayVariableFile } from './variable-files.ts';
import { WantedVariables } from './variables.ts';

const headLength = 4096;

/** Playbooks, roles, collections, inventories and templates of Ansible. */
export const ansible: Extractor = {
  format: 'ansible',
  settle: settleAnsible,
  matches: (path, head) => recognise(path, head) !== undefined,
  extract(source) {
    const place = recognise(source.path, source.text.slice(0, headLength));
    const file = buildFile('ansible', source, place?.scope);
    if (place === undefined) return file.done();
    const wanted = new WantedVariables(file, place.role);
    sayFile({ file, wanted, place, path: source.path, written: new Set() }, source);
    wanted.say();
    return file.done();
  },
};

function sayFile(reading: Reading, source: SourceFile): void {
  const { file, place } = reading;
  switch (place.kind) {
    case 'vault':
      // Encrypted as a whole: that it is there is all that is said.
      file.fact({
        kind: 'data',
        name: baseName(source.path),
        at: { line: 1 },
        attributes: { type: 'vault', nameFrom: 'path' },
      });
      return;
    case 'plugin':
      file.fact({
        kind: 'module',
        name: baseName(source.path).replace(/\.py$/, ''),
        at: { line: 1 },
        attributes: {
          type: 'plugin',
          pluginType: pluginType(source.path),
          changes: pluginType(source.path) === 'modules' ? changesSomething(source.text) : undefined,
          nameFrom: 'path',
        },
      });
      return;
    case 'template':
      return sayTemplate(reading, source.text);
    case 'inventory-ini':
      return sayIniInventory(reading, source.text);
    default:
      return sayYaml(reading, place, source.text);
  }
}

function sayYaml(reading: Reading, place: AnsibleFile, text: string): void {
  const { documents, unparsedLines } = parseYaml(text);
  sayUnparsed(reading.file, unparsedLines);
  if (/^main\.ya?ml$/.test(baseName(reading.path)) && place.kind === 'tasks' && isRoleTasks(place, reading.path)) {
    const role = sayRole(reading, { line: 1, endLine: 1 });
    reading.file.refer(role, 'includes', { by: 'path', path: reading.path, kinds: ['task'] }, { line: 1 });
  }
  for (const { root } of documents) if (root !== undefined) readers[place.kind]?.(reading, root);
}

/** A role by its folder `roles/`, or by `x/tasks/main.yml` outside one. */
function isRoleTasks(place: AnsibleFile, path: string): boolean {
  return place.role === undefined
    ? place.scope !== '.' && path === `${place.scope}/tasks/${baseName(path)}`
    : path.startsWith(`${place.scope}/tasks/main.`);
}

const readers: { readonly [kind in AnsibleFileKind]?: (reading: Reading, root: YamlNode) => void } = {
  playbook: sayPlaybook,
  tasks: (reading, root) => sayTasks(reading, root, { section: 'tasks' }),
  handlers: (reading, root) => sayHandlers(reading, root),
  defaults: (reading, root) => sayVariableFile(reading, root, 'defaults'),
  vars: (reading, root) => sayVariableFile(reading, root, reading.place.role === undefined ? 'vars-file' : 'role-vars'),
  'group-vars': (reading, root) => sayVariableFile(reading, root, 'group_vars'),
  'host-vars': (reading, root) => sayVariableFile(reading, root, 'host_vars'),
  meta: sayMeta,
  'argument-specs': sayArgumentSpecs,
  requirements: sayRequirements,
  galaxy: sayGalaxy,
  'inventory-yaml': sayYamlInventory,
};

/** One entry a file: the first line that could not be read. */
function sayUnparsed(file: FileBuilder, lines: readonly number[]): void {
  const [first] = lines;
  if (first !== undefined) file.skip('unparsed', first);
}

function pluginType(path: string): string {
  const folder = path.split('/').at(-2) ?? '';
  return folder === 'library' ? 'modules' : folder.replace(/_plugins$/, '');
}
