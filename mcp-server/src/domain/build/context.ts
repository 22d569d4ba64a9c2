import type { Component, Design } from '../artifact/design.ts';
import type { Entry } from '../artifact/entries.ts';
import { sectionOf } from '../artifact/markdown.ts';
import type { Requirements } from '../artifact/requirements.ts';
import { checkOwners } from './order.ts';

/** Sections of the design that hold for every component. */
const SHARED = ['Bindings', 'Interfaces', 'Failure modes', 'Configuration'] as const;

/**
 * What whoever builds a component has to know, and no more: the component, the requirements that it realises, its checks,
 * what it depends on and what depends on it, and the sections of the design that all share. Text as it was approved.
 */
export function taskContext(design: Design, requirements: Requirements | undefined, component: Component): string {
  const owners = checkOwners(design);
  const checks = design.checks.filter((check) => owners.get(check.id) === component.id);
  const criteria = new Set(
    checks.flatMap((check) => check.criteria.map((id) => id.split('.')[0]!.replace('AC-', 'REQ-'))),
  );
  const wanted = new Set([...component.realises, ...criteria]);
  const realised = (requirements?.requirements ?? []).filter((one) => wanted.has(one.id));
  const text = (doc: { text: string }, one: Entry) =>
    one.block === undefined ? '' : doc.text.slice(one.block.start, one.block.end).trim();
  const neighbours = design.components
    .filter((one) => component.dependsOn.includes(one.id) || one.dependsOn.includes(component.id))
    .map((one) => {
      const side = component.dependsOn.includes(one.id) ? 'it depends on' : 'depends on it:';
      return `- ${side} ${one.id} ${one.title}: ${one.paths.join(', ') || 'no path here'}`;
    });
  const shared = SHARED.flatMap((title) => {
    const section = sectionOf(design.doc, title);
    return section === undefined ? [] : [design.doc.text.slice(section.start, section.end).trim()];
  });
  return [
    text(design.doc, component),
    ...realised.map((one) => text(requirements!.doc, one)),
    ...checks.map((one) => text(design.doc, one)),
    ...(neighbours.length === 0 ? [] : [`Neighbours:\n\n${neighbours.join('\n')}`]),
    ...shared,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** In which step of the build each component can be built at the earliest; those of one step do not wait for each other. */
export function buildSteps(order: readonly Component[]): Map<string, number> {
  const steps = new Map<string, number>();
  for (const component of order)
    steps.set(component.id, 1 + Math.max(0, ...component.dependsOn.map((id) => steps.get(id) ?? 0)));
  return steps;
}
