import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inject, onTestFinished } from 'vitest';

const NODE = process.execPath;
const DIST = join(inject('plugin'), 'mcp-server', 'dist');

/** What a process came to. */
export interface Run {
  /** null when a signal ended it. */
  exit: number | null;
  out: string;
  err: string;
}

/** What a hook answered; undefined for silence, which lets the client go on. */
export interface HookAnswer {
  decision?: 'block';
  reason?: string;
  systemMessage?: string;
  hookSpecificOutput?: { permissionDecision?: string; permissionDecisionReason?: string; additionalContext?: string };
}

/** A temporary git repository with a home of its own, and the product's real programs running in it. */
export class Project {
  /** Real path of the work tree. */
  readonly root: string;
  readonly home: string;
  /** The whole environment of every process: nothing of the developer's own shows through. */
  readonly env: Record<string, string>;

  constructor(base: string, options: { git: boolean }) {
    this.root = join(base, 'work');
    this.home = join(base, 'home');
    mkdirSync(this.root);
    mkdirSync(this.home);
    this.env = {
      PATH: `${dirname(NODE)}:${process.env['PATH'] ?? ''}`,
      HOME: this.home,
      XDG_STATE_HOME: join(this.home, 'state'),
      XDG_CONFIG_HOME: join(this.home, 'config'),
      CLAUDE_PLUGIN_DATA: join(this.home, 'plugin-data'),
      GIT_CONFIG_NOSYSTEM: '1',
    };
    writeFileSync(
      join(this.home, '.gitconfig'),
      '[user]\n\tname = Ada Tester\n\temail = ada@example.org\n[init]\n\tdefaultBranch = main\n',
    );
    if (options.git) this.git('init', '--quiet');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, { cwd: this.root, env: this.env, encoding: 'utf8' });
  }

  /** The command line, without a terminal. */
  cli(...args: string[]): Run {
    return this.cliWith({}, ...args);
  }

  cliWith(env: Record<string, string>, ...args: string[]): Run {
    return run(NODE, [join(DIST, 'cli.mjs'), ...args], { cwd: this.root, env: { ...this.env, ...env } });
  }

  /** The object a verb prints with --json, with its exit code. */
  json(...args: string[]): { exit: number | null; [key: string]: unknown } {
    const { exit, out } = this.cli(...args, '--json');
    return { ...(JSON.parse(out) as Record<string, unknown>), exit };
  }

  /** A command line that runs while the test goes on. */
  start(...args: string[]): { child: ChildProcess; done: Promise<Run> } {
    const child = spawn(NODE, [join(DIST, 'cli.mjs'), ...args], { cwd: this.root, env: this.env });
    const run: Run = { exit: null, out: '', err: '' };
    child.stdout.on('data', (chunk: Buffer) => {
      run.out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      run.err += chunk.toString();
    });
    const done = new Promise<Run>((resolve) => child.once('close', (exit) => resolve({ ...run, exit })));
    return { child, done };
  }

  /** The hook program, as the client calls it. */
  hook(event: string, input: object | string, env: Record<string, string> = {}): HookAnswer | undefined {
    const given = typeof input === 'string' ? input : JSON.stringify({ cwd: this.root, session_id: 's1', ...input });
    const { exit, out, err } = run(NODE, [join(DIST, 'hook.cjs'), event], {
      cwd: this.root,
      env: { ...this.env, CLAUDE_CODE_ENTRYPOINT: 'cli', ...env },
      input: given,
    });
    if (exit !== 0 || err !== '') throw new Error(`hook ${event} ended with ${exit}: ${err}`);
    return out === '' ? undefined : (JSON.parse(out) as HookAnswer);
  }

  /** A person types /approve ARGS; what the client shows. */
  types(args: string, env: Record<string, string> = {}): string {
    return this.hook('user-prompt-expansion', { command_name: 'approve', command_args: args }, env)?.reason ?? '';
  }

  path(...parts: string[]): string {
    return join(this.root, ...parts);
  }

  read(path: string): string {
    return readFileSync(this.path(path), 'utf8');
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(this.path(path)), { recursive: true });
    writeFileSync(this.path(path), text);
  }

  /** Names of a delivery's event files, oldest first by the DAG where it is a line. */
  events(id: string): { name: string; type: string; at: string; parents: string[]; [key: string]: unknown }[] {
    const folder = this.path('deliveries', id, 'ledger');
    const events = readdirSync(folder)
      .filter((name) => name.endsWith('.json'))
      .map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), 'utf8')) }));
    return events.sort((a, b) => (a.at < b.at ? -1 : 1));
  }
}

/** The programs of the plugin, for tests that start them by themselves. */
export const program = (name: 'cli' | 'server' | 'hook') => join(DIST, `${name}.${name === 'hook' ? 'cjs' : 'mjs'}`);

export function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env: Record<string, string>; input?: string },
): Run {
  const { status, stdout, stderr } = spawnSync(command, args, {
    ...options,
    input: options.input ?? '',
    encoding: 'utf8',
    timeout: 50_000,
    maxBuffer: 64 * 1024 * 1024,
  });
  return { exit: status, out: stdout, err: stderr };
}

/** A project that is removed when the test ends. */
export function project(options: { git?: boolean } = {}): Project {
  const base = realpathSync(mkdtempSync(join(tmpdir(), 'countersign-test-')));
  onTestFinished(() => rmSync(base, { recursive: true, force: true, maxRetries: 3 }));
  return new Project(base, { git: options.git ?? true });
}
