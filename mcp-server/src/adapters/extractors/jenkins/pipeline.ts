import { baseName, type FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { StepLinks } from '../ci/step-links.ts';
import { callsIn } from './calls.ts';
import { directiveFacts } from './directives.ts';
import { argument, type GroovyNode, spell } from './groovy-tree.ts';
import { libraryFact } from './library.ts';
import type { Place } from './place.ts';
import { stageFacts } from './stage.ts';
import { stepFacts } from './step.ts';

/** The statements that wait, so that depth costs memory and never the stack. */
type Waiting = { node: GroovyNode; place: Place };

/** Everything a Jenkinsfile says, in source order. */
export function pipelineFacts(file: FileBuilder, path: string, roots: readonly GroovyNode[]): void {
  const declared = roots.find((node) => node.name === 'pipeline' && node.body !== undefined);
  const first = declared ?? roots[0];
  if (first === undefined) return;
  const options = declared?.body?.find((node) => node.name === 'options');
  const workflow = file.fact({
    kind: 'workflow',
    name: baseName(path),
    at: { line: first.line },
    attributes: {
      type: declared === undefined ? 'scripted pipeline' : 'declarative pipeline',
      nameFrom: 'file name',
      options: options?.body?.map((node) => spell(node.head).slice(0, 100)),
    },
  });
  file.couple({ system: 'jenkins', class: 'ci', swap: 'rewrite', at: { line: first.line }, consumers: [workflow] });
  const top: Place = {
    workflow,
    stage: undefined,
    onFailure: false,
    isHandled: false,
    folder: '.',
    parallel: false,
    links: new StepLinks(),
  };
  const waiting: Waiting[] = [...roots].reverse().map((node) => ({ node, place: top }));
  const order = { stages: 0 };
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node, place } = next;
    const inside = visit(file, workflow, node, place, order);
    if (inside === undefined) continue;
    for (const child of [...(node.body ?? [])].reverse()) waiting.push({ node: child, place: inside });
  }
  top.links.refer(file);
}

/** Says what one statement holds; gives the place of what stands inside it, undefined when that is said already. */
function visit(
  file: FileBuilder,
  workflow: Fact,
  node: GroovyNode,
  place: Place,
  order: { stages: number },
): Place | undefined {
  libraryFact(file, workflow, node);
  if (node.body === undefined) {
    // `properties([parameters([...])])`, `timeout(...)`, steps.
    if (node.name === 'properties') directiveFacts(file, workflow, node, callsIn(node.head));
    else stepFacts(file, node, place);
    return undefined;
  }
  switch (node.name) {
    case 'stage': {
      const stage = stageFacts(file, workflow, node, place, order);
      return { ...place, stage, parallel: false };
    }
    case 'parameters':
    case 'triggers':
    case 'environment':
    case 'tools':
    case 'agent':
    case 'axes':
      directiveFacts(
        file,
        place.stage ?? workflow,
        node,
        node.body.flatMap((child) => callsIn(child.head)),
      );
      return undefined;
    case 'options':
    case 'when':
    case 'excludes':
      return undefined;
    case 'input':
      stepFacts(file, node, place);
      return undefined;
    case 'parallel':
      if (node.label !== undefined && !(node.body ?? []).some((child) => child.name === 'stage'))
        return { ...place, stage: stageFacts(file, workflow, node, { ...place, parallel: true }, order) };
      return { ...place, parallel: true };
    case 'failure':
    case 'unsuccessful':
    case 'aborted':
    case 'unstable':
    case 'catch':
      return { ...place, onFailure: true };
    case 'try':
    case 'catchError':
    case 'warnError':
      return { ...place, isHandled: true };
    case 'dir': {
      const folder = argument(node);
      const isStatic = folder !== undefined && place.folder !== undefined && !folder.value.includes('$');
      return { ...place, folder: isStatic ? join(place.folder as string, folder.value) : undefined };
    }
    default:
      stepFacts(file, node, place);
      return place;
  }
}

function join(folder: string, inner: string): string | undefined {
  if (inner.startsWith('/') || inner.includes('..')) return undefined;
  const clean = inner.replace(/^\.\//, '').replace(/\/+$/, '');
  return folder === '.' ? clean || '.' : `${folder}/${clean}`;
}
