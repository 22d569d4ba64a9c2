import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VERSION } from './version.ts';

if (isMain()) {
  const args = process.argv.slice(2);
  // Asked for most often by scripts, and needs nothing: no module is loaded for it.
  if (args[0] === '--version' || args[0] === '-V') process.stdout.write(`countersign ${VERSION}\n`);
  else process.exitCode = await (await import('./main.ts')).main(args);
}

function isMain(): boolean {
  try {
    return realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}
