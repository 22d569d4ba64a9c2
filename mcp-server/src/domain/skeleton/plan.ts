import type { Feasibility, NeedStatus } from '../artifact/feasibility.ts';
import type { Need, Requirement, Requirements } from '../artifact/requirements.ts';
import { citationsOf } from '../feasibility/evidence.ts';
import { matchesFor } from '../feasibility/match/match.ts';
import { candidatesOf, type Reuse, reuseFor } from '../feasibility/match/reuse.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import { idsIn } from '../ids.ts';
import { type Medium, mediaOf } from './medium.ts';

/** A need with the thing that answers it here. */
export interface Bound {
  need: Need;
  status: NeedStatus;
  /** The fact that feasibility cites, as far as the snapshot holds it. */
  fact: PlatformFact | undefined;
  /** Who stated it, where no fact is cited. */
  stated: string | undefined;
  /** A client that is there and talks to it. */
  client: PlatformFact | undefined;
}

/** A component before it has its words. */
export interface Part {
  id: string;
  title: string;
  kind: string;
  action: 'build' | 'reuse' | 'skip';
  dependsOn: string[];
  realises: string[];
  path: string;
  /** For people, below the fields. */
  note: string;
  /** The requirement it is for; undefined for what talks to a system. */
  requirement: Requirement | undefined;
}

export interface Plan {
  medium: Medium;
  /** Media that are there and were not chosen. */
  others: Medium[];
  bound: Bound[];
  parts: Part[];
  reuse: Reuse[];
}

/** Chooses what the automation is built of and in which pieces; the same input gives the same plan. */
export function planDesign(
  requirements: Requirements,
  feasibility: Feasibility,
  facts: readonly PlatformFact[],
  rules: Readonly<Record<string, string>>,
): Plan {
  const bound = bind(requirements, feasibility, facts, rules);
  const [medium, ...others] = mediaOf(
    facts,
    bound.map(({ need }) => need),
  ) as [Medium, ...Medium[]];
  const reuse = reuseFor(requirements.requirements, candidatesOf(facts));
  const systems = bound.filter(({ need }) => need.id.startsWith('SYS-'));
  const texts = requirements.requirements.map((one) => new Set(idsIn(textOf(one))));
  // What nothing needs is left out; what is skipped is said.
  const asked = systems.filter(({ need, status }) => isMissing(status) || texts.some((ids) => ids.has(need.id)));
  const clients = asked.map((one, at) => clientPart(one, at + 1, medium, requirements));
  const bySystem = new Map(asked.map(({ need }, at) => [need.id, clients[at]!]));
  const work = requirements.requirements.map((requirement, at): Part => {
    const named = [...texts[at]!].flatMap((id) => bySystem.get(id) ?? []);
    const needed = named.filter(({ action }) => action !== 'skip').map(({ id }) => id);
    const slug = slugOf(requirement.title);
    return {
      id: `CMP-${clients.length + at + 1}`,
      title: requirement.title,
      kind: medium.kind,
      action: 'build',
      dependsOn: needed,
      realises: [requirement.id],
      path: medium.path(`${requirement.id.toLowerCase()}-${slug}`),
      note: reuseNote(reuse.filter((one) => one.requirement === requirement.id)),
      requirement,
    };
  });
  return { medium, others, bound, parts: [...clients, ...work], reuse };
}

const isMissing = (status: NeedStatus) => status === 'skipped' || status === 'blocked';

function bind(
  { capabilities, systems }: Requirements,
  feasibility: Feasibility,
  facts: readonly PlatformFact[],
  rules: Readonly<Record<string, string>>,
): Bound[] {
  const byId = new Map(facts.map((fact) => [fact.id, fact]));
  const findings = new Map(feasibility.needs.map((one) => [one.need, one]));
  return [...capabilities, ...systems].map((need) => {
    const finding = findings.get(need.id);
    const cited = citationsOf(finding?.evidence ?? '');
    const fact = cited.flatMap(({ kind, ref }) => (kind === 'probe' ? (byId.get(ref) ?? []) : []))[0];
    const matches = matchesFor(need, facts, rules);
    const client = matches.find(
      ({ as, fact: one }) => as === 'supports' && one.kind === 'client' && one.outcome === 'present',
    );
    return {
      need,
      status: finding?.status ?? 'unknown',
      fact,
      stated: cited.find(({ kind }) => kind === 'stated')?.ref,
      client: client?.fact,
    };
  });
}

function clientPart({ need, status, client }: Bound, number: number, medium: Medium, requirements: Requirements): Part {
  const isStub = status === 'stub';
  const skipped = isMissing(status);
  const usable = client !== undefined && !isStub && !skipped;
  const slug = slugOf(need.title);
  const note = isStub
    ? 'Stands in for the system and meets the contract under Interfaces.'
    : skipped
      ? `It is not here. ${need.ifNot}`
      : usable
        ? `Uses \`${client.id}\`, which is there (inferred: it talks to this role).`
        : 'Nothing that is there talks to it.';
  return {
    id: `CMP-${number}`,
    title: isStub ? `Stub of ${lower(need.title)}` : `Access to ${lower(need.title)}`,
    kind: isStub ? 'stub' : 'client',
    action: skipped ? 'skip' : usable ? 'reuse' : 'build',
    dependsOn: [],
    realises: requirements.requirements.filter((one) => idsIn(textOf(one)).includes(need.id)).map(({ id }) => id),
    path: isStub ? `stubs/${slug}/` : medium.path(`access-${slug}`),
    note: note.trim(),
    requirement: undefined,
  };
}

function reuseNote(found: readonly Reuse[]): string {
  return found
    .map(({ what, name, why }) => `Look first at ${name.replace(/[`\n]/g, ' ')} (\`${what}\`) (inferred: ${why}).`)
    .join('\n\n');
}

const textOf = ({ title, statements, criteria }: Requirement) =>
  [title, ...statements.map(({ text }) => text), ...criteria.map((one) => one.title)].join('\n');

const lower = (title: string) => (/^[A-Z][a-z]/.test(title) ? title[0]!.toLowerCase() + title.slice(1) : title);

const slugOf = (title: string) =>
  (title.toLowerCase().match(/[a-z0-9]+/g) ?? ['part']).join('-').slice(0, 40).replace(/-+$/, '');
