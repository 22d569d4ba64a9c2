import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { sha256 } from '../hash.ts';
import { citedEvidence } from './cited-evidence.ts';

describe('evidence that a ledger cites', () => {
  it('is that of checks, scans and probes, each with the last event that cites it', () => {
    const story = new LedgerBuilder();
    const check = {
      check: 'CHK-1',
      component: 'CMP-1',
      definition: sha256('definition'),
      inputs: sha256('inputs'),
      result: 'passed' as const,
      exit: 0,
      durationMs: 1,
      evidence: sha256('output'),
    };
    story.add('checked', check);
    const again = story.add('checked', { ...check, durationMs: 2 });
    const scan = story.add('scanned', {
      inputs: sha256('inputs'),
      evidence: sha256('scan'),
      errors: 0,
      warnings: 0,
      differences: [],
      notRun: [],
    });
    const counts = { present: 1, absent: 0, denied: 0, notProbed: 0 };
    const probe = story.add('probed', { snapshot: sha256('snapshot'), ...counts });
    const artifacts = [{ path: 'requirements.md', sha256: sha256('text') }];
    const submission = story.submit('stage:requirements', { artifacts });
    story.approve(submission);
    expect([...citedEvidence(story.ledger())]).toEqual([
      [sha256('output'), again.id],
      [sha256('scan'), scan.id],
      [sha256('snapshot'), probe.id],
      [sha256('text'), submission.id],
    ]);
  });
});
