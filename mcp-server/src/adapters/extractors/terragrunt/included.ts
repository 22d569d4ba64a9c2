import type { Fact, FileExtraction, Reference } from '../../../domain/extract/contract.ts';
import { format } from './context.ts';
import { evaluate, type Place, pathIn } from './paths.ts';
import { sourcesOf } from './source.ts';
import { unitAt } from './unit.ts';

/**
 * What a unit takes over of the configurations that it includes, as it is seen from the unit's own folder: the units that
 * come first, and the source when it has none itself.
 *
 * @param included what is said of each file, by its path
 */
export function inherited(unit: FileExtraction, included: ReadonlyMap<string, FileExtraction>): Reference[] {
  const [head] = unit.facts;
  if (head === undefined || head.attributes['type'] !== 'unit') return [];
  const place: Place = { folder: head.scope, isOwn: true, locals: new Map() };
  const hasSource = unit.facts.some(isSource);
  return unit.references.flatMap(({ from, kind, target, evidence }) => {
    const facts =
      kind === 'includes' && from === head.id && target.by === 'path' ? included.get(target.path)?.facts : [];
    const refer = (how: Reference['kind'], to: Reference['target']): Reference => ({
      from,
      kind: how,
      target: to,
      evidence,
    });
    const named = (kinds: readonly Fact['kind'][], name: string, scope?: string) =>
      ({ by: 'name', format, kinds, name, ...(scope === undefined ? {} : { scope }) }) as const;
    return (facts ?? []).flatMap((fact) => [
      ...unitsBefore(fact, place).map((name) => refer('depends-on', named(['module', 'value'], name))),
      ...(isSource(fact) && !hasSource ? [refer('calls', named(['module'], fact.name, fact.scope))] : []),
      ...(isSource(fact) && !hasSource ? foldersOf(fact, place) : []).map((path) =>
        refer('calls', { by: 'path', path, format: 'terraform', kinds: ['resource', 'module', 'data'] }),
      ),
    ]);
  });
}

export const isSource = ({ kind, attributes }: Fact) => kind === 'module' && attributes['type'] === 'source';

/** Names of the units that a dependency, or the list of them, means. */
function unitsBefore({ kind, attributes }: Fact, place: Place): string[] {
  const { configPath, unit, dependsOn } = attributes;
  if (kind === 'data' && typeof unit === 'string') return [unit];
  const paths = kind === 'data' ? [configPath] : Array.isArray(dependsOn) ? dependsOn : [];
  return paths
    .filter((path) => typeof path === 'string')
    .flatMap((path) => evaluate(expressionOf(path), place).flat())
    .flatMap((candidate) => pathIn(candidate, place) ?? [])
    .map(unitAt);
}

/** Folders of a source that the shared configuration gives relatively. */
function foldersOf({ attributes }: Fact, place: Place): string[] {
  const { source, sourceKind } = attributes;
  if (sourceKind !== 'dynamic' || typeof source !== 'string') return [];
  return sourcesOf(expressionOf(source), place).flatMap(({ folders }) => folders);
}

/** Facts keep a literal without its quotes. */
function expressionOf(text: string): string {
  return text.startsWith('"') || /^\w+[.(]/.test(text) ? text : `"${text}"`;
}
