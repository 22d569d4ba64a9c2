import { effectOf } from '../../mcp-server/src/domain/runs/effect.ts';
import type { Call, Leaf, Run } from '../../mcp-server/src/domain/runs/run.ts';

/** Numbers from a seed (mulberry32), so that a family of runs can be made again. */
export function dice(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** What is true of a family: its steps in order, and what changes between its runs. */
export interface Truth {
  /** Tools in order; those of one inner list come in any order. */
  steps: readonly (readonly string[])[];
  inputs: readonly string[];
}

export interface Family {
  truth: Truth;
  runs: Run[];
}

export interface FamilyOptions {
  runs: number;
  /** Also make calls that only some runs have, and attempts that fail first. */
  noise?: boolean;
  /** Two steps that do not need each other change places. */
  reorder?: boolean;
}

const verbs = ['get', 'create', 'update', 'list', 'check', 'apply', 'send', 'delete', 'reserve', 'query'];
const nouns = [
  'vlan',
  'subnet',
  'record',
  'ticket',
  'device',
  'policy',
  'route',
  'pool',
  'lease',
  'peer',
  'zone',
  'host',
];

/** A family of runs of one made-up job, with what is true of it. */
export function family(seed: number, options: FamilyOptions): Family {
  const roll = dice(seed);
  const length = 4 + roll(8);
  const tools: string[] = [];
  while (tools.length < length) {
    const tool = `${verbs[roll(verbs.length)]}_${nouns[roll(nouns.length)]}`;
    if (!tools.includes(tool)) tools.push(tool);
  }
  const inputs = ['siteName', 'vlanId', 'owner', 'subnetCidr'].slice(0, 1 + roll(4));
  // Every input is used; results of earlier steps and constants fill the rest.
  const uses = tools.map((_, at) => ({
    input: inputs[at % inputs.length] as string,
    result: at > 0 && roll(2) === 1 ? roll(at) : undefined,
    constant: `mode-${roll(3)}`,
    template: roll(3) === 0,
  }));
  const swap = options.reorder === true ? 1 + roll(length - 2) : undefined;
  if (swap !== undefined && uses[swap + 1]?.result === swap)
    (uses[swap + 1] as { result: number | undefined }).result = undefined;
  const runs = Array.from({ length: options.runs }, (_, run) => {
    const values = Object.fromEntries(inputs.map((name) => [name, `${name}-${run}${roll(1000)}x`]));
    const order = tools.map((_tool, at) => at);
    if (swap !== undefined && run % 2 === 1) order.splice(swap, 2, swap + 1, swap);
    const calls: Call[] = [];
    const noisy = options.noise === true;
    for (const at of order) {
      const use = uses[at] as (typeof uses)[number];
      const tool = tools[at] as string;
      const input: Leaf[] = [
        { path: `args.${use.input}`, value: values[use.input] as string },
        { path: 'mode', value: use.constant },
      ];
      if (use.result !== undefined) input.push({ path: 'parent', value: `id-${run}-${use.result}` });
      if (use.template) input.push({ path: 'text', value: `about ${values[use.input]} now` });
      if (noisy && roll(5) === 0) calls.push(call(tool, input, [], calls.length, run, true));
      if (noisy && roll(4) === 0)
        calls.push(call(`look_${run}_${calls.length}`, [{ path: 'q', value: `${roll(9999)}` }], [], calls.length, run));
      const output = [
        { path: 'id', value: `id-${run}-${at}` },
        { path: 'echo', value: values[use.input] as string },
        { path: 'status', value: 'ok' },
      ];
      calls.push(call(tool, input, output, calls.length, run));
    }
    return runOf(run, calls);
  });
  const steps = tools.flatMap((tool, at) => {
    if (swap === undefined) return [[tool]];
    if (at === swap) return [[tool, tools[at + 1] as string]];
    return at === swap + 1 ? [] : [[tool]];
  });
  const used = [...new Set(uses.map((use) => use.input))];
  return { truth: { steps, inputs: used }, runs };
}

export function call(
  tool: string,
  input: readonly Leaf[],
  output: readonly Leaf[],
  at: number,
  run: number,
  failed = false,
): Call {
  const place = { path: `run-${run}.jsonl`, line: at + 1, endLine: at + 1 };
  const made: Call = {
    tool,
    label: '',
    effect: effectOf(tool, undefined, undefined),
    input,
    output,
    failed,
    cut: false,
    at: place,
  };
  return failed ? { ...made, error: 'it did not work' } : made;
}

export function runOf(run: number, calls: readonly Call[], more: Partial<Run> = {}): Run {
  return {
    id: `run-${run}`,
    job: undefined,
    prompt: undefined,
    inputs: [],
    calls,
    interventions: [],
    offered: [],
    at: { path: `run-${run}.jsonl`, line: 1, endLine: Math.max(1, calls.length) },
    failed: false,
    ...more,
  };
}

export const leaf = (path: string, value: unknown): Leaf => ({ path, value: String(value) });

/** A run whose calls are written as `tool name=value ... > name=value ...`; with `tool!` the call failed. */
export function script(run: number, lines: readonly string[], more: Partial<Run> = {}): Run {
  const calls = lines.map((line, at) => {
    const [before = '', after = ''] = line.split(' > ');
    const [tool = '', ...words] = before.split(' ');
    const leaves = (texts: readonly string[]) =>
      texts.filter((text) => text.includes('=')).map((text) => leaf(text.split('=')[0] as string, text.split('=')[1]));
    return call(tool.replace('!', ''), leaves(words), leaves(after.split(' ')), at, run, tool.endsWith('!'));
  });
  return runOf(run, calls, more);
}

/** The same calls as records of the documented generic form, one a line. */
export function genericLines(runs: readonly Run[]): Map<string, string> {
  return new Map(
    runs.map((run) => [
      run.at.path,
      run.calls
        .map((one, at) =>
          JSON.stringify({
            session: run.id,
            step: at + 1,
            tool: one.tool,
            input: nest(one.input),
            output: nest(one.output),
            error: one.error ?? null,
          }),
        )
        .join('\n'),
    ]),
  );
}

function nest(leaves: readonly Leaf[]): object {
  const root: Record<string, unknown> = {};
  for (const { path, value } of leaves) {
    let into = root;
    const parts = path.split('.');
    for (const part of parts.slice(0, -1)) {
      into[part] ??= {};
      into = into[part] as Record<string, unknown>;
    }
    into[parts.at(-1) as string] = value;
  }
  return root;
}
