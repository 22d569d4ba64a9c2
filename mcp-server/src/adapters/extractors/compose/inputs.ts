import { type FileBuilder, lineFinder } from '../../../domain/extract/build.ts';

/** `$NAME`, `${NAME}`, `${NAME:-default}`, `${NAME:?message}` and their forms without the colon; `$$` is a dollar. */
const interpolation = /\$(?:\$|\{([A-Za-z_]\w*)(?:(:?[-?+])([^{}\n]*))?\}?|([A-Za-z_]\w*))/g;

/** Variables that whoever starts the services sets: one input each, where it first stands. */
export function inputs(file: FileBuilder, text: string): void {
  const lineOf = lineFinder(text);
  const seen = new Set<string>();
  for (const match of text.matchAll(interpolation)) {
    const name = match[1] ?? match[4];
    if (name === undefined || seen.has(name)) continue;
    const line = lineOf(match.index);
    // A window keeps a file of one endless line linear.
    const before = text.slice(Math.max(0, match.index - 200), match.index);
    if (/^\s*#/.test(before.slice(before.lastIndexOf('\n') + 1))) continue;
    seen.add(name);
    const operator = match[2] ?? '';
    file.fact({
      kind: 'input',
      name,
      at: { line },
      attributes: {
        via: 'environment',
        required: operator.endsWith('?'),
        default: operator.endsWith('-') ? (match[3] ?? '') : undefined,
        message: operator.endsWith('?') && match[3] ? match[3] : undefined,
      },
    });
  }
}
