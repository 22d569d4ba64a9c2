import type { ComponentGraph, GraphNode } from '../../../domain/report/component-graph.ts';
import { type Html, html } from './html.ts';
import { toneOf } from './words.ts';

const WIDTH = 196;
const HEIGHT = 52;
const GAP_X = 56;
const GAP_Y = 16;
const MARGIN = 8;
/** Above this a drawing helps nobody; the table says the same. */
const MOST_NODES = 400;

/** The component graph as SVG, dependencies to the left. Every box is a link to the component's row. */
export function drawing(graph: ComponentGraph, states: ReadonlyMap<string, string>): Html {
  if (graph.nodes.length > MOST_NODES)
    return html`<p>${graph.nodes.length} components are too many to draw; the table lists them in build order.</p>`;
  const width = graph.columns * (WIDTH + GAP_X) - GAP_X + 2 * MARGIN;
  const height = graph.rows * (HEIGHT + GAP_Y) - GAP_Y + 2 * MARGIN;
  const places = new Map(graph.nodes.map((node) => [node.id, place(node)]));
  const edges = graph.edges.map(
    ({ from, to }) => html`<path class="edge" d="${curve(places.get(from)!, places.get(to)!)}"/>`,
  );
  const nodes = graph.nodes.map((node) => box(node, states.get(node.id) ?? ''));
  return html`<div class="scroll graph" role="region" tabindex="0" aria-label="Component graph">
<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="group" aria-label="Components; each depends on those to its left">
<g aria-hidden="true">${edges}</g>${nodes}</svg>
</div>`;
}

interface Place {
  x: number;
  y: number;
}

const place = ({ column, row }: GraphNode): Place => ({
  x: MARGIN + column * (WIDTH + GAP_X),
  y: MARGIN + row * (HEIGHT + GAP_Y),
});

function curve(from: Place, to: Place): string {
  const [x1, y1, x2, y2] = [from.x + WIDTH, from.y + HEIGHT / 2, to.x, to.y + HEIGHT / 2];
  const bend = Math.max(GAP_X / 2, Math.abs(x2 - x1) / 2);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function box(node: GraphNode, state: string): Html {
  const { x, y } = place(node);
  const stands = node.cyclic ? 'on a cycle' : state || node.action;
  return html`<a href="#${encodeURIComponent(node.id)}"><g class="node ${toneOf(node.cyclic ? 'error' : state)}" transform="translate(${x} ${y})">
<rect width="${WIDTH}" height="${HEIGHT}" rx="6"/><text x="10" y="21" class="id">${node.id}</text><text x="10" y="40">${shortened(node.title)}</text><text x="${WIDTH - 10}" y="21" text-anchor="end" class="state">${stands}</text></g></a>`;
}

/** As much of a title as the box holds. */
const shortened = (title: string) => ([...title].length > 26 ? `${[...title].slice(0, 25).join('')}…` : title);
