import { existsSync, readdirSync } from 'node:fs';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readGuardIndex, statKey } from '../../adapters/guard-index.ts';
import { realPath } from '../../adapters/real-path.ts';
import { type Project, workTreeOf } from '../../adapters/work-tree.ts';
import { matchesPattern } from '../../domain/build/paths.ts';
import type { GuardEntry } from '../../domain/guard-entry.ts';
import { DELIVERY_ID } from '../../domain/ids.ts';
import { deny, type HookInput, type HookOutput, projectDir } from './input.ts';
import { loadApi } from './load-api.ts';
import { bind, bindingOf } from './session.ts';

const SERVER = 'mcp__plugin_countersign_countersign__';
/** Tools that only look; a session that looks at a delivery is not bound to it. */
const LOOKING = /status|read|validate|review/;
/** Agents that write artifacts through tools only. */
const PLANNERS = new Set(['countersign:spec', 'countersign:solution-architecture']);
/** The record itself: only the server and the CLI write here. */
const RECORD =
  /^deliveries\/(?:[^/]+\/(?:ledger|evidence)(?:\/|$)|[^/]+\/(?:history|tasks)\.md$|allowed_signers$|\.gitattributes$)/;

/**
 * PreToolUse: denies writes that would run ahead of a gate or touch the record (design.md section 6).
 *
 * @throws Error for input that is not what the client sends; the hook program denies then
 */
export async function guard(input: HookInput): Promise<HookOutput> {
  const tool = input.tool_name;
  if (typeof tool !== 'string') throw new Error('the input names no tool');
  const project = workTreeOf(realPath(projectDir(input)));
  if (project === undefined) return {};
  if (tool.startsWith(SERVER)) {
    bindTo(input, project, tool.slice(SERVER.length));
    return {};
  }
  const target = input.tool_input?.['file_path'] ?? input.tool_input?.['notebook_path'];
  if (typeof target !== 'string') throw new Error(`${tool} names no file`);
  const from = input.cwd ?? projectDir(input);
  const path = relative(project.root, realPath(isAbsolute(target) ? target : resolve(from, target)))
    .split(sep)
    .join('/');
  if (path === '..' || path.startsWith('../') || isAbsolute(path)) return {};
  return judge(input, project, path);
}

const isDelivery = (project: Project, id: string) =>
  DELIVERY_ID.test(id) && existsSync(join(project.root, 'deliveries', id, 'ledger'));

/** Naming a delivery binds the session to it. A name that is none binds nothing, or it would be a way out of the guard. */
function bindTo(input: HookInput, project: Project, tool: string): void {
  if (LOOKING.test(tool)) return;
  const starting = tool === 'delivery_new';
  const named = input.tool_input?.[starting ? 'id' : 'delivery'];
  if (typeof named !== 'string') return;
  const bound = bindingOf(input.session_id)?.delivery;
  const free = bound === undefined || !isDelivery(project, bound);
  // One that is being started is not there yet; it takes over when it is, and a call names it again.
  if (isDelivery(project, named) || (starting && free && DELIVERY_ID.test(named))) bind(input.session_id, named);
}

async function judge(input: HookInput, project: Project, path: string): Promise<HookOutput> {
  if (RECORD.test(path))
    return deny(`${path} is part of the record: only Countersign's own tools write it. Use its tools or the CLI.`);
  if (path.startsWith('deliveries/')) return {};
  if (PLANNERS.has(input.agent_type ?? ''))
    return deny(
      `${input.agent_type} writes artifacts through artifact_write, nothing else. ${path} belongs to the builder.`,
    );
  const bound = bindingOf(input.session_id)?.delivery;
  const index = readGuardIndex(project).deliveries;
  if (bound === undefined || !isDelivery(project, bound)) return unbound(project, index, path);
  const entry = await entryOf(project, index, bound);
  if (entry === undefined || entry.buildOpen) return {};
  return deny(`${path}: Build of ${bound} is not open (${entry.why}). Next: ${entry.next}`);
}

/** A session that works on no delivery is only kept off paths that an unfinished delivery owns. */
async function unbound(project: Project, index: Record<string, GuardEntry>, path: string): Promise<HookOutput> {
  for (const id of deliveryNames(project)) {
    const known = compiled(index, id);
    // What a delivery owns stands in its design: while that did not move, most deliveries need no second look.
    if (known !== undefined && !owns(known, path) && unmoved(project, known, `deliveries/${id}/design.md`)) continue;
    const entry = await entryOf(project, index, id);
    if (entry === undefined || entry.finished || entry.buildOpen) continue;
    if (owns(entry, path))
      return deny(`${path} belongs to delivery ${id}, whose Build is not open (${entry.why}). Next: ${entry.next}`);
  }
  return {};
}

/** Read from the folder, not from the index: what came with a pull is not compiled yet. */
function deliveryNames(project: Project): string[] {
  try {
    return readdirSync(join(project.root, 'deliveries')).filter((name) => DELIVERY_ID.test(name));
  } catch {
    return [];
  }
}

async function entryOf(
  project: Project,
  index: Record<string, GuardEntry>,
  id: string,
): Promise<GuardEntry | undefined> {
  const known = compiled(index, id);
  if (known !== undefined && Object.keys(known.keys).every((source) => unmoved(project, known, source))) return known;
  if (!isDelivery(project, id)) return undefined;
  return (await loadApi()).compileGuard(project.root, [id], process.env)[id];
}

const compiled = (index: Record<string, GuardEntry>, id: string) => (Object.hasOwn(index, id) ? index[id] : undefined);

const owns = (entry: GuardEntry, path: string) => entry.paths.some((pattern) => matchesPattern(pattern, path));

/** Whether a file or folder is as it was when the entry was compiled from it. */
const unmoved = (project: Project, entry: GuardEntry, source: string) =>
  entry.keys[source] === statKey(`${project.root}/${source}`);
