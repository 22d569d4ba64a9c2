import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ExtractReport } from '../../mcp-server/src/domain/extract/contract.ts';
import { edit, extractCopy, factOf } from './fixtures.ts';

let before: ExtractReport;
beforeAll(async () => {
  before = await extractCopy('terraform', () => {});
});

const ids = (report: ExtractReport) => report.facts.map((fact) => fact.id);
const gained = (from: string[], to: string[]) => to.filter((item) => !from.includes(item));

/** What changed between two reports: ids of facts, relations and gaps. */
function difference(after: ExtractReport) {
  const pairs = (report: ExtractReport) => report.relations.map(({ from, to, kind }) => `${from} ${kind} ${to}`);
  const gaps = (report: ExtractReport) => report.gaps.map((gap) => `${gap.rule} ${gap.scope}`);
  return {
    gone: gained(ids(after), ids(before)),
    come: gained(ids(before), ids(after)),
    relationsGone: gained(pairs(after), pairs(before)),
    relationsCome: gained(pairs(before), pairs(after)),
    gapsGone: gained(gaps(after), gaps(before)),
    gapsCome: gained(gaps(before), gaps(after)),
  };
}

const nothing = { gone: [], come: [], relationsGone: [], relationsCome: [], gapsGone: [], gapsCome: [] };

describe('a change of a Terraform tree changes exactly what it should', () => {
  it('renaming an unused variable changes its id alone', async () => {
    const after = await extractCopy('terraform', (folder) =>
      edit(join(folder, 'variables.tf'), (text) => text.replace('"one_line"', '"single_line"')),
    );
    expect(difference(after)).toEqual({
      ...nothing,
      gone: ['terraform/input/./one_line'],
      come: ['terraform/input/./single_line'],
    });
  });

  it('renaming a used variable without its uses loses their relations and nothing else', async () => {
    const after = await extractCopy('terraform', (folder) =>
      edit(join(folder, 'variables.tf'), (text) => text.replace('variable "region"', 'variable "place"')),
    );
    const { relationsGone, ...rest } = difference(after);
    const expected = { ...nothing, gone: ['terraform/input/./region'], come: ['terraform/input/./place'] };
    expect({ ...rest, relationsGone: [] }).toEqual(expected);
    expect(relationsGone.length).toBeGreaterThan(3);
    for (const relation of relationsGone) expect(relation).toMatch(/ (?:reads|writes) terraform\/input\/\.\/region$/);
  });

  it('putting lines before everything moves the evidence and nothing else', async () => {
    const after = await extractCopy('terraform', (folder) =>
      edit(join(folder, 'main.tf'), (text) => `# a\n# b\n${text}`),
    );
    expect(difference(after)).toEqual(nothing);
    const place = (report: ExtractReport) =>
      factOf(report, 'terraform/resource/./aws_security_group.this').evidence[0]?.line;
    expect(place(after)).toBe((place(before) ?? 0) + 2);
  });

  it('renaming a file changes paths alone', async () => {
    const after = await extractCopy('terraform', (folder) =>
      renameSync(join(folder, 'main.tf'), join(folder, 'zz.tf')),
    );
    expect({ ...difference(after) }).toEqual(nothing);
    expect(JSON.stringify(after.facts).replaceAll('"zz.tf"', '"main.tf"').length).toBe(
      JSON.stringify(before.facts).length,
    );
  });

  it('adding a password adds a secret and its gap', async () => {
    const after = await extractCopy('terraform', (folder) =>
      edit(join(folder, 'modules/network/main.tf'), (text) => `${text}locals {\n  ipam_password = "An0therOne!"\n}\n`),
    );
    expect(difference(after)).toEqual({
      ...nothing,
      come: ['terraform/value/modules/network/ipam_password', 'terraform/secret/modules/network/ipam_password'],
      gapsCome: ['secret-in-clear modules/network'],
    });
    expect(JSON.stringify(after)).not.toContain('An0therOne!');
  });

  it('removing the lock file uncovers the provider without an upper bound', async () => {
    const after = await extractCopy('terraform', (folder) =>
      renameSync(join(folder, '.terraform.lock.hcl'), join(folder, 'lock')),
    );
    const { gone, ...rest } = difference(after);
    expect(gone).toEqual(['terraform/provider/./registry.terraform.io/infobloxopen/infoblox']);
    expect(rest).toEqual({ ...nothing, gone: undefined });
    expect(after.gaps.filter((gap) => gap.rule === 'unpinned-version').map((gap) => gap.message)).toEqual([
      expect.stringContaining('"loose"'),
      expect.stringContaining('"infoblox"'),
    ]);
  });

  it('removing the checks uncovers the writes that nothing verifies', async () => {
    const after = await extractCopy('terraform', (folder) =>
      edit(join(folder, 'main.tf'), (text) =>
        text.replace(/^check [\s\S]*?^}\n/m, '').replace(/ {4}postcondition \{[^}]*\}\n/, ''),
      ),
    );
    const { gapsCome, gone } = difference(after);
    expect(gone).toEqual([
      'terraform/check/./aws_security_group.this',
      'terraform/check/./portal',
      'terraform/data/./http.portal',
    ]);
    expect(gapsCome).toEqual(['no-verification .']);
  });

  it('CRLF line ends change nothing', async () => {
    const after = await extractCopy('terraform', (folder) =>
      edit(join(folder, 'main.tf'), (text) => text.replaceAll('\n', '\r\n')),
    );
    expect(JSON.stringify(after)).toBe(JSON.stringify(before));
  });
});
