import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ElicitRequestSchema, type ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { comment } from '../mcp-server/src/app/comment.ts';
import { decide } from '../mcp-server/src/app/decide.ts';
import { submit } from '../mcp-server/src/app/submit.ts';
import { formDialog } from '../mcp-server/src/entry/dialog.ts';
import { project } from './helpers/project.ts';
import { connect, type Session } from './helpers/session.ts';
import { digestOf, gates, ID, portsOf, reach } from './helpers/zone-file.ts';

type Project = ReturnType<typeof project>;
const ASK = { delivery: ID, stage: 'feasibility' };

/** A delivery whose feasibility waits for a decision, and a client whose person answers so. */
async function waiting(answer: ElicitResult | (() => Promise<ElicitResult>)) {
  const work = project();
  await submitted(work);
  const asked: string[] = [];
  const session = await connect(work, {}, async ({ message }) => {
    asked.push(message);
    return typeof answer === 'function' ? answer() : answer;
  });
  return { work, session, asked };
}

async function submitted(work: Project): Promise<void> {
  await reach(work, 'feasibility');
  const approver = { name: 'Ada Tester', email: 'ada@example.org' };
  const digest = digestOf(work, 'feasibility');
  decide(portsOf(work), { decision: 'revoke', digest, comment: 'look again', approver, via: 'typed-command' });
  submit(portsOf(work), ID, 'feasibility', { kind: 'agent', name: 'test', via: 'mcp' });
}

const decisions = (work: Project) => work.events(ID).filter((event) => event.type === 'decided').length;
const accept = (content: Record<string, string>): ElicitResult => ({ action: 'accept', content });

describe('a decision in the dialog of the client', () => {
  it('is recorded for the person git knows, at level recorded, with digest and counts shown', async () => {
    const { work, session, asked } = await waiting(accept({ outcome: 'approve', comment: 'fine' }));
    const digest = digestOf(work, 'feasibility');
    const answer = await session.call('ask_decision', ASK);
    expect(answer.said).toContain('Approved stage:feasibility');
    expect(answer.data).toMatchObject({ outcome: 'approve', level: 'recorded' });
    expect(gates(work)['feasibility']).toBe('open');
    expect(asked).toHaveLength(1);
    expect(asked[0]).toContain(`digest ${digest.slice(0, 12)}`);
    expect(asked[0]).toMatch(/feasibility\.md: \d+ lines, as approved before/);
    expect(asked[0]).toContain('rests on: stage:requirements (recorded)');
    expect(asked[0]).toContain('You decide as Ada Tester <ada@example.org>, level recorded.');
    const event = work.events(ID).findLast((one) => one.type === 'decided') as unknown as {
      actor: object;
      body: { level: string; statement: { comment: string } };
    };
    expect(event.actor).toEqual({ kind: 'human', name: 'Ada Tester', email: 'ada@example.org', via: 'dialog' });
    expect(event.body.level).toBe('recorded');
    expect(event.body.statement.comment).toBe('fine');
  });

  it.each<[string, ElicitResult, RegExp]>([
    ['declining', { action: 'decline' }, /declined/],
    ['cancelling', { action: 'cancel' }, /cancelled/],
    ['accepting without an outcome', accept({ comment: 'yes' }), /gave no answer/],
    ['accepting with an outcome nobody offered', accept({ outcome: 'yes' }), /gave no answer/],
    ['"later"', accept({ outcome: 'later', comment: 'tomorrow' }), /later/],
    ['requesting changes without saying which', accept({ outcome: 'request changes' }), /without saying which/],
  ])('[R-APPROVAL-7] %s is no decision, and the answer says so', async (_, given, why) => {
    const { work, session } = await waiting(given);
    const before = decisions(work);
    const answer = await session.call('ask_decision', ASK);
    expect(answer.said).toBe(`Nothing was decided about stage:feasibility of ${ID}.`);
    expect(answer.blocks.join()).toMatch(why);
    expect(answer.next).toContain('/approve ');
    expect(decisions(work)).toBe(before);
    expect(gates(work)['feasibility']).toBe('blocked');
  });

  it('[R-APPROVAL-7] is none when the client cannot ask', async () => {
    const work = project();
    await submitted(work);
    const session = await connect(work);
    const answer = await session.call('ask_decision', ASK);
    expect(answer.blocks).toEqual(['this client offers no dialog']);
    expect(gates(work)['feasibility']).toBe('blocked');
    expect((await session.call('submit', ASK)).next).not.toContain('ask_decision');
  });

  it('[R-APPROVAL-7] is none when the answer comes after the time is up', async () => {
    const [client, server] = [
      new Client({ name: 'slow', version: '1' }, { capabilities: { elicitation: {} } }),
      new Server({ name: 'test', version: '1' }, { capabilities: { tools: {} } }),
    ];
    client.setRequestHandler(ElicitRequestSchema, async () => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      return accept({ outcome: 'approve' });
    });
    const [a, b] = InMemoryTransport.createLinkedPair();
    await Promise.all([client.connect(a), server.connect(b)]);
    onTestFinished(() => client.close());
    const answer = await formDialog(server, undefined, 20)?.ask('?');
    expect(answer).toEqual({ unanswered: expect.stringMatching(/timed out/i) });
  });

  it('is none when the call that asks is given up before the answer', async () => {
    let answered = (_: ElicitResult) => {};
    const { work, session, asked } = await waiting(() => new Promise((resolve) => (answered = resolve)));
    const before = decisions(work);
    const stop = new AbortController();
    const call = session.client.callTool({ name: 'ask_decision', arguments: ASK }, undefined, { signal: stop.signal });
    const given = expect(call).rejects.toThrow();
    await expect.poll(() => asked.length).toBe(1);
    stop.abort();
    await given;
    answered(accept({ outcome: 'approve' }));
    await session.call('delivery_status');
    expect(decisions(work)).toBe(before);
  });

  it('is refused when a newer submission came while the dialog was open', async () => {
    const { work, session } = await waiting(async () => {
      const ports = portsOf(work);
      const text = ports.deliveries.artifact(ID, 'feasibility.md')!;
      ports.deliveries.writeArtifact(ID, 'feasibility.md', `${text}\nOne more line.\n`);
      submit(ports, ID, 'feasibility', { kind: 'agent', name: 'test', via: 'mcp' });
      return accept({ outcome: 'approve' });
    });
    const before = decisions(work);
    const answer = await session.call('ask_decision', ASK);
    expect(answer.blocks.join()).toMatch(/was submitted since this was shown/);
    expect(answer.data).toMatchObject({ level: null });
    expect(decisions(work)).toBe(before);
  });

  it('is not asked for where it could not open the gate, or where nothing waits', async () => {
    const { work, session, asked } = await waiting(accept({ outcome: 'approve' }));
    const design = await session.call('ask_decision', { delivery: ID, stage: 'design' });
    expect(design.blocks.length).toBeGreaterThan(0);
    const requirements = await session.call('ask_decision', { delivery: ID, stage: 'requirements' });
    expect(requirements.said).toContain('open already');
    work.write('countersign.yaml', 'countersign: policy/1\ngates:\n  feasibility:\n    level: signed\n');
    const signed = await session.call('ask_decision', ASK);
    expect(signed.blocks).toEqual(['policy asks for level signed here, and a dialog gives recorded']);
    expect(signed.next).toContain(`countersign approve ${ID} feasibility`);
    expect(asked).toEqual([]);
  });
});

describe('the tool that asks', () => {
  it('[R-APPROVAL-9] is the only one of its kind, needs the person, and can give no level but recorded', async () => {
    const session = await connect(project());
    const { tools } = await session.client.listTools();
    const approving = tools.filter((one) => one._meta?.['anthropic/requiresUserInteraction'] === true);
    expect(approving.map((one) => one.name)).toEqual(['ask_decision']);
    expect(Object.keys(approving[0]!.inputSchema.properties ?? {})).toEqual(['delivery', 'stage']);
    expect(tools.length).toBeLessThanOrEqual(15);
    expect(JSON.stringify({ tools }).length).toBeLessThan(9000);
  });

  it('is named where something was submitted and the client can ask', async () => {
    const { session } = await waiting({ action: 'cancel' });
    expect((await session.call('submit', ASK)).next).toContain('ask_decision');
  });
});

describe('levels', () => {
  it('[R-APPROVAL-8] stand wherever an approval is shown, and recorded is never called verified', async () => {
    const work = project();
    await reach(work, 'requirements');
    const shown = [
      work.cli('status', ID).out,
      work.cli('review', ID, 'requirements').out,
      work.cli('review', ID, 'feasibility').out,
      work.cli('history', ID).out,
    ];
    for (const text of shown) {
      expect(text).toContain('recorded');
      // Tasks are verified by runs; that is another word's use.
      expect(text.replace(/^ *tasks .*$/m, '')).not.toMatch(/verified/i);
    }
    expect(shown[0]).toContain('approved by Ada Tester (recorded)');
    expect(shown[1]).toContain('approved by Ada Tester, level recorded');
    expect(shown[2]).toMatch(/upstream stage:requirements: open [0-9a-f]{12} \(level recorded\)/);
  });
});

describe('requested changes', () => {
  const changes = accept({ outcome: 'request changes', comment: 'SYS-1 was never probed; say who stated it in FC-1' });

  async function requested(): Promise<{ work: Project; session: Session; id: string }> {
    const { work, session } = await waiting(changes);
    const answer = await session.call('ask_decision', ASK);
    expect(answer.said).toContain('Rejected stage:feasibility');
    const { comments } = (await session.call('review', ASK)).data as { comments: { id: string }[] };
    expect(comments).toMatchObject([{ anchors: ['SYS-1', 'FC-1'], by: 'Ada Tester', replies: [] }]);
    return { work, session, id: comments[0]!.id };
  }

  it('that name entries have to be answered before the stage is submitted again', async () => {
    const { work, session, id } = await requested();
    const blocked = await session.call('submit', ASK);
    expect(blocked.data['digest']).toBeNull();
    expect(blocked.blocks).toEqual([
      `not answered: comment ${id.slice(0, 12)} on SYS-1, FC-1 by Ada Tester: "SYS-1 was never probed; say who stated it in FC-1"`,
    ]);
    expect(work.cli('status', ID).out).toContain(`comment ${id.slice(0, 12)} on SYS-1, FC-1`);
    const wrong = await session.call('submit', { ...ASK, replies: { '0123456789ab': 'done' } });
    expect(wrong.error).toContain('no comment "0123456789ab"');
    const answered = await session.call('submit', { ...ASK, replies: { [id.slice(0, 12)]: 'Ada stated it' } });
    expect(answered.blocks).toEqual([]);
    expect(answered.said).toContain('round 3');
    const shown = work.cli('review', ID, 'feasibility').out;
    expect(shown).toContain('answered by test-client 1.0.0: "Ada stated it"');
    expect(work.cli('status', ID).out).not.toContain(`comment ${id.slice(0, 12)}`);
    expect(work.cli('history', ID).out).toContain(`answered comment ${id.slice(0, 12)}: "Ada stated it"`);
  });

  it('that are answered twice with the same words are answered once', async () => {
    const { work, session, id } = await requested();
    for (const _ of [1, 2]) await session.call('submit', { ...ASK, replies: { [id]: 'Ada stated it' } });
    expect(work.events(ID).filter((event) => event.type === 'replied')).toHaveLength(1);
  });
});

describe('a comment on an entry', () => {
  it('belongs to the stage of the entry and blocks the next submission of that stage alone', async () => {
    const work = project();
    await reach(work, 'created');
    const ports = portsOf(work);
    const actor = { kind: 'human', name: 'Ada Tester', via: 'terminal' } as const;
    comment(ports, ID, 'CMP-1', 'why not reuse what is there?', actor);
    expect(submit(ports, ID, 'requirements', actor).blocks).toEqual([]);
    expect(submit(ports, ID, 'design', actor).blocks.join()).toContain('on CMP-1 by Ada Tester: "why not reuse');
    expect(() => comment(ports, ID, 'CMP-99', 'x', actor)).toThrow(/no entry "CMP-99"/);
    expect(() => comment(ports, ID, '../x', 'x', actor)).toThrow(/no entry/);
    expect(() => comment(ports, ID, 'CMP-1', '  ', actor)).toThrow(/nothing in it/);
  });

  it('is made by a person in a terminal, not by a program', async () => {
    const work = project();
    await reach(work, 'created');
    expect(work.cli('comment', ID, 'REQ-1', 'looks wrong').exit).toBe(4);
    expect(work.cliWith({ CLAUDECODE: '1' }, 'comment', ID, 'REQ-1', 'looks wrong').exit).toBe(2);
    expect(work.events(ID).some((event) => event.type === 'commented')).toBe(false);
  });
});
