import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ansible } from '../../mcp-server/src/adapters/extractors/ansible/ansible.ts';
import { compose } from '../../mcp-server/src/adapters/extractors/compose/extractor.ts';
import { dockerfile } from '../../mcp-server/src/adapters/extractors/dockerfile/extractor.ts';
import { githubActions } from '../../mcp-server/src/adapters/extractors/github-actions/extractor.ts';
import { gitlabCi } from '../../mcp-server/src/adapters/extractors/gitlab-ci/extractor.ts';
import { helm } from '../../mcp-server/src/adapters/extractors/helm/helm.ts';
import { settleHelm } from '../../mcp-server/src/adapters/extractors/helm/settle.ts';
import { jenkins } from '../../mcp-server/src/adapters/extractors/jenkins/extractor.ts';
import { kubernetes } from '../../mcp-server/src/adapters/extractors/kubernetes/kubernetes.ts';
import { kustomize } from '../../mcp-server/src/adapters/extractors/kustomize/kustomize.ts';
import { make } from '../../mcp-server/src/adapters/extractors/make/make.ts';
import { shell } from '../../mcp-server/src/adapters/extractors/shell/shell.ts';
import { terraform } from '../../mcp-server/src/adapters/extractors/terraform/extractor.ts';
import type { ExtractReport, SourceFile } from '../../mcp-server/src/domain/extract/contract.ts';
import { extractFile } from '../../mcp-server/src/domain/extract/extract-file.ts';
import { buildReport } from '../../mcp-server/src/domain/extract/report.ts';

const root = join(import.meta.dirname, '../fixtures/extract');

/** The formats that deliver: clusters, charts, pipelines, and what they call. */
const deliveryExtractors = [
  ansible,
  compose,
  dockerfile,
  githubActions,
  gitlabCi,
  helm,
  jenkins,
  kubernetes,
  kustomize,
  make,
  shell,
  terraform,
];

/** Files of a fixture folder, paths relative to it. */
export function filesOf(fixture: string): SourceFile[] {
  const found: SourceFile[] = [];
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, fixture, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) walk(path);
      else found.push({ path, text: readFileSync(join(root, fixture, path), 'utf8') });
    }
  };
  walk('');
  return found;
}

export function reportOf(files: readonly SourceFile[]): ExtractReport {
  const extracted = files.flatMap((file) =>
    extractFile(deliveryExtractors, file).map((made) => ({ path: file.path, ...made })),
  );
  return buildReport(settleHelm(extracted), []);
}

/** The same files with one changed, for metamorphic tests. */
export function changed(files: readonly SourceFile[], path: string, change: (text: string) => string): SourceFile[] {
  return files.map((file) => (file.path === path ? { ...file, text: change(file.text) } : file));
}
