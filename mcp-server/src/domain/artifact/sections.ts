import type { ArtifactName } from '../stage.ts';

/** What a section holds, and in which form. */
export interface SectionFacts {
  title: string;
  /** What a reader finds here; also the advice where it is missing. */
  holds: string;
  /** Whether a reviewer cannot decide without it. */
  required?: true;
  /** Prefix of the ids of its entries. */
  prefix?: string;
  /** `blocks`: headings; `entries`: headings or list items; `table`: rows. */
  form?: 'blocks' | 'entries' | 'table';
  columns?: readonly string[];
}

/** The sections that are read, by artifact (docs/artifacts.md). Any other section is prose and kept as it is. */
export const SECTIONS: Partial<Record<ArtifactName, readonly SectionFacts[]>> = {
  'requirements.md': [
    { title: 'Problem', holds: 'what is wrong today, and for whom', required: true },
    { title: 'Goal', holds: 'what will be different, in terms someone can check', required: true },
    { title: 'Scope', holds: 'what is in scope and what is out of scope', required: true },
    { title: 'Capabilities', holds: 'what the platform has to offer', prefix: 'CAP', form: 'blocks' },
    {
      title: 'Systems',
      holds: 'the roles that other systems play',
      prefix: 'SYS',
      form: 'table',
      columns: ['ID', 'System', 'Purpose', 'Required', 'If not available'],
    },
    {
      title: 'Requirements',
      holds: 'what the automation SHALL do, each requirement with its acceptance criteria',
      required: true,
      prefix: 'REQ',
      form: 'blocks',
    },
    { title: 'Risks', holds: 'what may go wrong', prefix: 'RSK', form: 'blocks' },
    { title: 'Limits', holds: 'the bounds of one run', form: 'table', columns: ['Limit', 'Value'] },
    { title: 'Constraints', holds: 'what the solution has to respect', prefix: 'CON', form: 'entries' },
    { title: 'Questions', holds: 'what is not settled yet', prefix: 'Q', form: 'entries' },
  ],
  'feasibility.md': [
    {
      title: 'Findings',
      holds: 'what was found about every capability and system',
      required: true,
      form: 'table',
      columns: ['Need', 'Status', 'Fact', 'Evidence'],
    },
    {
      title: 'Feasibility constraints',
      holds: 'what makes a weak finding workable',
      prefix: 'FC',
      form: 'entries',
    },
    { title: 'Open questions', holds: 'what could not be found out', prefix: 'Q', form: 'entries' },
  ],
  'design.md': [
    { title: 'Decisions', holds: 'what was chosen and why', prefix: 'DEC', form: 'blocks' },
    {
      title: 'Bindings',
      holds: 'which system fills each role',
      form: 'table',
      columns: ['Role', 'System', 'Adapter', 'Version'],
    },
    { title: 'Components', holds: 'what is built, and where it lies', required: true, prefix: 'CMP', form: 'blocks' },
    { title: 'Verification', holds: 'how each criterion is checked', required: true, prefix: 'CHK', form: 'blocks' },
    {
      title: 'Configuration',
      holds: 'every variable that an environment sets',
      form: 'table',
      columns: ['Name', 'Required', 'Format', 'Default', 'Secret', 'Meaning'],
    },
    { title: 'Rollback', holds: 'how to get back to where things were', required: true },
  ],
};
