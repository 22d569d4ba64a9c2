import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../scripts/bundle.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** Root of a plugin as a marketplace install has it: fresh bundles, no node_modules. */
    plugin: string;
  }
}

/** Bundles the sources once for all tests that run real processes. */
export default async function setup(project: TestProject): Promise<() => void> {
  const plugin = mkdtempSync(join(tmpdir(), 'countersign-plugin-'));
  await bundle(join(plugin, 'mcp-server', 'dist'));
  for (const part of ['.claude-plugin', 'commands', 'agents', 'skills', 'hooks', 'templates'])
    cpSync(part, join(plugin, part), { recursive: true });
  project.provide('plugin', plugin);
  return () => rmSync(plugin, { recursive: true, force: true });
}
