import { childOf, entriesOf, entryOf, itemsOf, textOf, type YamlNode } from '../yaml/node.ts';
import { withoutPrefix } from './names.ts';

export type DocumentKind =
  | 'workflow'
  | 'automation'
  | 'command-template'
  | 'analytic-template'
  | 'template'
  | 'transformation'
  | 'form'
  | 'golden-config'
  | 'agent'
  | 'unknown';

/** One thing that an export holds. */
export interface ExportDocument {
  kind: DocumentKind;
  /** The type that a project gives it, as written. */
  type: string | undefined;
  /** Without the project's prefix. */
  name: string;
  /** What a project calls it by, its own id, and its name: any of them may stand in a reference. */
  ids: readonly string[];
  folder: string | undefined;
  node: YamlNode;
  /** Lines of the document. */
  at: { line: number; endLine: number };
}

export interface ExportProject {
  name: string;
  at: { line: number; endLine: number };
  folders: number;
}

const byType: { readonly [type: string]: DocumentKind } = {
  workflow: 'workflow',
  automation: 'automation',
  template: 'template',
  transformation: 'transformation',
  jsonForm: 'form',
  mopCommandTemplate: 'command-template',
  mopAnalyticTemplate: 'analytic-template',
  goldenConfig: 'golden-config',
  agent: 'agent',
};

/** Keys under which exports and answers of the platform wrap what they hold. */
const envelopes = [
  'automation',
  'automations',
  'workflow',
  'workflows',
  'project',
  'projects',
  'agent',
  'agents',
  'template',
  'templates',
  'mopTemplates',
  'transformation',
  'transformations',
  'jsonForm',
  'forms',
  'document',
  'bundles',
  'items',
  'results',
  'data',
];
const deepest = 4;

/** Everything that an export holds, in its order, whichever envelope it came in. */
export function documentsOf(root: YamlNode | undefined): { projects: ExportProject[]; documents: ExportDocument[] } {
  const projects: ExportProject[] = [];
  const documents: ExportDocument[] = [];
  const visit = (node: YamlNode, depth: number, parts: { type?: string; folder?: string; ids?: string[] } = {}) => {
    if (depth > deepest) return;
    if (node.kind === 'seq') {
      for (const item of node.items) visit(item, depth, parts);
      return;
    }
    if (node.kind !== 'map') return;
    const components = entryOf(node, 'components');
    if (components?.value.kind === 'seq') {
      projects.push(projectOf(node));
      for (const item of components.value.items) visit(item, depth + 1);
      return;
    }
    const document = entryOf(node, 'document');
    const type = textOf(childOf(node, 'type'));
    if (document?.value.kind === 'map' && type !== undefined) {
      const [folder, reference] = [textOf(childOf(node, 'folder')), textOf(childOf(node, 'reference'))];
      const known = kindOf(document.value) ?? byType[type] ?? 'unknown';
      documents.push(
        documentOf(known, document.value, { type, folder, ids: reference === undefined ? [] : [reference] }),
      );
      return;
    }
    const kind = kindOf(node);
    if (kind !== undefined) {
      documents.push(documentOf(kind, node, parts));
      return;
    }
    for (const { key, value } of entriesOf(node)) if (envelopes.includes(key)) visit(value, depth + 1, parts);
  };
  if (root !== undefined) visit(root, 0);
  return { projects, documents };
}

function projectOf(node: YamlNode): ExportProject {
  const name = entryOf(node, 'name');
  return {
    name: textOf(name?.value) ?? 'project',
    at:
      name === undefined
        ? { line: node.line, endLine: node.line }
        : { line: name.keyLine, endLine: name.value.endLine },
    folders: itemsOf(childOf(node, 'folders')).filter((one) => textOf(childOf(one, 'nodeType')) === 'folder').length,
  };
}

function documentOf(
  kind: DocumentKind,
  node: YamlNode,
  { type, folder, ids = [] }: { type?: string | undefined; folder?: string | undefined; ids?: string[] },
): ExportDocument {
  const written = textOf(childOf(node, 'name')) ?? textOf(childOf(node, 'agentName')) ?? textOf(childOf(node, 'title'));
  const name = withoutPrefix(written ?? ids[0] ?? kind);
  const own = [textOf(childOf(node, '_id')), textOf(childOf(node, 'id')), written].flatMap((one) => one ?? []);
  return { kind, type, name, ids: [...new Set([...ids, ...own, name])], folder, node, at: node };
}

/** What a map is, by the keys that only such a thing has. */
function kindOf(node: YamlNode): DocumentKind | undefined {
  const of = (key: string) => childOf(node, key)?.kind;
  if (of('tasks') === 'map' && of('transitions') !== undefined) return 'workflow';
  if (of('componentName') === 'scalar' && of('triggers') === 'seq') return 'automation';
  if (of('commands') === 'seq' && of('name') === 'scalar' && of('passRule') !== undefined) return 'command-template';
  if (of('prepostCommands') === 'seq') return 'analytic-template';
  if (of('incoming') === 'seq' && of('outgoing') === 'seq' && of('steps') === 'seq') return 'transformation';
  if (of('struct') === 'map' || (of('schema') === 'map' && of('uiSchema') !== undefined)) return 'form';
  if (of('deviceType') === 'scalar' && of('root') === 'map') return 'golden-config';
  if (of('template') === 'scalar' && of('name') === 'scalar' && (of('group') ?? of('data')) !== undefined)
    return 'template';
  if (of('tools') === 'seq' && of('sessionId') === undefined && (of('instructions') ?? of('inputSchema')) !== undefined)
    return 'agent';
  return undefined;
}

/** Marks of each kind of export; one is enough, and no other common JSON has it within its first lines. */
const marks =
  /"(?:workflow_start|canvasName|canvasVersion|preAutomationTime|componentName|nodeLocation|mopCommandTemplate|mopAnalyticTemplate|prepostCommands|passRule|evaluation_groups|bindingSchema|jsonForm|lastKnownName|formSchemaHash)"/;
const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [/"components"\s*:\s*\[/, /"(?:iid|reference|backgroundColor)"\s*:/],
  // A picture of the project may fill the head and more.
  [/"_id"\s*:/, /"thumbnail"\s*:\s*"(?:data:image|[A-Za-z0-9+/]{500})/],
  [/"tasks"\s*:\s*\{/, /"transitions"\s*:\s*\{/],
  [/"data"\s*:\s*\[\s*\{/, /"deviceType"\s*:/],
  [/"(?:incoming|outgoing)"\s*:\s*\[/, /"\$id"\s*:|"steps"\s*:/],
  [/"struct"\s*:\s*\{/, /"(?:nodeId|uiSchema|items)"\s*:/],
  [/"template"\s*:\s*"/, /"type"\s*:\s*"(?:jinja2|textfsm)"/],
  [/"tools"\s*:\s*\[/, /"referenceId"\s*:|"instructions"\s*:/],
];
const sessions = /"(?:sessionId|totalToolCallCount)"\s*:/;

/** Whether the first lines of a JSON file are those of an export; sessions of agents are runs, not exports. */
export function looksLikeExport(path: string, head: string): boolean {
  if (!/\.json$/i.test(path) || !/^\ufeff?\s*[[{]/.test(head) || sessions.test(head)) return false;
  return marks.test(head) || pairs.some(([first, second]) => first.test(head) && second.test(head));
}
