import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sourceTree } from '../../mcp-server/src/adapters/extract/walk.ts';
import { extractors } from '../../mcp-server/src/adapters/extractors/catalogue.ts';
import { extract } from '../../mcp-server/src/app/extract.ts';
import type { ExtractReport, Fact } from '../../mcp-server/src/domain/extract/contract.ts';

/** Folder of the extraction fixtures. */
export const fixtures = join(import.meta.dirname, '../fixtures/extract');

export function extractFolder(folder: string): Promise<ExtractReport> {
  return extract({ tree: sourceTree, extractors }, folder);
}

/** Copies a fixture, lets it be changed, extracts it, and removes the copy. */
export async function extractCopy(fixture: string, change: (folder: string) => void): Promise<ExtractReport> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-extract-'));
  try {
    cpSync(join(fixtures, fixture), folder, { recursive: true });
    change(folder);
    return await extractFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export function edit(path: string, change: (text: string) => string): void {
  writeFileSync(path, change(readFileSync(path, 'utf8')));
}

export function factsOf(report: ExtractReport, kind: Fact['kind'], scope?: string): Fact[] {
  return report.facts.filter((fact) => fact.kind === kind && (scope === undefined || fact.scope === scope));
}

export function factOf(report: ExtractReport, id: string): Fact {
  const found = report.facts.find((fact) => fact.id === id);
  if (found === undefined) throw new Error(`no fact ${id} among ${report.facts.map((fact) => fact.id).join('\n')}`);
  return found;
}
