import type { Evidence, Skipped } from '../../extract/contract.ts';
import { commandLabel } from '../command-words.ts';
import { effectOf } from '../effect.ts';
import { type Cleaner, inputLimits, isCommandKey, leavesOf, oneLine, outputOf } from '../leaves.ts';
import type { Call, Intervention, Leaf, Run } from '../run.ts';

/** Calls of one session that are kept; what comes after is left out, and said. */
const mostCalls = 5000;

/** Calls that may still be kept, of all sessions together. */
export interface Budget {
  calls: number;
}
const mostInterventions = 500;

type OpenCall = { -readonly [Key in keyof Call]: Call[Key] } & { id: string; when: string; order: number };

/** Gathers one session while its records come in; answers find their calls by id. */
export class Session {
  readonly id: string;
  private readonly clean: Cleaner;
  private readonly budget: Budget;
  private readonly calls: OpenCall[] = [];
  private readonly byId = new Map<string, OpenCall>();
  private readonly interventions: Intervention[] = [];
  private readonly offered = new Set<string>();
  private inputs: readonly Leaf[] = [];
  private inputsAt: Evidence | undefined;
  private job: string | undefined;
  private prompt: string | undefined;
  private hasFailed = false;
  private place: Evidence | undefined;
  private wasCut: Evidence | undefined;

  constructor(id: string, clean: Cleaner, budget: Budget) {
    this.id = id;
    this.budget = budget;
    this.clean = clean;
  }

  see(at: Evidence): void {
    if (this.place === undefined) this.place = { ...at };
    else if (this.place.path === at.path) this.place.endLine = Math.max(this.place.endLine, at.endLine);
  }

  call(given: {
    id: string;
    tool: string;
    input: unknown;
    at: Evidence;
    when?: string | undefined;
    agent?: string;
  }): void {
    const { id, tool, input, at, agent } = given;
    // Sessions that were resumed repeat what came before.
    if (this.byId.has(id)) return;
    if (this.calls.length >= mostCalls || this.budget.calls <= 0) {
      this.wasCut ??= at;
      return;
    }
    const command = textUnder(input, isCommandKey);
    const method = textUnder(input, (key) => /^(?:method|http_?method|verb)$/i.test(key));
    const call: OpenCall = {
      id,
      tool: oneLine(tool, 120, this.clean),
      label: labelOf(
        command,
        method,
        textUnder(input, (key) => /^(?:url|uri|endpoint|path)$/i.test(key)),
      ),
      effect: effectOf(tool, method, command),
      input: leavesOf(input, inputLimits, this.clean),
      output: [],
      failed: false,
      cut: false,
      at: { ...at },
      when: given.when ?? '',
      order: this.calls.length,
      ...(agent === undefined ? {} : { agent }),
    };
    this.budget.calls--;
    this.calls.push(call);
    this.byId.set(id, call);
  }

  answer(given: { id: string; output: unknown; failed: boolean; error?: unknown; at: Evidence }): void {
    const call = this.byId.get(given.id);
    if (call === undefined) return;
    const { output, cut } = outputOf(given.output ?? '', this.clean);
    call.output = output;
    call.cut = cut;
    call.failed = given.failed;
    if (given.failed) call.error = oneLine(textOf(given.error ?? given.output), 200, this.clean);
    if (call.at.path === given.at.path) call.at.endLine = Math.max(call.at.endLine, given.at.endLine);
  }

  intervene(kind: Intervention['kind'], text: string, at: Evidence): void {
    if (this.interventions.length >= mostInterventions) return;
    this.interventions.push({ kind, text: oneLine(text, 160, this.clean), after: this.calls.length, at: { ...at } });
  }

  /** The first thing a person wrote is what the run is for; what comes later is a step of theirs. */
  said(text: string, at: Evidence): void {
    if (this.prompt === undefined && this.calls.length === 0) this.prompt = oneLine(text, 1000, this.clean);
    else this.intervene('said', text, at);
  }

  offers(tools: unknown): void {
    if (!Array.isArray(tools)) return;
    for (const tool of tools.slice(0, 500)) {
      const name =
        typeof tool === 'string' ? tool : textUnder(tool, (key) => /^(?:name|lastKnownName|referenceId)$/.test(key));
      if (name !== undefined) this.offered.add(oneLine(name, 120, this.clean));
    }
  }

  about(given: { job?: string | undefined; inputs?: unknown; failed?: boolean; at?: Evidence }): void {
    if (given.job !== undefined) this.job ??= oneLine(given.job, 120, this.clean);
    if (given.inputs !== null && typeof given.inputs === 'object') {
      this.inputs = leavesOf(given.inputs, inputLimits, this.clean);
      this.inputsAt = given.at;
    }
    if (given.failed === true) this.hasFailed = true;
  }

  done(): { run: Run; skipped: Skipped[] } {
    const { id, job, prompt, inputs, interventions } = this;
    // Agents below the main one write files of their own: time, where it is known, puts the calls in order.
    const timed = this.calls.every((call) => call.when !== '');
    const calls = timed
      ? [...this.calls].sort((a, b) => (a.when < b.when ? -1 : a.when > b.when ? 1 : a.order - b.order))
      : this.calls;
    const at = this.place ?? { path: '', line: 1, endLine: 1 };
    const run: Run = {
      id,
      job,
      prompt,
      inputs,
      ...(this.inputsAt === undefined ? {} : { inputsAt: this.inputsAt }),
      calls: calls.map(({ id: _id, when: _when, order: _order, ...call }) => call),
      interventions,
      offered: [...this.offered],
      at,
      failed: this.hasFailed,
    };
    const skipped: Skipped[] =
      this.wasCut === undefined ? [] : [{ path: this.wasCut.path, reason: 'too-large', line: this.wasCut.line }];
    return { run, skipped };
  }
}

function labelOf(command: string | undefined, method: string | undefined, url: string | undefined): string {
  if (command !== undefined) return commandLabel(command);
  if (method === undefined) return '';
  const path = (url ?? '')
    .replace(/^[a-z]+:\/\/[^/]*/i, '')
    .replace(/[?#].*$/s, '')
    .split('/')
    .map((part) => (/\d/.test(part) ? '*' : part))
    .join('/');
  return `${method.toUpperCase().slice(0, 10)} ${path.slice(0, 80)}`.trim();
}

function textUnder(value: unknown, wanted: (key: string) => boolean): string | undefined {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return undefined;
  const found = Object.entries(value).find(([key, one]) => wanted(key) && typeof one === 'string');
  return found?.[1] as string | undefined;
}

export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    return '';
  }
}
