import { describe, expect, it } from 'vitest';
import { LedgerBuilder } from '../../../../test/helpers/ledger-builder.ts';
import { sha256 } from '../hash.ts';
import {
  type Provenance,
  provenanceEvents,
  provenanceText,
  readProvenance,
  type Writer,
  writerText,
} from './provenance.ts';

const writer: Writer = { kind: 'agent', name: 'client', agent: '', model: '', known: 'guard' };
const provenance: Provenance = {
  schema: 'countersign/provenance@1',
  component: 'CMP-1',
  task: 'TSK-1.1',
  plugin: '1.0.0',
  files: [{ path: 'a.sh', sha256: sha256('a'), by: writer, commit: null }],
};

describe('the record of who wrote what', () => {
  it('is read back from its bytes, and nothing else is taken for one', () => {
    expect(readProvenance(provenanceText(provenance))).toEqual(provenance);
    for (const text of [undefined, '', '{', 'null', '{}', provenanceText({ ...provenance, more: 1 } as Provenance)])
      expect(readProvenance(text)).toBeUndefined();
  });

  it('is the last of each component', () => {
    const story = new LedgerBuilder();
    const built = (component: string, text: string) =>
      story.add('built', { task: 'TSK-1.1', component, files: 1, evidence: sha256(text) });
    built('CMP-1', 'first');
    const other = built('CMP-2', 'first');
    const last = built('CMP-1', 'second');
    expect([...provenanceEvents(story.ledger())].map(([component, { id }]) => [component, id])).toEqual([
      ['CMP-1', last.id],
      ['CMP-2', other.id],
    ]);
  });

  it.each<[Partial<Writer>, string]>([
    [{}, 'agent client, seen by the guard'],
    [{ known: 'commit', kind: 'human', name: 'Ada' }, 'human Ada, by its commit'],
    [{ known: 'task', agent: 'builder' }, 'agent client (builder), started TSK-1.1'],
    [{ known: 'check', model: 'm-1' }, 'agent client (model m-1), ran its check'],
    [{ agent: 'builder', model: 'm-1' }, 'agent client (builder, model m-1), seen by the guard'],
  ])('says of %j who it was and how that is known', (more, text) => {
    expect(writerText({ ...writer, ...more }, 'TSK-1.1')).toBe(text);
  });
});
