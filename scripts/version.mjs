// Brings a version that changesets chose everywhere it stands: npm run release:version.
import { execFileSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const run = (program, ...args) => execFileSync(program, args, { cwd: ROOT, stdio: 'inherit' });

run('npx', 'changeset', 'version');
const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
const manifest = join(ROOT, '.claude-plugin', 'plugin.json');
const text = await readFile(manifest, 'utf8');
// The line alone: the rest of the file keeps its form.
await writeFile(manifest, text.replace(/("version": )"[^"]+"/, `$1"${version}"`));
run('npm', 'install', '--package-lock-only', '--ignore-scripts');
// The programs say their version.
run('npm', 'run', 'build');
