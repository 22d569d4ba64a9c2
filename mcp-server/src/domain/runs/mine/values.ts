import type { Evidence } from '../../extract/contract.ts';
import { append } from '../../extract/story/fact-graph.ts';
import type { Call, Leaf, Run } from '../run.ts';
import type { Node } from './align.ts';
import { type Item, valueAt } from './items.ts';
import type { JobInput, Origin, StepValue } from './job.ts';

/** Values by the number of the run. */
type Vector = ReadonlyMap<number, string>;

interface Known {
  name: string;
  values: Vector;
  list: boolean;
}

interface Producer {
  step: number;
  path: string;
  values: Vector;
}

/** Results that are looked for within longer texts. */
const mostProducers = 80;
const generatedShape =
  /^(?:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*|1[5-9]\d{8}(?:\d{3})?|[0-9a-f]{24,64}|(?:toolu|call|req|run|job)_\w{8,})$/i;

/**
 * Tells for every value of every step whether it is always the same, an input, put together from inputs, or the result of a
 * step before. Values that differ between runs in the same way are one input, whatever they are called.
 */
export class ValueReader {
  private readonly runs: readonly Run[];
  private readonly inputs: (JobInput & { values: Vector })[] = [];
  private readonly producers: Producer[] = [];
  /** By a run and the value that it had: what gives a value is looked up, not searched for. */
  private readonly byValue = new Map<string, Producer[]>();
  private readonly names = new Set<string>();
  private readonly counts = new Map<string, number>();
  private readonly either = new Map<string, { step: number | undefined; values: Map<number, Set<string>> }>();

  constructor(runs: readonly Run[]) {
    this.runs = runs;
    for (const [name, { values, list }] of declaredInputs(runs)) {
      this.names.add(name);
      const varies = new Set(values.values()).size > 1;
      this.inputs.push({
        name,
        by: 'declared',
        varies,
        list,
        examples: examplesOf(values),
        evidence: runs.filter((_, at) => values.has(at)).map((run) => run.inputsAt ?? run.at),
        values,
      });
    }
  }

  /** Reads a step; steps come in the order of the job, so that results are known before they are used. */
  read(node: Node, number: number): StepValue[] {
    const paths = [
      ...new Set(
        [...node.items.values()].flatMap((item) => item.calls.flatMap((call) => call.input.map((leaf) => leaf.path))),
      ),
    ];
    const values = paths.map((path) => this.valueOf(node, path));
    this.produce(node, number);
    return values;
  }

  /** A step that only some runs have gives results as well: what follows may use those of either way. */
  pass(node: Node): void {
    this.produce(node, undefined);
  }

  found(): JobInput[] {
    return this.inputs.map(({ values: _, ...input }) => input);
  }

  private valueOf(node: Node, path: string): StepValue {
    const each = [...node.items.values()].some((item) => new Set(textsOf(item, path)).size > 1);
    const values = new Map<number, string>();
    for (const [run, item] of node.items) {
      const texts = textsOf(item, path);
      if (texts.length > 0) values.set(run, each ? texts.join('\n') : (texts[0] as string));
    }
    if (isSecret(node, path)) return { path, each, origin: { kind: 'secret' } };
    return { path, each, origin: this.originOf(node, path, values, each) };
  }

  private originOf(node: Node, path: string, values: Vector, each: boolean): Origin {
    const distinct = new Set(values.values());
    const [only] = distinct;
    if (this.runs.length === 1) return this.ofOneRun(node, path, values, each);
    if (distinct.size === 1) {
      if (values.size === 1 && this.runs.length > 1) return { kind: 'unknown', value: only as string };
      return { kind: 'constant', value: only as string };
    }
    const input = this.inputs.find((one) => one.varies && covers(one.values, values));
    if (input !== undefined) return { kind: 'input', name: input.name };
    const producer = this.producerOf(values);
    if (producer !== undefined) return { kind: 'result', step: producer.step, path: producer.path };
    const either = this.eitherOf(values);
    if (either !== undefined) return either;
    const template = each ? undefined : this.templateOf(values);
    if (template !== undefined) return template;
    if ([...distinct].every((value) => generatedShape.test(value)) && !this.isAsked(values))
      return { kind: 'generated' };
    return {
      kind: 'input',
      name: this.add(path, values, each ? 'varies' : this.isAsked(values) ? 'prompt' : 'varies', each, node),
    };
  }

  private producerOf(values: Vector): Producer | undefined {
    const [first] = values;
    if (first === undefined) return undefined;
    return this.byValue.get(valueKey(...first))?.find((one) => covers(one.values, values));
  }

  /** Every run's value is what one of its steps gave under this name, not the same step in all of them. */
  private eitherOf(values: Vector): Origin | undefined {
    for (const [path, { step, values: known }] of this.either)
      if (step !== undefined && [...values].every(([run, value]) => known.get(run)?.has(value) === true))
        return { kind: 'result', step, path };
    return undefined;
  }

  /** One run varies nothing: what the person named is taken for an input, what a step gave before for its result. */
  private ofOneRun(node: Node, path: string, values: Vector, each: boolean): Origin {
    const [value = ''] = values.values();
    const input = this.inputs.find((one) => one.values.get(0) === value && value.length > 1);
    if (input !== undefined) return { kind: 'input', name: input.name };
    if (this.isAsked(values) && !/^command \[\d+\]$/.test(path))
      return { kind: 'input', name: this.add(path, values, 'prompt', each, node) };
    const isDistinctive = value.length >= 3 && !/^(?:true|false|null|none|\d{1,2}|[a-z]{1,6})$/i.test(value);
    const producer = isDistinctive ? this.producerOf(values) : undefined;
    if (producer !== undefined) return { kind: 'result', step: producer.step, path: producer.path };
    return this.templateOf(values) ?? { kind: 'unknown', value };
  }

  /** Every run's value stands in what its person asked for. */
  private isAsked(values: Vector): boolean {
    return [...values].every(([run, value]) => {
      const prompt = this.runs[run]?.prompt;
      return prompt !== undefined && value.length > 1 && places(prompt, value).length > 0;
    });
  }

  private templateOf(values: Vector): Origin | undefined {
    const known: Known[] = [
      ...this.inputs.filter((one) => (one.varies || this.runs.length === 1) && !one.list),
      ...this.producers
        .slice(0, mostProducers)
        .map((one) => ({ name: `result of step ${one.step}: ${one.path}`, values: one.values, list: false })),
    ];
    const templates = new Set<string>();
    let used: readonly string[] = [];
    for (const [run, value] of values) {
      const filled = fill(value, run, known, this.runs.length === 1 ? 3 : 2);
      templates.add(filled.template);
      used = filled.used;
      if (templates.size > 1) return undefined;
    }
    const [template] = templates;
    return template === undefined || used.length === 0 ? undefined : { kind: 'template', template, inputs: used };
  }

  private add(path: string, values: Vector, by: JobInput['by'], list: boolean, node: Node): string {
    const base = nameOf(path);
    let name = base;
    let count = this.counts.get(base) ?? 1;
    while (this.names.has(name)) name = `${base}${++count}`;
    this.counts.set(base, count);
    this.names.add(name);
    const evidence: Evidence[] = [...node.items]
      .filter(([run]) => values.has(run))
      .flatMap(([, item]) => item.calls.slice(0, 1).map((call) => call.at));
    this.inputs.push({ name, by, varies: this.runs.length > 1, list, examples: examplesOf(values), evidence, values });
    return name;
  }

  private produce(node: Node, number: number | undefined): void {
    const paths = new Map<string, Map<number, string>>();
    for (const [run, item] of node.items)
      for (const { path, value } of item.calls.at(-1)?.output ?? [])
        if (path !== '' && value !== '') paths.set(path, (paths.get(path) ?? new Map()).set(run, value));
    for (const [path, values] of paths) {
      const either = this.either.get(path) ?? { step: undefined, values: new Map<number, Set<string>>() };
      either.step = number ?? either.step;
      for (const [run, value] of values) either.values.set(run, (either.values.get(run) ?? new Set()).add(value));
      this.either.set(path, either);
      if (number === undefined) continue;
      const varies = new Set(values.values()).size > 1 || this.runs.length === 1;
      if (!varies) continue;
      const producer = { step: number, path, values };
      if (this.producers.length < mostProducers) this.producers.push(producer);
      for (const entry of values) append(this.byValue, valueKey(...entry), producer);
    }
  }
}

/** Inputs that sessions declare, lists of plain values as one. */
function declaredInputs(runs: readonly Run[]): Map<string, { values: Map<number, string>; list: boolean }> {
  const found = new Map<string, { values: Map<number, string>; list: boolean }>();
  for (const [run, { inputs }] of runs.entries())
    for (const { path, value } of inputs) {
      const base = path.replace(/\[\d+\]$/, '');
      const entry = found.get(base) ?? { values: new Map<number, string>(), list: base !== path };
      const before = entry.values.get(run);
      entry.values.set(run, before === undefined ? value : `${before}\n${value}`);
      found.set(base, entry);
    }
  return found;
}

function isSecret(node: Node, path: string): boolean {
  return [...node.items.values()].some((item) =>
    item.calls.some((call) => call.input.some((leaf: Leaf) => leaf.path === path && leaf.secret === true)),
  );
}

const textsOf = (item: Item, path: string) => item.calls.flatMap((call: Call) => valueAt(call.input, path) ?? []);

const valueKey = (run: number, value: string) => `${run}\u0000${value}`;

/** Known for every run that has the value, and equal there. */
function covers(known: Vector, values: Vector): boolean {
  for (const [run, value] of values) if (known.get(run) !== value) return false;
  return true;
}

function examplesOf(values: Vector): string[] {
  return [...new Set(values.values())].slice(0, 3).map((value) => value.replaceAll('\n', ', ').slice(0, 80));
}

/** What people would call a value: the last name of its path. */
export function nameOf(path: string): string {
  const last = path
    .replace(/\[\d+\]/g, '')
    .split(/[. ]+/)
    .filter((part) => part !== '')
    .at(-1);
  const name = (last ?? 'value').replace(/^-+/, '');
  return /^(?:command|cmd|script)$/.test(name) ? 'argument' : name;
}

/** Where a value stands in a text by itself: digits not within a number, short words not within a word. */
function places(text: string, value: string): number[] {
  const found: number[] = [];
  const within = /^\d+$/.test(value) ? /\d/ : value.length < 4 ? /[A-Za-z0-9]/ : /[^\s\S]/;
  for (let at = text.indexOf(value); at >= 0 && found.length < 20; at = text.indexOf(value, at + value.length)) {
    const [before, after] = [text[at - 1] ?? ' ', text[at + value.length] ?? ' '];
    if (!within.test(before) && !within.test(after)) found.push(at);
  }
  return found;
}

function fill(
  text: string,
  run: number,
  known: readonly Known[],
  shortest: number,
): { template: string; used: string[] } {
  const used: string[] = [];
  let template = text;
  const byLength = known
    .map(({ name, values }) => ({ name, value: values.get(run) ?? '' }))
    .filter(({ value }) => value.length >= shortest && value.length < text.length)
    .sort((a, b) => b.value.length - a.value.length);
  for (const { name, value } of byLength) {
    const found = places(template, value);
    if (found.length === 0) continue;
    // From the end, so that places stay where they are; what is filled in is not looked into again.
    for (const at of found.reverse())
      if (!insideBraces(template, at)) {
        template = `${template.slice(0, at)}{${name}}${template.slice(at + value.length)}`;
        if (!used.includes(name)) used.push(name);
      }
  }
  return { template, used: used.sort() };
}

function insideBraces(text: string, at: number): boolean {
  return text.lastIndexOf('{', at) > text.lastIndexOf('}', at);
}
