import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import type { Check } from '../artifact/design.ts';
import { sha256 } from '../hash.ts';
import { askedAbout, type Confirmable, confirmation, confirmContent, confirmedBy, isConfirmed } from './confirmed.ts';

const one: Confirmable = { check: { id: 'CHK-7' } as Check, definition: 'd'.repeat(64), inputs: 'e'.repeat(64) };
const files = [
  { path: 'a\nb.md', sha256: '1'.repeat(64) },
  { path: 'c.md', sha256: '2'.repeat(64) },
];
const BYTES = `{"check":"CHK-7","definition":"${'d'.repeat(64)}","inputs":"${'e'.repeat(64)}","schema":"countersign/check-confirmation@1"}`;
const { frozen } = confirmContent(one, 'text', files);
const asked = (story: LedgerBuilder, about = 'check:CHK-7', artifacts = frozen) => story.submit(about, { artifacts });

describe('what a person confirms of a check', () => {
  it('is bound with the files that it is about, and the page that people read', () => {
    const { page, bytes, frozen: bound } = confirmContent(one, '\n### CHK-7: Look\n\n', files);
    expect(bytes).toBe(BYTES);
    expect(page).toBe(
      `# CHK-7 to be confirmed\n\nIt holds for these files:\n\n- a b.md ${'1'.repeat(64)}\n- c.md ${'2'.repeat(64)}\n\n### CHK-7: Look\n`,
    );
    expect(bound).toEqual([
      { path: 'check.md', sha256: sha256(page) },
      { path: 'check.json', sha256: sha256(BYTES) },
    ]);
  });

  it('is what no program can say', () => {
    const methods = ['manual', 'inspection', 'command', 'not-testable'] as const;
    expect(methods.filter((method) => isConfirmed({ method }))).toEqual(['manual', 'inspection']);
  });

  it('was asked the last time that exactly this was shown', () => {
    const story = new LedgerBuilder();
    expect(askedAbout(story.ledger(), one)).toBeUndefined();
    asked(story, 'check:CHK-8');
    asked(story, 'check:CHK-7', [frozen[0]!]);
    asked(story, 'check:CHK-7', [{ ...frozen[1]!, path: 'check.md' }]);
    asked(story, 'check:CHK-7', confirmContent({ ...one, inputs: 'f'.repeat(64) }, 'text', files).frozen);
    expect(askedAbout(story.ledger(), one)).toBeUndefined();
    expect(confirmation(story.ledger(), one)).toEqual({ is: 'undecided' });
    asked(story);
    const last = asked(story);
    asked(story, 'check:CHK-8');
    expect(askedAbout(story.ledger(), one)).toEqual(last);
  });

  it('is confirmed by whoever approved it, with the level, and by nobody who said no', () => {
    const story = new LedgerBuilder();
    const other = asked(story, 'check:CHK-8');
    const submission = asked(story);
    expect(confirmedBy(story.ledger(), one)).toBeUndefined();
    story.reject(other);
    const approved = story.approve(submission);
    expect(confirmation(story.ledger(), one)).toMatchObject({ is: 'approved' });
    const { approver } = approved.body.statement;
    expect(confirmedBy(story.ledger(), one)).toBe(`confirmed by ${approver.name} (level ${approved.body.level})`);
    story.revoke(submission);
    expect(confirmedBy(story.ledger(), one)).toBeUndefined();
  });
});
