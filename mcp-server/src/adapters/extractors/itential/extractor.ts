import { buildFile } from '../../../domain/extract/build.ts';
import type { Extractor } from '../../../domain/extract/contract.ts';
import { parseJson } from '../json/tree.ts';
import { documentsOf, type ExportDocument, looksLikeExport } from './documents.ts';
import { withoutPrefix } from './names.ts';
import { partFacts } from './parts.ts';
import type { ExportContext } from './task-facts.ts';
import { workflowFacts } from './workflow.ts';

/**
 * Exports of the Itential Platform: workflows, automations, projects and what they hold, in every envelope that is known,
 * told by content. Scope: the file and the name of the workflow or part.
 */
export const itential: Extractor = {
  format: 'itential',
  // Projects hold pictures and whole workflows in one file.
  maxFileSize: 16 * 1024 * 1024,
  matches: looksLikeExport,
  extract(source) {
    const file = buildFile('itential', source, source.path);
    const { root, badLine } = parseJson(source.text);
    if (badLine !== undefined) file.skip('unparsed', badLine);
    const { projects, documents } = documentsOf(root);
    for (const project of projects)
      file.fact({
        kind: 'module',
        name: project.name,
        at: project.at,
        attributes: { type: 'project', folders: project.folders, external: true },
      });
    const scopes = scopesOf(source.path, documents);
    const context = contextOf(scopes);
    for (const [document, scope] of scopes)
      if (document.kind === 'workflow') workflowFacts(file, document, scope, context);
      else partFacts(file, document, scope, context);
    return file.done();
  },
};

/** One scope a document; names that repeat in a file are told apart by their number. */
function scopesOf(path: string, documents: readonly ExportDocument[]): Map<ExportDocument, string> {
  const seen = new Map<string, number>();
  return new Map(
    documents.map((document) => {
      const base = `${path}:${document.name}`;
      const count = (seen.get(base) ?? 0) + 1;
      seen.set(base, count);
      return [document, count === 1 ? base : `${base} (${count})`];
    }),
  );
}

function contextOf(scopes: ReadonlyMap<ExportDocument, string>): ExportContext {
  const known = new Map<string, { scope: string; name: string }>();
  for (const [{ kind, ids, name }, scope] of scopes) {
    if (kind === 'automation' || kind === 'agent') continue;
    for (const id of ids) {
      const key = `${kind === 'workflow' ? 'workflow' : 'module'} ${id}`;
      if (!known.has(key)) known.set(key, { scope, name });
    }
  }
  return { scopeOf: (kind, id) => known.get(`${kind} ${id}`) ?? known.get(`${kind} ${withoutPrefix(id)}`) };
}
