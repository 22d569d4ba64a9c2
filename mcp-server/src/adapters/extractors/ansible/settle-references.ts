import type { Fact, Reference } from '../../../domain/extract/contract.ts';

/** A topic or name that more handlers of other roles than this answer to says nothing about which is meant. */
const mostElsewhere = 5;

/**
 * References that only all files together tell:
 *
 * - what a task notifies: handlers of its own role by name or by `listen`, else those of other roles, since all handlers
 *   of a play answer to all of its tasks (Ansible user guide, "Handlers");
 * - `tasks_from`: that file of the role instead of its `tasks/main.yml`;
 * - a role by namespace and name where the repository is that role.
 */
export function referenceSettler(
  all: readonly Fact[],
): (references: Reference[], facts: readonly Fact[]) => Reference[] {
  const handlers = handlersByCall(all);
  const roles = rolesByName(all);
  const shared = new Set([...roles.values()].flat().map(({ scope }) => scope));
  const settle = (reference: Reference, target: NameTarget, partly: ReadonlyMap<string, Fact>): Reference[] => {
    if (target.kinds[0] === 'handler')
      return answering(handlers, shared, target).map((found) => ({ ...reference, target: found }));
    const name = roles.has(target.name) ? target.name : atRoot(roles, target.name);
    if (name === undefined) return [reference];
    const file = partly.get(reference.from)?.attributes['tasksFrom'];
    if (typeof file !== 'string')
      return [name === target.name ? reference : { ...reference, target: { ...target, name } }];
    const called = roles.get(name) ?? [];
    return called.flatMap((role) => partOfRole(reference, role, file));
  };
  return (references, facts) => {
    // Most files name neither, and keep their list as it is.
    if (!references.some(({ target }) => isOpen(target))) return references;
    const partly = new Map(facts.flatMap((fact) => ('tasksFrom' in fact.attributes ? [[fact.id, fact] as const] : [])));
    return references.flatMap((one) => (isOpen(one.target) ? settle(one, one.target, partly) : one));
  };
}

/** A handler or a role by its name. */
function isOpen(target: Reference['target']): target is NameTarget {
  return (
    target.by === 'name' && target.kinds.length === 1 && (target.kinds[0] === 'handler' || target.kinds[0] === 'role')
  );
}

/** `namespace.web` in the tests of a repository that is the role web itself. */
function atRoot(roles: ReadonlyMap<string, readonly Role[]>, name: string): string | undefined {
  const short = /^[\w-]+\.([\w-]+)$/.exec(name)?.[1];
  return short !== undefined && roles.get(short)?.some(({ scope }) => scope === '.') === true ? short : undefined;
}

function partOfRole(reference: Reference, { scope, hasMain }: Role, file: string): Reference[] {
  const names = /\.ya?ml$/.test(file) ? [file] : [`${file}.yml`, `${file}.yaml`];
  const parts = names.map((name): Reference => {
    const folder = scope === '.' ? 'tasks' : `${scope}/tasks`;
    const target = { by: 'path', path: `${folder}/${name}`, kinds: ['task', 'phase'] } as const;
    return { ...reference, kind: 'includes', target };
  });
  // Of a role that has no main file nothing else runs, and it is no way in of its own.
  return hasMain ? parts : [reference, ...parts];
}

type NameTarget = Extract<Reference['target'], { by: 'name' }>;

function answering(
  handlers: ReadonlyMap<string, readonly Fact[]>,
  shared: ReadonlySet<string>,
  target: NameTarget,
): NameTarget[] {
  // `role : handler` names the handler of one role.
  const name = target.name.split(' : ').at(-1) ?? target.name;
  const all = handlers.get(name) ?? [];
  const own = all.filter(({ scope }) => scope === target.scope);
  // Roles bring their handlers along; those of another playbook are out of sight.
  const others = all.filter(({ scope }) => shared.has(scope));
  if (own.length === 0 && others.length > mostElsewhere) return [target];
  const found = new Map(
    (own.length > 0 ? own : others).map((fact) => [
      `${fact.scope}\n${fact.name}`,
      { ...target, name: fact.name, scope: fact.scope },
    ]),
  );
  return found.size === 0 ? [target] : [...found.values()];
}

/** Handlers by all that calls them: their names and the topics that they listen to. */
function handlersByCall(facts: readonly Fact[]): Map<string, Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of facts) {
    if (fact.kind !== 'handler') continue;
    const { listen } = fact.attributes;
    for (const call of new Set([fact.name, ...(Array.isArray(listen) ? listen.map(String) : [])])) {
      const known = found.get(call);
      if (known === undefined) found.set(call, [fact]);
      else known.push(fact);
    }
  }
  return found;
}

interface Role {
  scope: string;
  hasMain: boolean;
}

function rolesByName(facts: readonly Fact[]): Map<string, Role[]> {
  const found = new Map<string, Role[]>();
  for (const { kind, name, scope, attributes, evidence } of facts) {
    if (kind !== 'role' || attributes['external'] === true) continue;
    const hasMain = evidence.some(({ path }) => /\/tasks\/main\.ya?ml$/.test(path));
    const roles = found.get(name) ?? [];
    found.set(name, roles);
    const known = roles.find((role) => role.scope === scope);
    if (known === undefined) roles.push({ scope, hasMain });
    else known.hasMain ||= hasMain;
  }
  return found;
}
