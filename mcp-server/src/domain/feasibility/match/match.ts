import type { Need } from '../../artifact/requirements.ts';
import { readableId } from '../fact-id.ts';
import type { PlatformFact } from '../snapshot.ts';
import { CONCEPTS } from './vocabulary.ts';
import { holdsPhrase, wordsOf } from './words.ts';

/** A fact that has to do with a need. */
export interface Match {
  fact: PlatformFact;
  /** `serves`: it fills the role itself. `supports`: it talks to what does, or is work for it. */
  as: 'serves' | 'supports';
  rule: 'policy' | 'named' | 'synonym';
  /** For people: what the match rests on. */
  why: string;
}

const RULES = ['policy', 'named', 'synonym'] as const;
/** A thing that answers can fill a role; a client, a module or a record of one cannot. */
const SERVING = new Set(['system', 'adapter', 'account', 'inventory']);

/**
 * The facts that have to do with a need: what policy says, else what the need names, else what fills the role that it speaks of.
 * Best first: by rule, serving before supporting, present before others, then by id.
 *
 * @param rules titles of needs with the fact that answers them (`probes.match`); an id may end in `*`
 */
export function matchesFor(
  need: Need,
  facts: readonly PlatformFact[],
  rules: Readonly<Record<string, string>>,
): Match[] {
  const ruled = Object.entries(rules).find(([title]) => title.trim().toLowerCase() === need.title.trim().toLowerCase());
  if (ruled !== undefined)
    return sorted(
      facts
        .filter((fact) => isRuled(fact.id, ruled[1]))
        .map((fact): Match => ({ fact, as: 'serves', rule: 'policy', why: 'countersign.yaml says so' })),
    );
  const words = wordsOf(`${need.title} ${need.purpose}`);
  const titled = wordsOf(need.title);
  // A name is one word, whatever its capitals: `NetBox` is `netbox`, and `phpIPAM` is not every `ipam`.
  const title = new Set(wordsOf(need.title.toLowerCase()));
  const concepts = CONCEPTS.flatMap((concept) => {
    const phrase = concept.phrases.find((one) => holdsPhrase(words, one));
    return phrase === undefined ? [] : [{ ...concept, phrase, products: new Set(concept.products.flatMap(wordsOf)) }];
  });
  return sorted(
    facts.flatMap((fact): Match[] => {
      const parts = productWords(fact);
      const named = parts.find((word) => title.has(word) && !GENERAL.has(word));
      const as = servesItself(fact) ? 'serves' : 'supports';
      if (named !== undefined)
        return [{ fact, as: fact.kind === undefined ? 'serves' : as, rule: 'named', why: `the need names ${named}` }];
      for (const { name, phrase, products, phrases } of concepts) {
        // A list of hosts is the hosts of a role, and nothing that can be done with them: neither their backup nor their topology.
        const areHosts = need.id.startsWith('SYS-') && phrases.some((one) => holdsPhrase(titled, one));
        if (fact.kind === 'inventory' && !areHosts) continue;
        const product = parts.find((word) => products.has(word));
        if (product !== undefined)
          return [{ fact, as, rule: 'synonym', why: `"${phrase}" is ${name}, and ${product} is one` }];
      }
      return [];
    }),
  );
}

/** Words of requirements that are parts of many ids, and name no product. */
const GENERAL = new Set([
  'get',
  'tool',
  'cloud',
  'role',
  'system',
  'module',
  'collection',
  'resource',
  'right',
  'lab',
  'test',
  'prod',
]);

/** The words that say what a fact is about: the first two parts of its id; of a client or an adapter inside something, the rest. */
function productWords({ id, kind }: PlatformFact): string[] {
  const parts = id.split('/');
  const inside = (kind === 'client' || kind === 'adapter') && parts.length > 2;
  const telling = inside ? parts.slice(2) : parts.slice(0, 2);
  const name = readableId(telling.join(' '));
  return [...wordsOf(name.toLowerCase()), ...wordsOf(name)];
}

/** A system itself, not a list below it; local programs have no kind and are clients of what they are named after. */
function servesItself({ kind, id }: PlatformFact): boolean {
  if (kind === undefined) return /^tool\/(?:python3|node|bash)$/.test(id);
  return SERVING.has(kind);
}

function isRuled(id: string, pattern: string): boolean {
  return pattern.endsWith('*') ? id.startsWith(pattern.slice(0, -1)) : id === pattern;
}

function sorted(matches: readonly Match[]): Match[] {
  const rank = ({ rule, as, fact }: Match) =>
    RULES.indexOf(rule) * 100 +
    (as === 'serves' ? 0 : 50) +
    (fact.outcome === 'present' ? (fact.health === undefined || fact.health === 'running' ? 0 : 5) : 10);
  return [...matches].sort((a, b) => rank(a) - rank(b) || (a.fact.id < b.fact.id ? -1 : a.fact.id > b.fact.id ? 1 : 0));
}

/** Whether a need speaks of something that the vocabulary knows. */
export function isKnownNeed(need: Need): boolean {
  const words = wordsOf(`${need.title} ${need.purpose}`);
  return CONCEPTS.some(({ phrases }) => phrases.some((phrase) => holdsPhrase(words, phrase)));
}
