import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectStories } from '../../mcp-server/src/app/extract-draft.ts';
import { draftDesign } from '../../mcp-server/src/domain/extract/draft/design.ts';
import { draftRequirements } from '../../mcp-server/src/domain/extract/draft/requirements.ts';
import { type DraftSource, reportOf } from '../../mcp-server/src/domain/extract/draft/source.ts';
import { tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
import { draftRunDesign } from '../../mcp-server/src/domain/runs/draft/design.ts';
import { draftRunRequirements } from '../../mcp-server/src/domain/runs/draft/requirements.ts';
import { extractFolder, fixtures } from './fixtures.ts';

/** Documents that were read and found right; `npx vitest run -u` writes them anew. */
const expected = join(import.meta.dirname, '../fixtures/drafts');

async function draft(fixture: string, elsewhere: string | undefined): Promise<[requirements: string, design: string]> {
  const report = await extractFolder(join(fixtures, fixture));
  const stories = selectStories(tellStories(report), undefined)!.slice(0, 4);
  const source: DraftSource = {
    title: `${fixture} as it is`,
    report: reportOf(report, stories),
    stories,
    prefix: elsewhere === undefined ? 'src/' : '',
    elsewhere,
    commit: elsewhere === undefined ? 'c'.repeat(40) : undefined,
    facts: 'f'.repeat(64),
    group: elsewhere === undefined ? undefined : 'a group',
  };
  const ofRuns = fixture === 'agent-runs';
  const requirements = ofRuns ? draftRunRequirements(source) : draftRequirements(source);
  return [requirements.text, ofRuns ? draftRunDesign(source, requirements) : draftDesign(source, requirements)];
}

describe('the draft of automation', () => {
  it.each(readdirSync(fixtures))(
    'in %s says what stands in its files, each statement with its lines',
    async (fixture) => {
      const [requirements, design] = await draft(fixture, undefined);
      await expect(requirements).toMatchFileSnapshot(join(expected, fixture, 'requirements.md'));
      await expect(design).toMatchFileSnapshot(join(expected, fixture, 'design.md'));
    },
  );

  it('that lies elsewhere names its files so', async () => {
    const [requirements, design] = await draft('shell', 'external://scripts/');
    await expect(requirements).toMatchFileSnapshot(join(expected, 'elsewhere', 'requirements.md'));
    await expect(design).toMatchFileSnapshot(join(expected, 'elsewhere', 'design.md'));
  });
});
