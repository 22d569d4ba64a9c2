import { parse } from '@cdktf/hcl2json';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allAttributes, type Block } from '../../mcp-server/src/adapters/extractors/terraform/block.ts';
import { traversals } from '../../mcp-server/src/adapters/extractors/terraform/references.ts';
import { scanHcl } from '../../mcp-server/src/adapters/extractors/terraform/scan.ts';
import { oddHcl } from './odd-hcl.ts';

/** Files that are tried; nearly all the time is the oracle's. */
const runs = 300;

/** The scanned blocks as HCL again. */
function written(block: Block): string {
  const attributes = block.attributes.map(({ name, raw }) => `${name} = ${raw}\n`);
  const blocks = block.blocks.map(
    (inner) => `${inner.type} ${inner.labels.map((label) => `"${label}"`).join(' ')} {\n${written(inner)}}\n`,
  );
  return [...attributes, ...blocks].join('');
}

/** HashiCorp's parser (compiled to WebAssembly); line ends in texts are the scanner's to normalise. */
async function oracle(text: string): Promise<unknown> {
  return JSON.parse(JSON.stringify(await parse('x.tf', text)).replaceAll('\\r\\n', '\\n'));
}

describe('odd but valid HCL', () => {
  it('reads the same as by HashiCorp’s parser, with lines and references', async () => {
    await fc.assert(
      fc.asyncProperty(fc.gen(), async (gen) => {
        const { text, variables } = oddHcl((below) => gen(fc.nat, { max: below - 1 }));
        const { body, problems } = scanHcl(text);
        expect(problems).toEqual([]);
        expect(await oracle(written(body))).toEqual(await oracle(text.replace(/^\ufeff/, '')));
        const named = [...allAttributes(body)].flatMap(({ raw }) => traversals(raw));
        const found = named.filter(({ root }) => root === 'var').map(({ name }) => name);
        expect(found.sort()).toEqual(variables.sort());
        const lines = text.split('\n');
        for (const { name, line, endLine, raw } of allAttributes(body)) {
          expect(lines[line - 1]).toContain(name);
          const cited = lines
            .slice(line - 1, endLine)
            .join('\n')
            .replaceAll('\r', '');
          expect(cited).toContain(raw);
        }
      }),
      { numRuns: runs },
    );
  });
});
