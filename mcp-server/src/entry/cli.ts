import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { VERSION } from './version.ts';

if (isMain()) {
  const args = process.argv.slice(2);
  // Asked for most often by scripts, and needs nothing: no module is loaded for it.
  if (args[0] === '--version' || args[0] === '-V') process.stdout.write(`countersign ${VERSION}\n`);
  else process.exitCode = await start(args);
}

/** Whatever keeps the program itself from being read, such as no more files to open, is never taken for findings (1). */
async function start(args: readonly string[]): Promise<number> {
  try {
    return await (await import('./main.ts')).main(args);
  } catch (error) {
    process.stderr.write(`countersign cannot start: ${(error as Error).message}\n`);
    return 4;
  }
}

function isMain(): boolean {
  try {
    return realpathSync(process.argv[1] ?? '') === fileURLToPath(import.meta.url);
  } catch {
    return false;
  }
}
