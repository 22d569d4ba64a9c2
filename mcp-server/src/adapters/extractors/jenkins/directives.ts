import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { secretLiteral } from '../../../domain/extract/secret-shapes.ts';
import { usedImage } from '../images.ts';
import type { GroovyCall } from './calls.ts';
import { argument, type GroovyNode, spell } from './groovy-tree.ts';

const parameterTypes =
  /^(?:string|text|booleanParam|choice|password|credentials|file|run|extendedChoice|activeChoice\w*|gitParameter|base64File)$/;
const triggerTypes =
  /^(?:cron|pollSCM|upstream|githubPush|gitlab|GenericTrigger|parameterizedCron|issueCommentTrigger|githubPullRequests?)$/;

/** Parameters, triggers, environment, agents and matrix axes of a pipeline or stage. */
export function directiveFacts(file: FileBuilder, owner: Fact, node: GroovyNode, calls: readonly GroovyCall[]): void {
  for (const call of calls) {
    if (parameterTypes.test(call.name)) parameter(file, call);
    else if (triggerTypes.test(call.name)) trigger(file, call);
  }
  if (node.name === 'environment') for (const child of node.body ?? []) variable(file, owner, child);
  if (node.name === 'agent') agent(file, owner, node);
  if (node.name === 'axes') axes(file, owner, node);
}

function parameter(file: FileBuilder, call: GroovyCall): void {
  const name = call.named.get('name');
  if (name === undefined) return;
  const description = call.named.get('description')?.value;
  const value = call.named.get('defaultValue') ?? call.named.get('value');
  const isSecret = call.name === 'password';
  if (isSecret && value?.type === 'string' && secretLiteral('password', value.value))
    file.secret({ name: name.value, class: 'password', line: value.line, endLine: value.endLine, value: value.value });
  file.fact({
    kind: 'input',
    name: name.value,
    at: { line: Math.min(call.line, name.line), endLine: Math.max(call.endLine, name.endLine) },
    attributes: {
      of: 'parameters',
      type: call.name,
      required: false,
      default:
        value === undefined || isSecret
          ? undefined
          : value.type === 'string'
            ? JSON.stringify(value.value)
            : value.value,
      options: call.name === 'choice' ? choicesOf(call) : undefined,
      description,
      documented: description !== undefined && description !== '',
      sensitive: /^(?:password|credentials)$/.test(call.name) || undefined,
    },
  });
}

function choicesOf(call: GroovyCall): string[] | undefined {
  const text = call.named.get('choices');
  const listed = text === undefined ? [] : text.value.split(/\\n|\n/);
  return listed.length === 0 ? undefined : listed;
}

function trigger(file: FileBuilder, call: GroovyCall): void {
  file.fact({
    kind: 'entrypoint',
    name: call.name,
    at: call,
    attributes: {
      rule: 'pipeline-trigger',
      event: /cron|poll/i.test(call.name) ? 'schedule' : call.name,
      schedule: /cron|poll/i.test(call.name) ? call.positional[0]?.value : undefined,
      upstream: call.named.get('upstreamProjects')?.value,
    },
  });
}

/** `NAME = 'value'` or `NAME = credentials('id')`. */
function variable(file: FileBuilder, owner: Fact, node: GroovyNode): void {
  const [name, equals, ...value] = node.head;
  if (name?.type !== 'word' || equals?.value !== '=') return;
  const at = { line: node.line, endLine: node.endLine };
  const isCredential = value[0]?.value === 'credentials';
  const only = value.length === 1 ? value[0] : undefined;
  file.fact({
    kind: 'value',
    name: name.value,
    at,
    attributes: {
      of: owner.name,
      value: only?.type === 'string' ? only.value.slice(0, 300) : undefined,
      sensitive: isCredential || undefined,
    },
  });
  const id = isCredential ? value.find((token) => token.type === 'string') : undefined;
  if (id !== undefined) credentialFact(file, owner, id.value, { line: id.line, endLine: id.endLine });
}

/** A credential of the Jenkins server, used by its id: an input that someone has to store there. */
export function credentialFact(
  file: FileBuilder,
  owner: Fact,
  name: string,
  at: { line: number; endLine: number },
): void {
  if (name === '' || name.length > 200) return;
  file.fact({
    kind: 'input',
    name,
    at,
    status: 'inferred',
    attributes: { rule: 'credentials-by-id', of: 'credentials', sensitive: true, required: true },
  });
  file.refer(owner, 'reads', { by: 'name', kinds: ['input'], name, scope: file.scope }, at);
}

/** `agent { docker { image 'x' } }`, `agent { docker 'x' }`, `agent { dockerfile { filename 'x' } }`, `agent { label 'x' }`. */
function agent(file: FileBuilder, owner: Fact, node: GroovyNode): void {
  const waiting = [...(node.body ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const value = argument(next);
    const at = { line: value?.line ?? next.line, endLine: value?.endLine ?? next.endLine };
    if (value !== undefined && value.value !== '' && (next.name === 'image' || next.name === 'docker'))
      usedImage(file, { reference: value.value, at, owner });
    if (next.name === 'filename' && value !== undefined)
      file.refer(owner, 'depends-on', { by: 'path', path: value.value.replace(/^\.\//, '') }, at);
    if (next.name === 'dockerfile' && next.body === undefined)
      file.refer(owner, 'depends-on', { by: 'path', path: 'Dockerfile' }, at);
    // An inline pod: its images stand in a text of their own.
    if (next.name === 'yaml' && value !== undefined)
      for (const [line, image] of imagesOf(value.value))
        usedImage(file, { reference: image, at: { line: value.line + line }, owner });
    waiting.push(...(next.body ?? []));
  }
}

function imagesOf(text: string): [number, string][] {
  return text.split('\n').flatMap((line, at): [number, string][] => {
    const image = /^\s*(?:-\s+)?image:\s*["']?([^\s"'#]+)/.exec(line)?.[1];
    return image === undefined ? [] : [[at, image]];
  });
}

/** A matrix runs its stages once for every combination of its axes. */
function axes(file: FileBuilder, owner: Fact, node: GroovyNode): void {
  const dimensions: string[] = [];
  let size = 1;
  for (const axis of node.body ?? []) {
    const name = axis.body?.find((child) => child.name === 'name');
    const values = axis.body?.find((child) => child.name === 'values');
    const text = name === undefined ? undefined : argument(name)?.value;
    if (text !== undefined) dimensions.push(text);
    size *= Math.max(1, values?.head.filter((token) => token.type === 'string').length ?? 1);
  }
  file.fact({
    kind: 'batch',
    name: 'axes',
    at: { line: node.line, endLine: node.endLine },
    attributes: {
      rule: 'matrix',
      stage: owner.name,
      dimensions,
      size,
      spelt: spell(node.head).slice(0, 50) || undefined,
    },
  });
}
