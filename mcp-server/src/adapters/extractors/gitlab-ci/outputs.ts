import type { FileBuilder } from '../../../domain/extract/build.ts';
import type { Fact } from '../../../domain/extract/contract.ts';
import { childOf, entriesOf, itemsOf, spanOf, textOf, textsOf, type YamlNode } from '../yaml/node.ts';

/** What a job leaves behind: artifact paths and reports; a dotenv report hands variables to later jobs. */
export function artifactFacts(file: FileBuilder, job: Fact, node: YamlNode): void {
  const artifacts = childOf(node, 'artifacts');
  for (const path of itemsOf(childOf(artifacts, 'paths'))) {
    const name = textOf(path);
    if (name === undefined) continue;
    file.fact({
      kind: 'output',
      name,
      at: path,
      attributes: { rule: 'artifact', job: job.name, expires: textOf(childOf(artifacts, 'expire_in')) },
    });
  }
  for (const report of entriesOf(childOf(artifacts, 'reports'))) {
    if (textsOf(report.value).length === 0 && report.value.kind === 'scalar') continue;
    file.fact({
      kind: 'output',
      name: report.key,
      at: spanOf(report),
      attributes: { rule: 'report', job: job.name, paths: textsOf(report.value) },
    });
  }
}
