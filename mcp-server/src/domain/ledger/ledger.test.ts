import { describe, expect, it } from 'vitest';
import { frozen, LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { canonical, type Json } from '../canonical.ts';
import { sha256 } from '../hash.ts';
import { eventsOf, type IntegrityProblem, type LedgerFile, readLedger } from './ledger.ts';

function problemsOf(files: Iterable<LedgerFile>, delivery = 'vlan-provisioning'): IntegrityProblem[] {
  const read = readLedger(delivery, files);
  if (!('problems' in read)) throw new Error('expected problems');
  expect(Object.keys(read)).toEqual(['problems']);
  return read.problems;
}

const codes = (problems: readonly IntegrityProblem[]) => problems.map((problem) => problem.code);

/** The file that holds these members, named as its bytes demand. */
function fileOf(members: object): LedgerFile {
  const content = canonical(members as Json);
  return { name: `${sha256(content)}.json`, content };
}

/** A history that forks and joins: two people worked apart on two branches. */
function forked() {
  const story = new LedgerBuilder();
  const base = story.submit('stage:requirements');
  const left = story.approve(base, { after: [base] });
  const right = story.note({ after: [base] });
  return { story, base, left, right };
}

describe('reading a ledger', () => {
  it('[R-LEDGER-1] reads what was written, in the order of the graph', () => {
    const { story, base, left, right } = forked();
    const ledger = story.ledger();
    expect(ledger.first).toEqual(story.created);
    expect(ledger.graph.get(base.id)).toEqual(base);
    expect(eventsOf(ledger, 'decided')).toEqual([left]);
    expect(eventsOf(ledger, 'stated')).toEqual([right]);
    expect(eventsOf(ledger, 'checked')).toEqual([]);
  });

  it('[R-LEDGER-2] has one head for each branch until the next event joins them', () => {
    const { story, left, right } = forked();
    expect(story.ledger().graph.heads).toEqual([left.id, right.id].sort());
    const joined = story.note();
    expect(joined.parents).toEqual([left.id, right.id].sort());
    expect(story.ledger().graph.heads).toEqual([joined.id]);
  });

  it('[R-LEDGER-3] reports a file whose bytes were changed', () => {
    const { story, base } = forked();
    const files = story.files().map((file) => ({ ...file, content: file.content.replace('VLAN', 'vlan') }));
    const problems = problemsOf(files);
    expect(problems).toContainEqual({
      code: 'wrong-name',
      file: `${story.created.id}.json`,
      message: `its bytes hash to ${sha256(files[0]!.content)}: it was changed`,
    });
    expect(problems).toContainEqual({
      code: 'missing-parent',
      file: `${base.id}.json`,
      message: `its parent ${story.created.id} is not there`,
    });
    expect(problems).toHaveLength(2);
  });

  it('[R-LEDGER-3] reports a file that is not named like an event', () => {
    const { story } = forked();
    for (const name of ['notes.txt', `${'a'.repeat(64)}.json.bak`, `x${'a'.repeat(64)}.json`, `${'A'.repeat(64)}.json`])
      expect(problemsOf([...story.files(), { name, content: '{}' }])).toEqual([
        { code: 'foreign-file', file: name, message: 'not the name of an event' },
      ]);
  });

  it('[R-LEDGER-4] reports a missing parent, and only that', () => {
    const { story, base, left, right } = forked();
    const problems = problemsOf(story.files().filter((file) => !file.name.startsWith(base.id)));
    expect(problems).toEqual(
      [left.id, right.id].sort().map((id) => ({
        code: 'missing-parent',
        file: `${id}.json`,
        message: `its parent ${base.id} is not there`,
      })),
    );
  });

  it('[R-LEDGER-4] reports the missing first event once, not against every subject that names it', () => {
    const { story, base } = forked();
    const problems = problemsOf(story.files().filter((file) => !file.name.startsWith(story.created.id)));
    expect(problems).toMatchObject([{ code: 'missing-parent', file: `${base.id}.json` }]);
  });

  it('[R-LEDGER-5] reports two first events, in whatever order the files come', () => {
    const { story } = forked();
    const other = new LedgerBuilder({ nonce: 'nonce-of-another-beginning' });
    other.submit('stage:requirements');
    const files = [...story.files(), ...other.files()];
    const problems = problemsOf(files);
    const names = [story.created.id, other.created.id].map((id) => id.slice(0, 12)).sort();
    expect(problems).toEqual([
      { code: 'two-first-events', file: '', message: `two deliveries in one folder: ${names.join(', ')}` },
    ]);
    expect(problemsOf(files.reverse())).toEqual(problems);
  });

  it('[R-LEDGER-5] reports a second beginning that names parents', () => {
    const { story } = forked();
    story.add('created', { nonce: 'nonce-of-another-beginning', title: 'Again', track: 'light' });
    expect(codes(problemsOf(story.files()))).toEqual(['two-first-events']);
  });

  it('[R-LEDGER-5] reports a second root that is no beginning', () => {
    const { story, right } = forked();
    const { id: _, ...event } = right;
    expect(codes(problemsOf([...story.files(), fileOf({ ...event, parents: [] })]))).toEqual(['two-first-events']);
  });

  it('[R-LEDGER-5] reports an empty folder and one that begins with something else', () => {
    const none = { code: 'no-first-event', file: '', message: 'no event says how the delivery began' };
    expect(problemsOf([])).toEqual([none]);
    const { right } = forked();
    const { id: _, ...event } = right;
    expect(problemsOf([fileOf({ ...event, parents: [] })])).toEqual([none]);
  });

  it('[R-LEDGER-6] reports events of another delivery', () => {
    const { story } = forked();
    const problems = problemsOf(story.files(), 'dns-records');
    expect(codes(problems)).toEqual(Array(4).fill('other-delivery'));
    expect(problems[0]?.message).toBe('it belongs to delivery vlan-provisioning');
  });

  it('[R-LEDGER-7] ignores what a crash left behind', () => {
    const { story } = forked();
    const read = readLedger(story.delivery, [...story.files(), { name: '.tmp-4711', content: '{"v":1,' }]);
    expect('graph' in read).toBe(true);
    expect(codes(problemsOf([...story.files(), { name: 'x.tmp-4711', content: '' }]))).toEqual(['foreign-file']);
  });

  it('[R-LEDGER-8] says upgrade for a newer format and for a type of event it does not know', () => {
    const { story, right } = forked();
    const { id: _, ...event } = right;
    for (const newer of [
      { ...event, v: 2 },
      { ...event, v: 2, type: 'merged' },
      { ...event, type: 'merged' },
    ]) {
      const file = fileOf(newer);
      expect(problemsOf([...story.files(), file])).toEqual([
        {
          code: 'newer-format',
          file: file.name,
          message: `written by a newer Countersign (format ${newer.v}, type ${newer.type}): upgrade`,
        },
      ]);
    }
  });

  it('[R-LEDGER-10] reports a subject that names another delivery', () => {
    const { story } = forked();
    const wrong = story.submit('stage:feasibility', { first: sha256('another') });
    expect(problemsOf(story.files())).toEqual([
      { code: 'false-digest', file: `${wrong.id}.json`, message: 'its subject names another delivery' },
    ]);
  });

  it('[R-LEDGER-10] reports a digest that is not that of its subject', () => {
    const { story, base } = forked();
    const body = { ...base.body, subject: { ...base.body.subject, artifacts: [frozen('requirements.md', 'other')] } };
    const { id: _, ...event } = base;
    const file = fileOf({ ...event, body });
    expect(problemsOf([...story.files(), file])).toEqual([
      { code: 'false-digest', file: file.name, message: 'its digest is not that of its subject' },
    ]);
  });

  it('[R-LEDGER-11] hands out no events when anything is wrong, and reports all that is', () => {
    const { story } = forked();
    const problems = problemsOf([
      ...story.files(),
      { name: 'notes.txt', content: '' },
      { name: `${sha256('{')}.json`, content: '{' },
    ]);
    expect(codes(problems).sort()).toEqual(['foreign-file', 'unreadable-event']);
    expect(problems.find((one) => one.code === 'unreadable-event')?.message).toMatch(/^not-json: /);
  });

  it('[R-RULE-17] reports the same problems in the same order whatever the order of the files', () => {
    const { story, base } = forked();
    const files = story.files().filter((file) => !file.name.startsWith(base.id));
    files.push({ name: 'b.txt', content: '' }, { name: 'a.txt', content: '' });
    const problems = problemsOf(files);
    expect(problems.map((one) => one.file)).toEqual(problems.map((one) => one.file).sort());
    expect(problemsOf(files.reverse())).toEqual(problems);
  });
});
