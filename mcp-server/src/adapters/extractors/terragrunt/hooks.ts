import type { Fact } from '../../../domain/extract/contract.ts';
import { readRun } from '../ci/run.ts';
import { attributeOf, type Block, blocksOf } from '../terraform/block.ts';
import { literalBoolean, literalText, textOrRaw } from '../terraform/expression.ts';
import { listItems, objectItems } from '../terraform/items.ts';
import { type Context, referToBlock, referToPaths } from './context.ts';

const hooks = { before_hook: 'before', after_hook: 'after', error_hook: 'error' } as const;

/** The hooks and arguments of a `terraform` block. */
export function hooksAndArguments(context: Context, block: Block): void {
  for (const inner of block.blocks) {
    if (inner.type === 'extra_arguments') extraArguments(context, inner);
    else if (Object.hasOwn(hooks, inner.type)) hook(context, inner, hooks[inner.type as keyof typeof hooks]);
  }
}

/** What runs before or after Terraform, or when it failed. */
function hook(context: Context, block: Block, when: 'before' | 'after' | 'error'): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const { file, place } = context;
  const execute = attributeOf(block, 'execute');
  const words = execute === undefined ? [] : listItems(execute.raw).map(({ text }) => textOrRaw(text) ?? text);
  // What a shell is given is read as its text.
  const isShell = /^(?:.*\/)?(?:ba|da|z|k)?sh$/.test(words[0] ?? '') && /^-\w*c$/.test(words[1] ?? '');
  const command = isShell ? (words[2] ?? '') : words.map(quoted).join(' ');
  const run = readRun({ text: command, at: () => execute ?? block });
  const fact = file.fact({
    kind: 'step',
    name,
    at: block,
    attributes: {
      moment: when,
      on: textsOf(block, 'commands'),
      onErrors: textsOf(block, 'on_errors'),
      command,
      ...run.attributes,
      runOnError: literalBoolean(attributeOf(block, 'run_on_error')?.raw),
      handlesErrors: when === 'error' ? true : undefined,
      onFailure: when === 'error' ? true : undefined,
    },
  });
  const folder = literalText(attributeOf(block, 'working_dir')?.raw);
  // The text was put together from the words of a list.
  const said: typeof file = {
    ...file,
    fact: (parts) => file.fact({ ...parts, attributes: { nameFrom: 'execute', ...parts.attributes } }),
  };
  run.say(said, fact, { folder: folder === undefined ? place.folder : undefined });
  referToBlock(context, fact, block);
}

/** What is added to the command line of Terraform: files of values among it. */
function extraArguments(context: Context, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const { file } = context;
  const env = attributeOf(block, 'env_vars');
  const fact = file.fact({
    kind: 'value',
    name,
    at: block,
    attributes: {
      on: textsOf(block, 'commands'),
      arguments: textsOf(block, 'arguments'),
      environment: env === undefined ? undefined : objectItems(env.raw, env.line).map((item) => item.name),
    },
  });
  for (const key of ['required_var_files', 'optional_var_files']) {
    const files = attributeOf(block, key);
    for (const { text } of files === undefined ? [] : listItems(files.raw))
      referToPaths(context, fact, 'reads', text, files as NonNullable<typeof files>, {
        kinds: ['value'],
        format: 'terraform',
      });
  }
  referToBlock(context, fact, block);
}

/** `errors`: what is tried again and what is let through. */
export function errors({ file }: Context, block: Block): void {
  for (const inner of [...blocksOf(block, 'retry'), ...blocksOf(block, 'ignore')]) {
    const isIgnored = inner.type === 'ignore';
    const patterns = textsOf(inner, isIgnored ? 'ignorable_errors' : 'retryable_errors');
    file.fact({
      kind: 'decision',
      name: inner.labels[0] ?? inner.type,
      at: inner,
      attributes: {
        by: inner.type,
        patterns,
        attempts: attributeOf(inner, 'max_attempts')?.raw,
        message: textOrRaw(attributeOf(inner, 'message')?.raw),
        ignoresErrors: isIgnored ? true : undefined,
      },
    });
  }
}

/** `exclude`: whether the unit takes part in a run at all. */
export function exclude(context: Context, block: Block): void {
  const { file } = context;
  const fact: Fact = file.fact({
    kind: 'decision',
    name: block.type,
    at: block,
    attributes: { by: 'exclude', expression: attributeOf(block, 'if')?.raw, on: textsOf(block, 'actions') },
  });
  referToBlock(context, fact, block);
}

function textsOf(block: Block, name: string): string[] | undefined {
  const attribute = attributeOf(block, name);
  return attribute === undefined ? undefined : listItems(attribute.raw).map(({ text }) => textOrRaw(text) ?? text);
}

function quoted(word: string): string {
  return /^[\w./:=@%+,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
