import { readDesign } from '../domain/artifact/design.ts';
import type { Workspace } from '../domain/build/manifest.ts';
import { ownersOf } from '../domain/build/owned.ts';
import { isElsewhere, matchesPattern } from '../domain/build/paths.ts';
import { designBlocks } from '../domain/delivery.ts';
import { dependenciesOf } from '../domain/dependencies/dependencies.ts';
import type { ExtractReport } from '../domain/extract/contract.ts';
import type { Finding } from '../domain/finding.ts';
import type { Actor } from '../domain/ledger/event.ts';
import { redact } from '../domain/redact.ts';
import { scanBlocks } from '../domain/scan/blocks.ts';
import { SCAN_TOOLS } from '../domain/scan/catalogue.ts';
import { differencesOf } from '../domain/scan/differences.ts';
import { scanInputs, scanOf } from '../domain/scan/recorded.ts';
import { boundedFindings, type ScanReport, scanText, type ToolRun } from '../domain/scan/report.ts';
import type { ScanTool, Targets } from '../domain/scan/tool.ts';
import { gateOf, isStage } from '../domain/stage.ts';
import { redraw } from './after.ts';
import type { Answer } from './answer.ts';
import { append } from './append.ts';
import { extract } from './extract.ts';
import { type Loaded, load } from './load.ts';
import { nextStep } from './next-step.ts';
import { overTexts } from './over-texts.ts';
import type { ExtractPorts } from './ports/extraction.ts';
import type { Ports } from './ports.ts';

export interface Scanned {
  delivery: string;
  evidence: string | null;
  report: ScanReport | null;
}

/** Larger files are named as skipped. */
const MAX_FILE = 2 * 1024 * 1024;
/** A program that prints more than this about one delivery says nothing that anybody reads. */
const KEPT_BYTES = 16 * 1024 * 1024;

/**
 * Looks at the delivered files with what is installed here and with what is built in, and records it: linters, security
 * scanners, gap rules, dependencies, differences from the design. The same files, design and programs record nothing new.
 */
export async function scan(ports: Ports, extraction: ExtractPorts, id: string, actor: Actor): Promise<Answer<Scanned>> {
  const loaded = load(ports, id);
  const blocks = designBlocks(loaded.state);
  const none: Scanned = { delivery: id, evidence: null, report: null };
  if (blocks.length > 0) return { said: 'Nothing was scanned.', blocks, next: nextStep(loaded), data: none };
  const report = await look(ports, extraction, loaded);
  const after = load(ports, id).read;
  if (scanInputs(after.workspace, after.artifacts['design.md'] ?? '') !== report.inputs)
    return {
      said: 'Nothing was recorded.',
      blocks: ['the files changed while they were scanned'],
      next: `countersign scan ${id}`,
      data: none,
    };
  const evidence = ports.deliveries.storeEvidence(id, scanText(report), 'json');
  append(ports, id, (ledger) => {
    if (scanOf(ledger, report.inputs)?.body.evidence === evidence) return undefined;
    const { error: errors, warning: warnings } = report.counts;
    const differences = report.differences.map((one) => one.key);
    const notRun = report.tools.filter((one) => one.state !== 'ran').map((one) => one.name);
    return { type: 'scanned', actor, body: { inputs: report.inputs, evidence, errors, warnings, differences, notRun } };
  });
  const now = redraw(ports, id);
  const { counts } = report;
  return {
    said: `Scanned ${loaded.read.workspace.files.length} files of ${id}: ${counts.error} errors, ${counts.warning} warnings, ${report.differences.length} differences from the design.`,
    blocks: scanBlocks(now.read, now.state),
    next: nextStep(now),
    data: { delivery: id, evidence, report },
  };
}

/** Scans before Build is submitted, unless exactly this was scanned; what it says is seen at the review. */
export async function scanForBuild(
  ports: Ports,
  extraction: () => Promise<ExtractPorts>,
  { id, stage, actor }: { id: string; stage: string; actor: Actor },
): Promise<void> {
  if (!isStage(stage)) return;
  const { read, state } = load(ports, id);
  const design = read.artifacts['design.md'];
  if (!gateOf(state.settled.track, stage).covers.includes('build')) return;
  if (design === undefined || designBlocks(state).length > 0 || state.manifest.missing.length > 0) return;
  if (scanOf(read.ledger, scanInputs(read.workspace, design)) !== undefined) return;
  await scan(ports, await extraction(), id, actor);
}

async function look(ports: Ports, extraction: ExtractPorts, { read, state }: Loaded): Promise<ScanReport> {
  const design = state.design!;
  const { texts, skipped } = textsOf(ports, read.workspace);
  const extracted = await extract(overTexts(extraction, texts), '.');
  const formats = formatsOf(extracted);
  const targets: Targets = { paths: [...texts.keys()], formats };
  const findings: Finding[] = extracted.gaps.map((gap) => ({
    rule: `gap/${gap.rule}`,
    severity: gap.severity,
    path: gap.evidence[0]?.path ?? gap.scope,
    line: gap.evidence[0]?.line ?? 1,
    message: gap.message,
    fix: `see ${gap.rule}`,
  }));
  const tools: ToolRun[] = [{ name: 'gap rules', purpose: 'built-in', state: 'ran', version: '', why: '' }];
  const fitting = SCAN_TOOLS.map((tool) => ({ tool, calls: tool.calls(targets) })).filter(
    ({ calls }) => calls.length > 0,
  );
  const { timeout } = read.policy.checks;
  for (const { run, found } of await Promise.all(
    fitting.map(({ tool, calls }) => runTool(ports, tool, calls, timeout)),
  )) {
    tools.push(run);
    // One by one: a program may say more than a call takes as arguments.
    for (const one of found) if (texts.has(one.path)) findings.push(one);
  }
  const owners = ownersOf(design.components, read.workspace);
  const text = read.artifacts['design.md']!;
  return {
    schema: 'countersign/scan@1',
    inputs: scanInputs(read.workspace, text),
    tools,
    ...boundedFindings(findings.map((one) => ({ ...one, message: redact(one.message) }))),
    skipped: [...skipped, ...extracted.skipped.map(({ path, reason }) => ({ path, reason }))],
    dependencies: dependenciesOf({
      facts: extracted.facts,
      texts,
      formats,
      components: design.components,
      design: text,
    }),
    differences: differencesOf({
      design,
      workspace: read.workspace,
      ledger: read.ledger,
      couplings: extracted.couplings,
      ownerOf: (path) => owners.get(path)?.[0],
      unowned: await unowned(ports, read.id),
      written: new Set(ports.writes.under(read.id)),
      settings: new Map(SCAN_TOOLS.flatMap((tool) => tool.settings.map((name) => [name, tool.name] as const))),
    }),
  };
}

function textsOf(ports: Ports, workspace: Workspace) {
  const texts = new Map<string, string>();
  const skipped: { path: string; reason: string }[] = [];
  for (const { path } of workspace.files) {
    const text = ports.files.read(path) ?? '';
    if (text.includes('\0')) skipped.push({ path, reason: 'binary' });
    else if (text.length > MAX_FILE) skipped.push({ path, reason: 'too-large' });
    else texts.set(path, text);
  }
  return { texts, skipped };
}

function formatsOf({ facts }: ExtractReport): Map<string, Set<string>> {
  const formats = new Map<string, Set<string>>();
  for (const { format, evidence } of facts)
    for (const { path } of evidence) formats.set(path, (formats.get(path) ?? new Set()).add(format));
  return formats;
}

/** Runs one program over everything that it can judge; without a shell, in the clean environment that checks get. */
async function runTool(
  ports: Ports,
  tool: ScanTool,
  calls: readonly string[][],
  timeout: number,
): Promise<{ run: ToolRun; found: Finding[] }> {
  const start = (args: readonly string[]) =>
    ports.programs.run([tool.name, ...args], {
      directory: '.',
      timeoutMs: timeout * 1000,
      keptBytes: KEPT_BYTES,
      env: [],
      set: QUIET,
    });
  const base = { name: tool.name, purpose: tool.purpose };
  const asked = await start(tool.version);
  if (asked === undefined) return { run: { ...base, state: 'absent', version: '', why: '' }, found: [] };
  const version = versionIn(asked.stdout.text) || versionIn(asked.stderr.text);
  const found: Finding[] = [];
  const whys = new Set<string>();
  // What it finds counts; that it finds nothing does not, because whoever wrote the files may have written it, too.
  const own = ports.programs.inProject(tool.name);
  if (own !== undefined) whys.add(`it lies in the project that it judges: ${own}`);
  for (const args of calls) {
    const ran = await start(args);
    const printed = ran && { exit: ran.exit, out: ran.stdout.text, err: ran.stderr.text };
    const answer =
      printed === undefined || ran?.timedOut
        ? { unusable: 'it was ended at the time limit' }
        : tool.read(printed, args);
    if (Array.isArray(answer)) for (const one of answer) found.push(one);
    else whys.add(redact(answer.unusable));
  }
  const why = [...whys].join('; ').slice(0, 400);
  return { run: { ...base, state: whys.size === 0 ? 'ran' : 'unusable', version, why }, found };
}

/** Linters print colours and look for newer versions of themselves unless they are told. */
const QUIET = { NO_COLOR: '1', CHECKPOINT_DISABLE: '1', DO_NOT_TRACK: '1' };

const versionIn = (text: string) => /\d+\.\d+(?:\.\d+)?[\w.+-]*/.exec(text.replace(ESCAPES, ''))?.[0] ?? '';
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours of a terminal are control characters
const ESCAPES = /\u001b\[[\d;]*m/g;

/** What was written since the design was committed and belongs to no delivery. */
async function unowned(ports: Ports, id: string): Promise<string[]> {
  const [latest] = await ports.repository.commits(`deliveries/${id}/design.md`);
  const base = latest?.hash ?? (await ports.repository.head());
  if (base === undefined) return [];
  const patterns = ports.deliveries.list().flatMap((other) => {
    const text = ports.deliveries.artifact(other, 'design.md');
    return text === undefined ? [] : readDesign(text).components.flatMap(({ paths }) => paths);
  });
  const owned = patterns.filter((pattern) => !isElsewhere(pattern));
  const changed = ports.history.changed(base).filter((path) => !owned.some((pattern) => matchesPattern(pattern, path)));
  return ports.files.existing(changed).map(({ path }) => path);
}
