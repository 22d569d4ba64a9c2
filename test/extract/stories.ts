import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { type Story, tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
import { extractFolder } from './fixtures.ts';

/** What is told of files in a folder of their own. */
export async function storiesOf(files: Record<string, string>): Promise<Story[]> {
  return tellStories(await reportOf(files));
}

/** What is extracted from these files, by their paths. */
export async function reportOf(files: Record<string, string>): Promise<ExtractReport> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-story-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return await extractFolder(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
