import { buildFile, scrubExtraction } from './build.ts';
import type { Extractor, Fact, FileExtraction, SourceFile } from './contract.ts';
import { findSecrets } from './secrets.ts';

/** How much of a file's text decides whether an extractor takes it. */
const headLength = 4096;

/** What every extractor that takes a file says of it; empty when none does. */
export interface FormatExtraction {
  format: string;
  extraction: FileExtraction;
}

/**
 * Extracts one file: pure and total. Secrets in clear are found once for all formats: they become `secret` facts of
 * the first format that takes the file, and their values are cut out of everything that is said of it.
 */
export function extractFile(extractors: readonly Extractor[], file: SourceFile): FormatExtraction[] {
  return extractBy(takersOf(extractors, file.path, file.text.slice(0, headLength)), file);
}

/** The extractors that take a file, by its path and the beginning of its text. */
export function takersOf(extractors: readonly Extractor[], path: string, head: string): Extractor[] {
  return extractors.filter((extractor) => extractor.matches(path, head));
}

/** The same as extractFile, for those who already know which extractors take the file. */
export function extractBy(taking: readonly Extractor[], file: SourceFile): FormatExtraction[] {
  if (taking.length === 0) return [];
  const secrets = findSecrets(file.text, file.path);
  const values = secrets.map((secret) => secret.value);
  return taking.map((extractor, at) => {
    const extraction = guarded(extractor, file);
    if (at === 0) addSecrets(extraction, extractor.format, file, secrets);
    return {
      format: extractor.format,
      extraction: values.length === 0 ? extraction : scrubExtraction(extraction, values),
    };
  });
}

/** A fault of one extractor costs its own facts of this file, never the run: deep nesting may exhaust the stack. */
function guarded(extractor: Extractor, file: SourceFile): FileExtraction {
  try {
    return extractor.extract(file);
  } catch {
    return { facts: [], references: [], couplings: [], gaps: [], skipped: [{ path: file.path, reason: 'unparsed' }] };
  }
}

function addSecrets(
  extraction: FileExtraction,
  format: string,
  file: SourceFile,
  secrets: ReturnType<typeof findSecrets>,
): void {
  const known = new Set(extraction.facts.filter((fact) => fact.kind === 'secret').flatMap(linesOf));
  const extra = buildFile(format, file, extraction.facts[0]?.scope);
  for (const found of secrets) if (!known.has(found.line)) extra.secret(found);
  extraction.facts.push(...extra.done().facts);
}

function linesOf(fact: Fact): number[] {
  const [place] = fact.evidence;
  if (place === undefined) return [];
  return Array.from({ length: place.endLine - place.line + 1 }, (_, at) => place.line + at);
}
