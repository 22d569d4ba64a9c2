import * as z from 'zod';
import { ITENTIAL_LOG_IN } from '../probes/itential-session.ts';
import { defineProbe } from '../probes/probe.ts';

/** A document as the platform gives it. */
export type Document = Record<string, unknown>;

const document = z.record(z.string(), z.unknown());
const documents = z.array(document);
/** Refined, not an object with known keys: those would be put first, and the lines be others than in an export. */
const workflow = document.refine((one) => typeof one['tasks'] === 'object', 'has no tasks');
/** A list by page, with how many there are in all. */
export interface List {
  items: Document[];
  total: number | undefined;
}

const inItems = z.object({ items: documents, total: z.int() });
const inResults = z
  .object({ results: documents, total: z.int() })
  .transform((page): List => ({ ...page, items: page.results }));
const inData = z
  .object({ data: documents, metadata: z.object({ total: z.int() }) })
  .transform(({ data, metadata }): List => ({ items: data, total: metadata.total }));
const inDataItems = z.object({ data: inItems }).transform(({ data }): List => data);
/** A list that comes whole. */
const whole = documents.transform((items): List => ({ items, total: items.length }));
const wrapped = z.object({ data: document }).transform(({ data }) => data);

/** Lists of names come by the hundred; whole documents in pages that stay below the longest answer. */
const names = 'limit=100&skip={skip}&sort=_id&order=1';
const bodies = 'limit=25&skip={skip}&sort=_id&order=1';

/** One kind of thing that the platform holds, and how an export of it is put together. */
export interface Shelf {
  /** Folder of its files. */
  folder: string;
  list: string;
  page: z.ZodType<List>;
  /** The call for one item and what it answers; undefined where the list holds everything. */
  one?: { call: string; by: 'id' | 'name'; schema: z.ZodType<Document> };
}

/** Everything that is read, in this order. */
export const SHELVES: readonly Shelf[] = [
  { folder: 'projects', list: 'projects', page: inData, one: { call: 'project', by: 'id', schema: wrapped } },
  { folder: 'workflows', list: 'workflows', page: inItems, one: { call: 'workflow', by: 'name', schema: workflow } },
  { folder: 'automations', list: 'automations', page: inData },
  { folder: 'triggers', list: 'triggers', page: inData },
  { folder: 'templates', list: 'templates', page: inItems },
  { folder: 'transformations', list: 'transformations', page: inResults },
  { folder: 'forms', list: 'forms', page: whole, one: { call: 'form', by: 'id', schema: document } },
  { folder: 'command-templates', list: 'command-templates', page: whole },
  { folder: 'analytic-templates', list: 'analytic-templates', page: whole },
  {
    folder: 'golden-configs',
    list: 'golden-configs',
    page: whole,
    // The export of a tree keeps its envelope, as its file does.
    one: { call: 'golden-config', by: 'id', schema: z.object({ data: documents }) },
  },
  { folder: 'agents', list: 'agents', page: inDataItems, one: { call: 'agent', by: 'id', schema: wrapped } },
];

/** What reading an Itential Platform may ask: GETs, and one POST that only asks. */
export const itentialExport = defineProbe({
  name: 'itential',
  answers: 'the documents that an export of the platform holds',
  needs: 'probes.systems with kind itential; a client or a user with its secret',
  strips: 'tokens',
  calls: {
    ...ITENTIAL_LOG_IN,
    projects: { get: `/automation-studio/projects?${names}` },
    project: { get: '/automation-studio/projects/{id}/export' },
    workflows: { get: `/automation-studio/workflows?include=_id,name&${names}` },
    workflow: { get: '/automation-studio/workflows/detailed/{id}' },
    automations: { get: `/operations-manager/automations?${names}` },
    triggers: { get: `/operations-manager/triggers?${bodies}` },
    templates: { get: `/automation-studio/templates?${bodies}` },
    transformations: { get: `/transformations?${bodies}` },
    forms: { get: '/json-forms/forms' },
    form: { get: '/json-forms/forms/{id}' },
    'command-templates': { get: '/mop/listTemplates' },
    'analytic-templates': { get: '/mop/listAnalyticTemplates' },
    'golden-configs': { get: '/configuration_manager/configs' },
    'golden-config': { post: '/configuration_manager/export/goldenconfigs' },
    agents: { get: `/agent-project-service/projects?${names}` },
    agent: { get: '/agent-project-service/project-bundles/{id}/export' },
  },
  targets: () => [],
  look: () => {},
});
