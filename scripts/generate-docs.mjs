// Writes the pages that follow from sources: node scripts/generate-docs.mjs, with --check to compare only.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { commandsPage } from './docs/commands-page.mjs';
import { rulesPage } from './docs/rules-page.mjs';
import { toolsPage } from './docs/tools-page.mjs';

const ROOT = join(import.meta.dirname, '..');
const PAGES = { 'docs/rules.md': rulesPage, 'docs/tools.md': toolsPage, 'docs/commands.md': commandsPage };

const { values } = parseArgs({ options: { check: { type: 'boolean' } } });
for (const [path, make] of Object.entries(PAGES)) {
  const page = await make();
  if (!values.check) await writeFile(join(ROOT, path), page);
  else if ((await readFile(join(ROOT, path), 'utf8').catch(() => '')) !== page) {
    console.error(`${path} is not what its sources say. Run node scripts/generate-docs.mjs and commit.`);
    process.exitCode = 1;
  } else console.log(`${path} matches its sources.`);
}
