/**
 * What extraction says: the JSON contract `countersign/extract@1` (docs/cli.md) and the shape of a plug-in.
 * Extractors are pure: text in, facts out. Reading folders, limits and caching belong to the adapter that feeds them.
 */

/** What a fact is about; the closed list of the contract. */
export type FactKind =
  | 'input'
  | 'output'
  | 'value'
  | 'resource'
  | 'data'
  | 'module'
  | 'provider'
  | 'play'
  | 'role'
  | 'task'
  | 'handler'
  | 'job'
  | 'step'
  | 'stage'
  | 'service'
  | 'image'
  | 'workflow'
  | 'entrypoint'
  | 'phase'
  | 'decision'
  | 'approval'
  | 'check'
  | 'rollback'
  | 'batch'
  | 'system'
  | 'secret';

/**
 * observed: the evidence says it. inferred: a rule concluded it (attributes.rule names it).
 * unresolved: dynamic (attributes.candidates lists what it may be). absent: looked for and not seen, never "not needed".
 */
export type FactStatus = 'observed' | 'inferred' | 'unresolved' | 'absent';

/** A place in a source file; lines count from 1, endLine is inclusive, path is relative to the root with "/". */
export interface Evidence {
  path: string;
  line: number;
  endLine: number;
}

export type AttributeValue =
  | string
  | number
  | boolean
  | null
  | readonly AttributeValue[]
  | { readonly [key: string]: AttributeValue };

export interface Fact {
  /** `<format>/<kind>/<scope>/<name>`, with `#2`, `#3` ... for further facts of the same name, in source order. */
  id: string;
  format: string;
  kind: FactKind;
  /** Folder of the module, role or chart relative to the root (`.` for the root), or the workflow's, job's or session's name. */
  scope: string;
  name: string;
  status: FactStatus;
  evidence: Evidence[];
  attributes: { readonly [key: string]: AttributeValue };
}

export type RelationKind = 'calls' | 'includes' | 'reads' | 'writes' | 'depends-on';

export interface Relation {
  from: string;
  to: string;
  kind: RelationKind;
}

export interface Coupling {
  system: string;
  /** How the tie is made: provider, module, collection, image, host, cli, api, action, backend, adapter ... */
  class: string;
  swap: 'rename' | 're-parameterise' | 'rewrite';
  evidence: Evidence[];
  /** Ids of the facts that use it. */
  consumers: string[];
}

/** From the least. */
export const severities = ['info', 'warning', 'error'] as const;
export type Severity = (typeof severities)[number];

export interface Gap {
  rule: string;
  severity: Severity;
  scope: string;
  evidence: Evidence[];
  /** One sentence: what was expected and not seen. Never a secret's value. */
  message: string;
}

export interface Skipped {
  path: string;
  reason: 'binary' | 'too-large' | 'outside-root' | 'unreadable' | 'unparsed';
  line?: number;
  /** Why, where the reason does not say enough: what a platform answered. */
  detail?: string;
}

/** The whole answer of `countersign extract PATH --json`. */
export interface ExtractReport {
  schema: 'countersign/extract@1';
  root: '.';
  sources: { format: string; files: number }[];
  facts: Fact[];
  relations: Relation[];
  couplings: Coupling[];
  gaps: Gap[];
  skipped: Skipped[];
}

/** One file of the tree that is read: path relative to the root with "/", text decoded from UTF-8. */
export interface SourceFile {
  path: string;
  text: string;
}

/**
 * A tie that one file alone cannot resolve: another fact by name, or another file by path. The linker turns it into a
 * relation once every file has been read; a target that is dynamic carries `candidates` patterns instead.
 */
export interface Reference {
  /** Id of the fact that refers. */
  from: string;
  kind: RelationKind;
  /** Any fact of these kinds with this name, in this scope if one is given; or the facts of a file, or of the files of a folder; or a glob for a dynamic one. */
  target:
    | { by: 'name'; format?: string; kinds: readonly FactKind[]; name: string; scope?: string }
    | { by: 'path'; format?: string; path: string; kinds?: readonly FactKind[] }
    | { by: 'pattern'; glob: string };
  evidence: Evidence;
}

/** What one extractor says about one file. Facts come in source order. */
export interface FileExtraction {
  facts: Fact[];
  references: Reference[];
  couplings: Coupling[];
  gaps: Gap[];
  skipped: Skipped[];
}

/** A format's plug-in, registered by one line in the catalogue. */
export interface Extractor {
  /** Name of the format: terraform, ansible, kubernetes, helm, dockerfile, compose, github-actions ... */
  format: string;
  /** Files of this format may be larger than others, unless the caller sets a limit; bytes. */
  maxFileSize?: number;
  /** Cheap: decides by path, and where a path is not enough by the first 4 KiB of the text. */
  matches(path: string, head: string): boolean;
  /** Pure and total: what cannot be parsed becomes a `skipped` entry with its line, never an exception. */
  extract(file: SourceFile): FileExtraction;
  /** Pure: what only all files together tell, such as that what one uses another declares. Leaves other formats' files alone. */
  settle?<T extends { format: string; extraction: FileExtraction }>(files: readonly T[]): T[];
}
