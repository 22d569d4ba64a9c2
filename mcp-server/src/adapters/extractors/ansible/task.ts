import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { readCommands, type ShellReading, summarise } from '../shell/reading.ts';
import { sayShell } from '../shell/say.ts';
import {
  childOf,
  entryOf,
  itemsOf,
  spanInScalar,
  spanOf,
  textOf,
  textsOf,
  truthOf,
  type YamlNode,
  type YamlScalar,
} from '../yaml/node.ts';
import { type Reading, type TaskPlace, tidy } from './context.ts';
import { objectOfModule, running } from './effects.ts';
import { inherit } from './inherited.ts';
import { sayControl } from './intent.ts';
import { type ModuleCall, moduleOf } from './module.ts';
import { effectOfTask } from './task-effect.ts';
import { sayTaskVariables } from './task-variables.ts';
import { sayTies } from './ties.ts';

/** Every task of a list, in blocks, rescues and always at any depth; anything else in the list is left out. */
export function sayTasks(reading: Reading, list: YamlNode | undefined, place: TaskPlace): Fact[] {
  return itemsOf(list).flatMap((item) => {
    if (item.kind !== 'map') return [];
    return entryOf(item, 'block') === undefined ? sayTask(reading, item, place) : sayBlock(reading, item, place);
  });
}

function sayBlock(reading: Reading, block: YamlNode, place: TaskPlace): Fact[] {
  const { file } = reading;
  const name = textOf(childOf(block, 'name'));
  const rescue = entryOf(block, 'rescue');
  const at = { line: block.line, endLine: block.endLine };
  const ignoresErrors = truthOf(childOf(block, 'ignore_errors')) || undefined;
  const phase =
    name === undefined
      ? undefined
      : file.fact({
          kind: 'phase',
          name: tidy(name),
          at,
          attributes: {
            rule: 'ansible-named-block',
            play: place.play?.name,
            ignoresErrors,
            handlesErrors: rescue === undefined ? undefined : true,
          },
        });
  sayControl(reading, block, phase ?? place.play, undefined, at);
  sayTaskVariables(reading, block, 'block-vars', phase);
  const own = ownIgnoring(block);
  const inherited = inherit(place.inherited, block);
  const around = own === undefined ? { ...place, inherited } : { ...place, inherited, ignoresErrors: own };
  const within = (key: 'block' | 'rescue' | 'always', caught: Pick<TaskPlace, 'rescuedAt'> = {}) =>
    sayTasks(reading, childOf(block, key), { ...around, block: key, ...caught });
  const span = rescue === undefined ? undefined : spanOf(rescue);
  const tasks = within('block', span === undefined ? {} : { rescuedAt: span.line });
  if (span !== undefined) {
    file.fact({
      kind: 'phase',
      name: 'rescue',
      at: span,
      attributes: { rule: 'ansible-rescue', of: name === undefined ? undefined : tidy(name), handlesErrors: true },
    });
    const rescuing = within('rescue');
    tasks.push(...rescuing);
    const writes = rescuing.filter((task) => task.attributes['effect'] === 'write');
    const [first] = writes;
    if (first !== undefined)
      file.fact({
        kind: 'rollback',
        name: first.name,
        at: span,
        status: 'inferred',
        attributes: {
          rule: 'ansible-rescue-that-writes',
          tasks: writes.map((task) => task.name),
          nameFrom: first.attributes['nameFrom'],
        },
      });
  }
  tasks.push(...within('always'));
  return tasks;
}

/** Where the name stands that a merge key brings from elsewhere in the file. */
function mergedName(task: YamlNode): { line: number; endLine: number }[] {
  const name = entryOf(task, 'name');
  const isOwn = name === undefined || (name.keyLine >= task.line && name.keyLine <= task.endLine);
  return isOwn ? [] : [spanOf(name)];
}

function sayTask(reading: Reading, task: YamlNode, place: TaskPlace): Fact[] {
  const module = moduleOf(task);
  if (module === undefined) return [];
  const { file, written } = reading;
  const title = textOf(childOf(task, 'name'));
  const shell = shellOf(module);
  const runs = inherit(place.inherited, task);
  const { effect, assumed } = effectOfTask(task, module, shell?.reading, runs.checkMode === true);
  const summary = shell === undefined ? {} : summarise(shell.reading);
  const object =
    shell === undefined ? objectOfModule(module.name, module.argument) : (summary['object'] as string | undefined);
  const text = (key: string) => shorten(textOf(childOf(task, key)));
  const target = includeTarget(module);
  const targets = target === undefined ? [] : overLoop(task, target);
  const isDynamic = targets.some((one) => one.includes('{{'));
  const fact = file.fact({
    kind: place.section === 'handlers' ? 'handler' : 'task',
    name: title === undefined || title.trim() === '' ? module.written : tidy(title),
    at: { line: task.line, endLine: task.endLine },
    also: mergedName(task),
    status: isDynamic ? 'unresolved' : 'observed',
    attributes: {
      nameFrom: title === undefined ? 'module' : undefined,
      module: module.full,
      effect,
      assumed,
      object: effect === undefined ? undefined : object,
      state: shorten(module.argument('state')),
      section: place.section === 'tasks' ? undefined : place.section,
      block: place.block,
      play: place.play?.name,
      target: target === undefined ? undefined : shorten(target),
      into: module.name === 'include_vars' ? module.argument('name') : undefined,
      tasksFrom: tasksFrom(module),
      candidates: isDynamic ? [] : undefined,
      delegateTo: runs.delegateTo ?? (module.isLocal ? 'localhost' : undefined),
      runOnce: runs.runOnce,
      become: runs.become,
      becomeUser: runs.becomeUser,
      environment: runs.environment,
      notify: list(textsOf(childOf(task, 'notify'))),
      listen: list(textsOf(childOf(task, 'listen'))),
      tags: list(textsOf(childOf(task, 'tags')).flatMap((tag) => tag.split(',').map((part) => part.trim()))),
      register: text('register'),
      retries: text('retries'),
      changedWhen: text('changed_when'),
      failedWhen: text('failed_when'),
      checkMode: runs.checkMode,
      async: text('async'),
      noLog: runs.noLog,
      ignoresErrors: ignoresErrors(task, place) || summary['ignoresErrors'] || undefined,
      handlesErrors: place.rescuedAt === undefined ? undefined : true,
      rescuedAt: place.rescuedAt,
      pipesToShell: summary['pipesToShell'],
    },
  });
  sayControl(reading, task, fact, module);
  sayTaskVariables(reading, task, 'task-vars', fact, module);
  sayTies(reading, task, fact, module, targets);
  if (shell !== undefined) sayEmbedded(file, reading, fact, shell);
  if (object !== undefined && effect === 'write') written.add(object);
  if (object !== undefined && effect === 'read' && written.has(object))
    file.fact({
      kind: 'check',
      name: fact.name,
      at: { line: task.line, endLine: task.endLine },
      status: 'inferred',
      attributes: { rule: 'read-after-write', object, nameFrom: fact.attributes['nameFrom'] },
    });
  return [fact];
}

interface EmbeddedShell {
  reading: ShellReading;
  node: YamlScalar;
}

/** The text that command, shell and their like run, with the scalar it stands in. */
function shellOf(module: ModuleCall): EmbeddedShell | undefined {
  if (!Object.hasOwn(running, module.name) || !module.full.startsWith('ansible.builtin.')) return undefined;
  const given = module.node('cmd') ?? module.node('command');
  const node = given?.kind === 'scalar' ? given : module.entry.value;
  const argv = module.node('argv');
  if (argv?.kind === 'seq') {
    const [first] = itemsOf(argv);
    const text = textsOf(argv)
      .map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replace(/'/g, '')}'`))
      .join(' ');
    return first?.kind === 'scalar'
      ? { reading: readCommands(text), node: { ...first, style: 'folded', endLine: argv.endLine } }
      : undefined;
  }
  return node.kind === 'scalar' && node.value !== null ? { reading: readCommands(node.text), node } : undefined;
}

function sayEmbedded(file: FileBuilder, reading: Reading, owner: Fact, { reading: shell, node }: EmbeddedShell): void {
  const at = (from: number, to: number) => ({
    line: spanInScalar(node, from).line,
    endLine: spanInScalar(node, Math.max(from, to - 1)).endLine,
  });
  sayShell(file, shell, { at, owner, folders: [reading.place.scope, '.'] });
}

/** What an include or import names. */
function includeTarget(module: ModuleCall): string | undefined {
  if (/^(?:include|include_tasks|import_tasks|include_vars)$/.test(module.name))
    return module.argument('file') ?? module.argument('dir') ?? module.freeForm;
  return /^(?:include|import)_role$/.test(module.name) ? module.argument('name') : undefined;
}

/** The file of a role that is to run instead of its main one, where that is said in words. */
function tasksFrom(module: ModuleCall): string | undefined {
  const from = /^(?:include|import)_role$/.test(module.name) ? module.argument('tasks_from')?.trim() : undefined;
  return from === undefined || from.includes('{{') || /^main(?:\.ya?ml)?$/.test(from) ? undefined : tidy(from);
}

/** What `{{ item }}` stands for where a loop lists it in words. */
function overLoop(task: YamlNode, target: string): string[] {
  if (!item.test(target)) return [target];
  const loop = ['loop', 'with_items', 'with_first_found']
    .map((key) => childOf(task, key))
    .find((node) => node?.kind === 'seq');
  const items = loop?.kind === 'seq' ? loop.items.map(textOf) : [];
  const isListed = items.length > 0 && items.every((one) => one !== undefined && !one.includes('{{'));
  return isListed ? items.map((one) => target.replace(item, () => one ?? '')) : [target];
}

const item = /\{\{\s*item\s*\}\}/;

/** What a task or block says itself of the errors that it lets through; its own word counts before that of a block around it. */
const ownIgnoring = (node: YamlNode) => truthOf(childOf(node, 'ignore_errors'));

function ignoresErrors(task: YamlNode, place: TaskPlace): boolean {
  return (ownIgnoring(task) ?? place.ignoresErrors) === true || truthOf(childOf(task, 'failed_when')) === false;
}

function shorten(text: string | undefined): string | undefined {
  return text === undefined ? undefined : tidy(text);
}

function list(texts: readonly string[]): readonly string[] | undefined {
  const kept = texts.map((text) => text.trim()).filter((text) => text !== '');
  return kept.length === 0 ? undefined : kept.map(tidy);
}

/** Handlers of a handlers file or section. */
export function sayHandlers(
  reading: Reading,
  node: YamlNode | undefined,
  around: Pick<TaskPlace, 'play' | 'inherited'> = {},
): Fact[] {
  return sayTasks(reading, node, { section: 'handlers', ...around });
}
