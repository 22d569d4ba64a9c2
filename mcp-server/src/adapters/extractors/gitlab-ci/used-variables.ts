import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { secretName } from '../../../domain/extract/secret-shapes.ts';
import { scriptOf } from '../ci/script-text.ts';
import { inputsOf } from '../shell/inputs.ts';
import { readShell } from '../shell/read.ts';
import { childOf, entriesOf, spanOf, type YamlNode, type YamlScalar } from '../yaml/node.ts';
import { variableNames } from './variables.ts';

/** Set by GitLab and its runners for every job (docs.gitlab.com/ci/variables/predefined_variables). */
const predefined =
  /^(?:CI|CI_\w+|GITLAB_\w+|CHAT_\w+|TRIGGER_PAYLOAD|FF_\w+|DOCKER_\w+|GIT_\w+|KUBECONFIG|KUBE_\w+|HTTPS?_PROXY|NO_PROXY)$/;

/** Variables that a script uses and no one in this file sets: project settings, or whoever triggers the pipeline. */
export function usedVariables(
  file: FileBuilder,
  job: Fact,
  used: { scalars: readonly YamlScalar[]; declared: ReadonlySet<string>; job: YamlNode; said: Set<string> },
): void {
  const own = variableNames(childOf(used.job, 'variables'));
  for (const key of ['secrets', 'id_tokens']) {
    for (const entry of entriesOf(childOf(used.job, key))) {
      own.add(entry.key);
      if (key === 'id_tokens' || used.said.has(entry.key)) continue;
      used.said.add(entry.key);
      file.fact({
        kind: 'input',
        name: entry.key,
        at: spanOf(entry),
        attributes: { of: 'secrets', sensitive: true, required: true, provider: entriesOf(entry.value)[0]?.key },
      });
    }
  }
  const script = scriptOf(used.scalars);
  for (const input of inputsOf(readShell(script.text))) {
    const { name, isInferred, required } = input;
    // What the text itself gives a default is said with the text.
    if (!isInferred || predefined.test(name) || own.has(name) || used.declared.has(name)) continue;
    const at = script.at(input.at, input.end);
    if (!used.said.has(name)) {
      used.said.add(name);
      file.fact({
        kind: 'input',
        name,
        at,
        status: 'inferred',
        attributes: {
          rule: 'gitlab-ci-used-but-undeclared',
          required,
          sensitive: secretName(name) !== undefined || undefined,
        },
      });
    }
    file.refer(job, 'reads', { by: 'name', kinds: ['input'], name, scope: file.scope }, at);
  }
}
