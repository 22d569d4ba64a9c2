import { groupBy } from '../../group.ts';
import type { Step } from '../story/steps.ts';
import type { Story } from '../story/story.ts';
import { code } from './markdown.ts';

const mostKinds = 6;
const mostNames = 2;

/** What objects are called where several are told. */
const plural: { readonly [kind: string]: string } = {
  path: 'files and folders',
  package: 'packages',
  service: 'services',
  user: 'users',
  group: 'groups',
  url: 'addresses',
};

/** What a story writes to, by kind, the most first, as far as the steps name it: `12 packages (a, b, ...)`. */
export function touched({ steps }: Pick<Story, 'steps'>): string[] {
  const objects = steps.filter(writes).flatMap(kindAndName);
  const kinds = [...groupBy(objects, ({ kind }) => kind)].sort((a, b) => b[1].length - a[1].length);
  const told = kinds.slice(0, mostKinds).map(([kind, found]) => {
    const names = [...new Set(found.map(({ name }) => name))].filter((name) => name !== '');
    const own = names.filter((name) => !name.startsWith(`${kind} `));
    const shown = own.slice(0, mostNames).map(code).join(', ');
    const more = names.length > mostNames ? ', ...' : '';
    const what = plural[kind] ?? code(kind);
    return `${names.length > 1 ? `${names.length} ` : ''}${what}${shown === '' ? '' : ` (${shown}${more})`}`;
  });
  return kinds.length > mostKinds ? [...told, `${kinds.length - mostKinds} more kinds`] : told;
}

const writes = ({ effect, onlyOnFailure, object }: Step) =>
  effect === 'write' && !onlyOnFailure && object !== undefined;

/** `path /etc/x`, `Kind/name`, `aws_vpc.main`, or the kind alone. */
function kindAndName({ object = '', fact }: Step): { kind: string; name: string }[] {
  if (fact.format === 'terraform') {
    const dot = object.indexOf('.');
    return dot < 0 ? [] : [{ kind: object.slice(0, dot), name: object.slice(dot + 1) }];
  }
  const parts = /^([A-Z]\w*)\/(.+)$/.exec(object) ?? /^(\S+) (.+)$/.exec(object);
  if (parts !== null) return [{ kind: parts[1]!, name: parts[2]! }];
  // An object of a template has no name before it is rendered; its kind and its number say enough.
  return fact.format === 'helm' ? [{ kind: object, name: `${object} ${fact.id}` }] : [];
}
