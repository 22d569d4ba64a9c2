import { readDesign } from '../domain/artifact/design.ts';
import { readRequirements } from '../domain/artifact/requirements.ts';
import type { ExtractReport } from '../domain/extract/contract.ts';
import { inputFault } from '../domain/fault.ts';
import { draftRebound } from '../domain/rebind/draft.ts';
import { type Impact, impactOf } from '../domain/rebind/impact.ts';
import { isSystem, replacedBy } from '../domain/rebind/match.ts';
import type { Answer } from './answer.ts';
import { load } from './load.ts';
import type { Ports } from './ports.ts';
import { storedFacts } from './stored-facts.ts';

export interface Rebound extends Impact {
  delivery: string;
  role: string | null;
  from: string[];
  to: string;
  /** Whether Bindings already name the new system. */
  bound: boolean;
  dependsOn: string[];
  /** The design as it would be; null where there is none yet. */
  design: string | null;
}

/** One delivery's row in the table over all. */
export interface RebindRow {
  order: number;
  delivery: string;
  progress: 'not tied' | 'to do' | 'bound, ties left' | 'done';
  ties: number;
  rewrite: number;
  dependsOn: string[];
}

/**
 * What breaks in a delivery when a role gets another system, or a system is replaced. Reads only; the drafted design is
 * handed back, because an approved one changes through a change.
 *
 * @param tree what was extracted from the project now; a delivery whose tree lies elsewhere answers from its stored facts
 * @throws Fault `unknown-delivery`, `no-design`
 */
export function rebind(ports: Ports, id: string, asked: string, system: string, tree: ExtractReport): Answer<Rebound> {
  const data = reboundOf(ports, id, asked, system, tree);
  const count = (effort: string) => data.touched.filter((one) => one.effort === effort).length;
  return {
    said: `${id}: ${data.ties} ties; components: ${count('rewrite')} to rewrite, ${count('re-parameterise')} to re-parameterise, ${count('rename')} to rename, ${count('test again')} to test again.`,
    blocks: [],
    next: data.ties === 0 ? '' : `decide the open points, then /spec-change ${id} takes the draft over`,
    data,
  };
}

/** The same over every delivery that has a design, in the order in which they can be moved. */
export function rebindAll(
  ports: Ports,
  asked: string,
  system: string,
  tree: ExtractReport,
): Answer<{ rows: RebindRow[] }> {
  const all = ports.deliveries
    .list()
    .filter((id) => ports.deliveries.artifact(id, 'design.md') !== undefined)
    .map((id) => reboundOf(ports, id, asked, system, tree));
  const tied = all.filter((one) => one.ties > 0 || one.bound || one.role !== null);
  const rows = inOrder(tied).map((one, at) => ({
    order: at + 1,
    delivery: one.delivery,
    progress: progressOf(one),
    ties: one.ties,
    rewrite: one.touched.filter(({ effort }) => effort === 'rewrite').length,
    dependsOn: one.dependsOn,
  }));
  const left = rows.filter(({ progress }) => progress !== 'done').length;
  return {
    said: `${rows.length} deliver${rows.length === 1 ? 'y is' : 'ies are'} tied to ${JSON.stringify(asked)} or ${JSON.stringify(system)}, ${left} to move.`,
    blocks: [],
    next:
      left === 0
        ? ''
        : `countersign rebind ${rows.find(({ progress }) => progress !== 'done')!.delivery} ROLE SYSTEM shows the first`,
    data: { rows },
  };
}

function reboundOf(ports: Ports, id: string, asked: string, system: string, tree: ExtractReport): Rebound {
  const { read } = load(ports, id);
  const text = read.artifacts['design.md'];
  if (text === undefined)
    throw inputFault({
      code: 'no-design',
      message: `${id} has no design, so nothing is bound yet`,
      next: `/solution-design ${id} binds roles to systems`,
    });
  const design = readDesign(text);
  const replaced = replacedBy(asked, design.bindings);
  const stored = storedFacts(ports, id, read.artifacts);
  const isElsewhere = stored?.note.root.includes('://') === true;
  // Of a tree that lies elsewhere only the stored facts are known, and no pattern of the design names its files.
  const impact = isElsewhere
    ? impactOf(stored.report, replaced.systems, [], { everywhere: true })
    : impactOf(tree, replaced.systems, design.components);
  const front = read.artifacts['requirements.md'];
  return {
    delivery: id,
    role: replaced.role ?? null,
    from: replaced.systems,
    to: system,
    bound: design.bindings.some((binding) => isSystem(binding.system, system)),
    dependsOn: front === undefined ? [] : (readRequirements(front).front?.['depends-on'] ?? []),
    design: draftRebound(text, design, replaced, system, impact),
    ...impact,
  };
}

function progressOf({ ties, bound }: Rebound): RebindRow['progress'] {
  if (bound) return ties === 0 ? 'done' : 'bound, ties left';
  return ties === 0 ? 'not tied' : 'to do';
}

/** Deliveries that others depend on first, the lighter before the heavier; a ring keeps the order of names. */
function inOrder(all: readonly Rebound[]): Rebound[] {
  const left = [...all].sort((a, b) => a.ties - b.ties || (a.delivery < b.delivery ? -1 : 1));
  const done: Rebound[] = [];
  while (left.length > 0) {
    const names = new Set(left.map(({ delivery }) => delivery));
    const ready = left.findIndex(({ delivery, dependsOn }) =>
      dependsOn.every((one) => one === delivery || !names.has(one)),
    );
    done.push(...left.splice(Math.max(ready, 0), 1));
  }
  return done;
}
