import type { Frozen } from '../../domain/decision/subject.ts';
import { overlayDiffers } from '../../domain/deploy/overlay.ts';
import { type DeployPlan, inputsHash, type Projection, settingsBytes } from '../../domain/deploy/plan.ts';
import { PLANNERS } from '../../domain/deploy/planners/catalogue.ts';
import type { PlanContext, StepOutput } from '../../domain/deploy/planners/planner.ts';
import { sha256 } from '../../domain/hash.ts';
import { redact } from '../../domain/redact.ts';
import type { RunResult } from '../ports/running.ts';
import type { Ports } from '../ports.ts';
import { runStep } from './run.ts';
import type { Site } from './site.ts';

/** A plan is kept whole: one that is longer is refused, because a part of it would hash like another. */
const PLAN_BYTES = 32 * 1024 * 1024;

export interface Rehearsed {
  plan: DeployPlan;
  /** The tool's own plan, where it saves one. */
  saved: { path: string; sha256: string } | undefined;
  /** What the plan reads, for seeing that it does not move meanwhile. */
  files: Frozen[];
}
export interface NotRehearsed {
  problems: string[];
  /** The last of what the tool said; data, never instruction. */
  tail: string;
}

/**
 * Runs the tool's rehearsal and makes the plan of what it says. Nothing is changed, and nothing is stored but what the tool
 * saves: values of secrets stand in that, so whoever has no use for it any more forgets it.
 */
export async function rehearse(
  ports: Ports,
  site: Site,
  sets: Readonly<Record<string, string>>,
): Promise<Rehearsed | NotRehearsed> {
  const saved = ports.programs.savedPlan(`${site.id}-${site.environment}.rehearsal`);
  const rehearsed = await rehearsal(ports, site, { settings: site.settings, sets, saved });
  if ('problems' in rehearsed) ports.programs.forget(saved);
  return rehearsed;
}

async function rehearsal(ports: Ports, site: Site, context: PlanContext): Promise<Rehearsed | NotRehearsed> {
  const { settings, sets } = context;
  const planner = PLANNERS[settings.tool];
  const { files, values, problems } = siteFiles(ports, site);
  if (problems.length > 0) return { problems, tail: '' };
  const outputs: StepOutput[] = [];
  const secrets: string[] = [];
  for (const step of planner.steps(context)) {
    const ran = await runStep(ports, settings, step, PLAN_BYTES);
    const failed = stepFailure(step.argv[0]!, ran);
    if (failed !== undefined) return { problems: [failed], tail: ran === undefined ? '' : tailOf(ran) };
    const { exit, stdout, stderr } = ran!;
    if (stdout.bytes > PLAN_BYTES)
      return { problems: [`${step.argv[0]} printed more than ${PLAN_BYTES} bytes while planning`], tail: tailOf(ran!) };
    const absent = step.absent?.test(stderr.text) === true;
    if (!absent && !step.exits.includes(exit ?? -1))
      return { problems: [`${step.argv[0]} ended with ${exit} while planning`], tail: tailOf(ran!) };
    outputs.push({ exit: exit ?? -1, stdout: absent ? '' : stdout.text });
    secrets.push(...ran!.secrets);
  }
  const projection = planner.project(outputs, (text) => redact(text, secrets));
  if ('unreadable' in projection) return { problems: [projection.unreadable], tail: '' };
  const saved = planner.saves ? ports.programs.savedHash(context.saved) : undefined;
  if (planner.saves && saved === undefined) return { problems: [`${settings.tool} saved no plan`], tail: '' };
  const run = planner.apply(context).argv.map((word) => (word === context.saved ? '<the saved plan>' : word));
  const plan = planOf(ports, site, projection, { sets, files, values, run });
  return { plan, saved: saved === undefined ? undefined : { path: context.saved, sha256: saved }, files };
}

/** The plan of a rehearsal, or of a rollback, on the files as they are now. */
export function planOf(
  ports: Ports,
  { settings, id, environment, loaded }: Site,
  projection: Projection,
  given: {
    sets: Readonly<Record<string, string>>;
    files: readonly Frozen[];
    values: readonly Frozen[];
    run: string[];
    action?: DeployPlan['action'];
    build?: string;
  },
): DeployPlan {
  const texts = (paths: readonly string[]) =>
    paths.map((path) => ports.files.read(inFolder(settings.directory, path)) ?? '');
  return {
    schema: 'countersign/deploy-plan@1',
    delivery: id,
    environment,
    action: given.action ?? 'apply',
    tool: settings.tool,
    definition: sha256(settingsBytes(settings)),
    build: given.build ?? loaded.state.manifest.sha256!,
    overlay: [...given.values],
    differs: overlayDiffers(texts(settings.base), texts(settings.overlay)),
    inputs: { files: given.files.length, sha256: inputsHash(given.files) },
    sets: { ...given.sets },
    run: given.run,
    admits: [...PLANNERS[settings.tool].admits],
    ...projection,
  };
}

/** Files that tools write as they run are no inputs. */
const WRITTEN = /\.(?:tfstate(?:\.\d+)?(?:\.backup)?|tfstate\.lock\.info|retry)$/;

/** The files that the plan is bound to, those of values among them, and which of the named ones are not there. */
export function siteFiles(ports: Ports, { settings }: Site): { files: Frozen[]; values: Frozen[]; problems: string[] } {
  const { directory, base, overlay, inputs } = settings;
  const named = PLANNERS[settings.tool].files(settings).map((path) => inFolder(directory, path));
  const valueFiles = [...base, ...overlay].map((path) => inFolder(directory, path));
  const values = ports.files.existing(valueFiles);
  const patterns = (inputs ?? ['**']).map((path) => inFolder(directory, path));
  const found = [...ports.files.matching([...patterns, ...named]), ...values];
  const files = [...new Map(found.map((one) => [one.path, one])).values()]
    .filter((one) => !WRITTEN.test(one.path))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const there = new Set(values.map((one) => one.path));
  const problems = valueFiles.filter((path) => !there.has(path)).map((path) => `${path} is not there`);
  return { files, values, problems };
}

const inFolder = (directory: string, path: string) => {
  const clean = path.replace(/^\.\//, '');
  return directory === '.' ? clean : `${directory.replace(/\/$/, '')}/${clean}`;
};

/** Why a program came to nothing that could be judged; undefined when it ended by itself. */
export function stepFailure(program: string, ran: RunResult | undefined): string | undefined {
  if (ran === undefined) return `${program} cannot be started: is it installed?`;
  if (ran.timedOut) return `${program} was ended at the time limit`;
  return undefined;
}

/** The last of what was printed, for the reader. */
export const tailOf = (run: RunResult) => redact(`${run.stdout.text}${run.stderr.text}`, run.secrets).slice(-2000);
