import { baseName, type FileBuilder, resolveFrom } from '../../../domain/extract/build.ts';
import type { SourceFile } from '../../../domain/extract/contract.ts';
import { StepLinks } from '../ci/step-links.ts';
import { usedImage } from '../images.ts';
import { childOf, entryOf, itemsOf, spanOf, textOf, type YamlNode } from '../yaml/node.ts';
import { inputFacts, outputFacts } from './interface.ts';
import { stepFact } from './step.ts';
import { usedNames } from './used-names.ts';

/** action.yml: what an action takes and gives, and what it runs. The scope is its folder. */
export function actionFacts(file: FileBuilder, source: SourceFile, root: YamlNode): void {
  const { scope } = file;
  const runs = entryOf(root, 'runs');
  const using = textOf(childOf(runs?.value, 'using'));
  const title = entryOf(root, 'name');
  const name = textOf(title?.value) ?? baseName(scope === '.' ? source.path : scope);
  const action = file.fact({
    kind: 'workflow',
    name,
    at: title === undefined ? { line: root.line } : spanOf(title),
    attributes: {
      type: 'action',
      using,
      description: textOf(childOf(root, 'description')),
      main: textOf(childOf(runs?.value, 'main')),
      nameFrom: textOf(title?.value) === undefined ? 'folder name' : undefined,
    },
  });
  file.couple({
    system: 'github-actions',
    class: 'ci',
    swap: 'rewrite',
    at: runs === undefined ? root : spanOf(runs),
    consumers: [action],
  });
  inputFacts(file, childOf(root, 'inputs'), { scope, of: 'action' });
  outputFacts(file, childOf(root, 'outputs'), { scope, of: 'action', documents: true });
  const links = new StepLinks();
  const steps = itemsOf(childOf(runs?.value, 'steps'))
    .filter((step) => step.kind === 'map')
    .map((step, at) =>
      stepFact(file, step, at + 1, { scope, job: name, owner: action, links, folder: undefined, shell: undefined }),
    );
  links.refer(file);
  for (const key of ['main', 'pre', 'post', 'entrypoint', 'image']) {
    const entry = entryOf(runs?.value, key);
    const text = textOf(entry?.value);
    if (entry === undefined || text === undefined) continue;
    if (text.startsWith('docker://'))
      usedImage(file, { reference: text.slice('docker://'.length), at: spanOf(entry), owner: action });
    const path = text.includes('://') ? undefined : resolveFrom(scope, text);
    if (path !== undefined) file.refer(action, 'calls', { by: 'path', path }, spanOf(entry));
  }
  usedNames(file, source.text, scope, [
    { fact: action, line: 1, endLine: Number.MAX_SAFE_INTEGER },
    ...steps.map(({ fact }) => ({ fact, ...(fact.evidence[0] ?? { line: 1, endLine: 1 }) })),
  ]);
}
