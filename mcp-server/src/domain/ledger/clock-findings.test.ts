import { describe, expect, it } from 'vitest';
import { LedgerBuilder, START } from '../../../../test/helpers/ledger-builder.ts';
import { clockFindings } from './clock-findings.ts';

const MINUTE = 60_000;

describe('the clock', () => {
  it('[R-RULE-3] may run five minutes ahead, and no more', () => {
    const story = new LedgerBuilder();
    const now = START + 10 * MINUTE;
    story.note({ at: now + 5 * MINUTE });
    expect(clockFindings(story.ledger().graph, now)).toEqual([]);
    const ahead = story.note({ at: now + 5 * MINUTE + 1 });
    expect(clockFindings(story.ledger().graph, now)).toEqual([
      { event: ahead.id, message: `its time ${ahead.at} lies in the future` },
    ]);
  });

  it('[R-RULE-3] must not run back behind any ancestor, however far up', () => {
    const story = new LedgerBuilder();
    const late = story.note({ at: START + 30 * MINUTE });
    const side = story.note({ at: START + 2 * MINUTE, after: [story.created] });
    const same = story.note({ at: START + 30 * MINUTE, after: [late, side] });
    const back = story.note({ at: START + 20 * MINUTE });
    const further = story.note({ at: START + 25 * MINUTE });
    expect(same.at).toBe(late.at);
    expect(clockFindings(story.ledger().graph, START + 60 * MINUTE)).toEqual([
      { event: back.id, message: `its time ${back.at} is before an earlier event's` },
      { event: further.id, message: `its time ${further.at} is before an earlier event's` },
    ]);
  });

  it('[R-RULE-2] says nothing about the order: an event with an earlier time still comes after its parents', () => {
    const story = new LedgerBuilder();
    const late = story.note({ at: START + 30 * MINUTE });
    const back = story.note({ at: START });
    const { graph } = story.ledger();
    expect(graph.precedes(late.id, back.id)).toBe(true);
    expect(graph.order.at(-1)).toEqual(back);
  });

  it('may be before 1970 in a first event', () => {
    const story = new LedgerBuilder();
    const old = story.note({ at: -MINUTE });
    expect(clockFindings(story.ledger().graph, START + 60 * MINUTE).map((one) => one.event)).toEqual([old.id]);
  });
});
