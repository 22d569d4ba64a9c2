import { baseName, buildFile, type FileBuilder, folderOf } from '../../../domain/extract/build.ts';
import type { Extractor, Fact, FileExtraction, SourceFile } from '../../../domain/extract/contract.ts';
import { attributeOf, type Block } from './block.ts';
import { assignment, locals, output, variable } from './declarations.ts';
import { textOrRaw } from './expression.ts';
import { scanJson } from './json.ts';
import { moduleCall } from './modules.ts';
import { check, resource, testRun } from './resources.ts';
import { scanHcl } from './scan.ts';
import { lockedProvider, providerConfiguration, terraformSettings } from './settings.ts';

const lockFile = '.terraform.lock.hcl';
const testFile = /\.(?:tftest|tofutest)\.(?:hcl|json)$/;

/**
 * Terraform and OpenTofu: .tf, .tofu, their JSON syntax, .tfvars, test files and the provider lock file. The scope is the
 * file's folder, which is what Terraform calls a module; of a test file, the module that it tests.
 */
export const terraform: Extractor = {
  format: 'terraform',
  matches: (path) =>
    /\.(?:tf|tofu|tfvars)(?:\.json)?$/.test(path) || testFile.test(path) || baseName(path) === lockFile,
  extract,
};

function extract({ path, text }: SourceFile): FileExtraction {
  const file = buildFile('terraform', { path }, testFile.test(path) ? testedFolder(path) : folderOf(path));
  const isValues = /\.tfvars(?:\.json)?$/.test(path);
  const { body, problems } = path.endsWith('.json') ? scanJson(text, isValues) : scanHcl(text);
  if (isValues) for (const attribute of body.attributes) assignment(file, attribute);
  else if (baseName(path) === lockFile) {
    for (const block of body.blocks) if (block.type === 'provider') lockedProvider(file, block);
  } else {
    const uses = new ProviderUses();
    for (const block of body.blocks)
      if (Object.hasOwn(declarations, block.type)) declarations[block.type]?.(file, block, uses);
    uses.couple(file);
  }
  for (const line of problems) file.skip('unparsed', line);
  return file.done();
}

/** Tests lie beside the module or in its folder `tests`. */
function testedFolder(path: string): string {
  const folder = folderOf(path);
  return baseName(folder) === 'tests' ? folderOf(folder) : folder;
}

type Declare = (file: FileBuilder, block: Block, uses: ProviderUses) => void;

const declarations: { readonly [type: string]: Declare } = {
  variable,
  output,
  locals,
  resource: (file, block, uses) => uses.add(resource(file, block), block),
  data: (file, block, uses) => uses.add(resource(file, block), block),
  ephemeral: (file, block, uses) => uses.add(resource(file, block), block),
  module: moduleCall,
  provider: providerConfiguration,
  terraform: terraformSettings,
  check,
  run: testRun,
  moved: restatement,
  import: restatement,
  removed: restatement,
};

/** `moved`, `import`, `removed`: statements about addresses, not about the world. */
function restatement(file: FileBuilder, block: Block): void {
  const from = attributeOf(block, 'from')?.raw;
  const to = attributeOf(block, 'to')?.raw;
  const id = textOrRaw(attributeOf(block, 'id')?.raw);
  file.fact({
    kind: 'value',
    name: to ?? from ?? block.type,
    at: block,
    attributes: { statement: block.type, from, to, id },
  });
}

/** The resources of one file by their provider: one tie each, seen where the provider is first used. */
class ProviderUses {
  private readonly uses = new Map<string, { line: number; consumers: Fact[] }>();

  add(fact: Fact | undefined, block: Block): void {
    if (fact === undefined) return;
    const provider = String(fact.attributes['provider']).split('.', 1)[0] as string;
    const use = this.uses.get(provider);
    if (use === undefined) this.uses.set(provider, { line: block.line, consumers: [fact] });
    else use.consumers.push(fact);
  }

  couple(file: FileBuilder): void {
    for (const [system, { line, consumers }] of this.uses)
      file.couple({ system, class: 'provider', swap: 'rewrite', at: { line }, consumers });
  }
}
