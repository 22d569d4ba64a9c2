import { baseName } from '../../../domain/extract/build.ts';

/** What a file of Terragrunt is to a run: what runs, what makes what runs, or what others include and read. */
export type FileKind = 'unit' | 'stack' | 'configuration';

/** Names that only Terragrunt gives. */
const named = /^(?:terragrunt|root)\.hcl$|\.stack\.hcl$|^terragrunt\..*hcl$/;
/** Other programs' files of the same language. */
const foreign =
  /\.(?:pkr|pkrvars|lock|tftest|tofutest|tfcomponent|tfdeploy|tfstack|nomad|policy|sentinel)\.hcl$|^\.|^docker-bake/;
const functions =
  /\b(?:read_terragrunt_config|find_in_parent_folders|path_relative_(?:to|from)_include|get_(?:parent_|original_)?terragrunt_dir|get_repo_root)\s*\(/;
const ownBlocks = /^(?:include(?:\s+"[^"\n]*")?|remote_state|dependencies|terraform|dependency\s+"[^"\n]*")\s*\{/m;
const anyBlock = /^([A-Za-z_][\w-]*)(?:\s+"[^"\n]*")*\s*\{/gm;

/** Decides by the name, and for other .hcl files by what their text says: Terragrunt lets them have any name. */
export function isTerragrunt(path: string, head: string): boolean {
  if (!path.endsWith('.hcl')) return false;
  const name = baseName(path);
  if (foreign.test(name)) return false;
  if (named.test(name) || functions.test(head) || ownBlocks.test(head)) return true;
  const blocks = [...head.matchAll(anyBlock)].map((match) => match[1]);
  return blocks.length > 0 && blocks.every((type) => type === 'locals' || type === 'inputs');
}
