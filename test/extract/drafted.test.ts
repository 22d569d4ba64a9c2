import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { selectStories } from '../../mcp-server/src/app/extract-draft.ts';
import type { ExtractReport, Fact } from '../../mcp-server/src/domain/extract/contract.ts';
import { draftDesign } from '../../mcp-server/src/domain/extract/draft/design.ts';
import { draftRequirements } from '../../mcp-server/src/domain/extract/draft/requirements.ts';
import { type DraftSource, reportOf } from '../../mcp-server/src/domain/extract/draft/source.ts';
import { type Story, tellStories } from '../../mcp-server/src/domain/extract/story/story.ts';
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

/** One line for each thing that a report says; of runs of agents, whose facts are made in the domain, with all attributes. */
function told({ sources, facts, relations, couplings, gaps, skipped }: ExtractReport): string {
  const at = (evidence: readonly { path: string; line: number; endLine: number }[]) =>
    evidence.map(({ path, line, endLine }) => `${path}:${line}-${endLine}`).join(' ');
  const lines = [
    ...sources.map((one) => `source ${one.format}: ${one.files}`),
    ...facts.map((fact) =>
      fact.format === 'agent-runs'
        ? `fact ${fact.id} | ${fact.status} | ${at(fact.evidence)} | ${JSON.stringify(fact.attributes)}`
        : `fact ${fact.id} | ${fact.status} | ${at(fact.evidence)}`,
    ),
    ...relations.map(({ from, kind, to }) => `relation ${from} ${kind} ${to}`),
    ...couplings.map(
      (tie) => `tie ${tie.system} | ${tie.class} | ${tie.swap} | ${at(tie.evidence)} | ${tie.consumers.join(' ')}`,
    ),
    ...gaps.map((gap) => `gap ${gap.rule} | ${gap.severity} | ${gap.scope} | ${at(gap.evidence)}`),
    ...skipped.map((one) => `skipped ${JSON.stringify(one)}`),
  ];
  return `${lines.join('\n')}\n`;
}

const places = (evidence: Fact['evidence']) => evidence.map(({ path, line, endLine }) => `${path}:${line}-${endLine}`);

/** All that a story says, one line for each step, phase and thing that belongs to it. */
function toldStory(story: Story): string {
  const { entry, steps, phases, hosts, systems, gaps, files, facts, ...kinds } = story;
  const lines = [
    `# ${entry.name} | ${entry.kind} | ${entry.format} | ${entry.folder}${entry.sample ? ' | sample' : ''}`,
    ...entry.heads.map((fact) => `head ${fact.id}`),
    ...entry.triggers.map((fact) => `trigger ${fact.id}`),
    ...steps.flatMap((step) => [
      `step ${step.number} ${step.fact.id} | ${step.phase} | ${step.effect} ${step.object} | ${step.systems}`,
      `  ${step.failure.outcome}, by ${step.failure.rule}${step.failure.retries === undefined ? '' : `, retried ${step.failure.retries}`}: ${step.failure.says}`,
      ...step.failure.by.map((fact) => `  met by ${fact.id}`),
      ...(step.onlyOnFailure ? ['  only on failure'] : []),
      ...(step.onlyOnNotice ? ['  only on notice'] : []),
      ...step.conditions.map((condition) => `  when ${condition}`),
    ]),
    ...phases.map(
      ({ name, from, to, writes, evidence }) => `phase ${name} | ${from}-${to}, ${writes} writes | ${places(evidence)}`,
    ),
    ...hosts.map((host) => `host ${host}`),
    ...Object.entries(kinds).flatMap(([kind, members]) => members.map((fact) => `${kind} ${fact.id}`)),
    ...systems.map((tie) => `tie ${tie.system} | ${tie.class} | ${places(tie.evidence)} | ${tie.consumers.join(' ')}`),
    ...gaps.map((gap) => `gap ${gap.rule} | ${places(gap.evidence)}`),
    ...files.map((file) => `file ${file}`),
    ...[...facts].sort().map((id) => `fact ${id}`),
  ];
  return `${lines.join('\n')}\n`;
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

  it.each(readdirSync(fixtures))(
    'in %s rests on facts, ties and gaps that are listed, and tells the stories of its entry points',
    async (fixture) => {
      const report = await extractFolder(join(fixtures, fixture));
      await expect(told(report)).toMatchFileSnapshot(join(expected, fixture, 'facts.txt'));
      await expect(tellStories(report).map(toldStory).join('\n')).toMatchFileSnapshot(
        join(expected, fixture, 'stories.txt'),
      );
    },
  );

  it('that lies elsewhere names its files so', async () => {
    const [requirements, design] = await draft('shell', 'external://scripts/');
    await expect(requirements).toMatchFileSnapshot(join(expected, 'elsewhere', 'requirements.md'));
    await expect(design).toMatchFileSnapshot(join(expected, 'elsewhere', 'design.md'));
  });
});
