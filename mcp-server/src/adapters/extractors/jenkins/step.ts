import { type FileBuilder, lineFinder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { decisionFact } from '../ci/decision.ts';
import { isUndo } from '../ci/names.ts';
import { type Run, readRun } from '../ci/run.ts';
import { lifting } from '../ci/step-links.ts';
import { usedImage } from '../images.ts';
import { sayBuild } from '../shell/path-ties.ts';
import { callsIn, type GroovyCall } from './calls.ts';
import { credentialFact } from './directives.ts';
import type { GroovyToken } from './groovy-tokens.ts';
import { argument, type GroovyNode, spell } from './groovy-tree.ts';
import type { Place } from './place.ts';

const shells = /^(?:sh|bat|powershell|pwsh)$/;
/** Steps that do something by their plugin; what the value says is written, read, or neither. */
const steps: { readonly [name: string]: { effect?: 'write' | 'read'; path?: string } } = {
  ansiblePlaybook: { effect: 'write', path: 'playbook' },
  archiveArtifacts: {},
  build: { effect: 'write' },
  checkout: { effect: 'read' },
  copyArtifacts: { effect: 'read' },
  emailext: {},
  git: { effect: 'read' },
  httpRequest: {},
  kubernetesDeploy: { effect: 'write', path: 'configs' },
  load: { path: '' },
  mail: {},
  nexusArtifactUploader: { effect: 'write' },
  publishHTML: {},
  rtUpload: { effect: 'write' },
  s3Upload: { effect: 'write' },
  slackSend: {},
  sshPublisher: { effect: 'write' },
  sshCommand: { effect: 'write' },
  stash: {},
  unstash: {},
};
const checks = /^(?:junit|xunit|waitForQualityGate|waitUntil|recordIssues|testNG|cucumber)$/;

/** A statement in a closure of steps: what runs, who is asked, what is checked, which credentials are used. */
export function stepFacts(file: FileBuilder, node: GroovyNode, place: Place): void {
  const at = { line: node.line, endLine: node.endLine };
  const calls = callsIn(node.head);
  for (const call of calls)
    for (const key of ['credentialsId', 'sshUserPrivateKeyId', 'awsCredentialsId']) {
      const id = call.named.get(key);
      if (id?.type === 'string')
        credentialFact(file, place.stage ?? place.workflow, id.value, { line: id.line, endLine: id.endLine });
    }
  if (shells.test(node.name)) shellStep(file, node, place);
  else if (node.name === 'input') approval(file, node, calls[0]);
  else if (node.name === 'if' || node.name === 'switch') branch(file, node, place);
  else if (node.name === 'for' || node.name === 'while' || /\.(?:each|collectEntries|eachWithIndex)$/.test(node.name))
    loop(file, node);
  else if (checks.test(node.name))
    file.fact({
      kind: 'check',
      name: node.name,
      at,
      status: 'observed',
      attributes: { rule: 'check-step', effect: 'read' },
    });
  else if (Object.hasOwn(steps, node.name)) pluginStep(file, node, calls[0], place);
  dockerCalls(file, calls, place, at);
}

function shellStep(file: FileBuilder, node: GroovyNode, place: Place): void {
  const script = argument(node, 'script') ?? argument(node);
  if (script?.type !== 'string') return;
  const run = /^(?:sh)$/.test(node.name) ? readRun(textOf(script)) : undefined;
  const name =
    run?.title ??
    script.value
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim()
      .slice(0, 120) ??
    node.name;
  const fact = actingStep(file, node, name, place, {
    shell: node.name,
    ...run?.attributes,
    ...(argument(node, 'returnStatus')?.value === 'true' ? { ignoresErrors: true } : {}),
  });
  run?.say(file, fact, { folder: place.folder, job: place.stage ?? place.workflow });
  if (run !== undefined) undo(file, fact, run, place);
}

function textOf(token: GroovyToken) {
  const { line, endLine, value } = token;
  const lineAt = lineFinder(value);
  return {
    text: value,
    at: (from: number, to: number) => ({
      line: Math.min(endLine, line + lineAt(from) - 1),
      endLine: Math.min(endLine, line + lineAt(Math.max(from, to - 1)) - 1),
    }),
  };
}

function actingStep(
  file: FileBuilder,
  node: GroovyNode,
  name: string,
  place: Place,
  attributes: { [key: string]: Fact['attributes'][string] | undefined },
): Fact {
  const at = { line: node.line, endLine: node.endLine };
  const fact = file.fact({
    kind: 'step',
    name,
    at,
    attributes: {
      stage: place.stage?.name,
      ...attributes,
      ...(place.onFailure ? { onFailure: true } : {}),
      handlesErrors: place.onFailure || place.isHandled || attributes['handlesErrors'] === true || undefined,
      workingDirectory: place.folder === '.' ? undefined : place.folder,
    },
  });
  place.links.add(place.stage ?? place.workflow, fact);
  return fact;
}

function undo(file: FileBuilder, step: Fact, run: Run, place: Place): void {
  const at = step.evidence[0] ?? { line: 1, endLine: 1 };
  if (run.undo !== undefined)
    file.fact({
      kind: 'rollback',
      name: run.undo.name,
      at: run.undo.at,
      status: 'inferred',
      attributes: { rule: 'undo-command' },
    });
  else if (isUndo(step.name))
    file.fact({ kind: 'rollback', name: step.name, at, status: 'inferred', attributes: { rule: 'undo-name' } });
  else if (place.onFailure && run.writes)
    file.fact({ kind: 'rollback', name: step.name, at, status: 'inferred', attributes: { rule: 'writes-on-failure' } });
}

/** `input 'Deploy?'`, `input message: 'Deploy?', submitter: 'ops'`, or the directive `input { message '...' }`. */
function approval(file: FileBuilder, node: GroovyNode, call: GroovyCall | undefined): void {
  const inside = (key: string) => {
    const child = node.body?.find((statement) => statement.name === key);
    return child === undefined ? undefined : argument(child);
  };
  const message = call?.named.get('message') ?? call?.positional[0] ?? inside('message');
  file.fact({
    kind: 'approval',
    name: message?.value ?? 'input',
    at: { line: node.line, endLine: node.endLine },
    attributes: { rule: 'input-step', submitter: (call?.named.get('submitter') ?? inside('submitter'))?.value },
  });
}

function branch(file: FileBuilder, node: GroovyNode, place: Place): void {
  const open = node.head.findIndex((token) => token.value === '(');
  const condition = spell(node.head.slice(open + 1, -1));
  if (open < 0 || condition === '') return;
  const at = { line: node.line, endLine: node.head.at(-1)?.endLine ?? node.line };
  decisionFact(file, place.stage ?? place.workflow, condition, at, 'groovy-if', 'condition on one line');
}

function loop(file: FileBuilder, node: GroovyNode): void {
  const name = node.name;
  file.fact({
    kind: 'batch',
    name,
    at: { line: node.line, endLine: node.endLine },
    status: 'inferred',
    attributes: { rule: 'groovy-loop', over: spell(node.head).slice(0, 200) },
  });
}

function pluginStep(file: FileBuilder, node: GroovyNode, call: GroovyCall | undefined, place: Place): void {
  const known = steps[node.name];
  if (known === undefined) return;
  const target = call?.named.get('job') ?? call?.named.get('url') ?? call?.positional[0];
  const fact = actingStep(file, node, node.name, place, {
    effect: known.effect,
    object: known.effect === undefined ? undefined : `${node.name} ${target?.value ?? ''}`.trim().slice(0, 200),
  });
  const path =
    known.path === undefined ? undefined : known.path === '' ? call?.positional[0] : call?.named.get(known.path);
  const resolved =
    path === undefined || path.value.includes('$') || place.folder === undefined
      ? undefined
      : resolveFrom(place.folder, path.value);
  if (path !== undefined && resolved !== undefined)
    lifting(file, place.stage ?? place.workflow).refer(
      fact,
      'calls',
      { by: 'path', path: resolved },
      { line: path.line, endLine: path.endLine },
    );
  if (node.name === 'archiveArtifacts') {
    const artifacts = call?.named.get('artifacts') ?? call?.positional[0];
    if (artifacts !== undefined)
      file.fact({
        kind: 'output',
        name: artifacts.value,
        at: { line: artifacts.line, endLine: artifacts.endLine },
        attributes: { rule: 'artifact' },
      });
  }
}

/** `docker.build('name', '-f x .')` makes an image, `docker.image('name').inside` runs in one. */
function dockerCalls(
  file: FileBuilder,
  calls: readonly GroovyCall[],
  place: Place,
  at: { line: number; endLine: number },
): void {
  for (const call of calls) {
    const name = call.positional[0];
    if (name === undefined || name.value === '') continue;
    if (call.name === 'docker.image')
      usedImage(file, {
        reference: name.value,
        at: { line: name.line, endLine: name.endLine },
        ...(place.stage === undefined ? {} : { owner: place.stage }),
      });
    if (call.name !== 'docker.build' || place.stage === undefined) continue;
    const options = call.positional[1]?.value ?? '';
    const named = /(?:^|\s)(?:-f|--file)[ =](\S+)/.exec(options)?.[1];
    const context = /(\S+)\s*$/.exec(options)?.[1] ?? '.';
    const text = named ?? `${context}/Dockerfile`;
    sayBuild(file, place.stage, {
      names: [name.value],
      dockerfile: { text, dynamic: text.includes('$') },
      folders: [place.folder ?? '.'],
      scope: file.scope,
      at,
    });
  }
}
