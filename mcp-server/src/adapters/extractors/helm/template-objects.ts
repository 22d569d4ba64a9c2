import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { usedImage } from '../images.ts';
import { controllerOf, systemOf } from '../kubernetes/systems.ts';
import type { TemplateAction } from './actions.ts';
import { hookFacts } from './hooks.ts';

interface Region {
  lines: string[];
  /** Line of the region's first line, from 1. */
  start: number;
}

/** Kinds whose objects run containers, for which probes and limits matter. */
const workloads = /^(?:Deployment|StatefulSet|DaemonSet|Job|CronJob|Pod|ReplicaSet|Rollout)$/;

/** The objects that a template makes: one for every `kind:` at the start of a line, up to the next `---`. */
export function templateObjects(
  file: FileBuilder,
  source: { path: string; text: string },
  actions: readonly TemplateAction[],
): Fact[] {
  const isAction = actionLines(actions);
  const template = source.path.slice(source.path.lastIndexOf('templates/') + 'templates/'.length);
  return regions(source.text).flatMap((region) => objectOf(file, region, template, isAction));
}

/** Lines that lie inside an action of several lines and are no YAML at all. */
function actionLines(actions: readonly TemplateAction[]): (line: number) => boolean {
  const inside = new Set<number>();
  for (const action of actions) for (let line = action.line + 1; line <= action.endLine; line++) inside.add(line);
  return (line) => inside.has(line);
}

function regions(text: string): Region[] {
  const found: Region[] = [{ lines: [], start: 1 }];
  text.split('\n').forEach((line, at) => {
    if (/^---\s*(?:#.*)?$/.test(line)) found.push({ lines: [], start: at + 2 });
    else (found.at(-1) as Region).lines.push(line.replace(/\r$/, ''));
  });
  return found;
}

function objectOf(file: FileBuilder, region: Region, template: string, isAction: (line: number) => boolean): Fact[] {
  const kindAt = region.lines.findIndex((line, at) => /^kind:\s*\S/.test(line) && !isAction(region.start + at));
  if (kindAt < 0) return [];
  const kind = scalar((region.lines[kindAt] as string).slice('kind:'.length));
  const api = region.lines.findIndex((line) => /^apiVersion:\s*\S/.test(line));
  const apiVersion = api < 0 ? undefined : scalar((region.lines[api] as string).slice('apiVersion:'.length));
  const first = api < 0 ? kindAt : Math.min(api, kindAt);
  const last = region.lines.findLastIndex((line) => line.trim() !== '');
  const dynamic = kind.includes('{{');
  const body = region.lines.slice(first);
  const fact = file.fact({
    kind: 'resource',
    // Names are expressions in most charts: the template tells objects of one kind apart.
    name: `${kind} in ${template}`,
    at: { line: region.start + first, endLine: region.start + last },
    status: dynamic ? 'unresolved' : 'observed',
    attributes: {
      kind,
      apiVersion,
      nameFrom: 'kind and path of the template',
      nameExpression: metadataName(body),
      effect: 'write',
      object: kind,
      ...(workloads.test(kind) ? workloadAttributes(body, kind) : {}),
      ...(dynamic ? { candidates: [] } : {}),
    },
  });
  const group = apiVersion?.includes('/') === true ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
  if (apiVersion !== undefined && !apiVersion.includes('{{'))
    file.couple({ ...systemOf(group), class: 'api', at: { line: region.start + api }, consumers: [fact] });
  for (const [at, line] of body.entries()) lineFacts(file, fact, line, region.start + first + at, isAction);
  hookFacts(file, fact, body, region.start + first);
  return [fact];
}

function lineFacts(
  file: FileBuilder,
  owner: Fact,
  line: string,
  at: number,
  isAction: (line: number) => boolean,
): void {
  if (isAction(at)) return;
  const image = /^\s*(?:-\s+)?image:\s*(\S.*)$/.exec(line);
  if (image !== null) {
    const reference = scalar(image[1] as string);
    const values = [...reference.matchAll(/\.Values\.([\w.]+)/g)].map((match) => match[1] as string);
    // A map or a block scalar follows on the next lines, not an image.
    if (/^[|>{[&*]/.test(reference) && !reference.startsWith('{{')) return;
    if (reference.includes('{{')) dynamicImage(file, owner, reference, values, at);
    else usedImage(file, { reference, at: { line: at }, owner });
  }
  const annotation = /^\s+["']?([a-z0-9.-]+\.[a-z]+\/[\w.-]+)["']?:/.exec(line)?.[1];
  const controller = annotation === undefined ? undefined : controllerOf(annotation);
  if (controller !== undefined && controller !== 'helm')
    file.couple({
      system: controller,
      class: 'annotation',
      swap: 're-parameterise',
      at: { line: at },
      consumers: [owner],
    });
}

/** An image that values decide: what it may be stands in the values it reads. */
function dynamicImage(
  file: FileBuilder,
  owner: Fact,
  reference: string,
  values: readonly string[],
  line: number,
): void {
  const fact = file.fact({
    kind: 'image',
    name: reference,
    at: { line },
    status: 'unresolved',
    attributes: { dynamic: true, candidates: values.map((value) => `.Values.${value}`) },
  });
  file.refer(owner, 'depends-on', { by: 'name', kinds: ['image'], name: reference, scope: file.scope }, { line });
  const parents = new Set(values.map((value) => value.slice(0, Math.max(0, value.lastIndexOf('.')))));
  for (const value of new Set([...values, ...parents])) {
    if (value !== '')
      file.refer(fact, 'reads', { by: 'name', kinds: ['input'], name: value, scope: file.scope }, { line });
  }
}

function workloadAttributes(body: readonly string[], kind: string) {
  const endsByItself = /Job$|^Pod$/.test(kind);
  const has = (pattern: RegExp) => body.some((line) => pattern.test(line));
  // `resources: {{ toYaml .Values.resources }}` leaves it to the values.
  const resources = has(/^\s+(?:-\s+)?resources:/) || has(/\.(?:\w*[rR]esources)\b/);
  const probes = has(/^\s+(?:-\s+)?(?:liveness|readiness|startup)Probe:/) || has(/(?:liveness|readiness|startup)Probe/);
  return {
    limits: has(/^\s+limits:/) ? true : resources ? undefined : false,
    healthcheck: endsByItself ? undefined : probes ? (has(/^\s+(?:-\s+)?\w+Probe:/) ? true : undefined) : false,
    privileged: has(/^\s+privileged:\s*true\b/) || has(/^\s+hostPID:\s*true\b/) || undefined,
  };
}

/** The `name:` below `metadata:`, an expression more often than not. */
function metadataName(body: readonly string[]): string | undefined {
  const metadata = body.findIndex((line) => /^metadata:\s*$/.test(line));
  if (metadata < 0) return undefined;
  for (const line of body.slice(metadata + 1, metadata + 40)) {
    if (/^\S/.test(line) && !line.startsWith('{{')) return undefined;
    const name = /^\s{1,4}name:\s*(\S.*)$/.exec(line)?.[1];
    if (name !== undefined) return scalar(name);
  }
  return undefined;
}

/** A value on one line without its quotes and without a comment behind it. */
function scalar(text: string): string {
  const value = text.trim().replace(/\s+#[^{}]*$/, '');
  return /^(["']).*\1$/.test(value) ? value.slice(1, -1) : value;
}
