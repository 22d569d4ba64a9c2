import type { Fact, FileExtraction } from '../../../domain/extract/contract.ts';
import { byPlace } from '../../../domain/extract/order.ts';

/** Rule of an input that a template reads; only the whole chart tells whether its values.yaml declares it. */
export const undeclaredRule = 'helm-used-but-undeclared';

/** What one extractor said of one file, as far as settling needs it. */
interface OfFile {
  format: string;
  extraction: FileExtraction;
}

/**
 * What no single file of a chart can tell, over all files and before their ids are made unique: a value that a template
 * uses and the chart's values.yaml declares (itself, a part of it, or a map around it that is empty there) is no input
 * of its own; one that nobody declares is one input with all its uses, required if one of them is.
 *
 * Files of other formats pass through. The order of the files is kept and does not matter to the result.
 */
export function settleHelm<T extends OfFile>(files: readonly T[]): T[] {
  const inputs = files
    .filter((file) => file.format === 'helm')
    .flatMap((file) => file.extraction.facts.filter((fact) => fact.kind === 'input'));
  const isUse = (fact: Fact) => fact.attributes['rule'] === undeclaredRule;
  const declared = new Declared(inputs.filter((fact) => !isUse(fact)));
  const groups = new Map<string, Fact[]>();
  const settled = new Map<Fact, Fact | undefined>();
  for (const fact of inputs.filter(isUse)) {
    settled.set(fact, undefined);
    if (declared.covers(fact)) continue;
    const key = `${fact.scope}\n${fact.name}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [fact]);
    else group.push(fact);
  }
  for (const facts of groups.values()) {
    const sorted = [...facts].sort((a, b) => byPlace(placeOf(a), placeOf(b)));
    const [first] = sorted as [Fact];
    const required = sorted.some((fact) => fact.attributes['required'] === true);
    settled.set(first, {
      ...first,
      evidence: sorted.flatMap((fact) => fact.evidence),
      attributes: { ...first.attributes, required },
    });
  }
  return files.map((file) => {
    if (file.format !== 'helm') return file;
    const facts = file.extraction.facts.flatMap((fact) => (settled.has(fact) ? (settled.get(fact) ?? []) : fact));
    return { ...file, extraction: { ...file.extraction, facts } };
  });
}

function placeOf(fact: Fact) {
  return fact.evidence[0] ?? { path: '', line: 0, endLine: 0 };
}

/** What values files declare, by scope. */
class Declared {
  private readonly names = new Map<string, Set<string>>();
  /** Declared names and the maps around them. */
  private readonly around = new Map<string, Set<string>>();

  constructor(inputs: readonly Fact[]) {
    for (const { scope, name } of inputs) {
      add(this.names, scope, name);
      for (const prefix of prefixes(name)) add(this.around, scope, prefix);
    }
  }

  covers({ scope, name }: Fact): boolean {
    // What is global is declared by whichever chart stands above.
    const scopes = name.startsWith('global.') ? [scope, ...chartsAbove(scope)] : [scope];
    return scopes.some(
      (place) =>
        this.around.get(place)?.has(name) === true ||
        prefixes(name).some((prefix) => this.names.get(place)?.has(prefix) === true),
    );
  }
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, new Set([value]));
  else known.add(value);
}

function chartsAbove(scope: string): string[] {
  const found: string[] = [];
  for (let at = scope.lastIndexOf('/charts/'); at > 0; at = scope.lastIndexOf('/charts/', at - 1))
    found.push(scope.slice(0, at));
  return found;
}

/** `a`, `a.b`, `a.b.c` of `a.b.c`; quoted parts may hold dots. */
function prefixes(path: string): string[] {
  const found: string[] = [];
  let quoted = false;
  for (let at = 0; at < path.length; at++) {
    if (path[at] === '"') quoted = !quoted;
    else if (path[at] === '.' && !quoted) found.push(path.slice(0, at));
  }
  return [...found, path];
}
