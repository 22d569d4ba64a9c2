import { attributeOf, type Block } from '../terraform/block.ts';
import { literalBoolean, textOrRaw } from '../terraform/expression.ts';
import { listItems, objectItems } from '../terraform/items.ts';
import { type Context, referToBlock } from './context.ts';
import { dependOn } from './unit.ts';

/** A `dependency` block: another unit whose outputs are read, and what stands in for them until it was applied. */
export function dependency(context: Context, block: Block): void {
  const name = block.labels[0];
  const path = attributeOf(block, 'config_path');
  if (name === undefined || path === undefined) return;
  const { file, head } = context;
  const mocks = attributeOf(block, 'mock_outputs');
  const allowed =
    attributeOf(block, 'mock_outputs_allowed_terraform_commands') ??
    attributeOf(block, 'mock_outputs_allowed_commands');
  const attributes = {
    effect: 'read',
    moment: 'before',
    configPath: textOrRaw(path.raw),
    mockOutputs: mocks === undefined ? undefined : objectItems(mocks.raw, mocks.line).map((item) => item.name),
    mockCommands: allowed === undefined ? undefined : listItems(allowed.raw).map(({ text }) => textOrRaw(text) ?? text),
    skipOutputs: literalBoolean(attributeOf(block, 'skip_outputs')?.raw),
    enabled: attributeOf(block, 'enabled')?.raw,
  };
  const draft = { kind: 'data', name, at: block } as const;
  const fact = file.fact({ ...draft, attributes });
  const unit = dependOn(context, [fact, head], path.raw, path);
  Object.assign(fact, resolved(fact.attributes, unit));
  referToBlock(context, fact, block);
}

/** What is read is the other unit, where it is known which. */
function resolved(attributes: object, unit: string | undefined) {
  if (unit === undefined) return { status: 'unresolved' as const, attributes: { ...attributes, candidates: [] } };
  return { attributes: { ...attributes, object: unit, unit } };
}
