import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entryOf, itemsOf, spanOf, textOf, truthOf, type YamlNode } from '../yaml/node.ts';
import type { ExportDocument } from './documents.ts';
import { nameFrom, withoutPrefix } from './names.ts';
import { schemaFacts } from './schema.ts';
import type { ExportContext } from './task-facts.ts';

/** Everything of an export that is no workflow: what workflows use, what starts them, and what agents may do. */
export function partFacts(file: FileBuilder, document: ExportDocument, scope: string, context: ExportContext): void {
  switch (document.kind) {
    case 'automation':
      return automation(file, document, scope, context);
    case 'agent':
      return agent(file, document, scope);
    case 'command-template':
    case 'analytic-template':
      return commandTemplate(file, document, scope);
    case 'golden-config':
      return goldenConfig(file, document, scope, context);
    default: {
      const fact = moduleFact(file, document, scope);
      if (document.kind === 'transformation') mapped(file, document, scope);
      if (document.kind === 'form') formFields(file, fact, document, scope);
    }
  }
}

function moduleFact(file: FileBuilder, document: ExportDocument, scope: string): Fact {
  const { name, node } = document;
  const description = textOf(childOf(node, 'description')) || undefined;
  return file.fact({
    kind: 'module',
    scope,
    name,
    at: document.at,
    attributes: {
      type: document.kind === 'unknown' ? document.type : document.kind,
      known: document.kind === 'unknown' ? false : undefined,
      folder: document.folder,
      ids: [...document.ids],
      description: description?.slice(0, 300),
      templateType: document.kind === 'template' ? textOf(childOf(node, 'type')) : undefined,
      nameFrom: nameFrom(name),
    },
  });
}

/** An automation is how people, schedules and other systems start a workflow: each trigger is an entry point. */
function automation(file: FileBuilder, document: ExportDocument, scope: string, context: ExportContext): void {
  const { node, name } = document;
  const component = textOf(childOf(node, 'componentName'));
  for (const trigger of itemsOf(childOf(node, 'triggers'))) {
    const title = textOf(childOf(trigger, 'name')) ?? name;
    const form = textOf(childOf(trigger, 'formId'));
    const fact = file.fact({
      kind: 'entrypoint',
      scope,
      name: title,
      at: trigger,
      also: [spanOf(entryOf(node, 'componentName') ?? { key: '', keyLine: trigger.line, value: trigger })],
      attributes: {
        automation: name,
        event: textOf(childOf(trigger, 'type')),
        enabled: truthOf(childOf(trigger, 'enabled')),
        source: textOf(childOf(trigger, 'source')),
        topic: textOf(childOf(trigger, 'topic')),
        route: textOf(childOf(trigger, 'routeName')),
        refersTo: [
          ...(component === undefined ? [] : [{ kind: 'workflow', name: withoutPrefix(component), what: 'workflow' }]),
          ...(form === undefined ? [] : [{ kind: 'module', name: withoutPrefix(form), what: 'form' }]),
        ],
        nameFrom: nameFrom(title),
      },
    });
    if (component !== undefined) refer(file, fact, 'workflow', component, trigger, context);
    if (form !== undefined) refer(file, fact, 'module', form, trigger, context);
  }
}

function refer(
  file: FileBuilder,
  fact: Fact,
  kind: 'workflow' | 'module',
  id: string,
  at: { line: number; endLine: number },
  context: ExportContext,
): void {
  const here = context.scopeOf(kind, id);
  const target = here === undefined ? { name: withoutPrefix(id) } : here;
  const relation = kind === 'workflow' ? 'calls' : 'reads';
  file.refer(fact, relation, { by: 'name', kinds: [kind], format: 'itential', ...target }, at);
}

/** Commands with the rules that their output has to meet. */
function commandTemplate(file: FileBuilder, document: ExportDocument, scope: string): void {
  moduleFact(file, document, scope);
  const commands = childOf(document.node, 'commands') ?? childOf(document.node, 'prepostCommands');
  for (const item of itemsOf(commands)) {
    const command = textOf(childOf(item, 'command')) ?? textOf(childOf(item, 'preRawCommand'));
    const rules = itemsOf(childOf(item, 'rules')).flatMap((rule) => ruleText(rule) ?? []);
    if (command === undefined || rules.length === 0) continue;
    const [first = command] = command.split('\n');
    file.fact({
      kind: 'check',
      scope,
      name: first.slice(0, 200),
      at: item,
      attributes: { rules, effect: 'read', command: command.slice(0, 500), nameFrom: nameFrom(first) },
    });
  }
}

function ruleText(rule: YamlNode): string | undefined {
  const text = textOf(childOf(rule, 'rule'));
  if (text === undefined || text === '') return undefined;
  return `${textOf(childOf(rule, 'eval')) ?? 'contains'} ${text}`.slice(0, 200);
}

function mapped(file: FileBuilder, { node }: ExportDocument, scope: string): void {
  for (const [kind, key] of [
    ['input', 'incoming'],
    ['output', 'outgoing'],
  ] as const)
    for (const item of itemsOf(childOf(node, key))) {
      const name = textOf(childOf(item, '$id'));
      if (name === undefined) continue;
      file.fact({
        kind,
        scope,
        name,
        at: item,
        attributes: { type: textOf(childOf(item, 'type')), of: 'transformation', nameFrom: nameFrom(name) },
      });
    }
}

/** Fields that people fill in, from the layout where it is there, else from the schema. */
function formFields(file: FileBuilder, form: Fact, { node }: ExportDocument, scope: string): void {
  const fields = itemsOf(childOf(childOf(node, 'struct'), 'items')).filter((one) => one.kind === 'map');
  if (fields.length === 0) {
    schemaFacts(file, childOf(node, 'schema'), 'input', scope);
    return;
  }
  for (const field of fields) {
    const name = textOf(childOf(field, 'customKey')) || textOf(childOf(field, 'title'));
    if (name === undefined) continue;
    const description = textOf(childOf(field, 'helper')) || textOf(childOf(field, 'description')) || undefined;
    file.fact({
      kind: 'input',
      scope,
      name,
      at: field,
      attributes: {
        of: `form ${form.name}`,
        type: textOf(childOf(field, 'type')),
        required: truthOf(childOf(field, 'required')) ?? false,
        description: description?.trim().slice(0, 300),
        documented: description !== undefined,
        nameFrom: nameFrom(name),
      },
    });
  }
}

/** A golden configuration is a tree of nodes, each with lines that devices must or must not have. */
function goldenConfig(file: FileBuilder, document: ExportDocument, scope: string, context: ExportContext): void {
  const golden = moduleFact(file, document, scope);
  const waiting: YamlNode[] = [childOf(document.node, 'root')].flatMap((one) => one ?? []);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    waiting.push(...[...itemsOf(childOf(node, 'children'))].reverse());
    const attributes = childOf(node, 'attributes');
    const name = textOf(childOf(node, 'name')) ?? 'base';
    const modes = modesOf(attributes);
    const workflow = textOf(childOf(attributes, 'remediationWorkflow'));
    if (workflow !== undefined && workflow !== '') refer(file, golden, 'workflow', workflow, node, context);
    file.fact({
      kind: 'check',
      scope,
      name,
      at: node,
      attributes: {
        effect: 'read',
        of: document.name,
        deviceType: textOf(childOf(document.node, 'deviceType')),
        ...modes,
        remediation: workflow === '' ? undefined : workflow,
        ...(workflow ? { refersTo: [{ kind: 'workflow', name: withoutPrefix(workflow), what: 'remediation' }] } : {}),
        nameFrom: nameFrom(name),
      },
    });
  }
}

/** How many lines are required, disallowed, ignored; for configurations kept as JSON, how many places. */
function modesOf(attributes: YamlNode | undefined): { [mode: string]: number } {
  const counts: { [mode: string]: number } = {};
  const waiting = [...itemsOf(childOf(childOf(attributes, 'export'), 'lines'))];
  for (let line = waiting.pop(); line !== undefined; line = waiting.pop()) {
    const mode = textOf(childOf(line, 'evalMode'));
    if (mode !== undefined && /^\w{1,30}$/.test(mode)) counts[mode] = (counts[mode] ?? 0) + 1;
    waiting.push(...itemsOf(childOf(line, 'lines')));
  }
  const rules = childOf(childOf(attributes, 'ruleSet'), 'evalMode');
  for (const mode of ['required', 'disallowed', 'ignored']) {
    const places = itemsOf(childOf(rules, mode)).length;
    if (places > 0) counts[mode] = (counts[mode] ?? 0) + places;
  }
  return counts;
}

/** An agent decides itself which of its tools run, and in which order: steps are known, their turn is not. */
function agent(file: FileBuilder, document: ExportDocument, scope: string): void {
  const { node, name } = document;
  const fact = file.fact({
    kind: 'workflow',
    scope,
    name,
    at: document.at,
    attributes: {
      type: 'agent',
      documented: textOf(childOf(node, 'instructions')) !== undefined,
      nameFrom: nameFrom(name),
    },
  });
  file.couple({
    system: 'itential',
    class: 'platform',
    swap: 'rewrite',
    at: { line: document.at.line },
    consumers: [fact],
  });
  schemaFacts(file, childOf(node, 'inputSchema'), 'input', scope);
  for (const tool of itemsOf(childOf(node, 'tools'))) {
    const reference = textOf(childOf(tool, 'referenceId')) ?? textOf(tool);
    if (reference === undefined) continue;
    const [kind, instance, app, method] = reference.split(':');
    const title = textOf(childOf(tool, 'lastKnownName')) ?? method ?? reference;
    const step = file.fact({
      kind: 'step',
      scope,
      name: title,
      at: tool,
      status: 'unresolved',
      attributes: {
        agentic: true,
        tool: reference,
        method,
        app,
        adapterInstance: instance,
        candidates: [reference],
        nameFrom: nameFrom(title),
      },
    });
    file.refer(fact, 'calls', { by: 'name', kinds: ['step'], name: title, scope }, tool);
    if (kind !== 'adapter' || app === undefined) continue;
    file.couple({ system: app, class: 'adapter', swap: 'rewrite', at: tool, consumers: [step] });
    if (instance !== undefined && instance !== '')
      file.couple({
        system: instance,
        class: 'adapter-instance',
        swap: 're-parameterise',
        at: tool,
        consumers: [step],
      });
  }
}
