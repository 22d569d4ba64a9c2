import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { readGuardIndex, statKey } from '../../adapters/guard-index.ts';
import { type Project, workTreeOf } from '../../adapters/work-tree.ts';
import { matchesPattern } from '../../domain/build/paths.ts';
import type { GuardEntry } from '../../domain/guard-entry.ts';
import { deny, type HookInput, type HookOutput, projectDir } from './input.ts';
import { loadApi } from './load-api.ts';
import { bind, bindingOf } from './session.ts';

const SERVER = 'mcp__plugin_countersign_countersign__';
/** Agents that write artifacts through tools only. */
const PLANNERS = new Set(['countersign:spec', 'countersign:solution-architecture']);
/** The record itself: only the server and the CLI write here. */
const RECORD =
  /^deliveries\/(?:[^/]+\/(?:ledger|evidence)(?:\/|$)|[^/]+\/(?:history|tasks)\.md$|allowed_signers$|\.gitattributes$)/;

/** PreToolUse: denies writes that would run ahead of a gate or touch the record (design.md section 6). */
export async function guard(input: HookInput): Promise<HookOutput> {
  const tool = input.tool_name ?? '';
  if (tool.startsWith(SERVER)) {
    const named =
      input.tool_input?.['delivery'] ?? (tool.endsWith('delivery_new') ? input.tool_input?.['id'] : undefined);
    if (typeof named === 'string' && !/status|read|validate|review/.test(tool)) bind(input.session_id, named);
    return {};
  }
  const target = input.tool_input?.['file_path'] ?? input.tool_input?.['notebook_path'];
  if (typeof target !== 'string') return {};
  const from = input.cwd ?? projectDir(input);
  const project = workTreeOf(realOf(projectDir(input)));
  if (project === undefined) return {};
  const path = relative(project.root, realOf(isAbsolute(target) ? target : resolve(from, target)))
    .split(sep)
    .join('/');
  if (path === '..' || path.startsWith('../') || isAbsolute(path)) return {};
  return judge(input, project, path);
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
  if (bound !== undefined) {
    const entry = await entryOf(project, index, bound);
    if (entry === undefined || entry.buildOpen) return {};
    return deny(`${path}: Build of ${bound} is not open (${entry.why}). Next: ${entry.next}`);
  }
  return unbound(project, index, path);
}

/** A session that works on no delivery is only kept off paths that an unfinished delivery owns. */
async function unbound(project: Project, index: Record<string, GuardEntry>, path: string): Promise<HookOutput> {
  if (!existsSync(join(project.root, 'deliveries'))) return {};
  for (const id of Object.keys(index)) {
    const known = index[id];
    // A finished or unrelated entry whose sources did not move needs no second look.
    const entry = isFresh(project, known) ? known : await entryOf(project, index, id);
    if (entry === undefined || entry.finished || entry.buildOpen) continue;
    if (entry.paths.some((pattern) => matchesPattern(pattern, path)))
      return deny(`${path} belongs to delivery ${id}, whose Build is not open (${entry.why}). Next: ${entry.next}`);
  }
  return {};
}

async function entryOf(
  project: Project,
  index: Record<string, GuardEntry>,
  id: string,
): Promise<GuardEntry | undefined> {
  const known = index[id];
  if (isFresh(project, known)) return known;
  return (await loadApi()).compileGuard(project.root, [id], process.env)[id];
}

/** Whether nothing an entry was compiled from has moved since. */
function isFresh(project: Project, entry: GuardEntry | undefined): entry is GuardEntry {
  return (
    entry !== undefined && Object.entries(entry.keys).every(([path, key]) => statKey(join(project.root, path)) === key)
  );
}

/** The real path, also of a file that is not there yet. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return dirname(path) === path ? path : join(realOf(dirname(path)), basename(path));
  }
}
