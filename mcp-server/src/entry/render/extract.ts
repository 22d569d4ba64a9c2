import type { Answer } from '../../app/answer.ts';
import type { Comparison } from '../../domain/extract/compare.ts';
import type { Coupling, Evidence, ExtractReport, Fact, Gap, Skipped } from '../../domain/extract/contract.ts';
import { titleOf } from '../../domain/extract/story/entry-points.ts';
import { type Group, mostEntriesInOneDraft } from '../../domain/extract/story/groups.ts';
import { byProminence } from '../../domain/extract/story/prominence.ts';
import type { Step } from '../../domain/extract/story/steps.ts';
import type { Story } from '../../domain/extract/story/story.ts';
import { groupBy } from '../../domain/group.ts';
import { paint, printable, type Terminal } from '../terminal.ts';

type Colours = Pick<Terminal, 'colour'>;

const mostSteps = 40;
const mostLines = 12;

/** The whole report for people: what is there, what it does, what it touches, what is missing, what was left out. */
export function reportText(report: ExtractReport, stories: readonly Story[], terminal: Colours): string {
  const files = report.sources.map(({ format, files: count }) => `${format} ${count}`).join(', ');
  const lines = [`Read: ${files === '' ? 'nothing that is known here' : files}`, ''];
  const told = stories.filter(({ entry }) => !entry.sample);
  if (told.length > mostEntriesInOneDraft) {
    lines.push(paint(terminal, 'bold', `${told.length} entry points (--group NAME tells one)`));
    lines.push(...capped(told.map(entryLine), 60), '');
  } else for (const story of told) lines.push(storyText(story, terminal));
  const samples = stories.length - told.length;
  if (samples > 0) lines.push(`${samples} more among tests and examples (--groups)`, '');
  lines.push(...section(terminal, 'It touches', touches(report.couplings)));
  lines.push(...section(terminal, 'Gaps', gapLines(report.gaps)));
  lines.push(...section(terminal, 'Left out', skippedLines(report.skipped)));
  return printable(lines.join('\n')).trimEnd();
}

/** One entry point: how it starts, what it does in which order, and what happens when a step fails. */
export function storyText(story: Story, terminal: Colours): string {
  const { steps } = story;
  const lines = [paint(terminal, 'bold', nameOf(story))];
  lines.push(`  starts: ${startsText(story)}`);
  if (story.hosts.length > 0) lines.push(`  acts on: ${story.hosts.slice(0, 8).map(oneLine).join(', ')}`);
  const required = story.inputs.filter((input) => input.attributes['required'] === true);
  if (story.inputs.length > 0)
    lines.push(`  inputs: ${story.inputs.length}${required.length > 0 ? `, required: ${names(required, 8)}` : ''}`);
  let phase = '';
  let failing = '';
  for (const step of steps.slice(0, mostSteps)) {
    if (step.phase !== phase) {
      phase = step.phase;
      lines.push(`  ${paint(terminal, 'cyan', oneLine(phase))}`);
    }
    lines.push(`    ${String(step.number).padStart(3)}. ${stepText(step)}`);
    if (step.effect === 'write' && step.failure.says !== failing) {
      failing = step.failure.says;
      lines.push(`         ${paint(terminal, 'dim', `if it fails: ${failing}`)}`);
    }
  }
  if (steps.length > mostSteps) lines.push(`    and ${steps.length - mostSteps} more steps`);
  if (steps.length === 0) lines.push('  no step was seen');
  const intents: [string, readonly Fact[]][] = [
    ['asks a person', story.approvals],
    ['checks', story.checks],
    ['way back', story.rollbacks],
    ['in batches', story.batches],
  ];
  for (const [what, facts] of intents) if (facts.length > 0) lines.push(`  ${what}: ${names(facts, 5)}`);
  return `${lines.join('\n')}\n`;
}

export function groupsText(groups: readonly Group[], path: string): string {
  const lines = groups.flatMap(({ name, stories }) => [
    `${name}: ${stories.length} entry point${stories.length === 1 ? '' : 's'}`,
    ...capped(stories.map(entryLine), mostLines).map((line) => `  ${line}`),
  ]);
  const [main] = byProminence(groups.flatMap(({ stories }) => stories));
  const first = main === undefined ? [] : [`the main entry point seems to be ${main.entry.name}`];
  return printable(
    [...lines, '', ...first, `countersign extract ${path} --group NAME tells what one of them does`].join('\n'),
  );
}

/** What moved since a delivery was drafted, by id. */
export function comparisonText({ said, next, data }: Answer<Comparison>): string {
  const { facts, couplings, gaps } = data;
  const lines = [
    said,
    ...capped(
      facts.added.map((fact) => `  + ${oneLine(fact.id)}  ${placeText(fact.evidence)}`),
      40,
    ),
    ...capped(
      facts.removed.map((fact) => `  - ${oneLine(fact.id)}  was ${placeText(fact.evidence)}`),
      40,
    ),
    ...capped(
      facts.changed.map(
        ({ after, keys }) => `  ~ ${oneLine(after.id)} (${keys.join(', ')})  ${placeText(after.evidence)}`,
      ),
      40,
    ),
    ...couplings.added.map((tie) => `  + touches ${oneLine(tie.system)} (${tie.class})  ${placeText(tie.evidence)}`),
    ...couplings.removed.map((tie) => `  - touched ${oneLine(tie.system)} (${tie.class})`),
    ...gaps.added.map((gap) => `  ! ${gap.severity} ${gap.rule}: ${oneLine(gap.message)}  ${placeText(gap.evidence)}`),
    ...gaps.grown.map(
      (gap) => `  ! ${gap.severity} ${gap.rule} grew: ${oneLine(gap.message)}  ${placeText(gap.evidence)}`,
    ),
    ...gaps.removed.map((gap) => `  mended ${gap.rule}: ${oneLine(gap.message)}`),
    `  ${gaps.known} gaps of the baseline are still there`,
  ];
  return printable([...lines, ...(next === '' ? [] : [`  next ${next}`])].join('\n'));
}

/** The title with its kind; that of the top folder with the dot that --group takes. */
function nameOf({ entry }: Story): string {
  const name = oneLine(titleOf(entry));
  return name.startsWith(`${entry.kind} of `) ? `${name} (.)` : `${name} (${entry.kind})`;
}

function entryLine(story: Story): string {
  const { steps, systems } = story;
  const writes = steps.filter((step) => step.effect === 'write').length;
  const elsewhere = steps.filter((step) => step.elsewhere).length;
  const kept = elsewhere === 0 ? '' : `, ${elsewhere} kept elsewhere`;
  const tied = [...new Set(systems.map((tie) => tie.system))];
  const touching = tied.length === 0 ? '' : `, ${tied.slice(0, 4).join(' ')}${tied.length > 4 ? ' ...' : ''}`;
  return `${nameOf(story)}: ${steps.length} step${steps.length === 1 ? '' : 's'}, ${writes} write${writes === 1 ? 's' : ''}${kept}${touching}`;
}

/** What starts an entry point, in words. */
export function startsText({ entry }: Story): string {
  const events = entry.triggers.map(({ name, attributes }) => {
    const detail = attributes['schedule'] ?? attributes['branches'];
    return detail === undefined ? name : `${name} (${Array.isArray(detail) ? detail.join(', ') : String(detail)})`;
  });
  return events.length > 0 ? events.map(oneLine).join(', ') : 'by hand, as far as the files say';
}

function stepText({ fact, effect, object, elsewhere, systems, onlyOnFailure, onlyOnNotice, conditions }: Step): string {
  const parts = [oneLine(fact.name)];
  if (onlyOnFailure) parts.push('(only after a failure)');
  if (onlyOnNotice) parts.push('(only when notified)');
  if (conditions.length > 0)
    parts.push(`(only if ${conditions.slice(0, 2).map(oneLine).join(', ')}${conditions.length > 2 ? ' ...' : ''})`);
  if (object !== undefined && !fact.name.includes(object)) parts.push(`[${oneLine(object)}]`);
  if (effect !== undefined) parts.push(effect === 'write' ? 'writes' : 'reads');
  if (elsewhere) parts.push('kept elsewhere');
  if (systems.length > 0) parts.push(`-> ${systems.slice(0, 3).join(', ')}`);
  return `${parts.join(' ')}  ${placeText(fact.evidence)}`;
}

function touches(couplings: readonly Coupling[]): string[] {
  return [...groupBy(couplings, (tie) => tie.system)].map(([system, ties]) => {
    const how = ties.map((tie) => `${tie.class} (${tie.swap}, ${tie.consumers.length} use it)`).join(', ');
    return `${oneLine(system)}: ${how}  ${placeText(ties.flatMap((tie) => tie.evidence))}`;
  });
}

function gapLines(gaps: readonly Gap[]): string[] {
  const rank = { error: 0, warning: 1, info: 2 };
  return [...groupBy(gaps, (gap) => `${gap.severity} ${gap.rule}`)]
    .sort(([, [a]], [, [b]]) => rank[a!.severity] - rank[b!.severity])
    .map(
      ([name, found]) => `${name}: ${found.length}  ${oneLine(found[0]!.message)}  ${placeText(found[0]!.evidence)}`,
    );
}

function skippedLines(skipped: readonly Skipped[]): string[] {
  return [...groupBy(skipped, (one) => one.reason)].map(([reason, found]) => {
    const first = found.slice(0, 3).map(({ path, line, detail }) => {
      const place = `${oneLine(path)}${line === undefined ? '' : `:${line}`}`;
      return detail === undefined ? place : `${place} (${oneLine(detail)})`;
    });
    return `${reason}: ${found.length}  ${first.join(', ')}`;
  });
}

function section(terminal: Colours, title: string, lines: readonly string[]): string[] {
  if (lines.length === 0) return [];
  return [paint(terminal, 'bold', title), ...capped(lines, 30).map((line) => `  ${line}`), ''];
}

function capped(lines: readonly string[], most: number): string[] {
  return lines.length <= most ? [...lines] : [...lines.slice(0, most), `and ${lines.length - most} more`];
}

function placeText([first, ...more]: readonly Evidence[]): string {
  if (first === undefined) return '';
  return `${oneLine(first.path)}:${first.line}${more.length > 0 ? ` (+${more.length})` : ''}`;
}

function names(facts: readonly Fact[], most: number): string {
  const shown = facts.slice(0, most).map((fact) => oneLine(fact.name));
  return `${shown.join(', ')}${facts.length > most ? ` and ${facts.length - most} more` : ''}`;
}

/** Names come from files: one line, and short. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 90 ? `${line.slice(0, 89)}…` : line;
}
