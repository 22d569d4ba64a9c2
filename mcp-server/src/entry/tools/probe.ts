import * as z from 'zod';
import type { Probed } from '../../app/probe.ts';
import type { PlatformFact } from '../../domain/feasibility/snapshot.ts';
import { defineTool, delivery } from './tool.ts';

const names = z.array(z.string()).optional();
/** Facts of a large platform fill a context; the snapshot has all of them. */
const MOST = 150;

export const probeTool = defineTool({
  name: 'probe',
  title: 'Probe platforms',
  description:
    'Looks, read-only, what tools, clusters and systems are here; stores a snapshot to cite. draft: that artifact as it follows from it.',
  kind: 'effect',
  input: { delivery, tools: names, probes: names, draft: z.enum(['feasibility', 'design']).optional() },
  async handle({ delivery: id, tools, probes, draft }, { ports, actor }) {
    if (draft !== undefined) {
      const { designSkeleton, feasibilityDraft } = await import('../../app/design-skeleton.ts');
      if (draft === 'feasibility') return feasibilityDraft(ports, id);
      const { data, ...answer } = designSkeleton(ports, id);
      const moved = data.moved === null ? null : { ...data.moved, facts: data.moved.facts.slice(0, MOST) };
      return { ...answer, data: { ...data, moved } };
    }
    const { probe } = await import('../../app/probe.ts');
    const answer = await probe(ports, id, { tools, probes }, actor);
    return { ...answer, data: viewOf(answer.data) };
  },
});

function viewOf({ delivery: id, platform, facts, diff, draft }: Probed) {
  const shown = facts.filter(({ kind, outcome }) => kind !== 'client' || outcome !== 'present').slice(0, MOST);
  const idsOf = (some: readonly PlatformFact[]) => some.slice(0, MOST).map((fact) => fact.id);
  return {
    delivery: id,
    platform,
    facts: shown.map(({ offers, ...fact }) => (offers === undefined ? fact : { ...fact, offered: offers.length })),
    leftOut: facts.length - shown.length,
    file: `deliveries/${id}/evidence/${platform.slice('sha256:'.length)}.json`,
    moved:
      diff === null
        ? null
        : {
            appeared: idsOf(diff.appeared),
            gone: idsOf(diff.gone),
            changed: idsOf(diff.changed.map((one) => one.after)),
          },
    needs: draft?.needs ?? [],
    reuse: draft?.reuse ?? [],
    stubs: draft?.stubs ?? [],
    decision: draft?.decision ?? null,
  };
}
