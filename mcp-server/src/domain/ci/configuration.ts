import type { Design } from '../artifact/design.ts';
import { yesNo } from '../artifact/fields.ts';
import { sectionOf, tablesOf } from '../artifact/markdown.ts';
import { blockId } from '../artifact/splice.ts';

/** One row of Configuration: a variable that an environment sets. */
export interface Variable {
  name: string;
  required: boolean;
  /** As people wrote it. */
  format: string;
  fallback: string;
  secret: boolean;
  meaning: string;
  line: number;
}

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,127}$/;

/** The variables of a design, each name once; a row whose name no environment could carry is `unusable`. */
export function configurationOf(design: Design): { variables: Variable[]; unusable: { name: string; line: number }[] } {
  const section = sectionOf(design.doc, 'Configuration');
  const rows = (section === undefined ? [] : tablesOf(section)).flatMap((table) => table.rows);
  const variables = new Map<string, Variable>();
  const unusable: { name: string; line: number }[] = [];
  for (const { cells, line } of rows) {
    const cell = (name: string) => cells.get(name)?.text ?? '';
    const name = cell('name');
    if (!NAME.test(name) || variables.has(name)) {
      unusable.push({ name, line });
      continue;
    }
    const fallback = /^(?:-|none|n\/a)$/i.test(cell('default')) ? '' : cell('default');
    variables.set(name, {
      name,
      required: yesNo(cell('required')) ?? true,
      format: cell('format'),
      // A default of a secret would be a secret in a file.
      fallback: yesNo(cell('secret')) === true ? '' : fallback,
      secret: yesNo(cell('secret')) === true,
      meaning: cell('meaning'),
      line,
    });
  }
  return { variables: [...variables.values()], unusable };
}

/** Names of the environments that a design has blocks for, as file names, each once. */
export function environmentsOf(design: Design): string[] {
  const blocks = sectionOf(design.doc, 'Environments')?.blocks ?? [];
  const names = blocks.map((block) => {
    const title = block.title.slice(blockId(block)?.length ?? 0).replace(/^\s*:\s*/, '');
    return title
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 64);
  });
  return [...new Set(names)].filter((name) => name !== '');
}
