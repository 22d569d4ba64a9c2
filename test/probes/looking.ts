import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type * as z from 'zod';
import { lookAround } from '../../mcp-server/src/adapters/probes/look.ts';
import type { Probe } from '../../mcp-server/src/adapters/probes/probe.ts';
import type { LookRequest } from '../../mcp-server/src/app/ports/platforms.ts';
import type { PlatformFact } from '../../mcp-server/src/domain/feasibility/snapshot.ts';
import { probesSchema } from '../../mcp-server/src/domain/policy/probes.ts';

/** A project and a home of its own, and what the probes see from there. */
export class Site {
  readonly base = mkdtempSync(join(tmpdir(), 'countersign-probe-'));
  readonly root = join(this.base, 'project');
  readonly home = join(this.base, 'home');
  env: Record<string, string> = { PATH: process.env['PATH'] ?? '', HOME: this.home };
  settings: z.input<typeof probesSchema> = {};

  constructor() {
    mkdirSync(this.root);
    mkdirSync(this.home);
    onTestFinished(() => rmSync(this.base, { recursive: true, force: true }));
  }

  /** Writes a file of the project, or of another place below the base when the path starts with `../`. */
  file(path: string, text: string): string {
    const full = join(this.root, path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, text);
    return full;
  }

  /** Puts a program in front of all others; nothing else is on the path when `alone`. */
  program(name: string, script: string, { alone = false } = {}): void {
    const full = this.file(`../bin/${name}`, `#!/bin/sh\n${script}\n`);
    chmodSync(full, 0o755);
    const rest = alone ? '/usr/bin:/bin' : this.env['PATH'];
    this.env['PATH'] = [dirname(full), rest].join(delimiter);
  }

  async look(request: LookRequest = {}, probes?: readonly Probe[]) {
    const settings = probesSchema.parse(this.settings);
    const { facts, calls } = await lookAround(this.root, this.env, settings, request, probes);
    const byId = new Map(facts.map((fact) => [fact.id, fact]));
    return { facts, calls, of: (id: string): PlatformFact | undefined => byId.get(id) };
  }
}

/** Why a test with a real program cannot run here; undefined when it can. */
export function missing(program: string, ...args: string[]): string | undefined {
  const ran = spawnSync(program, args, { stdio: 'ignore' });
  return ran.error === undefined ? undefined : `${program} is not installed`;
}
