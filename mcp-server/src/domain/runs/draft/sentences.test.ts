import { describe, expect, it } from 'vitest';
import type { Fact, FactKind } from '../../extract/contract.ts';
import type { Story } from '../../extract/story/story.ts';
import { obligationsOf } from './obligations.ts';
import { questionsOf } from './questions.ts';

const fact = (name: string, attributes: Fact['attributes'] = {}, kind: FactKind = 'task', line = 1): Fact => ({
  id: `${kind}/${name}`,
  format: 'agent-runs',
  kind,
  scope: 'job',
  name,
  status: 'observed',
  evidence: [{ path: 'run.jsonl', line, endLine: line }],
  attributes,
});

interface Told {
  runs?: number;
  job?: Fact['attributes'];
  steps?: Fact[];
  inputs?: Fact[];
  decisions?: Fact[];
  approvals?: Fact[];
  checks?: Fact[];
}

function story({ runs = 5, job = {}, steps = [fact('ping', { support: 5, of: 5 })], ...more }: Told): Story {
  const head = fact('turn-up', { runs, ...job }, 'workflow', 99);
  const lists = { inputs: [], decisions: [], approvals: [], checks: [], ...more };
  return {
    entry: { name: 'turn-up', kind: 'job', heads: [head] },
    steps: steps.map((one) => ({ fact: one })),
    ...lists,
  } as unknown as Story;
}
const sentences = (told: Told) => obligationsOf(story(told)).map((one) => one.sentence);
const last = (told: Told) => obligationsOf(story(told)).at(-1)!;

describe('what runs suggest that an automation has to do', () => {
  it('is its steps in order, with what it is given', () => {
    const steps = [
      fact('ping', { support: 5, of: 5 }),
      fact('apply', { support: 5, of: 5, anyOrder: ['3', '4'] }),
      fact('log', { support: 4, of: 5 }),
    ];
    const inputs = [
      fact('vlan', {}, 'input'),
      fact('password', { sensitive: true }, 'input'),
      fact('site', {}, 'input'),
    ];
    const [first, ...more] = obligationsOf(story({ steps, inputs }));
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      title: 'What `turn-up` does',
      sentence:
        'WHEN `turn-up` is started with `vlan` and `site`, the automation SHALL carry out `ping`, `apply` and `log`, in this order.',
      rule: 'sequence of 5 runs',
    });
    expect(first!.evidence).toHaveLength(3);
    expect(first!.criteria.map((one) => [one.text, one.rule])).toEqual([
      [
        'With the inputs of a run that was seen, the same 2 steps that every run has are made with the same values.',
        'replay-of-runs',
      ],
      ['`apply` may come before or after step 3 and 4: runs have both.', 'seen-in-both-orders'],
    ]);
  });

  it('names one step, and no more than twelve', () => {
    const [one] = obligationsOf(story({ runs: 1 }));
    expect(one).toMatchObject({
      sentence: 'WHEN `turn-up` is started, the automation SHALL carry out `ping`.',
      rule: 'sequence of 1 run',
    });
    expect(one!.criteria[0]!.text).toContain('the same 1 step that every run has is made');
    const steps = Array.from({ length: 14 }, (_, at) => fact(`s${at}`));
    expect(sentences({ steps })[0]).toMatch(/`s11` and 2 more steps, in this order\.$/);
    expect(sentences({ steps: steps.slice(0, 12) })[0]).toMatch(/`s10` and `s11`, in this order\.$/);
    const anyOrder = Array.from({ length: 5 }, (_, at) => fact(`s${at}`, { anyOrder: ['1'] }));
    expect(obligationsOf(story({ steps: anyOrder }))[0]!.criteria).toHaveLength(4);
  });

  it('is a condition where runs part, if one was found', () => {
    const part = (attributes: Fact['attributes']) => last({ decisions: [fact('parts', attributes, 'decision')] });
    expect(part({ ways: ['add', 'skip'], support: [4, 1], conditions: ['size > 3', 'x'] })).toMatchObject({
      title: '`add` or not',
      sentence: 'IF `size > 3`, THEN the automation SHALL carry out `add`.',
      rule: 'runs-part-here, 4 runs against 1',
      criteria: [{ text: 'Where that does not hold, `turn-up` does `skip` instead.', rule: 'runs-part-here' }],
    });
    expect(part({ ways: ['add'], support: [4] })).toMatchObject({
      sentence: 'WHERE a person names the condition, the automation SHALL carry out `add`.',
      rule: 'runs-part-here, 4 runs',
      criteria: [{ text: 'Where that does not hold, `turn-up` does nothing of it and goes on without it.' }],
    });
    expect(part({}).rule).toBe('runs-part-here, ? runs');
    const many = Array.from({ length: 12 }, () => fact('parts', {}, 'decision'));
    expect(obligationsOf(story({ decisions: many }))).toHaveLength(1 + 10);
  });

  it('is that what was written is read back', () => {
    const check = fact('show vlan', { of: 'add vlan' }, 'check', 7);
    expect(last({ steps: [fact('add vlan', {}, 'task', 3)], checks: [check] })).toMatchObject({
      title: '`add vlan` is read back',
      sentence: 'WHEN `add vlan` has ended, the automation SHALL read back what it wrote with `show vlan`.',
      rule: 'agent-runs-check',
      evidence: [{ line: 3 }, { line: 7 }],
      criteria: [{ text: '`show vlan` shows what `add vlan` was given.', rule: 'agent-runs-check' }],
    });
    const ruled = fact('show', { of: 'other', rule: 'reads-what-was-written' }, 'check');
    expect(last({ checks: [ruled] })).toMatchObject({ rule: 'reads-what-was-written', evidence: [{ line: 1 }] });
  });

  it('is to wait for a person where one was asked, refused, or stepped in mostly', () => {
    const person = (name: string, support: number, of: number) => fact(name, { support, of, after: 2 }, 'approval');
    const asked = (one: Fact) => sentences({ approvals: [one] }).length === 2;
    expect(last({ approvals: [person('The agent asks: go on?', 1, 5)] })).toMatchObject({
      title: 'A person decides: `The agent asks: go on?`',
      sentence: 'WHEN `turn-up` comes behind step 2, the automation SHALL wait for a person.',
      rule: 'a person stepped in, 1 of 5 runs',
      criteria: [{ text: 'Nothing behind it has run before the person decided.', rule: 'person-in-runs' }],
    });
    expect(
      [
        person('The person refuses a call', 1, 5),
        person('The person says: hurry', 3, 5),
        person('The person says: hurry', 1, 2),
        person('The person says: hurry', 1, 1),
        person('Then The agent asks', 1, 5),
      ].map(asked),
    ).toEqual([true, true, false, false, false]);
    const many = Array.from({ length: 7 }, () => person('The agent asks', 1, 5));
    expect(sentences({ approvals: many })).toHaveLength(1 + 5);
  });

  it('is to try again, to wait and to repeat, within bounds that a person sets', () => {
    expect(last({ steps: [fact('apply', { retries: '2 of 5 runs', errors: ['busy', 'down'] })] })).toMatchObject({
      title: '`apply` is tried again',
      sentence: 'IF `apply` fails, THEN the automation SHALL try again within a bound that a person sets.',
      rule: '2 of 5 runs',
      criteria: [
        { text: 'After the last attempt the run ends with the error; seen was `busy`.', rule: 'retried-in-runs' },
      ],
    });
    expect(last({ steps: [fact('apply', { retries: '1' })] }).criteria[0]!.text).toBe(
      'After the last attempt the run ends with the error.',
    );
    expect(last({ steps: [fact('status', { turns: '2 to 5', polls: true })] })).toMatchObject({
      title: 'Waiting with `status`',
      sentence:
        'WHILE the answer of `status` is not there, the automation SHALL ask again until a bound that a person sets.',
      rule: 'repeated 2 to 5 times in runs',
      criteria: [{ text: 'When the bound is reached, the run ends with an error.', rule: 'repeated-in-runs' }],
    });
    expect(last({ steps: [fact('add', { turns: 3 })] })).toMatchObject({
      title: '`add` over a list',
      sentence: 'WHERE several are given, the automation SHALL carry out `add` for each of them.',
      criteria: [{ text: 'A turn that fails is reported with what it was about.' }],
    });
    const many = Array.from({ length: 12 }, (_, at) => fact(`s${at}`, { turns: 2 }));
    expect(sentences({ steps: many })).toHaveLength(1 + 10);
  });
});

describe('what runs cannot tell', () => {
  const asked = (...told: Told[]) =>
    questionsOf(told.map(story), 'logs/')
      .split('\n')
      .filter((line) => line.startsWith('### '))
      .map((line) => line.replace(/^### Q-\d+: /, ''));
  /** Questions beside the two that are always asked. */
  const own = (told: Told) => asked(told).slice(2);
  const at = '`logs/run.jsonl:1`';
  const seen = { support: 5, of: 5 };

  it('is asked under one heading, each with room for an answer', () => {
    expect(questionsOf([story({})], '')).toBe(
      '## Questions\n\n### Q-1: What is this job for, and who owns it?\n\n- Answer:\n\n### Q-2: Who may start it, and who has to agree before it changes anything?\n\n- Answer:',
    );
  });

  it('is what more runs would show, where there are few', () => {
    expect(own({ runs: 1 })).toEqual([
      'Only one run was seen: which of its values may vary, which steps may be left out, and what was chance? `logs/run.jsonl:99`',
    ]);
    expect(own({ runs: 4 })).toEqual([
      'Only 4 runs were seen, fewer than 5: what would other cases do differently? `logs/run.jsonl:99`',
    ]);
    expect(own({ runs: 5 })).toEqual([]);
  });

  it('is policy or chance where runs part', () => {
    const part = (...ways: string[]) => own({ decisions: [fact('parts', { ways }, 'decision')] });
    expect(part('add', 'skip')).toEqual([
      `Is it policy or chance that runs part into \`add\` and \`skip\`? What decides it? ${at}`,
    ]);
    expect(part('add')[0]).toContain('into `add` and nothing?');
    expect(own({ decisions: Array.from({ length: 8 }, () => fact('parts', {}, 'decision')) })).toHaveLength(6);
  });

  it.each<[Fact['attributes'], string[]]>([
    [{ support: 3, of: 5 }, [`Is \`x\` always needed? 3 of 5 runs have it. ${at}`]],
    [{ ...seen, recovery: true }, [`Is \`x\` part of the job, or did it only mend a failure? ${at}`]],
    [
      { ...seen, effect: 'write' },
      [
        `How does somebody tell that \`x\` did what it should? No run reads it back. ${at}`,
        `What is taken back, and how, when the job fails behind \`x\`? No run shows it. ${at}`,
      ],
    ],
    [{ ...seen, effect: 'write', verifiedBy: 3, retries: '1' }, []],
    [{ ...seen, effect: 'read' }, []],
    [
      { ...seen, given: ['a: always 1', 'b: always 2', 'c: from step 1'] },
      [`May these values of \`x\` vary: \`a = 1\` and \`b = 2\`? Every run has the same. ${at}`],
    ],
    [
      { ...seen, given: ['a: seen once: 1', 'c: from step 1'] },
      [`Which of these values of \`x\` are inputs: \`a = 1\`? ${at}`],
    ],
  ])('is asked of a step with %j', (attributes, questions) => {
    expect(own({ steps: [fact('x', attributes)] })).toEqual(questions);
  });

  it('is where secrets come from, and which values are allowed', () => {
    const inputs = [fact('token', { sensitive: true }, 'input'), fact('vlan', { examples: ['1', '2'] }, 'input')];
    expect(own({ inputs })).toEqual([
      `Where is \`token\` to come from? It is a secret that the agent was given. ${at}`,
      `Which values are allowed for \`vlan\`? Seen were \`1\` and \`2\`. ${at}`,
    ]);
  });

  it('is what people said, and what single runs did besides', () => {
    const approvals = ['The person says: no', 'The agent asks'].map((name) => fact(name, { after: 3 }, 'approval'));
    expect(own({ approvals, job: { oneOff: ['a', 'b', 'c', 'd', 'e', 'f'] } })).toEqual([
      `A person stepped in behind step 3 (\`The person says: no\`): has the automation to know this, or to ask? ${at}`,
      'Single runs also did `a`, `b`, `c`, `d` and `e`: was that needed? `logs/run.jsonl:99`',
    ]);
  });

  it('is asked at most twenty-five times, and the rest is counted', () => {
    const decisions = Array.from({ length: 6 }, () => fact('parts', {}, 'decision'));
    const told = Array.from({ length: 4 }, () => ({ decisions }));
    expect(asked(...told)).toHaveLength(25);
    expect(questionsOf(told.map(story), '')).toMatch(/\n\n1 more of these kinds are in the facts\.$/);
    expect(questionsOf(told.slice(1).map(story), '')).not.toContain('more of these kinds');
  });

  it.each<[keyof Told, Fact['attributes'], number]>([
    ['steps', { support: 1, of: 2 }, 4],
    ['steps', { recovery: true }, 3],
    ['steps', { given: ['a: always 1'] }, 4],
    ['steps', { given: ['a: seen once: 1'] }, 4],
    ['inputs', { sensitive: true }, 2],
    ['inputs', {}, 4],
  ])('is asked only so often of %s with %j', (kind, attributes, most) => {
    expect(own({ [kind]: Array.from({ length: 9 }, () => fact('x', attributes)) })).toHaveLength(most);
  });
});
