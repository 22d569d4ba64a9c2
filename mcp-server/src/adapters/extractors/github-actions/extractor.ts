import { buildFile } from '../../../domain/extract/build.ts';
import type { Extractor } from '../../../domain/extract/contract.ts';
import { documentsIn } from '../yaml/documents.ts';
import { childOf, entriesOf } from '../yaml/node.ts';
import { actionFacts } from './action.ts';
import { triggersOf } from './triggers.ts';
import { workflowFacts } from './workflow.ts';

const workflowPath = /(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$/;
const actionPath = /(?:^|\/)action\.ya?ml$/;

/** GitHub Actions: workflows (scope: the file) and action.yml (scope: its folder). */
export const githubActions: Extractor = {
  format: 'github-actions',
  matches: (path, head) =>
    workflowPath.test(path) || (actionPath.test(path) && /^(?:name|runs|inputs|description)\s*:/m.test(head)),
  extract(source) {
    const isWorkflow = workflowPath.test(source.path);
    const file = isWorkflow ? buildFile('github-actions', source, source.path) : buildFile('github-actions', source);
    const documents = documentsIn(file, source.text);
    for (const { root } of documents) {
      if (root?.kind !== 'map') continue;
      if (isWorkflow) {
        // Half a workflow still says what its half says; an empty map says nothing.
        if (triggersOf(root) !== undefined || entriesOf(childOf(root, 'jobs')).length > 0)
          workflowFacts(file, source, root);
      } else if (childOf(root, 'runs') !== undefined) actionFacts(file, source, root);
    }
    return file.done();
  },
};
