import type { Component } from '../artifact/design.ts';
import { buildOrder } from '../build/order.ts';

/** A component's place in the drawing: what it depends on lies in columns before it. */
export interface GraphNode {
  id: string;
  title: string;
  action: string;
  column: number;
  row: number;
  /** Whether it has no place in a build order, for it lies on a cycle or depends on one. */
  cyclic: boolean;
}

export interface ComponentGraph {
  columns: number;
  rows: number;
  nodes: GraphNode[];
  /** From what is depended on to what depends on it. */
  edges: { from: string; to: string }[];
}

/**
 * Lays components out in columns by the longest way from what depends on nothing, each column in the order of its
 * components' neighbours before (the barycentre heuristic of Sugiyama et al. 1981, one sweep). Linear but for sorting.
 */
export function componentGraph(components: readonly Component[]): ComponentGraph {
  const { order, cycle } = buildOrder(components);
  const known = new Set(components.map((component) => component.id));
  const columns: Component[][] = [];
  const column = new Map<string, number>();
  for (const component of order) {
    const at = component.dependsOn.reduce((most, id) => Math.max(most, (column.get(id) ?? -1) + 1), 0);
    column.set(component.id, at);
    const list = columns[at] ?? [];
    columns[at] = list;
    list.push(component);
  }
  if (cycle.length > 0) columns.push([...cycle]);
  const row = new Map<string, number>();
  for (const list of columns) {
    const middle = new Map(list.map((component, at) => [component.id, barycentre(component, row) ?? at]));
    list.sort((a, b) => middle.get(a.id)! - middle.get(b.id)!);
    for (const [at, component] of list.entries()) row.set(component.id, at);
  }
  const stuck = new Set(cycle.map((component) => component.id));
  const nodes = columns.flatMap((list, at) =>
    list.map(({ id, title, action, rawAction }, place) => ({
      id,
      title,
      action: action ?? rawAction,
      column: at,
      row: place,
      cyclic: stuck.has(id),
    })),
  );
  const edges = [...new Map(components.map((one) => [one.id, one])).values()].flatMap(({ id, dependsOn }) =>
    [...new Set(dependsOn)].filter((from) => known.has(from) && from !== id).map((from) => ({ from, to: id })),
  );
  return { columns: columns.length, rows: Math.max(0, ...columns.map((list) => list.length)), nodes, edges };
}

function barycentre(component: Component, row: ReadonlyMap<string, number>): number | undefined {
  const rows = component.dependsOn.flatMap((id) => row.get(id) ?? []);
  return rows.length === 0 ? undefined : rows.reduce((sum, one) => sum + one, 0) / rows.length;
}
