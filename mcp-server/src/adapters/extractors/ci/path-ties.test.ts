import { describe, expect, it } from 'vitest';
import { githubActions } from '../github-actions/extractor.ts';

/** Kinds of the references that a step's command makes to a chart or a folder of overlays. */
function kindsOf(command: string): string[] {
  const text = `on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - name: Do it\n        run: |\n          ${command}\n`;
  return githubActions
    .extract({ path: '.github/workflows/ci.yml', text })
    .references.filter(({ target }) => target.by === 'path')
    .map(({ kind }) => kind);
}

describe('what a command in a pipeline does with a chart or an overlay', () => {
  it.each([
    ['helm upgrade --install web ./chart', 'calls'],
    ['helm lint ./chart', 'reads'],
    ['helm template web ./chart > out.yaml', 'reads'],
    ['helm template web ./chart | kubectl apply -f -', 'calls'],
    ['kustomize build overlays/prod', 'reads'],
    ['kustomize build overlays/prod | kubectl apply -f -', 'calls'],
    ['kubectl apply -k overlays/prod', 'calls'],
    ['kubectl diff -k overlays/prod', 'reads'],
  ])('%s: %s', (command, kind) => {
    expect(new Set(kindsOf(command))).toEqual(new Set([kind]));
  });
});
