import { look, type Probed, probe } from '../../app/probe.ts';
import type { SnapshotDiff } from '../../domain/feasibility/diff.ts';
import type { PlatformFact } from '../../domain/feasibility/snapshot.ts';
import { personAtCli } from '../person.ts';
import { printable } from '../terminal.ts';
import type { Verb } from './verb.ts';

export const probeVerb: Verb = {
  usage: 'probe [id]',
  options: {
    only: { type: 'string', takes: 'NAMES', summary: 'probes to run, separated by commas' },
    tools: { type: 'string', takes: 'NAMES', summary: 'local tools to look for, separated by commas' },
    diff: { type: 'boolean', summary: 'show what moved since the last snapshot' },
    draft: { type: 'boolean', summary: 'print feasibility.md as it follows from the facts' },
  },
  examples: ['probe', 'probe office-vlans --diff', 'probe office-vlans --only kubernetes,helm'],
  arity: [0, 1],
  async run({ args, options }, context) {
    const ports = context.ports();
    const request = { probes: names(options['only']), tools: names(options['tools']) };
    const [id] = args;
    if (id === undefined) {
      const answer = await look(ports, request);
      return { answer, text: [...factLines(answer.data.facts), answer.said].join('\n') };
    }
    const answer = await probe(ports, id, request, await personAtCli(ports));
    const { diff, draft, facts } = answer.data;
    if (options['draft'] === true && draft !== null) return { answer, text: draft.text };
    const lines = options['diff'] === true && diff !== null ? diffLines(diff) : factLines(facts);
    return { answer, text: [...lines, ...needLines(answer.data), answer.said, `next: ${answer.next}`].join('\n') };
  },
};

function names(option: Parameters<Verb['run']>[0]['options'][string]): string[] | undefined {
  return typeof option === 'string'
    ? option
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean)
    : undefined;
}

const factLines = (facts: readonly PlatformFact[]) => facts.map((fact) => printable(factLine(fact)));

function factLine({ id, outcome, version, health, reason, offers }: PlatformFact): string {
  const more = [version, health, reason, offers === undefined ? undefined : `${offers.length} offered`].filter(Boolean);
  return `${outcome.padEnd(10)} ${id}${more.length > 0 ? `  ${more.join(', ')}` : ''}`;
}

function diffLines({ appeared, gone, changed }: SnapshotDiff): string[] {
  const lines = [
    ...appeared.map((fact) => `+ ${factLine(fact)}`),
    ...gone.map((fact) => `- ${factLine(fact)}`),
    ...changed.flatMap(({ before, after }) => [`- ${factLine(before)}`, `+ ${factLine(after)}`]),
  ].map(printable);
  return lines.length > 0 ? lines : ['nothing moved since the last snapshot'];
}

function needLines({ draft }: Probed): string[] {
  if (draft === null) return [];
  return [
    ...draft.needs.map(({ need, status, fact, evidence }) =>
      printable(`${need.padEnd(7)} ${status.padEnd(8)} ${fact} ${evidence}`),
    ),
    `decision that follows: ${draft.decision}`,
  ];
}
