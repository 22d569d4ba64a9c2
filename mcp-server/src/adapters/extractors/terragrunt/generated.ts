import { type Attribute, attributeOf, type Block } from '../terraform/block.ts';
import { literalText, textOrRaw } from '../terraform/expression.ts';
import { objectItems } from '../terraform/items.ts';
import { scanHcl } from '../terraform/scan.ts';
import { providerConfiguration, terraformSettings } from '../terraform/settings.ts';
import { type Context, format, referToBlock, referToPaths } from './context.ts';

/** A `remote_state` block: where the state of every unit lies that takes this over. */
export function remoteState(context: Context, block: Block): void {
  const backend = attributeOf(block, 'backend');
  const name = literalText(backend?.raw);
  if (name === undefined) return;
  const { file, head } = context;
  const config = attributeOf(block, 'config');
  const settings = config === undefined ? [] : objectItems(config.raw, config.line).map((item) => item.name);
  const fact = file.fact({ kind: 'system', name, at: block, attributes: { role: 'state', settings } });
  file.couple({ system: name, class: 'backend', swap: 're-parameterise', at: block, consumers: [fact] });
  file.refer(head, 'depends-on', { by: 'name', format, kinds: ['system'], name, scope: file.scope }, block);
  referToBlock(context, fact, block);
}

/** A `generate` block: a file of Terraform code that is written beside the module; its providers and backends count. */
export function generate(context: Context, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const { file } = context;
  const path = attributeOf(block, 'path');
  const contents = attributeOf(block, 'contents');
  const fact = file.fact({
    kind: 'value',
    name,
    at: block,
    attributes: {
      statement: 'generate',
      path: textOrRaw(path?.raw),
      ifExists: textOrRaw(attributeOf(block, 'if_exists')?.raw),
    },
  });
  referToBlock(context, fact, block);
  if (contents === undefined) return;
  for (const [, from] of contents.raw.matchAll(/\b(?:file|templatefile)\(\s*("(?:[^"\\]|\\.)*")/g))
    referToPaths(context, fact, 'reads', from as string, contents, { kinds: ['provider', 'value', 'system', 'input'] });
  for (const inner of written(contents)) {
    if (inner.type === 'provider') providerConfiguration(file, inner);
    else if (inner.type === 'terraform') terraformSettings(file, inner);
  }
}

/** The blocks of a heredoc's text, with the lines where they stand. */
function written({ raw, line }: Attribute): Block[] {
  const head = /^<<-?[^\n]*\n/.exec(raw)?.[0];
  if (head === undefined) return [];
  const text = raw.slice(head.length, raw.lastIndexOf('\n'));
  const { body } = scanHcl(text);
  moveBy(body, line);
  return body.blocks;
}

function moveBy(block: Block, lines: number): void {
  const open = [block];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    for (const place of [next, ...next.attributes]) {
      place.line += lines;
      place.endLine += lines;
    }
    open.push(...next.blocks);
  }
}
