import type { GuardEntry, GuardPolicy } from '../../domain/guard-entry.ts';
import { compose } from '../compose.ts';
import { currentLines } from '../status.ts';

/** What the hook program asks of the full bundle, when its own few lines are not enough. */
export interface HookApi {
  typedDecision(projectDir: string, args: string, env: NodeJS.ProcessEnv): Promise<string>;
  sessionContext: typeof sessionContext;
  compileGuard: typeof compileGuard;
  compilePolicy: typeof compilePolicy;
}

// Each part is loaded when it is asked for: the start of a session in which nothing moved needs none of the others.
const loadCompiler = () => import('./compile-guard.ts');

/** See `typed-decision.ts`. */
export async function typedDecision(projectDir: string, args: string, env: NodeJS.ProcessEnv): Promise<string> {
  return (await import('./typed-decision.ts')).typedDecision(projectDir, args, env);
}

/** A few lines about where things stand; empty outside a repository or without deliveries. */
export async function sessionContext(projectDir: string, env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { ports } = compose(projectDir, env);
    const lines = (await currentLines(ports)).join('\n');
    if (lines === '') return lines;
    // A fresh clone has no compiled index; without one the guard would not know which paths are owned.
    const moved = ports.guard.stale(ports.deliveries.list());
    if (moved.length > 0) (await loadCompiler()).compileEntries(ports, moved);
    if (ports.guard.policyMoved()) (await loadCompiler()).guardPolicy(ports);
    return lines;
  } catch {
    return '';
  }
}

/** Guard entries compiled anew, for deliveries whose stat keys moved. */
export async function compileGuard(
  projectDir: string,
  ids: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Record<string, GuardEntry>> {
  return (await loadCompiler()).compileEntries(compose(projectDir, env).ports, ids);
}

/** The guard's part of the policy as it is now. */
export async function compilePolicy(projectDir: string, env: NodeJS.ProcessEnv): Promise<GuardPolicy> {
  return (await loadCompiler()).guardPolicy(compose(projectDir, env).ports);
}
