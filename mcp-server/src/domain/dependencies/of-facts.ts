import type { Fact } from '../extract/contract.ts';
import type { Dependency, Found } from './dependency.ts';

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const REMOTE: ReadonlySet<string> = new Set(['git', 'registry', 'archive']);
const LOCAL = /^(?:\.{0,2}\/|file:)/;

/** What the extractors saw that comes from elsewhere; `undefined` for a fact that is none. */
export function dependencyOfFact(fact: Fact): Found | undefined {
  const { attributes, evidence, name } = fact;
  const kind = kindOf(fact);
  const [place] = evidence;
  if (kind === undefined || place === undefined) return undefined;
  const found = { kind, licence: '', path: place.path, line: place.line };
  const pinned = typeof attributes['pinned'] === 'boolean' ? attributes['pinned'] : null;
  if (kind === 'image') {
    const version = text(attributes['digest']) || text(attributes['tag']);
    return {
      ...found,
      name: text(attributes['repository']) || name,
      version,
      pinned,
      source: text(attributes['registry']),
    };
  }
  if (kind === 'action') {
    const [uses = '', version = ''] = text(attributes['uses']).split('@');
    return { ...found, name: uses, version, pinned, source: 'GitHub' };
  }
  const source = text(attributes['source']);
  const version = text(attributes['version']) || text(attributes['constraint']) || text(attributes['ref']);
  return { ...found, name, version, pinned, source: source === name ? '' : source };
}

function kindOf({ format, kind, attributes }: Fact): Dependency['kind'] | undefined {
  if (kind === 'image') return 'image';
  if (format === 'github-actions' && kind === 'step' && text(attributes['uses']) !== '')
    return LOCAL.test(text(attributes['uses'])) ? undefined : 'action';
  if (format === 'ansible' && kind === 'provider' && attributes['type'] === 'collection') return 'collection';
  if (format === 'ansible' && kind === 'role' && attributes['external'] === true)
    return LOCAL.test(text(attributes['source'])) ? undefined : 'role';
  if (format === 'helm' && kind === 'module' && attributes['kind'] === 'dependency') return 'chart';
  if (format === 'terragrunt' && kind === 'module')
    return REMOTE.has(text(attributes['sourceKind'])) ? 'module' : undefined;
  if (format !== 'terraform' && format !== 'terragrunt') return undefined;
  if (kind === 'provider') return attributes['locked'] === true ? undefined : 'provider';
  if (kind === 'module') return LOCAL.test(text(attributes['source'])) ? undefined : 'module';
  return undefined;
}
