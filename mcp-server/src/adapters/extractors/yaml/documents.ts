import type { FileBuilder } from '../../../domain/extract/build.ts';
import { parseYaml, type YamlFile } from './parse.ts';

/** Lines of one file that are told as not read; a broken file may have thousands. */
const mostLines = 20;

/** The documents of a file; the lines that could not be read are told with it. */
export function documentsIn(file: FileBuilder, text: string): YamlFile['documents'] {
  const { documents, unparsedLines } = parseYaml(text);
  for (const line of unparsedLines.slice(0, mostLines)) file.skip('unparsed', line);
  return documents;
}
