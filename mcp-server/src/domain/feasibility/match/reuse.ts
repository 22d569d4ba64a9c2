import type { Requirement } from '../../artifact/requirements.ts';
import { readableId } from '../fact-id.ts';
import type { PlatformFact } from '../snapshot.ts';
import { meaningOf } from './words.ts';

/** Something that is already there and does a part of what is wanted. */
export interface Reuse {
  requirement: string;
  /** A fact's id, or a path of the project. */
  what: string;
  name: string;
  /** The words that both share. */
  why: string;
}

/** A thing that could be used again, whoever found it. */
export interface Candidate {
  what: string;
  name: string;
}

/** Fewer than this share too little: almost any two names have one word in common. */
const SHARED = 2;
const MOST = 3;

/** Work and modules of the platform as candidates. */
export function candidatesOf(facts: readonly PlatformFact[]): Candidate[] {
  return facts.flatMap((fact): Candidate[] => {
    const { id, kind, outcome, offers = [] } = fact;
    if (outcome !== 'present') return [];
    const last = readableId(id.split('/').at(-1)!);
    // What is called after the one thing that it offers is said once.
    const [only, ...others] = offers;
    const name = only === undefined || others.length > 0 || only === last ? last : `${last} ${only}`;
    if (kind === 'work') return [{ what: `probe:${id}`, name }];
    // Modules of a collection, tools of a server: their names with that of what offers them.
    if (kind !== 'client' && !id.startsWith('mcp/')) return [];
    return offers.map((name) => ({ what: `probe:${id}`, name: `${last} ${name}` }));
  });
}

/** What may serve each requirement, with the words that say so; best first, at most three each. */
export function reuseFor(requirements: readonly Requirement[], candidates: readonly Candidate[]): Reuse[] {
  const meanings = candidates.map((one) => ({ ...one, words: meaningOf(one.name) }));
  return requirements.flatMap((requirement) => {
    const wanted = meaningOf([requirement.title, ...requirement.statements.map((one) => one.text)].join(' '));
    const shared = meanings
      .map(({ what, name, words }) => ({
        what,
        name,
        size: words.size,
        common: [...words].filter((word) => wanted.has(word)),
      }))
      .filter(({ common }) => common.length >= SHARED)
      .sort(
        (a, b) => b.common.length - a.common.length || a.size - b.size || (a.what + a.name < b.what + b.name ? -1 : 1),
      );
    return shared.slice(0, MOST).map(({ what, name, common }) => ({
      requirement: requirement.id,
      what,
      name,
      why: `both speak of ${common.sort().join(', ')}`,
    }));
  });
}
