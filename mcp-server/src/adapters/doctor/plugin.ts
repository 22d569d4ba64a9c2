import { join } from 'node:path';
import { line, type Probe } from './machine.ts';

/** Whether the plugin is installed in the client, and switched on for this project. */
export const plugin: Probe = ({ json, clientHome, project }) => {
  const installed = json(join(clientHome, 'plugins', 'installed_plugins.json')) as
    | { plugins?: Record<string, unknown> }
    | undefined;
  const names = Object.keys(installed?.plugins ?? {}).filter((name) => name.startsWith('countersign@'));
  if (names.length === 0)
    return line('plugin', 'warning', {
      found: 'the plugin is not installed in Claude Code',
      means: 'no guard and no typed /approve; terminal and CI work without it',
      improve: 'claude plugin install countersign@countersign',
    });
  // The narrowest settings win: local, project, user.
  const settings = [
    join(project.root, '.claude', 'settings.local.json'),
    join(project.root, '.claude', 'settings.json'),
    join(clientHome, 'settings.json'),
  ].map((path) => (json(path) as { enabledPlugins?: Record<string, boolean> } | undefined)?.enabledPlugins ?? {});
  const enabled = names.some((name) => settings.find((one) => name in one)?.[name] === true);
  return enabled
    ? line('plugin', 'good', {
        found: `${names.join(', ')} is installed and enabled`,
        means: 'the guard runs in the client',
      })
    : line('plugin', 'warning', {
        found: `${names.join(', ')} is installed and not enabled here`,
        means: 'no guard and no typed /approve in this project',
        improve: `claude plugin enable ${names[0]}`,
      });
};
