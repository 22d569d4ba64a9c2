import type { Tool } from './tool.ts';
import { CLOUD } from './tools/cloud.ts';
import { CONFIGURATION } from './tools/configuration.ts';
import { CONTAINERS } from './tools/containers.ts';
import { KUBERNETES } from './tools/kubernetes.ts';
import { PLATFORMS } from './tools/platforms.ts';
import { PROVISIONING } from './tools/provisioning.ts';

/** The table of world-changing commands: what each changes, how it rehearses, how its target is named. */
export const TOOLS: readonly Tool[] = [
  ...PROVISIONING,
  ...CONFIGURATION,
  ...KUBERNETES,
  ...CONTAINERS,
  ...CLOUD,
  ...PLATFORMS,
];

const byBinary = new Map<string, Tool>();

/** The row of a program, by the name it is started with (`.exe` and npm's `@version` aside). */
export function toolOf(name: string): Tool | undefined {
  if (byBinary.size === 0) {
    for (const tool of TOOLS) for (const binary of tool.binaries ?? [tool.tool]) byBinary.set(binary, tool);
  }
  return byBinary.get(name.replace(/\.exe$|@[^@]*$/, ''));
}
