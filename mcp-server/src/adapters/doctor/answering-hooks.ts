import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { line, type Probe } from './machine.ts';

/** Events whose hooks can answer or wave through what a person is asked. */
const ANSWERING = ['Elicitation', 'ElicitationResult', 'PermissionRequest'] as const;
const MANAGED = '/etc/claude-code/managed-settings.json';

interface Settings {
  hooks?: Record<string, unknown[]>;
  disableAllHooks?: boolean;
}

/** Hooks that could decide in the person's place, in settings of every kind and in plugins. */
export const answeringHooks: Probe = (machine) => {
  const { project, clientHome } = machine;
  const places = [
    join(clientHome, 'settings.json'),
    join(project.root, '.claude', 'settings.json'),
    join(project.root, '.claude', 'settings.local.json'),
    MANAGED,
    ...pluginHooks(join(clientHome, 'plugins', 'cache')),
  ];
  const found = places.map((path) => ({ path, settings: (machine.json(path) ?? {}) as Settings }));
  const answering = found.flatMap(({ path, settings }) =>
    ANSWERING.filter((event) => (settings.hooks?.[event]?.length ?? 0) > 0).map((event) => `${event} in ${path}`),
  );
  const off = found.filter(({ settings }) => settings.disableAllHooks === true).map(({ path }) => path);
  return [
    answering.length === 0
      ? line('answering-hooks', 'good', {
          found: 'no hook answers dialogs',
          means: 'a decision in a dialog was made by whoever is at the client',
        })
      : line('answering-hooks', 'warning', {
          found: `hooks that can answer for a person: ${answering.join(', ')}`,
          means: 'a decision in a dialog may be theirs: recorded, and nobody may have seen it',
          improve: 'look at them, take out what you did not put there, or ask for level signed in policy',
        }),
    off.length === 0
      ? line('hooks', 'good', { found: 'hooks are not switched off', means: 'the guard and typed /approve can run' })
      : line('hooks', 'bad', {
          found: `disableAllHooks is set in ${off.join(', ')}`,
          means: 'neither the guard nor typed /approve runs in the client',
          improve: 'take disableAllHooks out of these settings',
        }),
  ];
};

/** hooks.json of every plugin in the client's cache: marketplace, plugin, version. */
function pluginHooks(cache: string): string[] {
  const below = (folder: string) => {
    try {
      return readdirSync(folder).map((name) => join(folder, name));
    } catch {
      return [];
    }
  };
  return below(cache)
    .flatMap(below)
    .flatMap(below)
    .map((folder) => join(folder, 'hooks', 'hooks.json'));
}
