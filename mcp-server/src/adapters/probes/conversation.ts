import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { endGroup, withGroup } from '../process-group.ts';

/** Longest line that a server may say. */
const MAX_BYTES = 8 * 1024 * 1024;

/** JSON-RPC 2.0 with a program, one message a line. */
export interface Conversation {
  /** The whole answer with the same id; undefined when the program ended, said too much, or the time was up. */
  ask(message: { method: string; params: object }): Promise<unknown>;
  tell(message: { method: string }): void;
  /** Why it is over; undefined while it goes on. */
  ended(): string | undefined;
}

/** Starts a program in a process group of its own, which ends with `signal`. */
export function startConversation(
  [program, ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  cwd: string,
  signal: AbortSignal,
): Conversation {
  const child = spawn(program!, args, { cwd, env, stdio: ['pipe', 'pipe', 'ignore'], detached: true });
  const waiting = new Map<number, (value: unknown) => void>();
  let over: string | undefined;
  let last = 0;
  let bytes = 0;
  const end = (why: string) => {
    over ??= why;
    endGroup(child.pid);
    for (const answer of waiting.values()) answer(undefined);
    waiting.clear();
  };
  void withGroup(child.pid, () => new Promise<void>((resolve) => child.once('close', () => resolve())));
  child.once('error', () => end('it cannot be started'));
  child.once('exit', () => end('it ended before it answered'));
  child.stdin.on('error', () => end('it closed its input'));
  child.stdout.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) end('its answer is too long');
  });
  signal.addEventListener('abort', () => end('no answer in time'), { once: true });
  createInterface({ input: child.stdout }).on('line', (line) => {
    const message = jsonOf(line) as { id?: unknown } | undefined;
    const answer = typeof message?.id === 'number' ? waiting.get(message.id) : undefined;
    if (answer === undefined) return;
    waiting.delete(message!.id as number);
    answer(message);
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  return {
    ask(message) {
      if (over !== undefined) return Promise.resolve(undefined);
      const id = ++last;
      send({ id, ...message });
      return new Promise((resolve) => waiting.set(id, resolve));
    },
    tell: (message) => void send(message),
    ended: () => over,
  };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
