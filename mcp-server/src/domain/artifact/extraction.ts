import { fieldsOf } from './fields.ts';
import { type Outline, sectionOf } from './markdown.ts';

/** What an extracted draft says about its making, in its section Extraction. */
export interface ExtractionNote {
  /** SHA-256 of the stored facts. */
  facts: string;
  /** Folder that was read, relative to the project: '' for the project, else with a slash at the end; or a URL. */
  root: string;
  /** Group of entry points that was chosen; undefined for all. */
  group: string | undefined;
  commit: string | undefined;
}

/** The note of a draft that extraction wrote; undefined for any other artifact. */
export function extractionNoteOf(doc: Outline): ExtractionNote | undefined {
  const section = sectionOf(doc, 'Extraction');
  if (section === undefined) return undefined;
  const fields = fieldsOf(section);
  const value = (key: string) => fields.get(key)?.value ?? '';
  const facts = /^sha256:([0-9a-f]{64})$/.exec(value('facts'))?.[1];
  if (facts === undefined) return undefined;
  const [root, group, commit] = [value('root'), value('group'), value('commit')];
  return {
    facts,
    root: root === '.' ? '' : root,
    group: group === 'all' || group === '' ? undefined : group,
    commit: /^[0-9a-f]{7,64}$/.test(commit) ? commit : undefined,
  };
}
