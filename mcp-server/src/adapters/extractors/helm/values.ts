import type { FileBuilder } from '../../../domain/extract/build.ts';
import { usedImage } from '../images.ts';
import { documentsIn } from '../yaml/documents.ts';
import { entriesOf, entryOf, spanOf, textOf, type YamlEntry, type YamlNode } from '../yaml/node.ts';
import { type ValueComments, valueComments } from './comments.ts';
import { valuePath } from './value-path.ts';

const longestDefault = 1000;

/**
 * A chart's values.yaml declares its inputs: every scalar, list and empty map, and every map that a comment describes.
 * Any other values file sets them for one environment: `value` facts.
 */
export function valuesFacts(file: FileBuilder, source: { path: string; text: string }): void {
  const documents = documentsIn(file, source.text);
  const declares = /(?:^|\/)values\.ya?ml$/.test(source.path);
  const comments = valueComments(source.text);
  for (const { root } of documents)
    for (const entry of entriesOf(root)) valueFacts(file, { entry, parent: '', comments, declares });
}

interface Walk {
  entry: YamlEntry;
  parent: string;
  comments: ValueComments;
  declares: boolean;
}

function valueFacts(file: FileBuilder, { entry, parent, comments, declares }: Walk): void {
  const { value } = entry;
  const name = valuePath(parent, entry.key);
  const comment = comments.of(entry.keyLine, name);
  const children = entriesOf(value);
  if (children.length === 0 || comment !== undefined) {
    const spelt = spell(value);
    const fact = file.fact({
      kind: declares ? 'input' : 'value',
      name,
      at: spanOf(entry),
      attributes: {
        type: comment?.type ?? typeOf(value),
        ...(declares ? { required: false, default: spelt, documented: comment !== undefined } : { value: spelt }),
        description: comment?.description,
        describedBy: comment?.from,
        shownDefault: comment?.shownDefault,
        nameFrom: parent === '' ? undefined : 'path of keys',
      },
    });
    if (!declares) file.refer(fact, 'writes', { by: 'name', kinds: ['input'], name, scope: file.scope }, spanOf(entry));
  }
  imageOf(file, entry, name);
  for (const child of children) valueFacts(file, { entry: child, parent: name, comments, declares });
}

/** JSON in one line, as documentation tables show defaults; long ones are cut. */
function spell(node: YamlNode): string {
  const text = json(node);
  return text.length > longestDefault ? `${text.slice(0, longestDefault)}...` : text;
}

function json(node: YamlNode): string {
  if (node.kind === 'seq') return `[${joined(node.items.map((item) => () => json(item)))}]`;
  if (node.kind === 'map')
    return `{${joined(node.entries.map((entry) => () => `${JSON.stringify(entry.key)}:${json(entry.value)}`))}}`;
  return typeof node.value === 'number' ? node.text : JSON.stringify(node.value);
}

/** Stops once the text is longer than anything shown, so that nested maps with comments stay linear. */
function joined(parts: readonly (() => string)[]): string {
  let text = '';
  for (const part of parts) {
    if (text.length > longestDefault) break;
    text += text === '' ? part() : `,${part()}`;
  }
  return text;
}

function typeOf(node: YamlNode): string {
  if (node.kind === 'map') return 'object';
  if (node.kind === 'seq') return 'list';
  if (node.value === null) return 'null';
  if (typeof node.value === 'boolean') return 'bool';
  return typeof node.value === 'number' ? (Number.isInteger(node.value) ? 'int' : 'float') : 'string';
}

/** The convention of charts for images: a map of repository, registry, tag and digest, or one string under `image`. */
function imageOf(file: FileBuilder, entry: YamlEntry, name: string): void {
  const repository = textOf(entryOf(entry.value, 'repository')?.value);
  // An empty one is an override that nobody has filled in.
  if (repository === '') return;
  if (repository === undefined) {
    const text = textOf(entry.value);
    if (/^(?:.*Image|image)$/.test(entry.key) && text !== undefined && /^[\w.-]+(?:[:/@][\w./:@-]+)+$/.test(text))
      usedImage(file, { reference: text, at: spanOf(entry), attributes: { value: name } });
    return;
  }
  const part = (key: string) => textOf(entryOf(entry.value, key)?.value) || undefined;
  if (!/image/i.test(entry.key) && part('tag') === undefined && part('pullPolicy') === undefined) return;
  const [registry, tag, digest] = [part('registry'), part('tag'), part('digest') ?? part('sha')];
  const reference = `${registry === undefined ? '' : `${registry}/`}${repository}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
  usedImage(file, {
    reference,
    at: spanOf(entry),
    attributes: {
      value: name,
      nameFrom: 'registry, repository, tag and digest',
      // By convention an empty tag means the chart's appVersion.
      ...(tag === undefined && digest === undefined ? { pinned: undefined, tagFrom: 'appVersion' } : {}),
    },
  });
}
