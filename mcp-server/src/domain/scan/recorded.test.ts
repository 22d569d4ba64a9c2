import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { sha256 } from '../hash.ts';
import type { Recorded } from '../ledger/event.ts';
import { scanInputs, scanOf, standingScan } from './recorded.ts';

type Scan = Recorded<'scanned'>;

/** A delivery with scans of one state of its files, each by its evidence. */
class Story extends LedgerBuilder {
  scan(name: string, [errors, warnings, ...differences]: [number, number, ...string[]], inputs = 'now'): Scan {
    const evidence = sha256(name);
    return this.add('scanned', { inputs: sha256(inputs), evidence, errors, warnings, differences, notRun: [] });
  }

  /** The evidence of the scan that stands, where `its` was submitted with the Build. */
  standing(submission?: Recorded<'submitted'>, its?: Scan | 'none'): string | undefined {
    const isIts = (scan: Scan | undefined) => (its === 'none' ? scan === undefined : scan?.id === its?.id);
    return standingScan(this.ledger(), sha256('now'), submission, isIts)?.body.evidence;
  }
}

describe('what a scan is about', () => {
  const file = (path: string, text = path) => ({ path, sha256: sha256(text) });
  const of = (files: ReturnType<typeof file>[], design = 'd') => scanInputs({ files }, design);

  it('is the files with their content and the design, in whatever order they come', () => {
    expect(of([file('b'), file('a')])).toBe(of([file('a'), file('b')]));
    const others = [
      of([file('a')]),
      of([file('a', 'x'), file('b')]),
      of([file('a'), file('c')]),
      of([file('a'), file('b')], 'e'),
    ];
    expect(new Set([of([file('a'), file('b')]), ...others]).size).toBe(5);
  });

  it('has the last scan of exactly that', () => {
    const story = new Story();
    story.scan('a', [0, 0]);
    story.scan('b', [0, 0]);
    story.scan('c', [0, 0], 'other');
    expect(scanOf(story.ledger(), sha256('now'))?.body.evidence).toBe(sha256('b'));
    expect(scanOf(story.ledger(), sha256('never'))).toBeUndefined();
  });
});

describe('the scan that a Build is about', () => {
  it('is the last one while nothing is submitted, and none where nothing was scanned', () => {
    const story = new Story();
    expect(story.standing()).toBeUndefined();
    expect(story.standing(story.submit('stage:build'), 'none')).toBeUndefined();
    story.scan('a', [9, 9]);
    story.scan('b', [0, 0]);
    expect(story.standing()).toBe(sha256('b'));
  });

  it('is the one that was submitted, whatever else was scanned before', () => {
    const story = new Story();
    const first = story.scan('a', [0, 0]);
    story.scan('b', [5, 5, 'file x']);
    const submission = story.submit('stage:build');
    expect(story.standing(submission, first)).toBe(sha256('a'));
  });

  it('is the last one where none of them was submitted', () => {
    const story = new Story();
    const other = story.scan('a', [0, 0], 'other');
    const submission = story.submit('stage:build');
    story.scan('b', [0, 0]);
    story.scan('c', [0, 0]);
    expect(story.standing(submission, other)).toBe(sha256('c'));
  });

  it.each<[string, [number, number, ...string[]], boolean]>([
    ['the same', [1, 2, 'file x', 'file y'], false],
    ['less', [0, 0], false],
    ['fewer warnings and another error', [2, 0], true],
    ['fewer errors and another warning', [0, 3], true],
    ['another difference beside a known one', [1, 2, 'file x', 'file z'], true],
  ])('gives way to a later one that finds %s: %j, %s', (_, found, gives) => {
    const story = new Story();
    const its = story.scan('its', [1, 2, 'file x', 'file y']);
    const submission = story.submit('stage:build');
    story.scan('later', found);
    story.scan('last', [0, 0]);
    expect(story.standing(submission, its)).toBe(sha256(gives ? 'later' : 'its'));
  });

  it('is the last of several that find more', () => {
    const story = new Story();
    const its = story.scan('its', [0, 0]);
    const submission = story.submit('stage:build');
    for (const [at, name] of ['a', 'b', 'c'].entries()) story.scan(name, [at === 2 ? 0 : 1, 0]);
    expect(story.standing(submission, its)).toBe(sha256('b'));
  });

  it('is none where the Build was submitted without one, until one finds something', () => {
    const story = new Story();
    const submission = story.submit('stage:build');
    story.scan('clean', [0, 0]);
    expect(story.standing(submission, 'none')).toBeUndefined();
    story.scan('found', [0, 1]);
    expect(story.standing(submission, 'none')).toBe(sha256('found'));
  });

  it('is not changed by a scan on another branch than the submission that finds no more', () => {
    const story = new Story();
    const its = story.scan('its', [1, 0]);
    const submission = story.submit('stage:build', { after: [its] });
    story.add(
      'scanned',
      { inputs: sha256('now'), evidence: sha256('beside'), errors: 2, warnings: 0, differences: [], notRun: [] },
      { after: [its] },
    );
    expect(story.standing(submission, its)).toBe(sha256('beside'));
  });
});
