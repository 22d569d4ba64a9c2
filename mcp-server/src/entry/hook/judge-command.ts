import { dirname } from 'node:path';
import type { Approval } from '../../domain/guard/approvals.ts';
import { type Classification, classify } from '../../domain/guard/classify.ts';
import { toolOf } from '../../domain/guard/commands.ts';
import type { Effect } from '../../domain/guard/effects.ts';
import { notSandboxed } from '../../domain/guard/sandbox.ts';
import type { Write as ShellWrite } from '../../domain/guard/writes.ts';
import { glassIsBroken } from '../../domain/guard-entry.ts';
import { expandGlob } from './expand-glob.ts';
import { deny, type HookInput, type HookOutput, projectDir } from './input.ts';
import { owns } from './judge-path.ts';
import { judgeWrites, type Write } from './judge-write.ts';
import { absolute, inside, realOf } from './real-path.ts';
import { type Scene, scenes } from './scene.ts';
import { readText } from './settings.ts';

/** Variables that every shell of the session has and that paths are written with; targets have to stand on the line. */
const KNOWN = ['HOME', 'TMPDIR', 'USER', 'LOGNAME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'CLAUDE_CONFIG_DIR'];

/** PreToolUse of a command line: its text is read as bash reads it, and what it would do is judged like a tool call. */
export async function judgeCommand(input: HookInput, line: string): Promise<HookOutput> {
  const from = realOf(input.cwd ?? projectDir(input));
  const variables = Object.fromEntries(KNOWN.flatMap((name) => [[name, process.env[name]] as const]).filter(isGiven));
  const found = classify(line, { directory: from, variables: { ...variables, CLAUDE_PROJECT_DIR: projectDir(input) } });
  const sceneAt = scenes(input);
  const here = await sceneAt(from);
  const around = here.length > 0 ? here : await sceneAt(realOf(projectDir(input)));
  const on = around.filter(({ policy }) => policy.mode !== 'off');
  if (around.length > 0 && on.length === 0) return {};
  const approval = approvalReason(on, found.approvals);
  if (approval !== undefined) return deny(approval);
  for (const scene of on) {
    const reason = await sceneReason(scene, found);
    if (reason !== undefined) return deny(reason);
  }
  return judgeWrites(
    input,
    found.writes.flatMap((write) => literalWrites(write, from)),
    sceneAt,
  );
}

const isGiven = (one: readonly [string, string | undefined]): one is readonly [string, string] => one[1] !== undefined;

async function sceneReason(scene: Scene, found: Classification): Promise<string | undefined> {
  if (!scene.governed) return undefined;
  const held =
    scene.policy.mode === 'strict' && (scene.bound !== undefined || (scene.nearest && scene.agent !== 'other'));
  if (held && found.incomplete)
    return 'This line is malformed or too deep to be read, so it cannot be judged. Say it in smaller, plainer commands.';
  for (const effect of found.effects) {
    if (held && (await opened(scene))) break;
    const reason = held ? effectReason(scene, effect) : await ownedReason(scene, effect);
    if (reason !== undefined) return reason;
  }
  for (const write of found.writes) {
    const reason = write.path === undefined ? await dynamicReason(scene, write) : undefined;
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Whether the glass of the session's delivery is broken: what it does to real systems passes, and is followed up. */
async function opened(scene: Scene): Promise<boolean> {
  const entry = scene.bound === undefined ? undefined : await scene.entryOf(scene.bound);
  return entry !== undefined && glassIsBroken(entry, Date.now());
}

const DECIDE = 'A person decides: /approve <digest> typed in the client, or countersign approve in their own terminal.';

/** Approving, signing, or switching the guard off in a person's place. */
function approvalReason(around: readonly Scene[], approvals: readonly Approval[]): string | undefined {
  for (const { how, command } of approvals) {
    // Reviews and signatures of other work are none of Countersign's business.
    const ours = around.some(({ governed }) => governed) || /countersign/.test(command);
    if ((how === 'forge' || how === 'signature') && !ours) continue;
    if (how === 'guard') return `${brief(command)}: only a person switches the guard off, in their own terminal.`;
    return `${brief(command)} would decide for a person. Nothing was run. ${DECIDE}`;
  }
  return undefined;
}

const brief = (command: string) => (command.length > 120 ? `${command.slice(0, 120)}...` : command);

function effectReason(scene: Scene, effect: Effect): string | undefined {
  const root = scene.project.root;
  const why = notSandboxed(effect, scene.policy.sandboxes, {
    resolve: (path, folder) => realOf(absolute(path, folder ?? root)),
    read: readText,
  });
  return why === undefined ? undefined : refusal(effect, why, scene.bound ?? '<id>');
}

function refusal(effect: Effect, why: string, id: string): string {
  const { tool, verb } = effect;
  const [rehearsal] = toolOf(tool)?.dry ?? (/^(?:terraform|tofu|terragrunt)$/.test(tool) ? ['plan'] : []);
  const first = rehearsal === undefined ? '' : ` You may rehearse it with ${rehearsal}.`;
  const name = `${tool} ${verb ?? '(only known when it runs)'}`.trim();
  return `${name} changes real systems, and ${why}. Nothing was run.${first} Next: countersign deploy ${id} <env> plan, which a person approves before countersign deploy ${id} <env> apply; or the person runs it in their own terminal, or declares its target as a sandbox (guard.sandboxes in countersign.yaml).`;
}

/** A session on no delivery: only what works on paths of an unfinished delivery waits. */
async function ownedReason(scene: Scene, effect: Effect): Promise<string | undefined> {
  const { root } = scene.project;
  const folder = effect.directory;
  if (folder === undefined) return undefined;
  const words = effect.argv.flatMap((word) => (word === undefined ? [] : [word, word.slice(word.indexOf('=') + 1)]));
  const places = [folder, ...words.map((word) => absolute(word.replace(/^@/, ''), folder))];
  const paths = new Set(places.flatMap((path) => inside(root, realOf(path)) ?? []));
  paths.delete('');
  if (paths.size === 0) return undefined;
  for (const id of scene.ids()) {
    const entry = await scene.entryOf(id);
    if (entry === undefined || entry.finished || glassIsBroken(entry, Date.now())) continue;
    const owned = [...paths].find((path) => owns(entry, { path, tree: false }));
    if (owned !== undefined)
      return effectReason(scene, effect)?.replace(/^/, `${owned} belongs to delivery ${id}, which is not finished. `);
  }
  return undefined;
}

const RECORD_END =
  /(?:^|\/)(?:(?:ledger|evidence)\/[^/]*|allowed_signers|revoked_keys|countersign\.yaml|\.claude\/settings(?:\.local)?\.json)$|deliveries\/[^/]*\/(?:history|tasks)\.md$/i;

/** A path that only the run tells: what it ends with, and where it may not be. */
async function dynamicReason(scene: Scene, { prefix, suffix, by }: ShellWrite): Promise<string | undefined> {
  if (RECORD_END.test(suffix))
    return `${by} would write a path that ends in ${suffix}, which looks like the record. Only Countersign's own tools write it.`;
  const known = prefix.endsWith('/') ? [prefix] : [prefix, dirname(prefix)];
  const outside = (path: string) => inside(scene.project.root, realOf(path)) === undefined;
  if (prefix.startsWith('/') && known.every(outside)) return undefined;
  const entry =
    scene.policy.mode === 'strict' && scene.bound !== undefined ? await scene.entryOf(scene.bound) : undefined;
  if (scene.agent !== 'planner' && (entry?.buildOpen !== false || glassIsBroken(entry, Date.now()))) return undefined;
  const state = entry === undefined ? '' : `Build of ${scene.bound} is not open (${entry.why}), and `;
  return `${state}${by} would write a path that only the run tells. Say it in plain words; scratch files go below /tmp.`;
}

const RESTORES = /^git (?:apply|am|stash|reset|checkout|restore|checkout-index|read-tree)$/;

/** A write of the line as absolute paths, patterns as what they stand for now. */
function literalWrites(write: ShellWrite, from: string): Write[] {
  if (write.path === undefined) return [];
  const path = absolute(write.path, from);
  const expanded = write.pattern ? expandGlob(path) : [path];
  const tree = write.scope === 'tree' || expanded === undefined;
  const restores = RESTORES.test(write.by);
  const paths = expanded ?? [path.slice(0, path.search(/[^/]*[*?[]/))];
  const settings = (file: string) =>
    write.by === 'rm'
      ? undefined
      : `${file} is written with Write or Edit, so that its hooks can be read before. Nothing was run.`;
  return paths.map((one) => ({ path: one, tree, restores, settings }));
}
