import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ansible } from '../../mcp-server/src/adapters/extractors/ansible/ansible.ts';
import { settleAnsible } from '../../mcp-server/src/adapters/extractors/ansible/settle.ts';
import type { FileExtraction, SourceFile } from '../../mcp-server/src/domain/extract/contract.ts';

const root = 'test/fixtures/extract/ansible';
export const files: SourceFile[] = readdirSync(root, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name))
  .sort()
  .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') }));

export interface Extracted {
  path: string;
  format: string;
  extraction: FileExtraction;
}

export function extractAll(sources: readonly SourceFile[]): Extracted[] {
  const extracted = sources
    .filter((file) => ansible.matches(file.path, file.text.slice(0, 4096)))
    .map((file) => ({ path: file.path, format: 'ansible', extraction: ansible.extract(file) }));
  return settleAnsible(extracted);
}
