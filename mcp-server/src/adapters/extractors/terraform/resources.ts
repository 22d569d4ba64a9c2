import { type FileBuilder, resolveFrom, type Span } from '../../../domain/extract/build.ts';
import type { Fact, FactKind } from '../../../domain/extract/contract.ts';
import { attributeOf, type Block, blocksOf } from './block.ts';
import { conditions } from './declarations.ts';
import { hasConditional, literalBoolean, literalText, textOrRaw } from './expression.ts';
import { referToBlock, referToProvider } from './refer.ts';

/** A `resource`, `data` or `ephemeral` block; the name is its address without `data.`. */
export function resource(file: FileBuilder, block: Block): Fact | undefined {
  const [type, label] = block.labels;
  if (type === undefined || label === undefined) return undefined;
  const isRead = block.type !== 'resource';
  const name = `${type}.${label}`;
  const lifecycle = blocksOf(block, 'lifecycle')[0];
  const setting = (key: string) => (lifecycle === undefined ? undefined : attributeOf(lifecycle, key)?.raw);
  const dynamic = blocksOf(block, 'dynamic').flatMap((inner) => inner.labels.slice(0, 1));
  const fact = file.fact({
    kind: isRead ? 'data' : 'resource',
    name,
    at: block,
    attributes: {
      type,
      provider: providerOf(block, type),
      effect: isRead ? 'read' : 'write',
      object: isRead ? `data.${name}` : name,
      ...repetition(block),
      dependsOn: attributeOf(block, 'depends_on')?.raw,
      dynamic: dynamic.length > 0 ? dynamic : undefined,
      state: type === 'terraform_remote_state' ? textOrRaw(attributeOf(block, 'backend')?.raw) : undefined,
      preventDestroy: literalBoolean(setting('prevent_destroy')),
      createBeforeDestroy: literalBoolean(setting('create_before_destroy')),
      ignoreChanges: setting('ignore_changes'),
      replaceTriggeredBy: setting('replace_triggered_by'),
      preconditions: lifecycle === undefined ? undefined : conditions(blocksOf(lifecycle, 'precondition')),
    },
  });
  referToBlock(file, fact, block);
  repetitionFacts(file, fact, block);
  const provider = attributeOf(block, 'provider');
  if (provider !== undefined) referToProvider(file, fact, String(fact.attributes['provider']), provider);
  const enabled = lifecycle === undefined ? undefined : attributeOf(lifecycle, 'enabled');
  if (enabled !== undefined)
    belonging(file, 'decision', fact, block, enabled, { by: 'enabled', expression: enabled.raw });
  if (type === 'terraform_remote_state') remoteState(file, fact, block);
  for (const inner of lifecycle === undefined ? [] : blocksOf(lifecycle, 'postcondition'))
    belonging(file, 'check', fact, block, inner, {
      condition: attributeOf(inner, 'condition')?.raw,
      message: textOrRaw(attributeOf(inner, 'error_message')?.raw),
    });
  for (const inner of blocksOf(block, 'provisioner')) provisioner(file, fact, inner);
  return fact;
}

/** The provider's local name: said by `provider =`, else the type's first word. */
function providerOf(block: Block, type: string): string {
  const said = attributeOf(block, 'provider')?.raw.replace(/^"(.*)"$/, '$1');
  return said === undefined || said === '' ? (type.split('_', 1)[0] as string) : said;
}

/** What another folder's state says: a tie to where that state lies. */
function remoteState(file: FileBuilder, fact: Fact, block: Block): void {
  const backend = attributeOf(block, 'backend');
  const system = literalText(backend?.raw);
  if (backend === undefined || system === undefined) return;
  file.couple({ system, class: 'backend', swap: 're-parameterise', at: backend, consumers: [fact] });
}

/** `count` and `for_each` as attributes. */
export function repetition(block: Block): { count?: string; forEach?: string } {
  const count = attributeOf(block, 'count')?.raw;
  const forEach = attributeOf(block, 'for_each')?.raw;
  return { ...(count === undefined ? {} : { count }), ...(forEach === undefined ? {} : { forEach }) };
}

/**
 * `count` and `for_each` as facts under the block's name: a condition decides whether there is any (decision), a number
 * or collection how many (batch).
 */
export function repetitionFacts(file: FileBuilder, owner: Fact, block: Block): void {
  for (const key of ['count', 'for_each']) {
    const attribute = attributeOf(block, key);
    if (attribute === undefined) continue;
    const isChoice = hasConditional(attribute.raw);
    const kinds: FactKind[] = key === 'for_each' ? ['batch'] : isChoice ? [] : ['batch'];
    if (isChoice) kinds.unshift('decision');
    for (const kind of kinds) belonging(file, kind, owner, block, attribute, { by: key, expression: attribute.raw });
  }
}

/** A `check` block: its asserts, and the data source it may read. */
export function check(file: FileBuilder, block: Block): Fact | undefined {
  const name = block.labels[0];
  if (name === undefined) return undefined;
  const asserts = conditions(blocksOf(block, 'assert'));
  const command = attributeOf(block, 'command')?.raw;
  const fact = file.fact({ kind: 'check', name, at: block, attributes: { asserts, command } });
  referToBlock(file, fact, block);
  for (const inner of blocksOf(block, 'data')) resource(file, inner);
  return fact;
}

/** A `run` of a test file: a check of the folder's module or of the one it names, with inputs of its own. */
export function testRun(file: FileBuilder, block: Block): void {
  const fact = check(file, block);
  if (fact === undefined) return;
  const source = blocksOf(block, 'module').map((inner) => attributeOf(inner, 'source'))[0];
  const path = literalText(source?.raw);
  const folder = path === undefined || !/^\.{1,2}\//.test(path) ? undefined : resolveFrom(file.scope, path);
  if (source !== undefined && folder !== undefined)
    file.refer(fact, 'calls', { by: 'path', path: folder, kinds: ['resource', 'module', 'data'] }, source);
  const scope = source === undefined ? file.scope : folder;
  if (scope === undefined) return;
  for (const parameter of blocksOf(block, 'variables').flatMap((inner) => inner.attributes))
    file.refer(
      fact,
      'writes',
      { by: 'name', format: 'terraform', kinds: ['input'], name: parameter.name, scope },
      parameter,
    );
}

/** A fact under its owner's name; its evidence starts at the owner's header, where that name stands. */
function belonging(
  file: FileBuilder,
  kind: FactKind,
  owner: Fact,
  block: Block,
  at: Span & { endLine: number },
  attributes: { readonly [key: string]: string | undefined },
): void {
  const fact = file.fact({
    kind,
    name: owner.name,
    at: { line: block.line, endLine: at.endLine },
    attributes: { of: owner.kind, ...attributes },
  });
  file.refer(
    fact,
    'depends-on',
    { by: 'name', format: 'terraform', kinds: [owner.kind], name: owner.name, scope: owner.scope },
    at,
  );
}

/** A `provisioner`: a step that acts outside the declared state. */
function provisioner(file: FileBuilder, owner: Fact, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const command = attributeOf(block, 'command') ?? attributeOf(block, 'inline') ?? attributeOf(block, 'script');
  const when = attributeOf(block, 'when')?.raw;
  const fact = file.fact({
    kind: 'step',
    name,
    at: block,
    attributes: {
      of: owner.name,
      when,
      command: textOrRaw(command?.raw),
      effect: 'write',
      object: owner.name,
      ignoresErrors:
        literalText(attributeOf(block, 'on_failure')?.raw) === 'continue' ||
        attributeOf(block, 'on_failure')?.raw === 'continue'
          ? true
          : undefined,
      pipesToShell: /\b(?:curl|wget)\b[^|;&\n]*\|\s*(?:sudo\s+)?(?:ba|z|da|k)?sh\b/.test(command?.raw ?? '')
        ? true
        : undefined,
    },
  });
  file.refer(
    fact,
    'depends-on',
    { by: 'name', format: 'terraform', kinds: [owner.kind], name: owner.name, scope: owner.scope },
    block,
  );
}
