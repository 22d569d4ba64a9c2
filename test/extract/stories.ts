import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Story, tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
import { extractFolder } from './fixtures.ts';

/** What is told of files in a folder of their own. */
export async function storiesOf(files: Record<string, string>): Promise<Story[]> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-story-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return tellStories(await extractFolder(folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
