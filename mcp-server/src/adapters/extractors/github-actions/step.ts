import { type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { decisionFact } from '../ci/decision.ts';
import { isUndo, isVerification, runs } from '../ci/names.ts';
import { type Run, readRun } from '../ci/run.ts';
import { scriptOf } from '../ci/script-text.ts';
import { lifting, type StepLinks } from '../ci/step-links.ts';
import { usedImage } from '../images.ts';
import { childOf, entryOf, spanOf, textOf, truthOf, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { runsOnFailure } from './expressions.ts';
import { environmentFacts } from './interface.ts';
import { effectOf, readUses, usesTies } from './uses.ts';

export interface StepContext {
  scope: string;
  /** The job, or the composite action, that runs the step. */
  job: string;
  /** Its fact, which calls what the step calls. */
  owner: Fact;
  links: StepLinks;
  /** Working directory and shell that the step inherits. */
  folder: string | undefined;
  shell: string | undefined;
}

/** Shells whose text the shell reader understands; the default is bash on the runners that most jobs ask for. */
const readableShell = /^(?:ba|da|z|k)?sh\b|^$/;

/** One step: an action or a script, what it decides, what it does to the world and what happens when it fails. */
export function stepFact(
  file: FileBuilder,
  node: YamlNode,
  order: number,
  context: StepContext,
): { fact: Fact; acts: readonly string[] } {
  const { scope, job } = context;
  const name = textOf(childOf(node, 'name'));
  const uses = entryOf(node, 'uses');
  const usesText = textOf(uses?.value);
  const script = childOf(node, 'run');
  const inputs = childOf(node, 'with');
  const shell = textOf(childOf(node, 'shell')) ?? context.shell ?? '';
  const run = script?.kind === 'scalar' && readableShell.test(shell) ? readRun(scriptOf([script])) : undefined;
  const reference = usesText === undefined ? undefined : readUses(usesText);
  const condition = entryOf(node, 'if');
  const actionEffect = reference === undefined ? undefined : effectOf(reference, inputs);
  const onFailure = runsOnFailure(textOf(condition?.value));
  const directory = textOf(childOf(node, 'working-directory')) ?? context.folder;
  const fact = file.fact({
    kind: 'step',
    scope,
    name: name ?? usesText ?? run?.title ?? firstLine(script) ?? textOf(childOf(node, 'id')) ?? `step ${order}`,
    at: node,
    attributes: {
      job,
      order,
      id: textOf(childOf(node, 'id')),
      uses: usesText,
      pinned: reference?.pinned,
      ...run?.attributes,
      ...(actionEffect === undefined
        ? {}
        : { effect: actionEffect, object: reference?.target, effectRule: 'action-name' }),
      shell: shell === '' ? undefined : shell,
      workingDirectory: directory,
      timeoutMinutes: textOf(childOf(node, 'timeout-minutes')),
      ...(truthOf(childOf(node, 'continue-on-error')) === true ? { ignoresErrors: true } : {}),
      ...(onFailure ? { handlesErrors: true, onFailure: true } : {}),
      nameFrom: name === undefined && usesText === undefined && run?.title === undefined ? 'position' : undefined,
    },
  });
  if (condition?.value.kind === 'scalar') decisionFact(file, fact, condition.value.text, spanOf(condition));
  environmentFacts(file, childOf(node, 'env'), scope, `step ${fact.name}`);
  const folder = folderFrom(directory);
  if (run !== undefined) run.say(file, fact, { folder, job: context.owner });
  if (uses !== undefined && reference !== undefined) {
    usesTies(lifting(file, context.owner), fact, { reference, at: spanOf(uses), inputs, folder: folder ?? '.' });
    if (reference.kind === 'docker') usedImage(file, { reference: reference.target, at: spanOf(uses), owner: fact });
    if (/manual-approval|wait-for-approval/.test(reference.target))
      file.fact({
        kind: 'approval',
        scope,
        name: usesText ?? '',
        at: spanOf(uses),
        attributes: { rule: 'approval-action', job },
      });
  }
  context.links.add(context.owner, fact);
  stepIntent(file, fact, node, { name: name ?? usesText ?? '', run, onFailure });
  return { fact, acts: run?.acts ?? [] };
}

function stepIntent(
  file: FileBuilder,
  step: Fact,
  node: YamlNode,
  { name, run, onFailure }: { name: string; run: Run | undefined; onFailure: boolean },
): void {
  const { scope } = step;
  const writes = step.attributes['effect'] === 'write';
  if (run?.undo !== undefined)
    file.fact({
      kind: 'rollback',
      scope,
      name: run.undo.name,
      at: run.undo.at,
      status: 'inferred',
      attributes: { rule: 'undo-command', step: step.name },
    });
  else if (isUndo(name) || (onFailure && writes)) {
    const rule = isUndo(name) ? 'undo-name' : 'writes-on-failure';
    file.fact({ kind: 'rollback', scope, name: step.name, at: node, status: 'inferred', attributes: { rule } });
  }
  if (run?.checks !== true && isVerification(name) && !writes)
    file.fact({
      kind: 'check',
      scope,
      name: step.name,
      at: node,
      status: 'inferred',
      attributes: { rule: 'verification-name', effect: 'read', ...runs(run?.acts) },
    });
}

function firstLine(node: YamlNode | undefined): string | undefined {
  const text = (node as YamlScalar | undefined)?.kind === 'scalar' ? textOf(node) : undefined;
  return text
    ?.split('\n')
    .find((line) => line.trim() !== '')
    ?.trim()
    .slice(0, 120);
}

/** A static folder below the root; undefined when an expression decides it. */
function folderFrom(directory: string | undefined): string | undefined {
  if (directory === undefined) return '.';
  const plain = directory
    .replace(/^\$\{\{\s*github\.workspace\s*\}\}\/?/, './')
    .replace(/^\$GITHUB_WORKSPACE\/?/, './');
  return plain.includes('${{') || plain.includes('$') ? undefined : resolveFrom('.', plain);
}
