import { kinshipOf, type Lesson, lessonOf } from '../domain/lessons.ts';
import type { Ports } from './ports.ts';

const MOST = 5;

/**
 * What earlier deliveries with the same systems or template learned, where they deviated and what they left open: those with
 * most in common first. For who writes requirements or a design.
 */
export function lessonsFor(ports: Ports, id: string): Lesson[] {
  const own = kinshipOf(ports.deliveries.artifact(id, 'requirements.md') ?? '');
  if (own.size === 0) return [];
  const found = ports.deliveries.list().flatMap((other) => {
    if (other === id) return [];
    const asBuilt = ports.deliveries.artifact(other, 'as-built.md');
    if (asBuilt === undefined) return [];
    const theirs = kinshipOf(ports.deliveries.artifact(other, 'requirements.md') ?? '');
    const shared = [...theirs].filter((name) => own.has(name));
    return lessonOf(other, shared, asBuilt) ?? [];
  });
  return found.sort((a, b) => b.shared.length - a.shared.length || (a.delivery < b.delivery ? -1 : 1)).slice(0, MOST);
}
