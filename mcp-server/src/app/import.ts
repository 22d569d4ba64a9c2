import type { Skipped, SourceFile } from '../domain/extract/contract.ts';
import { inputFault } from '../domain/fault.ts';
import { errorsIn, type Finding } from '../domain/finding.ts';
import { IMPORTERS, unitsIn } from '../domain/import/catalogue.ts';
import type { Importer, Unit } from '../domain/import/contract.ts';
import { designFirst } from '../domain/import/design-first.ts';
import { type ImportReport, importUnit } from '../domain/import/import.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { asConventionsAsk, createDelivery } from './create.ts';
import type { SourceTree } from './ports/extraction.ts';
import type { Ports } from './ports.ts';
import { validate } from './validate.ts';

/** Larger files are no specifications; bytes. */
const LARGEST = 2 * 1024 * 1024;

/** What a person named: its Markdown files, and what could not be read. */
export interface Sources {
  files: SourceFile[];
  skipped: Skipped[];
}

/** @throws when the root does not exist or cannot be read */
export async function readSources(tree: SourceTree, root: string): Promise<Sources> {
  const sources: Sources = { files: [], skipped: [] };
  const wants = (path: string) => /\.md$/i.test(path);
  for await (const entry of tree.walk(root, { maxFileSize: LARGEST, wants, streams: () => false })) {
    if (entry.kind === 'file') sources.files.push(entry.file);
    else if (entry.kind === 'skipped' && wants(entry.entry.path)) sources.skipped.push(entry.entry);
  }
  return sources;
}

export interface ImportRequest {
  sources: Sources;
  /** A format; undefined for whatever is found. */
  format: string | undefined;
  /** The name of one unit, where there are several. */
  only: string | undefined;
  /** What the project puts before the paths. */
  prefix: string;
  owner: string;
}

export interface ImportedUnit extends ImportReport {
  unit: string;
  format: string;
  title: string;
  /** Whether a design was drafted, too. */
  design: boolean;
}

export interface ImportAnswer {
  delivery: string | null;
  artifacts: string[];
  units: ImportedUnit[];
  skipped: Skipped[];
  findings: Finding[];
}

interface Read extends ImportedUnit {
  requirementsText: string;
  designText: string | undefined;
}

/**
 * What an import would bring, without writing anything.
 *
 * @throws Fault `unknown-format`, `nothing-found`, `unknown-unit`
 */
export function previewImport(request: ImportRequest): Answer<ImportAnswer> {
  const units = readUnits(request).map(shown);
  return {
    said: `${units.length} unit${units.length === 1 ? '' : 's'} of work can be imported; nothing was written.`,
    blocks: [],
    next: units.length === 1 ? 'run it again with --out ID' : 'run it again with --only NAME --out ID',
    data: { delivery: null, artifacts: [], units, skipped: request.sources.skipped, findings: [] },
  };
}

/**
 * Starts a delivery from one unit of work of another tool. With several of them nothing is written: a person chooses.
 *
 * @throws Fault `unknown-format`, `nothing-found`, `unknown-unit`, `delivery-exists`, `bad-delivery-id`
 */
export function importWork(
  ports: Ports,
  request: ImportRequest & { id: string; title: string | undefined; actor: Actor },
): Answer<ImportAnswer> {
  const { id, actor } = request;
  const units = readUnits(request);
  const [one] = units;
  if (one === undefined || units.length > 1)
    return {
      ...previewImport(request),
      said: `Nothing was written: there are ${units.length} units of work here, and a delivery is one of them.`,
      blocks: ['a person chooses which unit the delivery is about'],
    };
  return startWith(ports, { id, title: request.title, actor }, one, request.sources.skipped);
}

/**
 * Starts a delivery from a design or pseudocode: its requirements are concluded, and marked until a person confirms them.
 *
 * @throws Fault `nothing-found`, `delivery-exists`, `bad-delivery-id`
 */
export async function startFromDesign(
  ports: Ports,
  tree: SourceTree,
  request: { id: string; title: string | undefined; file: string; prefix: string; actor: Actor },
): Promise<Answer<ImportAnswer>> {
  const sources: Sources = { files: [], skipped: [] };
  for await (const entry of tree.walk(request.file, { maxFileSize: LARGEST, wants: () => true, streams: () => false }))
    if (entry.kind === 'file') sources.files.push(entry.file);
  const [unit, ...others] = designFirst.units(sources.files);
  if (unit === undefined || others.length > 0)
    throw inputFault({
      code: 'nothing-found',
      message: 'there is no text file of that name',
      expected: 'one file with a design in Markdown, or with pseudocode',
    });
  return startWith(ports, request, readUnit(designFirst, unit, request.prefix, request.actor.name), sources.skipped);
}

function startWith(
  ports: Ports,
  { id, title, actor }: { id: string; title: string | undefined; actor: Actor },
  one: Read,
  skipped: Skipped[],
): Answer<ImportAnswer> {
  createDelivery(ports, { id, title: title ?? one.title, actor });
  ports.deliveries.writeArtifact(id, 'requirements.md', asConventionsAsk(ports, one.requirementsText));
  if (one.designText !== undefined) ports.deliveries.writeArtifact(id, 'design.md', one.designText);
  redraw(ports, id);
  const { findings } = validate(ports, id).data;
  const names = ['requirements.md', ...(one.designText === undefined ? [] : ['design.md'])];
  return {
    said: `Started ${id}: ${one.mapped['requirements']} requirements, ${one.inferred} inferred statements for a person to confirm, ${errorsIn(findings).length} errors.`,
    blocks: [],
    next: `read deliveries/${id}/requirements.md from the end: what was left over stands under Imported text`,
    data: {
      delivery: id,
      artifacts: names.map((name) => `deliveries/${id}/${name}`),
      units: [shown(one)],
      skipped,
      findings,
    },
  };
}

function readUnits({ sources, format, only, prefix, owner }: ImportRequest): Read[] {
  const formats = IMPORTERS.map((importer) => importer.format);
  if (format !== undefined && !formats.includes(format))
    throw inputFault({
      code: 'unknown-format',
      message: `there is no format ${JSON.stringify(format)}`,
      expected: `one of: ${formats.join(', ')}`,
    });
  const found = unitsIn(sources.files, format);
  if (found.length === 0)
    throw inputFault({
      code: 'nothing-found',
      message: `nothing was found there that ${format ?? 'any known format'} could be read from`,
      expected: IMPORTERS.map((importer) => `${importer.format} (${importer.tool})`).join(', '),
      next: 'name the folder that holds the specification; docs/import.md says what each format looks like',
    });
  const chosen =
    only === undefined ? found : found.filter(({ unit }) => unit.name === only || nameOf(unit.name) === only);
  if (chosen.length === 0)
    throw inputFault({
      code: 'unknown-unit',
      message: `there is no unit ${JSON.stringify(only)}`,
      expected: `one of: ${found
        .slice(0, 40)
        .map(({ unit }) => unit.name)
        .join(', ')}${found.length > 40 ? ' ...' : ''}`,
    });
  return chosen.map(({ importer, unit }) => readUnit(importer, unit, prefix, owner));
}

function readUnit(importer: Importer, unit: Unit, prefix: string, owner: string): Read {
  const { title, requirements, design, report } = importUnit(importer, unit, prefix, owner);
  return {
    unit: unit.name,
    format: importer.format,
    title,
    design: design !== undefined,
    ...report,
    requirementsText: requirements,
    designText: design,
  };
}

const nameOf = (unit: string) => unit.split('/').at(-1);

function shown({ requirementsText, designText, ...rest }: Read): ImportedUnit {
  return rest;
}
