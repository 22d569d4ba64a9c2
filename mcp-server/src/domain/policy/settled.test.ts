import { describe, expect, it } from 'vitest';
import { LedgerBuilder, type SubmitOptions } from '../../../../test/helpers/ledger-builder.ts';
import type { Track } from '../stage.ts';
import { type Settled, settled } from './settled.ts';

const binding = (policy: SubmitOptions['policy'], options: SubmitOptions = {}): SubmitOptions => ({
  ...options,
  policy: { ...policy },
});

/** A subject that sets track or risk; it freezes nothing. */
const lowers = (options: SubmitOptions = {}): SubmitOptions => ({ artifacts: [], ...options });

const values = (story: LedgerBuilder, declared: Partial<Settled> = {}) => settled(story.ledger(), declared);

describe('the settled track and risk', () => {
  it('[R-RULE-14] begin at standard track and low risk', () => {
    expect(values(new LedgerBuilder())).toEqual({ track: 'standard', risk: 'low' });
  });

  it.each(['light', 'standard', 'strict'] as const)(
    '[R-RULE-12] begin at the track of the first event: %s',
    (track) => {
      expect(values(new LedgerBuilder({ track })).track).toBe(track);
    },
  );

  it('[R-RULE-12] are raised by what the requirements say, and never lowered by it', () => {
    const story = new LedgerBuilder();
    expect(values(story, { track: 'strict', risk: 'destructive' })).toEqual({ track: 'strict', risk: 'destructive' });
    expect(values(story, { track: 'light', risk: 'low' })).toEqual({ track: 'standard', risk: 'low' });
    expect(values(story, { track: 'lighter' as Track })).toEqual({ track: 'standard', risk: 'low' });
  });

  it('[R-RULE-12] stay at the strictest that any submission bound', () => {
    const story = new LedgerBuilder({ track: 'light' });
    story.submit('stage:design', binding({ track: 'strict', risk: 'standard' }));
    story.submit('stage:design', binding({ track: 'standard', risk: 'destructive' }));
    story.submit('stage:design', binding({ track: 'light', risk: 'low' }));
    expect(values(story)).toEqual({ track: 'strict', risk: 'destructive' });
  });

  it('[R-RULE-13] are lowered by an approved subject, and only for the field it names', () => {
    const story = new LedgerBuilder();
    story.submit('stage:requirements', binding({ track: 'standard', risk: 'destructive' }));
    const lower = story.submit('track:light', lowers());
    expect(values(story).track).toBe('standard');
    story.approve(lower);
    expect(values(story)).toEqual({ track: 'light', risk: 'destructive' });
    story.approve(story.submit('risk:standard', lowers(binding({ track: 'light' }))));
    expect(values(story)).toEqual({ track: 'light', risk: 'standard' });
  });

  it('[R-RULE-13] are not lowered by a rejected or revoked subject', () => {
    const story = new LedgerBuilder();
    story.reject(story.submit('track:light', lowers()));
    expect(values(story).track).toBe('standard');
    const lower = story.submit('track:light', lowers({ round: 2 }));
    story.approve(lower);
    expect(values(story).track).toBe('light');
    story.revoke(lower);
    expect(values(story).track).toBe('standard');
  });

  it('[R-RULE-13] are raised again by what is bound later, or was bound without knowledge of the decision', () => {
    const story = new LedgerBuilder();
    const base = story.submit('stage:requirements');
    const lower = story.submit('track:light', lowers());
    const yes = story.approve(lower);
    expect(values(story).track).toBe('light');
    story.submit('stage:design', binding({ track: 'standard' }, { after: [base] }));
    expect(values(story).track).toBe('standard');
    story.submit('stage:design', binding({ track: 'strict' }, { after: [yes] }));
    expect(values(story).track).toBe('strict');
  });

  it('[R-RULE-13] need a signed decision by someone else to leave strict', () => {
    const signed = { by: { name: 'Grace' }, level: 'signed' } as const;
    const attempts = [
      { options: { by: { name: 'Grace' } }, track: 'strict' },
      { options: { by: { name: 'Grace' }, level: 'hosted' as const }, track: 'strict' },
      { options: { ...signed, by: { name: 'Ada' } }, track: 'strict' },
      { options: signed, track: 'light' },
    ];
    for (const { options, track } of attempts) {
      const story = new LedgerBuilder({ track: 'strict' });
      story.approve(story.submit('track:light', lowers()), options);
      expect(values(story).track).toBe(track);
    }
  });

  it('[R-RULE-13] need the same to leave a risk on the strict track', () => {
    const story = new LedgerBuilder({ track: 'strict' });
    story.submit('stage:requirements', binding({ risk: 'destructive' }));
    story.approve(story.submit('risk:low', lowers()));
    expect(values(story).risk).toBe('destructive');
    story.approve(story.submit('risk:low', lowers({ round: 2 })), { level: 'signed' });
    expect(values(story).risk).toBe('low');
  });

  it('[R-RULE-13] need what the subject itself bound', () => {
    const story = new LedgerBuilder();
    const lower = story.submit('track:light', lowers(binding({ approvers: 2 })));
    story.approve(lower, { level: 'hosted' });
    expect(values(story).track).toBe('standard');
    story.approve(lower, { level: 'hosted', by: { name: 'Edsger' } });
    expect(values(story).track).toBe('light');
  });

  it('[R-RULE-13] follow the last decision, not the last submission', () => {
    const story = new LedgerBuilder({ track: 'strict' });
    const toStandard = story.submit('track:standard', lowers());
    const toLight = story.submit('track:light', lowers());
    story.approve(toLight, { level: 'signed' });
    expect(values(story).track).toBe('light');
    story.approve(toStandard);
    expect(values(story).track).toBe('standard');
  });

  it('[R-RULE-12] are the stricter of two concurrent decisions', () => {
    for (const reverse of [false, true]) {
      const story = new LedgerBuilder({ track: 'strict' });
      const tracks = reverse ? (['light', 'standard'] as const) : (['standard', 'light'] as const);
      for (const track of tracks) {
        const lower = story.submit(`track:${track}`, lowers({ after: [story.created] }));
        story.approve(lower, { level: 'signed', after: [lower] });
      }
      expect(values(story).track).toBe('standard');
    }
  });

  it('[R-RULE-13] can be lowered step by step', () => {
    const story = new LedgerBuilder({ track: 'strict' });
    story.approve(story.submit('track:standard', lowers()), { level: 'signed' });
    story.approve(story.submit('track:light', lowers()));
    expect(values(story).track).toBe('light');
  });

  it('[R-RULE-13] are judged by what each decision knew, not by what another branch had lowered', () => {
    const story = new LedgerBuilder({ track: 'strict' });
    const far = story.submit('track:light', lowers({ after: [story.created] }));
    story.approve(far, { level: 'signed', after: [far] });
    const near = story.submit('track:standard', lowers({ after: [story.created] }));
    story.approve(near, { after: [near] });
    expect(values(story).track).toBe('light');
  });

  it('are not raised by a mere proposal to set them', () => {
    const story = new LedgerBuilder();
    story.approve(story.submit('track:light', lowers()));
    story.submit('track:light', lowers({ round: 2 }));
    expect(values(story).track).toBe('light');
  });

  it('are raised by an approved subject without further demands', () => {
    const story = new LedgerBuilder();
    story.approve(story.submit('track:strict', lowers(binding({ level: 'signed' }))));
    expect(values(story).track).toBe('strict');
  });

  it('do not take a value that does not exist', () => {
    const story = new LedgerBuilder();
    story.approve(story.submit('track:none', lowers()));
    story.approve(story.submit('risk:zero', lowers()));
    expect(values(story)).toEqual({ track: 'standard', risk: 'low' });
  });
});
