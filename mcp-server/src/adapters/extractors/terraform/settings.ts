import type { FileBuilder } from '../../../domain/extract/build.ts';
import { type Attribute, attributeOf, type Block, blocksOf } from './block.ts';
import { textOrRaw } from './expression.ts';
import { referToBlock } from './refer.ts';
import { repetition } from './resources.ts';
import { isBounded } from './versions.ts';

/** A `terraform` block: version, providers, and where the state lies. */
export function terraformSettings(file: FileBuilder, block: Block): void {
  const version = attributeOf(block, 'required_version');
  if (version !== undefined) {
    const constraint = textOrRaw(version.raw) ?? '';
    file.fact({
      kind: 'value',
      name: version.name,
      at: version,
      attributes: { constraint, bounded: isBounded(constraint) },
    });
  }
  for (const providers of blocksOf(block, 'required_providers'))
    for (const attribute of providers.attributes) requiredProvider(file, attribute);
  for (const backend of blocksOf(block, 'backend')) stateBackend(file, backend, backend.labels[0]);
  for (const encryption of blocksOf(block, 'encryption'))
    for (const keys of blocksOf(encryption, 'key_provider')) keyProvider(file, keys);
  for (const cloud of blocksOf(block, 'cloud')) stateBackend(file, cloud, 'cloud');
}

/** `aws = { source = "hashicorp/aws", version = "~> 5.0" }`, or the old `aws = "~> 5.0"`. */
function requiredProvider(file: FileBuilder, attribute: Attribute): void {
  const { name, raw } = attribute;
  const isObject = raw.startsWith('{');
  const source = isObject ? member(raw, 'source') : undefined;
  const constraint = isObject ? member(raw, 'version') : textOrRaw(raw);
  const address = normalAddress(source ?? name);
  const fact = file.fact({
    kind: 'provider',
    name,
    at: attribute,
    attributes: { source: address, constraint, pinned: constraint !== undefined && isBounded(constraint) },
  });
  file.couple({ system: name, class: 'provider', swap: 'rewrite', at: attribute, consumers: [fact] });
}

/** A literal member of an object expression; JSON's `"source": "..."` too. */
function member(raw: string, key: string): string | undefined {
  return new RegExp(`(?:^|[\\s{,"])${key}"?\\s*[=:]\\s*"([^"\\n]*)"`).exec(raw)?.[1];
}

/** A provider's source as `namespace/type`; the default namespace is hashicorp. */
function normalAddress(source: string): string {
  const bare = source.replace(/^registry\.(?:terraform\.io|opentofu\.org)\//, '').toLowerCase();
  return bare.includes('/') ? bare : `hashicorp/${bare}`;
}

/** A `provider` block: how a provider is configured; alternatives are `name.alias`. */
export function providerConfiguration(file: FileBuilder, block: Block): void {
  const name = block.labels[0];
  if (name === undefined) return;
  const alias = textOrRaw(attributeOf(block, 'alias')?.raw);
  const fact = file.fact({
    kind: 'provider',
    name: alias === undefined ? name : `${name}.${alias}`,
    at: block,
    attributes: {
      configures: name,
      alias,
      settings: block.attributes.map((attribute) => attribute.name),
      constraint: textOrRaw(attributeOf(block, 'version')?.raw),
      ...repetition(block),
    },
  });
  referToBlock(file, fact, block);
  file.couple({ system: name, class: 'provider', swap: 'rewrite', at: block, consumers: [fact] });
}

/** A provider that `.terraform.lock.hcl` fixes. */
export function lockedProvider(file: FileBuilder, block: Block): void {
  const source = block.labels[0];
  if (source === undefined) return;
  const version = textOrRaw(attributeOf(block, 'version')?.raw);
  file.fact({
    kind: 'provider',
    name: source,
    at: block,
    attributes: {
      source: normalAddress(source),
      version,
      constraint: textOrRaw(attributeOf(block, 'constraints')?.raw),
      pinned: version !== undefined,
      locked: true,
    },
  });
}

function stateBackend(file: FileBuilder, block: Block, name: string | undefined): void {
  if (name === undefined) return;
  const fact = file.fact({
    kind: 'system',
    name,
    at: block,
    attributes: {
      role: block.type === 'cloud' ? 'state and runs' : 'state',
      settings: block.attributes.map((attribute) => attribute.name),
    },
  });
  file.couple({ system: name, class: 'backend', swap: 're-parameterise', at: block, consumers: [fact] });
}

/** Who holds the keys that state and plans are encrypted with (OpenTofu, State and Plan Encryption). */
function keyProvider(file: FileBuilder, block: Block): void {
  const [name] = block.labels;
  if (name === undefined) return;
  const fact = file.fact({
    kind: 'system',
    name,
    at: block,
    attributes: { role: 'keys of state and plan', settings: block.attributes.map((attribute) => attribute.name) },
  });
  file.couple({ system: name, class: 'encryption', swap: 're-parameterise', at: block, consumers: [fact] });
}
