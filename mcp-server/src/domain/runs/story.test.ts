import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Evidence, Fact, Reference } from '../extract/contract.ts';
import { extractedRuns } from './facts.ts';
import { RunsReader } from './read/read-runs.ts';
import type { Run } from './run.ts';

/** What was read and found right; `npx vitest run --update` writes it anew. */
const EXPECTED = join(import.meta.dirname, '../../../../test/fixtures/runs-told');

const SITES = [
  { site: 'berlin', vid: 120, owner: 'Ada', tier: 'gold', ports: ['eth1', 'eth2'], polls: 2 },
  { site: 'bonn', vid: 131, owner: 'Bob', tier: 'silver', ports: ['eth7'], polls: 1 },
  { site: 'dresden', vid: 142, owner: 'Cleo', tier: 'gold', ports: ['eth3', 'eth4', 'eth5'], polls: 3 },
  { site: 'essen', vid: 153, owner: 'Dora', tier: 'silver', ports: ['eth2', 'eth9'], polls: 1 },
  { site: 'halle', vid: 164, owner: 'Emil', tier: 'gold', ports: ['eth8', 'eth1'], polls: 1 },
  { site: 'kiel', vid: 175, owner: 'Fay', tier: 'gold', ports: ['eth6', 'eth5'], polls: 2 },
];

/** A session that turns up a VLAN, as records of the documented form. */
function session(at: number): string {
  const { site, vid, owner, tier, ports, polls } = SITES[at]!;
  const [siteId, vlanId, ticket] = [`S-${4000 + at * 7}`, `${90_000 + at * 13}`, `CHG004${at}${at}`];
  const records: object[] = [];
  const call = (tool: string, input: object, output: unknown, error?: string) =>
    records.push({ tool, input, output, ...(error === undefined ? {} : { error }) });
  const prompt = `Make VLAN ${vid} at ${site}, please`;
  records.push({
    job: 'Turn up VLANs',
    prompt,
    inputs: { owner, ports },
    offered: ['netbox.find_site', 'netbox.drop_vlan'],
  });
  if (at === 1) call('netbox.guess_site', { text: site }, undefined, 'unknown tool');
  call(
    'netbox.find_site',
    { name: site, region: 'eu' },
    { id: siteId, tier, rooms: tier === 'gold' ? 9 + at : 2 + at },
  );
  call(
    'vault.login',
    { role: 'net', password: `pw-${at}` },
    { session: `0f${at}e8400-e29b-41d4-a716-44665544000${at}` },
  );
  if (tier === 'gold') {
    call('mcp__itsm__create_change', { site: siteId, summary: `VLAN ${vid} at ${site}` }, { number: ticket });
    records.push({ human: at === 0 ? 'go on' : `yes, ${owner} agreed` });
  } else call('mcp__itsm__find_standard', { site: siteId }, { number: ticket });
  const command = `netctl --change ${ticket} create vlan id=${vid}`;
  if (at === 2 || at === 3) {
    call('Bash', { command }, undefined, at === 2 ? 'locked' : 'busy');
    if (at === 3) call('netctl.unlock', { force: at }, 'ok');
  }
  call('Bash', { command, description: 'creates it' }, `job: J${at}77\nstate = queued`);
  for (let turn = 1; turn <= polls; turn++)
    call('jobs.get_status', { job: `J${at}77` }, { state: turn === polls ? 'done' : 'running' });
  for (const port of ports) {
    call('switch.push', { port, vlan: vid, mode: 'access' }, { ok: true });
    call('switch.get_port', { port }, { port, vlan: vid });
  }
  const requested = `2026-0${at + 1}-03T10:0${at}:00Z`;
  call(
    'netbox.create_vlan',
    { body: { vid, site: siteId, label: `vlan-${site}-a`, owner, requested, status: 'active' } },
    { id: vlanId, vid },
  );
  call('netbox.get_vlan', { id: vlanId }, { vid, label: `vlan-${site}-a` });
  const last = [
    () => call('mail.send', { to: 'net@example.org', subject: `${ticket} is done` }, 'sent'),
    () => call('wiki.update_page', { page: `sites/${site}`, text: `VLAN ${vid}` }, { ok: true }),
  ];
  for (const one of at % 3 === 1 ? last.reverse() : last) one();
  if (at === 4) call('chat.post_note', { room: 'net' }, 'ok');
  if (at === 5) records.push({ failed: true });
  return records.map((record) => JSON.stringify({ session: `s${at}`, ...record })).join('\n');
}

function read(count: number): Run[] {
  const reader = new RunsReader();
  for (let at = 0; at < count; at++) {
    const file = reader.file(`run-${at}.jsonl`);
    file.push(session(at));
    file.end();
  }
  return reader.done().runs;
}

const places = (evidence: readonly Evidence[]) =>
  evidence.map(({ path, line, endLine }) => `${path}:${line}${endLine === line ? '' : `-${endLine}`}`).join(' ');

function told(runs: readonly Run[]): string {
  const lines: string[] = [];
  for (const { path, format, extraction } of extractedRuns(runs)) {
    lines.push(`# ${path} (${format})`);
    const fact = ({ id, kind, scope, name, status, evidence, attributes }: Fact) => [
      `${kind} ${name} | ${scope} | ${status} | ${id}`,
      ...Object.entries(attributes).map(([key, value]) => `    ${key}: ${JSON.stringify(value)}`),
      `    seen: ${places(evidence)}`,
    ];
    const reference = ({ from, kind, target, evidence }: Reference) =>
      `${from} ${kind} ${JSON.stringify(target)} | ${places([evidence])}`;
    lines.push(...extraction.facts.flatMap(fact), ...extraction.references.map(reference));
    for (const { evidence, ...coupling } of extraction.couplings)
      lines.push(`tie ${JSON.stringify(coupling)} | ${places(evidence)}`);
    lines.push(...[...extraction.gaps, ...extraction.skipped].map((one) => JSON.stringify(one)));
  }
  return `${lines.join('\n')}\n`;
}

describe('sessions that turn up a VLAN', () => {
  it.each([1, 2, 6])('tell of %d runs the job with its steps, values, ties and decisions', async (count) => {
    await expect(told(read(count))).toMatchFileSnapshot(join(EXPECTED, `vlans-${count}.txt`));
  });
});
