import { describe, expect, it } from 'vitest';
import { human } from '../../../test/helpers/ledger-builder.ts';
import { finishedTale, Tale } from '../../../test/helpers/report-samples.ts';
import { DESIGN, REQUIREMENTS } from '../entry/demo/artifacts.ts';
import { assess } from './delivery.ts';
import { DEFAULT_POLICY, type Policy, policySchema } from './policy/policy.ts';
import { waitingFor } from './waiting.ts';

const ADA = { name: 'Ada', email: 'ada@example.org' };
const GRACE = { name: 'Grace Hopper', email: 'grace@example.org' };
const MARY = { name: 'Mary', email: 'mary@example.org' };

const policy = (gate: object, roles: Record<string, string[]> = {}): Policy =>
  policySchema.parse({ countersign: 'policy/1', gates: { default: gate }, roles });

function waits(tale: Tale, who: { name: string; email?: string }, under: Policy = DEFAULT_POLICY): string[] {
  const read = tale.read(under);
  return waitingFor(read, assess(read), who).map((one) => `${one.kind} ${one.about}`);
}

/** Requirements that Ada's client submitted. */
function submitted() {
  const tale = new Tale();
  tale.write('requirements.md', REQUIREMENTS);
  return { tale, submission: tale.submit('requirements') };
}

describe('a decision', () => {
  it('[R-MINE-1] waits for everyone where anyone may decide, and for nobody once it is made', () => {
    const { tale, submission } = submitted();
    for (const who of [ADA, GRACE]) expect(waits(tale, who)).toEqual(['decide stage:requirements']);
    tale.approve(submission);
    expect(waits(tale, GRACE)).toEqual([]);
  });

  it('does not wait for its author where that would not count', () => {
    const { tale } = submitted();
    const apart = policy({ separation: true });
    expect(waits(tale, ADA, apart)).toEqual([]);
    expect(waits(tale, GRACE, apart)).toEqual(['decide stage:requirements']);
  });

  it('waits for a second person, and not for the first again', () => {
    const { tale, submission } = submitted();
    tale.story.approve(submission, { by: GRACE, level: 'hosted', ...tale.later() });
    const two = policy({ approvers: 2, level: 'hosted' });
    expect(waits(tale, GRACE, two)).toEqual([]);
    expect(waits(tale, MARY, two)).toEqual(['decide stage:requirements']);
  });

  it('waits for those who fill a role that is still missing', () => {
    const { tale } = submitted();
    const security = policy({ level: 'hosted', roles: ['security'] }, { security: [MARY.email] });
    expect(waits(tale, GRACE, security)).toEqual([]);
    expect(waits(tale, MARY, security)).toEqual(['decide stage:requirements']);
  });

  it('waits for nobody while a gate before it is closed or the text has moved on', () => {
    const { tale } = submitted();
    tale.write('requirements.md', REQUIREMENTS.replace('WHEN', 'When'));
    expect(waits(tale, GRACE)).toEqual([]);
    const finished = finishedTale();
    finished.write('requirements.md', REQUIREMENTS);
    expect(waits(finished, GRACE)).toEqual([]);
  });

  it('on a setting waits too, until it is made', () => {
    const { tale, submission } = submitted();
    tale.approve(submission);
    const lower = tale.story.submit('track:light', tale.later());
    expect(waits(tale, GRACE)).toEqual(['decide track:light']);
    tale.story.approve(lower, { by: GRACE, ...tale.later() });
    expect(waits(tale, GRACE)).toEqual([]);
  });

  it('waits again for everyone where two branches decided differently', () => {
    const { tale, submission } = submitted();
    tale.story.approve(submission, { by: GRACE, after: [submission], ...tale.later() });
    tale.story.reject(submission, { by: MARY, after: [submission], ...tale.later() });
    expect(waits(tale, GRACE)).toEqual(['decide stage:requirements']);
  });
});

describe('work that came back', () => {
  it('is for its author: what was refused, and what reviewers remarked', () => {
    const { tale, submission } = submitted();
    tale.story.add(
      'commented',
      { about: 'stage:requirements', anchor: 'REQ-1', text: 'why?' },
      tale.later(1, human('Grace')),
    );
    tale.reject(submission, 'no');
    expect(waits(tale, ADA)).toEqual(['rework stage:requirements', 'answer stage:requirements']);
    expect(waits(tale, GRACE)).toEqual([]);
  });

  it('is for the owner where nothing was submitted yet', () => {
    const tale = new Tale();
    tale.write('requirements.md', REQUIREMENTS);
    tale.write('design.md', DESIGN);
    tale.story.add(
      'commented',
      { about: 'stage:design', anchor: 'CMP-1', text: 'why?' },
      tale.later(1, human('Grace')),
    );
    expect(waits(tale, { name: 'Demo Person' })).toEqual(['answer stage:design']);
    expect(waits(tale, ADA)).toEqual([]);
  });

  it('is for who broke the glass, until it is submitted', () => {
    const { tale, submission } = submitted();
    tale.approve(submission);
    const { at } = tale.later();
    const time = (hours: number) => new Date(at! + hours * 3_600_000).toISOString();
    const declaration = {
      v: 1,
      act: 'break-glass',
      first: tale.story.created.id,
      by: GRACE,
      at: time(0),
      nonce: 'nonce-of-the-glass',
      reason: 'fire',
      number: 1,
      until: time(2),
      due: time(70),
    } as const;
    tale.story.add('declared', { level: 'recorded', declaration }, { at: at! });
    expect(waits(tale, GRACE)).toEqual(['follow-up break-glass:1']);
    expect(waits(tale, ADA)).toEqual([]);
    tale.story.submit('break-glass:1', tale.later());
    expect(waits(tale, GRACE)).toEqual(['decide break-glass:1']);
  });
});

it('nothing waits in a finished delivery', () => {
  const tale = finishedTale();
  for (const who of [ADA, GRACE, MARY]) expect(waits(tale, who).filter((one) => one.startsWith('decide'))).toEqual([]);
});
