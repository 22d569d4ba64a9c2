import type { Binding } from '../artifact/design.ts';

/** What is to be replaced: systems by name, under the role they fill where a design says one. */
export interface Replaced {
  role: string | undefined;
  systems: string[];
}

/** Reads ROLE|SYSTEM against a design's bindings: a role means every system bound to it, anything else is a system's name. */
export function replacedBy(asked: string, bindings: readonly Binding[]): Replaced {
  const same = (one: string) => one.trim().toLowerCase() === asked.trim().toLowerCase();
  const ofRole = bindings.filter(({ role }) => same(role));
  if (ofRole.length > 0) return { role: ofRole[0]!.role, systems: ofRole.map(({ system }) => system) };
  const bound = bindings.find(({ system }) => isSystem(system, asked));
  return { role: bound?.role, systems: [asked] };
}

/**
 * Whether two names mean one system: the same, or one with a version, a product line, a repository or a tag behind it
 * (`infoblox`, `Infoblox NIOS 8.6`, `infoblox.nios_modules`).
 */
export function isSystem(name: string, asked: string): boolean {
  const [one, other] = [plain(name), plain(asked)];
  if (one === '' || other === '') return false;
  return one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);
}

const plain = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
