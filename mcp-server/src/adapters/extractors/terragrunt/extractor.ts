import type { Extractor, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';
import type { Block } from '../terraform/block.ts';
import { scanHcl } from '../terraform/scan.ts';
import { type Context, format } from './context.ts';
import { dependency } from './dependency.ts';
import { generate, remoteState } from './generated.ts';
import { errors, exclude, hooksAndArguments } from './hooks.ts';
import { feature, inputs, locals, wanted } from './inputs.ts';
import { isTerragrunt } from './is-configuration.ts';
import { settleTerragrunt } from './settle.ts';
import { engine, part } from './stack.ts';
import { constraints, dependencies, include, openFile, source } from './unit.ts';

/**
 * Terragrunt: units (`terragrunt.hcl`), stacks, and the configurations that they include or read. Scope of a unit is its
 * folder, as of the Terraform module that it applies; of a configuration, its path.
 */
export const terragrunt: Extractor = { format, matches: isTerragrunt, extract, settle: settleTerragrunt };

function extract({ path, text }: SourceFile): FileExtraction {
  const { body, problems } = scanHcl(text);
  const context = openFile(path, body);
  for (const block of body.blocks)
    if (Object.hasOwn(declarations, block.type)) declarations[block.type]?.(context, block);
  inputs(context, body);
  wanted(context, body);
  constraints(context.file, body);
  for (const line of problems) context.file.skip('unparsed', line);
  return context.file.done();
}

const declarations: { readonly [type: string]: (context: Context, block: Block) => void } = {
  terraform: (context, block) => {
    source(context, block);
    hooksAndArguments(context, block);
  },
  include,
  dependency,
  dependencies,
  locals,
  remote_state: remoteState,
  generate,
  feature,
  errors,
  exclude,
  unit: part,
  stack: part,
  engine,
};
