import { isAbsolute, join } from 'node:path';
import type * as z from 'zod';
import type { PlatformFact, ProbeCall } from '../../domain/feasibility/snapshot.ts';
import { type NotRun, runCommand } from './command.ts';
import { startConversation } from './conversation.ts';
import { probeEnvironment } from './environment.ts';
import { request } from './http.ts';
import type { Asked, AskOptions, Call, Hands, Probe, Refusal, Surroundings, Target } from './probe.ts';
import { commandRefusal, httpRefusal } from './refusal.ts';
import type { Run } from './shared-runs.ts';

/** What one target's look came to; still with secrets in it, which are listed. */
export interface Notes {
  facts: PlatformFact[];
  calls: ProbeCall[];
  secrets: string[];
}

const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const NOT_RUN: Record<NotRun['why'], Refusal> = {
  missing: { outcome: 'not-probed', reason: 'is not installed' },
  forbidden: { outcome: 'denied', reason: 'may not be run' },
  'too-long': { outcome: 'not-probed', reason: 'gives an answer that is too long' },
  stopped: { outcome: 'not-probed', reason: 'gives no answer in time' },
};

/** The hands of a probe for one target: they put its declared calls and nothing else, and note what was asked. */
export function handsFor(
  probe: Pick<Probe, 'name' | 'calls' | 'env'>,
  target: Target,
  around: Surroundings,
  notes: Notes,
  signal: AbortSignal,
  run: Run = runCommand,
): Hands {
  const env = probeEnvironment(around.env, probe.env ?? [], around.root);
  for (const value of target.secrets ?? []) hide(notes, value);
  const note = (call: string, answer: string, { bytes, sha256 } = { bytes: 0, sha256: EMPTY_SHA256 }) =>
    notes.calls.push({ probe: target.id, call, answer, bytes, sha256 });

  async function command(call: Extract<Call, { run: unknown }>, values: Values): Promise<Asked<string>> {
    const argv = call.run.map((word) => fill(word, values, checkedWord)) as [string, ...string[]];
    const ran = await run(argv, { ...env, ...call.set }, signal, call.nice);
    if ('why' in ran) {
      const { outcome, reason } = NOT_RUN[ran.why];
      note(argv.join(' '), reason);
      return { outcome, reason: `${argv[0]} ${reason}` };
    }
    note(argv.join(' '), ran.exit === null ? 'ended by a signal' : `exit ${ran.exit}`, ran);
    if (!(call.exits ?? [0]).includes(ran.exit ?? -1)) return commandRefusal(argv[0], ran.exit, ran.err);
    return { value: ran.out, text: ran.err, headers: {} };
  }

  async function http(
    call: { get: string } | { post: string; form?: true },
    options: AskOptions,
  ): Promise<Asked<string>> {
    const { system } = target;
    if (system === undefined) return { outcome: 'not-probed', reason: 'it has no address' };
    const method = 'get' in call ? 'GET' : 'POST';
    const path = fill(
      'get' in call ? call.get : call.post,
      { ...target.values, ...options.values },
      encodeURIComponent,
    );
    const bare = `${system.url.replace(/\/+$/, '')}${path}`;
    const query = new URLSearchParams(options.query ?? {}).toString();
    const url = query === '' ? bare : `${bare}${bare.includes('?') ? '&' : '?'}${query}`;
    const form = 'form' in call;
    const { body } = options;
    const ca = system['ca-file'] === undefined ? undefined : around.read(placed(system['ca-file'], around));
    if (system['ca-file'] !== undefined && ca === undefined)
      return { outcome: 'not-probed', reason: 'its ca-file cannot be read' };
    const answer = await request(
      {
        method,
        url,
        headers: {
          ...(body === undefined ? {} : { 'content-type': form ? FORM : JSON_TYPE }),
          ...target.headers,
          ...options.headers,
        },
        ...(body === undefined ? {} : { body: form ? formOf(body) : JSON.stringify(body) }),
        ...(ca === undefined ? {} : { ca }),
        ...(system.socket === undefined ? {} : { socket: system.socket }),
      },
      signal,
    );
    if ('failure' in answer) {
      note(`${method} ${url}`, answer.failure);
      return { outcome: 'not-probed', reason: answer.failure };
    }
    note(`${method} ${url}`, String(answer.status), answer);
    return httpRefusal(answer) ?? { value: answer.text, text: answer.text, headers: answer.headers };
  }

  async function text(name: string, options: AskOptions = {}): Promise<Asked<string>> {
    const call = probe.calls[name];
    if (call === undefined) throw new Error(`${probe.name} declares no call ${name}`);
    return 'run' in call ? command(call, { ...target.values, ...options.values }) : http(call, options);
  }

  return {
    text,
    async ask<T>(name: string, schema: z.ZodType<T>, options?: AskOptions): Promise<Asked<T>> {
      const said = await text(name, options);
      if ('outcome' in said) return said;
      const json = jsonOf(said.value);
      const parsed = json === undefined ? undefined : schema.safeParse(json);
      if (parsed?.success) return { ...said, value: parsed.data };
      return { outcome: 'not-probed', reason: 'the answer is not what this interface promises' };
    },
    converse() {
      const { program } = target;
      if (program === undefined) return undefined;
      note(`start ${program.argv[0]}`, 'started');
      return startConversation(program.argv, { ...env, ...program.env }, around.root, signal);
    },
    found: (fact) => notes.facts.push(fact),
    secret(variable) {
      const value = variable === undefined ? undefined : around.env[variable];
      if (value !== undefined) hide(notes, value);
      return value === '' ? undefined : value;
    },
    hide: (value) => hide(notes, value),
    read: around.read,
    settings: around.settings,
    root: around.root,
  };
}

type Values = Readonly<Record<string, string>>;
const JSON_TYPE = 'application/json';
const FORM = 'application/x-www-form-urlencoded';

const formOf = (body: Readonly<Record<string, unknown>>) =>
  new URLSearchParams(Object.entries(body).map(([key, value]) => [key, String(value)])).toString();

/** A value can be echoed as it is, in base64, or percent-encoded. */
function hide(notes: Notes, value: string): void {
  notes.secrets.push(value, Buffer.from(value).toString('base64'), encodeURIComponent(value));
}

/** `~/` is the home folder; other relative paths lie in the project. */
export function placed(path: string, { root, home }: Pick<Surroundings, 'root' | 'home'>): string {
  if (path.startsWith('~/')) return join(home, path.slice(2));
  return isAbsolute(path) ? path : join(root, path);
}

function fill(template: string, values: Values, make: (value: string) => string): string {
  return template.replace(/\{(\+?)(\w+)\}/g, (_, plain: string, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}}`);
    return plain === '' ? make(value) : value;
  });
}

/** @throws Error for a value that a program could take for an option: targets are refused before it comes to that */
function checkedWord(value: string): string {
  if (value.startsWith('-') || value.includes('\0')) throw new Error('a value that would be an option');
  return value;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
