import type { Need } from '../artifact/requirements.ts';
import { wordsOf } from '../feasibility/match/words.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';

/** What automation is written in here, and where a piece of it lies. */
export interface Medium {
  name: string;
  /** Kind of a component. */
  kind: string;
  path: (slug: string) => string;
  /** How a check of one file is started; the script is the builder's to write. */
  check: (slug: string) => string;
  /** The fact that it is there; undefined for what needs nothing. */
  fact: PlatformFact | undefined;
}

const script = (slug: string) => `sh checks/${slug}.sh`;

/** In order of preference where several are there and nothing else decides; `words` are those of needs that ask for one. */
const MEDIA: readonly (Omit<Medium, 'fact' | 'check'> & { facts: RegExp; words: readonly string[] })[] = [
  {
    name: 'workflows of the automation platform',
    kind: 'workflow',
    path: (slug) => `workflows/${slug}.json`,
    facts: /^itential\/[^/]+$/,
    words: ['workflow', 'orchestrat'],
  },
  {
    name: 'roles run as job templates',
    kind: 'role',
    path: (slug) => `roles/${slug}/`,
    facts: /^awx\/[^/]+$/,
    words: ['template', 'job'],
  },
  {
    name: 'roles and playbooks',
    kind: 'role',
    path: (slug) => `roles/${slug}/`,
    facts: /^ansible$/,
    words: ['switch', 'router', 'device', 'firewall', 'host', 'vlan', 'zone', 'name'],
  },
  {
    name: 'charts',
    kind: 'chart',
    path: (slug) => `charts/${slug}/`,
    facts: /^kubernetes\/[^/]+$/,
    words: ['container', 'replica', 'image', 'pod', 'cluster'],
  },
  {
    name: 'modules',
    kind: 'module',
    path: (slug) => `modules/${slug}/`,
    facts: /^terraform\/module\//,
    words: ['cloud', 'subnet', 'bucket', 'account'],
  },
];

/** What the platform lets automation be written in: what the needs speak of before others, scripts last. Never empty. */
export function mediaOf(facts: readonly PlatformFact[], needs: readonly Need[]): Medium[] {
  const words = new Set(needs.flatMap(({ title, purpose }) => wordsOf(`${title} ${purpose}`)));
  const there = MEDIA.flatMap(({ facts: pattern, words: asked, ...medium }, order) => {
    const fact = facts.find(
      ({ id, outcome, health }) => outcome === 'present' && health !== 'stopped' && pattern.test(id),
    );
    const score = asked.filter((word) => words.has(word)).length;
    return fact === undefined ? [] : [{ medium: { ...medium, check: script, fact }, score, order }];
  });
  const sorted = there.sort((a, b) => b.score - a.score || a.order - b.order).map(({ medium }) => medium);
  return [
    ...sorted,
    { name: 'scripts', kind: 'script', path: (slug) => `src/${slug}/`, check: script, fact: undefined },
  ];
}
