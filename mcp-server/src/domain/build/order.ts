import type { Check, Component, Design } from '../artifact/design.ts';
import { canonical } from '../canonical.ts';
import { sha256 } from '../hash.ts';
import { byId, requirementOf } from '../ids.ts';
import { Graph } from '../ledger/graph.ts';
import { remember } from '../remember.ts';

/**
 * Components in build order: what others depend on comes first, ties by id.
 *
 * @returns the order, and the components that have no place in it: they lie on a cycle or depend on one
 */
export function buildOrder(components: readonly Component[]): { order: Component[]; cycle: Component[] } {
  const sorted = [...components].sort((a, b) => byId(a.id, b.id));
  // The graph breaks ties by its nodes' ids as text; ranks of one width keep CMP-2 before CMP-10.
  const rank = new Map(sorted.map((component, at) => [component.id, String(at).padStart(8, '0')]));
  const known = new Map(sorted.map((component) => [rank.get(component.id)!, component]));
  const graph = new Graph(
    [...known].map(([id, component]) => ({
      id,
      parents: component.dependsOn.flatMap((other) => rank.get(other) ?? []),
    })),
  );
  const placed = new Set(graph.order.map((node) => node.id));
  return {
    order: graph.order.map((node) => known.get(node.id)!),
    cycle: [...known].flatMap(([id, component]) => (placed.has(id) ? [] : [component])),
  };
}

const byIdOf = remember(
  (components: readonly Component[]) => new Map(components.map((component) => [component.id, component])),
);

/** A component with everything it depends on, directly or not; the component itself comes first. */
export function closure(components: readonly Component[], id: string): Component[] {
  const known = byIdOf(components);
  const found = new Map<string, Component>();
  const open = [id];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const component = known.get(next);
    if (component === undefined || found.has(next)) continue;
    found.set(next, component);
    open.push(...component.dependsOn);
  }
  return [...found.values()];
}

/** Whether a component's files are made, changed or taken over here. */
export const isBuilt = (component: Component) => component.action === 'build' || component.action === 'adopt';

/**
 * The component each check verifies: the one it names, else the last in build order of those that realise the
 * requirement of one of its criteria, because only then everything the criterion needs is there.
 */
export function checkOwners(design: Design): Map<string, string> {
  const { order } = buildOrder(design.components);
  const place = new Map(order.map((component, at) => [component.id, at]));
  const last = new Map(order.flatMap((component) => component.realises.map((id) => [id, component.id] as const)));
  const owners = new Map<string, string>();
  for (const check of design.checks) {
    const owner = check.component ?? lastOf(check, last, place);
    if (owner !== undefined) owners.set(check.id, owner);
  }
  return owners;
}

/** Of the components that realise one of the check's requirements, the last in build order. */
function lastOf(
  check: Check,
  last: ReadonlyMap<string, string>,
  place: ReadonlyMap<string, number>,
): string | undefined {
  const realising = check.criteria.flatMap((criterion) => last.get(requirementOf(criterion)) ?? []);
  return realising.sort((a, b) => place.get(a)! - place.get(b)!).at(-1);
}

/** The hash of what a check does: a run vouches for this definition and no other. */
export function checkDefinition(check: Check): string {
  const { criteria, method, command, expect, reason, settings } = check;
  const { folder, seconds, environment } = settings;
  // Only what is said: a check without settings keeps the hash that its earlier runs vouch for.
  const said = {
    ...(folder === '.' ? {} : { folder }),
    ...(seconds === undefined ? {} : { seconds }),
    ...(Object.keys(environment).length === 0 ? {} : { environment }),
  };
  return sha256(
    canonical({
      criteria,
      method: method ?? '',
      lang: command?.lang ?? '',
      command: command?.text ?? '',
      expect: expect.map(({ text }) => text),
      reason,
      ...said,
    }),
  );
}
