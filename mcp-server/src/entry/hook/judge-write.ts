import { annotate, deny, type HookInput, type HookOutput } from './input.ts';
import { judgePath } from './judge-path.ts';
import { placeReason } from './places.ts';
import { inside, realOf } from './real-path.ts';
import type { Scene, scenes } from './scene.ts';
import { tellOnce } from './session.ts';
import { isSettings } from './settings.ts';
import type { Target } from './verdict.ts';

/** A file or folder that a call would write, as an absolute path. */
export interface Write extends Omit<Target, 'path'> {
  readonly path: string;
  /** Why this may not be done to a settings file of the client; asked only for one. */
  readonly settings: (path: string) => string | undefined;
}

/** Judges writes one after the other; the first reason counts. */
export async function judgeWrites(
  input: HookInput,
  writes: readonly Write[],
  sceneAt: ReturnType<typeof scenes>,
): Promise<HookOutput> {
  const finished = new Set<string>();
  const strayed = new Set<string>();
  for (const write of writes) {
    // The path as named, and where links lead: both have to be free.
    for (const path of new Set([write.path, realOf(write.path)])) {
      const around = await sceneAt(path);
      for (const scene of around.length === 0 ? [undefined] : around) {
        const reason = outsideReason(scene, path, write);
        if (reason !== undefined) return deny(reason);
        const own = scene === undefined ? undefined : inside(scene.project.root, path);
        if (scene === undefined || own === undefined) continue;
        const verdict = await judgePath(scene, { ...write, path: own });
        if (verdict.deny !== undefined) return deny(verdict.deny);
        if (verdict.finished !== undefined) finished.add(verdict.finished);
        if (verdict.strayed !== undefined) strayed.add(verdict.strayed);
      }
    }
  }
  const news = [...finished].filter((id) => tellOnce(input.session_id, id));
  const owner = news.join(', ');
  const astray = [...strayed].filter((id) => tellOnce(input.session_id, `tasks of ${id}`));
  const said = [
    ...(news.length === 0 ? [] : [`owned by ${owner}: /spec-change ${news[0]} keeps its record true.`]),
    ...astray.map((id) => `outside the started tasks of ${id}: Build's review lists what no component owns.`),
  ];
  return said.length === 0 ? {} : annotate(`${said.join(' ')} Nothing is blocked.`);
}

function outsideReason(scene: Scene | undefined, path: string, write: Write): string | undefined {
  if (scene?.policy.mode === 'off') return undefined;
  return (
    placeReason(path, write.tree && !write.restores, scene?.project) ??
    (settingsAt(path, write.tree) ? write.settings(path) : undefined)
  );
}

const settingsAt = (path: string, tree: boolean) => isSettings(path) || (tree && /(?:^|\/)\.claude$/i.test(path));
