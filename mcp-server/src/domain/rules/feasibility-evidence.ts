import { NEED_STATUSES, type NeedFinding, type NeedStatus } from '../artifact/feasibility.ts';
import { citationsOf, samePerson } from '../feasibility/evidence.ts';
import type { PlatformFact } from '../feasibility/snapshot.ts';
import type { Rule, RuleInput } from './rule.ts';
import { quoted } from './section-facts.ts';

const HEAD = `---\ncountersign: feasibility/1\ndecision: feasible\nplatform: sha256:${'0'.repeat(64)}\n---\n## Findings\n\n| Need | Status | Fact | Evidence |\n|---|---|---|---|\n`;
const python: PlatformFact = { id: 'tool/python3', outcome: 'present', version: '3.11.2' };
const docker: PlatformFact = { id: 'tool/docker', outcome: 'absent' };
const ann = { need: 'SYS-1', status: 'resolved', fact: 'the zone is ours', by: 'Ann Lee' };

export const feasibilityEvidence: Rule = {
  id: 'feasibility-evidence',
  severity: 'error',
  mandatory: true,
  summary:
    'A finding that something is there cites what shows it: a fact of the platform snapshot that is present (`probe:tool/python3`), or a recorded statement of a named person about this need (`stated:Ann Lee`).',
  examples: [
    {
      title: 'a present fact, and the word of a person who gave it',
      artifacts: {
        'feasibility.md': `${HEAD}| CAP-1 | resolved | 3.11.2 | probe:tool/python3 |\n| SYS-1 | resolved | ours | stated:ann lee (2031-04-02) |\n`,
      },
      facts: [python],
      stated: [ann],
      reports: [],
    },
    {
      title: 'no evidence, or evidence in other words',
      artifacts: {
        'feasibility.md': `${HEAD}| CAP-1 | resolved | 3.11.2 | |\n| CAP-2 | degraded | slow | everybody knows |\n| CAP-3 | blocked | none | |\n`,
      },
      facts: [python],
      reports: [10, 11],
    },
    {
      title: 'facts that the probe did not find, or never looked for',
      artifacts: {
        'feasibility.md': `${HEAD}| CAP-1 | resolved | 26 | probe:tool/docker |\n| CAP-2 | resolved | 3 | probe:tool/ruby |\n| CAP-3 | degraded | podman | probe:tool/python3, probe:tool/docker |\n`,
      },
      facts: [python, docker],
      reports: [10, 11],
    },
    {
      title: 'what is there and stopped',
      artifacts: {
        'feasibility.md': `${HEAD}| SYS-1 | resolved | there | probe:itential/lab/adapter/dns |\n| SYS-2 | degraded | stopped | probe:itential/lab/adapter/dns |\n`,
      },
      facts: [{ id: 'itential/lab/adapter/dns', outcome: 'present', health: 'stopped' }],
      reports: [10],
    },
    {
      title: 'a stub for what is absent, and one for what may not be used',
      artifacts: {
        'feasibility.md': `${HEAD}| CAP-1 | stub | none | probe:tool/docker |\n| SYS-1 | stub | 403 | probe:netbox/ipam |\n`,
      },
      facts: [docker, { id: 'netbox/ipam', outcome: 'denied', reason: 'this account may not look (403)' }],
      reports: [11],
    },
    {
      title: 'people who said nothing about the need, or something worse',
      artifacts: {
        'feasibility.md': `${HEAD}| SYS-1 | resolved | ours | stated:Bob |\n| SYS-2 | resolved | ours | stated:Ann Lee |\n| SYS-3 | resolved | ours | stated:Ann Lee |\n`,
      },
      facts: [python],
      stated: [ann, { ...ann, need: 'SYS-3', status: 'blocked' }],
      reports: [10, 11, 12],
    },
    {
      title: 'a fact, and no snapshot it could be in',
      artifacts: {
        'feasibility.md': `${HEAD.replace(/platform.*\n/, '')}| CAP-1 | resolved | 3.11.2 | probe:tool/python3 |\n`,
      },
      reports: [9],
    },
  ],
  check(input) {
    const { feasibility, platform } = input;
    if (feasibility === undefined) return [];
    const facts = new Map(platform?.facts.map((fact) => [fact.id, fact]));
    return feasibility.needs.flatMap((finding) =>
      problems(finding, facts, input).map((problem) => ({ path: feasibility.path, line: finding.line, ...problem })),
    );
  },
};

interface Problem {
  message: string;
  fix: string;
}

function problems(finding: NeedFinding, facts: ReadonlyMap<string, PlatformFact>, input: RuleInput): Problem[] {
  const cited = citationsOf(finding.evidence);
  const claims = finding.status === 'resolved' || finding.status === 'degraded';
  if (cited.length === 0)
    return claims
      ? [
          {
            message: `${finding.need} is ${finding.status} and cites nothing that shows it`,
            fix: 'write probe:<fact id> for a fact of the snapshot, or record a statement and write stated:<person>',
          },
        ]
      : [];
  const probes = cited.filter((one) => one.kind === 'probe').map((one) => one.ref);
  const people = cited.filter((one) => one.kind === 'stated').map((one) => one.ref);
  return [...probed(finding, probes, facts, input), ...people.flatMap((person) => stated(finding, person, input))];
}

function probed(
  { need, status }: NeedFinding,
  probes: readonly string[],
  facts: ReadonlyMap<string, PlatformFact>,
  { platform, feasibility }: RuleInput,
): Problem[] {
  if (probes.length === 0) return [];
  if (platform === undefined) {
    // A snapshot that is named and not there is platform-snapshot's to say, once.
    if (feasibility?.front === undefined || feasibility.front.platform !== undefined) return [];
    return [
      {
        message: `${need} cites a probed fact, and the front matter names no snapshot`,
        fix: 'probe the platform and write platform: sha256:... into the front matter',
      },
    ];
  }
  const unknown = probes.filter((id) => !facts.has(id));
  if (unknown.length > 0)
    return [
      {
        message: `${need} cites ${unknown.map(quoted).join(', ')}, which the snapshot does not hold`,
        fix: 'cite a fact id as the probe shows it, or probe again',
      },
    ];
  const missing = probes.filter((id) => facts.get(id)!.outcome !== 'present');
  const weak = probes.filter((id) => isWeak(facts.get(id)!));
  if (status === 'resolved' && missing.length === 0 && weak.length > 0)
    return [
      {
        message: `${need} is resolved, but the snapshot says that ${weak.map((id) => `${id} is ${facts.get(id)!.health}`).join(', ')}`,
        fix: 'found and not usable is degraded: write that, with a constraint',
      },
    ];
  const unseen = probes.filter((id) => ['denied', 'not-probed'].includes(facts.get(id)!.outcome));
  if (status === 'stub' && unseen.length > 0)
    return [
      {
        message: `${need} is a stub, but the snapshot says that ${unseen.map((id) => `${id} is ${facts.get(id)!.outcome}`).join(', ')}`,
        fix: 'a stub stands in for what is absent: denied is blocked, not probed is unknown',
      },
    ];
  const wrong = status === 'resolved' ? missing.length > 0 : status === 'degraded' && missing.length === probes.length;
  if (!wrong) return [];
  const found = missing.map((id) => `${id} is ${facts.get(id)!.outcome}`).join(', ');
  return [
    {
      message: `${need} is ${status}, but the snapshot says that ${found}`,
      fix: 'set the status that the fact supports',
    },
  ];
}

const isWeak = ({ health }: PlatformFact) => health === 'stopped' || health === 'degraded';

function stated({ need, status }: NeedFinding, person: string, input: RuleInput): Problem[] {
  const last = input.stated.get(need)?.findLast((one) => samePerson(one.by, person));
  if (last === undefined)
    return [
      {
        message: `${quoted(person)} has stated nothing about ${need}`,
        fix: 'record the statement under exactly this name, or cite who made it',
      },
    ];
  if (status === undefined || rank(last.status) <= NEED_STATUSES.indexOf(status)) return [];
  return [
    {
      message: `${quoted(person)} stated ${need} as ${last.status}, and the row says ${status}`,
      fix: 'write the status that was stated',
    },
  ];
}

const rank = (status: string) => NEED_STATUSES.indexOf(status as NeedStatus);
